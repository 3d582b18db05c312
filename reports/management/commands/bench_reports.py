"""`manage.py bench_reports`: how long the quarterly report takes, and how that grows with its records.

Ratios of one run can be compared, seconds cannot. Runs in process, on databases of its own beside the one of the
settings, one for each size, filled once and kept. Building is measured against the shortest honest program for the
main figures (reports/bench/honest.py), writing against building.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from registry.bench.fill import use_bench_database
from reports.bench.fill import database_of, use_records
from reports.bench.measure import EDITIONS, Built, Rendered, compare, peak


class Command(BaseCommand):
    """See the module."""

    help = "Measure building and writing the quarterly report, as ratios to the shortest honest program."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much, how often; or the memory of one edition alone, which the bench asks of processes of its own."""
        parser.add_argument(
            "--items", type=int, nargs="+", default=[10_000, 100_000], help="in each quarter (%(default)s)"
        )
        parser.add_argument("--rounds", type=int, default=7, help="of each measure (default: %(default)s)")
        parser.add_argument("--peak", choices=list(EDITIONS), metavar="EDITION", help="print what one build takes")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill if need be, then print the tables."""
        if options["peak"]:
            use_bench_database(database_of(options["items"][0]))
            self.stdout.write(peak(options["peak"]))
            return
        head = f"{'honest':>11}{'ratio':>7}{'queries':>9}{'memory':>9}{'growth':>8}"
        self._say(f"{'building the report':24}{'items':>9}{'build':>11}{head}")
        measured: dict[int, list[tuple[Built, list[Rendered]]]] = {}
        for items in options["items"]:
            use_records(items, self._say)
            measured[items] = []
            for built, rendered in compare(options["rounds"]):
                measured[items].append((built, rendered))
                self._built(items, built, next(iter(measured.values())))
        self._rendered(measured)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _built(self, items: int, row: Built, first: list[tuple[Built, list[Rendered]]]) -> None:
        smallest = next(built for built, _rendered in first if built.edition == row.edition)
        times = f"{row.build:8.1f} ms{row.honest:8.1f} ms{row.ratio:7.1f}"
        rest = f"{row.queries:9}{row.peak - row.before:6.0f} MB{row.build / smallest.build:8.1f}"
        self._say(f"{row.edition + ' edition':24}{items:9}{times}{rest}")

    def _rendered(self, measured: dict[int, list[tuple[Built, list[Rendered]]]]) -> None:
        self._say(f"\n{'writing it':24}{'items':>9}{'time':>11}{'ratio':>18}{'size':>9}{'growth':>8}")
        first = next(iter(measured.values()))
        for items, editions in measured.items():
            for (built, rows), (_built, smallest_rows) in zip(editions, first, strict=True):
                for row, smallest in zip(rows, smallest_rows, strict=True):
                    name = f"{row.edition}, {row.file_format}, {row.language}"
                    ratio = f"{row.taken / built.build:10.2f} x build"
                    rest = f"{row.size:6.0f} kB{row.taken / smallest.taken:8.1f}"
                    self._say(f"{name:24}{items:9}{row.taken:8.1f} ms{ratio}{rest}")
