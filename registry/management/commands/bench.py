"""`manage.py bench`: how long people wait, as a ratio to the same rows read and written out with nothing in between.

Runs in process on the records at hand (load the demo first). Ratios of one run can be compared, seconds cannot.
"""

import json
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.test.utils import override_settings

from agencies.models import User
from agencies.roles import Permission
from registry.information.models import Delivery, InformationItem

BARE = """
SELECT row_to_json(row) FROM (
    SELECT item.id, item.reference, item.status, item.created_at, version.title, version.tlp
      FROM information_informationitem item JOIN information_itemversion version ON version.id = item.current_id
     WHERE item.unit_id = ANY(%(own)s)
        OR (item.status = 'released' AND EXISTS (
               SELECT 1 FROM information_delivery d
                WHERE d.item_id = item.id AND d.unit_id = ANY(%(got)s) AND d.status <> 'recalled'))
     ORDER BY item.created_at DESC, item.id DESC LIMIT 50) row
"""


def median_ms(call: Callable[[], object], rounds: int) -> float:
    """The median of some rounds, in milliseconds, after one to warm up."""
    call()
    taken = []
    for _round in range(rounds):
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


class Command(BaseCommand):
    """See the module."""

    help = "Measure pages and calls that people wait for, as ratios to bare SQL and JSON in the same run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who asks, how often."""
        parser.add_argument("--user", default="c04.officer")
        parser.add_argument("--rounds", type=int, default=40)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table."""
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"No user {options['user']}. Run make demo once, or name one with --user.")
        with override_settings(ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False):
            self._table(user, options["rounds"])

    def _table(self, user: User, rounds: int) -> None:
        client = Client()
        client.force_login(user)
        bare = median_ms(lambda: self._bare(user), rounds)
        items, deliveries = InformationItem.objects.visible_to(user), Delivery.objects.visible_to(user)
        self.stdout.write(f"{items.count()} items and {deliveries.count()} deliveries visible to {user.username}")
        self.stdout.write(f"{'the 50 newest items, bare SQL and JSON':50} {bare:8.1f} ms   ratio 1.0")
        for name, path in self._pages(items).items():
            taken = median_ms(lambda path=path: self._get(client, path), rounds)  # type: ignore[misc]
            self.stdout.write(f"{name:50} {taken:8.1f} ms   ratio {taken / bare:.1f}")

    def _pages(self, items: Any) -> dict[str, str]:
        newest = items.order_by("-created_at").first()
        return {
            "API: the 50 newest items": "/api/v1/information-items?page_size=50",
            "API: one item": f"/api/v1/information-items/{newest.pk}",
            "API: the 50 newest deliveries": "/api/v1/deliveries?page_size=50",
            "admin: first page": "/admin/",
            "admin: list of items": "/admin/information/informationitem/",
            "admin: one item": f"/admin/information/informationitem/{newest.pk}/change/",
            "API: report of 2024-Q2": "/api/v1/reports/2024-Q2",
        }

    def _bare(self, user: User) -> str:
        units = {
            "own": list(user.units_with(Permission.ITEM_READ_OWN)),
            "got": list(user.units_with(Permission.ITEM_READ_DELIVERED)),
        }
        with connection.cursor() as cursor:
            cursor.execute(BARE, units)
            return json.dumps([row[0] for row in cursor.fetchall()])

    def _get(self, client: Client, path: str) -> None:
        status = client.get(path).status_code
        if status != 200:
            raise CommandError(f"{path} answered {status}.")
