"""A process of the registry that is killed during a request: `python -m tests.proofs.dying before|after SECRET KEY`.

`before` its transaction commits, or `after` that and before the answer left. Nothing is tidied up: it kills itself
with SIGKILL.
"""

import os
import signal
import sys
from typing import Any
from unittest import mock

from tests.proofs.server import ask

BODY = {"title": "Mới", "topic": "methods", "unit": "police"}


def die(*args: Any, **kwargs: Any) -> None:
    """At once."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(moment: str, secret: str, key: str) -> None:
    """Make a draft under an idempotency key, and die."""
    if moment == "before":
        with mock.patch("registry.information.actions.drafts.record", die):
            ask(secret, "POST", "information-items", BODY, Idempotency_Key=key)
    answer = ask(secret, "POST", "information-items", BODY, Idempotency_Key=key)
    if answer.status != 201:
        raise SystemExit(f"{answer.status}: {answer.body!r}")
    die()


if __name__ == "__main__":
    main(*sys.argv[1:])
