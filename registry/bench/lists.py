"""The list of items by the API against the shortest honest program: same units, same pages, rounds in turn."""

import gc
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.core.management.base import CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connection

from agencies.actions import create_user, issue_key
from agencies.models import Unit, User, today
from agencies.roles import Role, Scope
from registry.bench.honest import program

ADDRESS = "/api/v1/information-items"
FAR = 200
"""The page far down."""

Application = Callable[[dict[str, Any], Any], Any]

SIZES = """
SELECT unit_id, count(*) AS items FROM information_itemaccess GROUP BY unit_id ORDER BY items DESC, unit_id
"""


@dataclass(frozen=True)
class Reader:
    """A system of one unit, with its key."""

    size: str
    unit: Unit
    items: int
    secret: str


@dataclass(frozen=True)
class Measured:
    """One page of one unit, in milliseconds."""

    reader: Reader
    page: int
    api: float
    honest: float

    @property
    def ratio(self) -> float:
        """How many times as long the API takes."""
        return self.api / self.honest


def readers() -> list[Reader]:
    """The largest unit, one in the middle that still has a page 200, and the smallest."""
    with connection.cursor() as cursor:
        cursor.execute(SIZES)
        sizes = cursor.fetchall()
    middle = min(sizes, key=lambda row: abs(row[1] - 20_000))
    return [_reader(size, *row) for size, row in (("large", sizes[0]), ("middle", middle), ("tiny", sizes[-1]))]


def _reader(size: str, unit_id: Any, items: int) -> Reader:
    unit = Unit.objects.get(pk=unit_id)
    name = f"bench.{size}"
    user = User.objects.filter(username=name).first() or create_user(
        username=name, password=None, unit=unit, role=Role.SYSTEM, by=None, synthetic=True
    )
    _key, secret = issue_key(user=user, unit=unit, name="bench", scopes=[Scope.READ], by=None)
    return Reader(size, unit, items, secret)


def get(application: Application, address: str, secret: str) -> bytes:
    """One request, through the whole of the application."""
    parts = urlsplit(address)
    answered: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "HTTP_AUTHORIZATION": f"Bearer {secret}",
        "HTTP_ACCEPT": "application/json",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    answer = application(environ, lambda status, *_headers: answered.append(status))
    try:
        body = b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
    if answered != ["200 OK"]:
        raise CommandError(f"{address} answered {answered}: {body[:300]!r}")
    return body


def compare(rounds: int) -> list[Measured]:
    """Each unit at page 1, and at page 200 where it has one."""
    api: Application = get_wsgi_application()
    place = connection.get_connection_params()
    place = {k: place[k] for k in ("dbname", "user", "password", "host", "port") if k in place}
    with psycopg.connect(**place, autocommit=True) as own:
        honest = program(own, today())
        found = []
        for reader in readers():
            for number, address in _pages(honest, reader).items():
                found.append(Measured(reader, number, *_medians(api, honest, address, reader.secret, rounds)))
        return found


def _pages(honest: Application, reader: Reader) -> dict[int, str]:
    pages, address = {1: ADDRESS}, ADDRESS
    for _page in range(1, FAR):
        address = json.loads(get(honest, address, reader.secret))["next"]
        if address is None:
            return pages
    return {**pages, FAR: address}


def _medians(api: Application, honest: Application, address: str, secret: str, rounds: int) -> tuple[float, float]:
    """In turn, so that whatever else the machine does falls on both. First of all: they answer the same."""
    if (ours := json.loads(get(api, address, secret))) != (theirs := json.loads(get(honest, address, secret))):
        raise CommandError(f"{address}: the two programs answer differently.\n{_difference(ours, theirs)}")
    taken: dict[int, list[float]] = {0: [], 1: []}
    gc.collect()
    for _round in range(rounds):
        for number, application in enumerate((api, honest)):
            began = time.perf_counter()
            get(application, address, secret)
            taken[number].append((time.perf_counter() - began) * 1000)
    return statistics.median(taken[0]), statistics.median(taken[1])


def _difference(ours: Any, theirs: Any) -> str:
    for name in ("next", "previous"):
        if ours[name] != theirs[name]:
            return f"{name}: {ours[name]} / {theirs[name]}"
    for one, other in zip(ours["results"], theirs["results"], strict=False):
        if one != other:
            return "\n".join(f"{k}: {v!r} / {other.get(k)!r}" for k, v in one.items() if other.get(k) != v)
    return f"{len(ours['results'])} / {len(theirs['results'])} items"
