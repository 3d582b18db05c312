"""Takes one check after another out of the source and asks whether a test notices: `make mutants [ONLY=NAME] [WORKERS=2]`.

Each worker has a copy of the tree under var/mutants, with the environment of this one and databases of its own on the
server of the tests. A mutant is a text put in the place of another, and the tests that must then fail. One that every
test lets pass has survived: a check without a test. One whose text is not found any more, or that does not even load,
proves nothing: it is told as a fault, and the list must follow the source.
"""

import itertools
import os
import queue
import shlex
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from registry import postgres
from tests import database
from tests.proofs.mutation import (
    agencies,
    commended,
    information,
    joint,
    lots,
    meetings,
    quantities,
    scorecards,
    seals,
    texts,
)
from tests.proofs.mutation.mutant import Mutant

TOP = database.TOP
COPIES = TOP / "var" / "mutants"
LEFT_OUT = shutil.ignore_patterns("var", ".git", ".venv*", "__pycache__", ".*_cache", ".hypothesis", ".env", "htmlcov")
PATIENCE = 300
"""Seconds for the tests of one mutant; what hangs is noticed too. The tests of all of them take their time."""

TABLES = (agencies, commended, information, joint, lots, meetings, quantities, scorecards, seals, texts)
MUTANTS = [mutant for table in TABLES for mutant in table.MUTANTS]

PLAIN = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
"""Without plugins that these tests have no use for the start takes a third less."""

MOMENTS = itertools.count(1_000_000_000)
"""Times of change, each used once: byte code is known by the second and the size of its source, and kept."""

PASSED, FAILED = 0, 1
"""Exit codes of pytest; all others say that it could not run the tests."""


def fits(mutant: Mutant, top: Path = TOP) -> bool:
    """Whether the text stands in the source exactly once, and the replacement differs."""
    source = (top / mutant.path).read_text(encoding="utf-8")
    return source.count(mutant.before) == 1 and mutant.before != mutant.after


def _write(path: Path, source: str) -> None:
    path.write_text(source, encoding="utf-8")
    moment = next(MOMENTS)
    os.utime(path, (moment, moment))


@dataclass
class Copy:
    """A copy of the tree in which one mutant at a time lives."""

    number: int
    url: str
    top: Path = field(init=False)

    def __post_init__(self) -> None:
        self.top = COPIES / str(self.number)
        shutil.rmtree(self.top, ignore_errors=True)
        shutil.copytree(TOP, self.top, ignore=LEFT_OUT, symlinks=True)
        (self.top / ".venv").symlink_to(Path(sys.prefix))

    def test(self, selection: str, patience: float | None = PATIENCE) -> tuple[int, str]:
        """Exit code of pytest, and the line that says most; `patience` in seconds."""
        address = urlsplit(self.url)
        url = address._replace(path=f"{address.path}_mutants_{self.number}").geturl()
        env = {**os.environ, **PLAIN, "DATABASE_URL": url}
        env.pop(database.OWN_SERVER, None)
        command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-p", "pytest_django.plugin"]
        try:
            done = subprocess.run(
                [*command, "-p", "no:cacheprovider", *shlex.split(selection)],
                cwd=self.top, env=env, capture_output=True, text=True, timeout=patience, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return FAILED, "the tests hang"
        told = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        return done.returncode, (told or (done.stdout + done.stderr).splitlines()[-1:] or [""])[0]

    def verdict(self, mutant: Mutant) -> tuple[str, str]:
        """`killed`, `SURVIVED`, or `FAULT`; and by which test, or why."""
        if not fits(mutant, self.top):
            return "FAULT", f"its text does not stand once in {mutant.path}"
        path = self.top / mutant.path
        source = path.read_text(encoding="utf-8")
        try:
            _write(path, source.replace(mutant.before, mutant.after))
            code, told = self.test(mutant.tests)
        finally:
            _write(path, source)
        if code == PASSED:
            return "SURVIVED", mutant.tests
        return ("killed", told) if code == FAILED else ("FAULT", f"pytest ended with {code}: {told}")


def run(mutants: list[Mutant], workers: int) -> dict[str, tuple[str, str]]:
    """The verdict on each mutant, told as it falls."""
    waiting: queue.SimpleQueue[Mutant] = queue.SimpleQueue()
    for mutant in mutants:
        waiting.put(mutant)
    verdicts: dict[str, tuple[str, str]] = {}
    copies = [Copy(number, os.environ["DATABASE_URL"]) for number in range(1, workers + 1)]

    def work(copy: Copy) -> None:
        while True:
            try:
                mutant = waiting.get_nowait()
            except queue.Empty:
                return
            began = time.monotonic()
            verdict, why = verdicts[mutant.name] = copy.verdict(mutant)
            spent = time.monotonic() - began
            print(f"{len(verdicts):4}/{len(mutants)} {verdict:8} {mutant.name} ({spent:.0f} s) {why}", flush=True)

    threads = [threading.Thread(target=work, args=(copy,)) for copy in copies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return verdicts


def sound(mutants: list[Mutant], workers: int) -> bool:
    """Whether the tests pass while nothing is taken out: else their failing says nothing of a mutant."""
    selections = {mutant.tests for mutant in mutants}
    narrow = sorted(selection for selection in selections if " -k " in selection)
    whole = sorted({part for selection in selections.difference(narrow) for part in selection.split()})
    copy = Copy(0, os.environ["DATABASE_URL"])
    spread = f"-p xdist -n {workers} --dist loadfile "
    for selection in [*([spread + " ".join(whole)] if whole else []), *narrow]:
        code, told = copy.test(selection, patience=None)
        if code != PASSED:
            print(f"The tests fail without any mutant: {selection}: {told}", file=sys.stderr)
            return False
    return True


def chosen(only: str) -> list[Mutant]:
    """All of them, or those whose name or file contains one of the words."""
    words = only.split(",") if only else [""]
    return [m for m in MUTANTS if any(word in m.name or word in m.path for word in words)]


def main(only: str = "", workers: str = "2") -> int:
    """Run them; 0 when every mutant was killed."""
    began, mutants = time.monotonic(), chosen(only)
    if not mutants:
        print(f"No mutant is called {only}.", file=sys.stderr)
        return 2
    if os.environ.get(database.OWN_SERVER):
        postgres.start(str, data=postgres.TEST_DATA)
    database.template(os.environ["DATABASE_URL"])
    count = min(int(workers), len(mutants))
    if not sound(mutants, count):
        return 2
    verdicts = run(mutants, count)
    shutil.rmtree(COPIES, ignore_errors=True)
    left = {name: told for name, told in verdicts.items() if told[0] != "killed"}
    for name, (verdict, why) in sorted(left.items()):
        print(f"{verdict} {name}: {why}")
    print(f"Mutants: {len(verdicts)}, killed {len(verdicts) - len(left)}, {time.monotonic() - began:.0f} s")
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
