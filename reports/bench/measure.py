"""Building and writing the quarterly report against the shortest honest program: same records, rounds in turn."""

import gc
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from agencies.models import Language, Unit, User
from agencies.roles import Role
from reports.bench.fill import QUARTER, READERS, UNIT
from reports.bench.honest import difference, main_figures
from reports.build import quarterly_report
from reports.document import Figure, QuarterlyReport
from reports.renderers import RENDERERS, render

EDITIONS: dict[str, Role | None] = {"conference": None, "secretariat": Role.SECRETARIAT, "unit": Role.OFFICER}
"""By name: who reads. Nobody: the conference's, which counts for all; the unit is the central one of the police."""

WRITTEN = ("conference", "unit")
"""The editions whose writing is measured: the secretariat's says what the conference's does."""


@dataclass(frozen=True)
class Built:
    """Building one edition from the records of one size: milliseconds, queries, megabytes."""

    edition: str
    build: float
    honest: float
    queries: int
    before: float
    peak: float

    @property
    def ratio(self) -> float:
        """How many times as long as the honest program."""
        return self.build / self.honest


@dataclass(frozen=True)
class Rendered:
    """Writing one edition in one format and language: milliseconds, kilobytes."""

    edition: str
    file_format: str
    language: str
    taken: float
    size: float


def build(edition: str) -> QuarterlyReport:
    """The report as the edition's reader gets it, with a reader who remembers nothing."""
    role = EDITIONS[edition]
    reader = None if role is None else User.objects.get(username=READERS[role])
    return quarterly_report(period=QUARTER, reader=reader)


def told(document: QuarterlyReport) -> dict[str, Any]:
    """The main figures of a report in the form of the honest program: what is zero or not covered is left out."""
    tables = document.tables
    topics = _numbers("shared_by_topic", document)[:-1]
    pairs = [row[:-1] for row in _numbers("giver_receiver", document)[:-1]]
    used = _numbers("worth", document)[-1]
    kinds = ("case", "case_file", "prosecuted_case")
    seizures, lots = tables["seizures"], _numbers("seizures", document)
    heads = [column.note.vi for column in seizures.columns[1:-1]]
    names = [row.cells[0].text.vi for row in seizures.rows]  # type: ignore[union-attr]
    figures = {
        (name, head): n for name, row in zip(names, lots, strict=True) for head, n in zip(heads, row, strict=False)
    }
    return {
        "shared": document.highlights[0].figure.number,
        "by_topic": {order: row[0] for order, row in enumerate(topics, 1) if row[0]},
        "giver_receiver": {(g, r): n for g, row in enumerate(pairs, 1) for r, n in enumerate(row, 1) if n},
        "in_time": document.highlights[2].figure.number,
        "used": used[0],
        "valuable": document.highlights[1].figure.number,
        "cases": {kind: row[0] for kind, row in zip(kinds, _numbers("cases_by_kind", document), strict=True) if row[0]},
        "seized": {key: number for key, number in figures.items() if number is not None},
        "not_weighed": sum(row[-1] or 0 for row in lots),
    }


def _numbers(key: str, document: QuarterlyReport) -> list[list[int | Decimal | None]]:
    """The numbers of a table's rows, without their head."""
    rows = document.tables[key].rows
    return [[cell.number if isinstance(cell, Figure) else None for cell in row.cells[1:]] for row in rows]


def compare(rounds: int) -> Iterator[tuple[Built, list[Rendered]]]:
    """Each edition from the records of the database in use. First of all: both programs tell the same figures."""
    place = connection.get_connection_params()
    place = {k: place[k] for k in ("dbname", "user", "password", "host", "port") if k in place}
    with psycopg.connect(**place, autocommit=True) as own:
        for edition, role in EDITIONS.items():
            unit = _unit() if role is Role.OFFICER else None
            document, queries = _counted(edition)
            if unlike := difference(told(document), main_figures(own, QUARTER, unit)):
                raise CommandError(f"{edition}: the two programs tell different figures.\n{unlike}")
            ours, theirs = _medians(
                lambda edition=edition: build(edition),  # type: ignore[misc]
                lambda unit=unit: main_figures(own, QUARTER, unit),  # type: ignore[misc]
                rounds=rounds,
            )
            formats = [(name, language) for name in RENDERERS for language in Language.values]
            rendered = [_rendered(document, edition, *form, rounds) for form in formats if edition in WRITTEN]
            yield Built(edition, ours, theirs, queries, *_memory(edition)), rendered


def _unit() -> UUID:
    """The unit whose edition is built."""
    return Unit.objects.get(code=UNIT).pk


def _counted(edition: str) -> tuple[QuarterlyReport, int]:
    """The report, and how many statements it took."""
    asked: list[str] = []

    def listen(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        return build(edition), len(asked)


def _rendered(document: QuarterlyReport, edition: str, file_format: str, language: str, rounds: int) -> Rendered:
    def write() -> bytes:
        return render(document, file_format=file_format, language=language)

    size = len(write()) / 1024
    (taken,) = _medians(write, rounds=rounds)
    return Rendered(edition, file_format, language, taken, size)


def _medians(*programs: Callable[[], object], rounds: int) -> list[float]:
    """In turn, so that whatever else the machine does falls on all of them; milliseconds."""
    taken: list[list[float]] = [[] for _program in programs]
    gc.collect()
    for _round in range(rounds):
        for program, times in zip(programs, taken, strict=True):
            began = time.perf_counter()
            program()
            times.append((time.perf_counter() - began) * 1000)
    return [statistics.median(times) for times in taken]


def peak(edition: str) -> str:
    """For a process of its own: the most memory before and after one report was built, in megabytes."""
    before = _most()
    build(edition)
    return json.dumps([before, _most()])


def _most() -> float:
    """The most memory that this process ever held. What `resource` says of a child includes its parent's on Linux."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if "VmHWM" in line) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _memory(edition: str) -> tuple[float, float]:
    """What such a process says."""
    items = str(connection.settings_dict["NAME"]).rsplit("_", 1)[1]
    command = [sys.executable, "manage.py", "bench_reports", "--items", items, "--peak", edition]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(done.stderr)
    before, after = json.loads(done.stdout)
    return before, after
