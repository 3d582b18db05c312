"""The other pages that people wait for, seen by somebody of the largest unit."""

import statistics
import time
from collections.abc import Callable

from django.core.management.base import CommandError
from django.test import Client

from agencies.actions import create_user
from agencies.models import User
from agencies.roles import Role
from registry.bench.lists import ADDRESS, Reader
from registry.information.models import InformationItem


def measure_pages(reader: Reader, rounds: int) -> dict[str, float]:
    """The median of each page in milliseconds."""
    user = User.objects.filter(username="bench.person").first() or create_user(
        username="bench.person", password=None, unit=reader.unit, role=Role.OFFICER, by=None, synthetic=True
    )
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    newest = InformationItem.objects.visible_to(user).order_by("-created_at")[0]
    pages = {
        "API: one item": f"{ADDRESS}/{newest.pk}",
        "API: the 50 newest deliveries": "/api/v1/deliveries",
        "API: the 50 newest drafts": f"{ADDRESS}?status=draft",
        "admin: first page": "/admin/",
        "admin: list of items": "/admin/information/informationitem/",
        "admin: one item": f"/admin/information/informationitem/{newest.pk}/change/",
    }
    return {name: median_ms(lambda path=path: _get(client, path), rounds) for name, path in pages.items()}  # type: ignore[misc]


def median_ms(call: Callable[[], object], rounds: int) -> float:
    """The median of some rounds, in milliseconds, after one to warm up; a page of seconds is asked three times."""
    taken: list[float] = []
    call()
    while len(taken) < rounds and not (len(taken) >= 3 and sum(taken) > 10_000):
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def _get(client: Client, path: str) -> None:
    status = client.get(path).status_code
    if status != 200:
        raise CommandError(f"{path} answered {status}.")
