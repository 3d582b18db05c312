"""`manage.py bench`: how long people wait for a page among a million items.

Ratios of one run can be compared, seconds cannot. Runs in process, on a database of its own beside the one of the
settings, filled once and kept. The list of items is measured against the shortest honest program for it
(registry/bench/honest.py), the other pages against that list.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.test.utils import override_settings

from registry.bench.fill import ensure_filled, use_bench_database
from registry.bench.lists import Measured, compare
from registry.bench.pages import measure_pages


class Command(BaseCommand):
    """See the module."""

    help = "Measure the pages that people wait for among a million items, as ratios to the shortest honest program."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often."""
        parser.add_argument("--rounds", type=int, default=60, help="of each page (default: %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill if need be, then print the tables."""
        use_bench_database()
        with override_settings(ALLOWED_HOSTS=["localhost", "testserver"], SECURE_SSL_REDIRECT=False):
            ensure_filled(self._say)
            lists = compare(options["rounds"])
            self._lists(lists)
            self._pages(lists[0], options["rounds"])

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _lists(self, lists: list[Measured]) -> None:
        self._say(f"{'the list of 50 items':32}{'items':>9}{'page':>6}{'API':>10}{'honest':>10}{'ratio':>7}")
        for row in lists:
            who = f"{row.reader.size} unit, {row.reader.unit.code}"
            times = f"{row.api:7.1f} ms{row.honest:7.1f} ms{row.ratio:7.1f}"
            self._say(f"{who:32}{row.reader.items:9}{row.page:6}{times}")

    def _pages(self, largest: Measured, rounds: int) -> None:
        self._say(f"\n{'other pages, the largest unit':57}{'time':>10}{'ratio':>17}")
        for name, taken in measure_pages(largest.reader, rounds // 4 or 1).items():
            self._say(f"{name:57}{taken:7.1f} ms{taken / largest.api:7.1f} x list")
