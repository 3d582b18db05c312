"""A limit of time for the long proofs; a pytest plugin, loaded with `-p tests.budget`.

PROVE_UNTIL is a time in seconds since 1970. What has not begun by then is skipped, with a word. The order is random,
so that another run reaches other proofs.
"""

import os
import time

import pytest


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what would begin too late."""
    if time.time() > float(os.environ.get("PROVE_UNTIL") or "inf"):
        pytest.skip("the time for proofs is over; `make prove` alone has no limit")
