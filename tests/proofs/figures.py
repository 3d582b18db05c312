"""What the proofs found, in figures, at the end of a run; a pytest plugin, loaded with `-p tests.proofs.figures`.

A proof tells its figures to the fixture `figures`. The report of the test carries them home from whichever worker ran
it; equal names are added up, so that a proof in many parts stands in one line. What was skipped is said too, and
why: a proof that did not run proves nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import pytest

KEY = "figures"


class Tell(Protocol):
    """`tell("access matrix", cells=812, mismatches=0)`; `note` is said once."""

    def __call__(self, proof: str, /, *, note: str = "", **counted: int) -> None: ...


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Tell:
    """Keeps figures for the end of the run; those of tests that are no proof are not shown."""

    def tell(proof: str, /, *, note: str = "", **counted: int) -> None:
        request.node.user_properties.append((KEY, [proof, note, list(counted.items())]))

    return tell


@dataclass
class Proof:
    """One line of the summary."""

    counted: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0
    tests: int = 0
    failed: int = 0

    def line(self, name: str) -> str:
        """`access matrix: 41,200 cells, 0 mismatches (74 tests, 312 s)`."""
        told = ", ".join(f"{number:,} {word.replace('_', ' ')}" for word, number in self.counted.items())
        end = f"({self.tests} {'test' if self.tests == 1 else 'tests'}, {self.seconds:.0f} s)"
        verdict = f"FAILED in {self.failed}: " if self.failed else ""
        return f"{verdict}{name}: {told or 'no figure'} {end}" + "".join(f"\n    {note}" for note in self.notes)


def collected(reports: list[pytest.TestReport]) -> dict[str, Proof]:
    """The figures of proofs that ran, by name; proofs without any figure stand together under their file."""
    proofs: dict[str, Proof] = defaultdict(Proof)
    for report in reports:
        if report.when != "call" or "prove" not in report.keywords:
            continue
        told = [value for key, value in report.user_properties if key == KEY] or [[report.location[0], "", []]]
        for name in dict.fromkeys(name for name, _note, _counted in told):
            proofs[name].tests += 1
            proofs[name].seconds += report.duration / len({n for n, _note, _counted in told})
            proofs[name].failed += report.failed
        for name, note, counted in told:
            proofs[name].counted.update(dict(counted))
            if note and note not in proofs[name].notes:
                proofs[name].notes.append(note)
    return proofs


def reason(report: pytest.TestReport) -> str:
    """Why a test was skipped, in the words of whatever skipped it."""
    told = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return told.removeprefix("Skipped: ")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The section “Proofs”."""
    stats: Callable[[str], list[Any]] = lambda kind: terminalreporter.stats.get(kind, [])  # noqa: E731
    proofs = collected([*stats("passed"), *stats("failed")])
    skipped = [report for report in stats("skipped") if "prove" in report.keywords]
    if not proofs and not skipped:
        return
    terminalreporter.section("Proofs")
    for name in sorted(proofs):
        terminalreporter.write_line(proofs[name].line(name))
    for (place, why), number in sorted(Counter((r.location[0], reason(r)) for r in skipped).items()):
        terminalreporter.write_line(f"NOT RUN: {number} {'proof' if number == 1 else 'proofs'} of {place}: {why}")
