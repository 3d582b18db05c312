"""What the server hands to Django, as clients send it."""

from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from registry.wsgi import Application

UNREADABLE = (
    "text/plain; charset*=bogus''x",
    "text/plain; charset*=utf-8'x",
    "\xff\xfe;;=",
    "application/json; charset=bogus",
)


@pytest.mark.parametrize("content_type", UNREADABLE)
def test_no_content_type_makes_the_registry_fail(db: None, content_type: str) -> None:
    environ: dict[str, Any] = {"REQUEST_METHOD": "POST", "PATH_INFO": "/api/v1/me", "CONTENT_TYPE": content_type}
    setup_testing_defaults(environ)
    told: list[str] = []
    answer = Application()(environ, lambda status, _headers: told.append(status))
    body = b"".join(answer)
    assert told[0][:3] in {"400", "401", "405", "415"}
    assert b"Traceback" not in body
