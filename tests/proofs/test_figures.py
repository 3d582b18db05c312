"""The end of a run says which proofs ran, and why the others did not."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.proofs.figures import pytest_terminal_summary


def report(outcome: Any, why: Any = None) -> pytest.TestReport:
    where = ("tests/proofs/test_one.py", 1, "test_it")
    return pytest.TestReport("test_it", where, {"prove": True}, outcome, why, "call", duration=1)


def test_what_did_not_run_is_told_with_its_reason() -> None:
    said: list[str] = []
    late = ("tests/budget.py", 16, "Skipped: the time is over")
    other = ("tests/proofs/test_one.py", 9, "Skipped: no server of ours")
    stats = {"passed": [report("passed")], "skipped": [report("skipped", why) for why in (late, late, other)]}
    terminal = SimpleNamespace(stats=stats, section=said.append, write_line=said.append)
    pytest_terminal_summary(terminal)
    assert said == [
        "Proofs",
        "tests/proofs/test_one.py: no figure (1 test, 1 s)",
        "NOT RUN: 1 proof of tests/proofs/test_one.py: no server of ours",
        "NOT RUN: 2 proofs of tests/proofs/test_one.py: the time is over",
    ]
