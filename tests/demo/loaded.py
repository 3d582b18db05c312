"""The demo, loaded once for all workers and runs, and copied for each worker; what a test does is rolled back.

A copy is kept as long as nothing changes that it was made from, because loading it takes most of a minute.
"""

import fcntl
import hashlib
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from registry.conferences.actions import load_conferences
from registry.documents.actions import load_documents
from registry.management.commands.load_reference import load_reference, read_reference
from reports.demo.load import load_demo
from tests.copies import copied, copy, do, speaking_to
from tests.database import TOP, VAR

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
DESK_DAY = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
"""The morning on whose desks the open work lies: a Friday, 10:00 in Viet Nam."""


@pytest.fixture(scope="session")
def demo_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The name of this worker's copy."""
    empty = connection.settings_dict["NAME"]
    with ExitStack() as stack:
        with _one_at_a_time():
            source = _template(empty, django_db_blocker)
            name = stack.enter_context(copied(source, f"{empty}_demo", django_db_blocker))
        yield name


@pytest.fixture(scope="module")
def standing_demo(demo_database: str, django_db_blocker: Any) -> Iterator[None]:
    """The tests of this module speak to the database of the demo."""
    with speaking_to(demo_database, django_db_blocker):
        yield


@pytest.fixture
def demo(standing_demo: None, db: None) -> None:
    """The demo stands in the database."""


def _template(empty: str, blocker: Any) -> str:
    """A database with the demo in it, made if there is none for the code and the fixtures as they are."""
    name = f"demo_{_state()}"
    unfinished = f"demo_{_state()[:8]}_unfinished"
    with blocker.unblock():
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'demo\\_%%' ORDER BY oid")
            found = [row[0] for row in cursor.fetchall()]
        if name in found:
            return name
        for old in found:
            do(f'DROP DATABASE IF EXISTS "{old}"')
        copy(empty, unfinished)
        with speaking_to(unfinished, blocker):
            load_reference(read_reference())
            load_documents(data=_read("documents.json"))
            load_conferences(data=_read("conferences.json"))
            load_demo(now=DESK_DAY)
        do(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    return name


@cache
def _state() -> str:
    """A hash of all that the demo depends on."""
    found = hashlib.sha256()
    ours = [path for floor in ("agencies", "registry", "reports") for path in (TOP / floor).rglob("*.py")]
    for path in [*sorted(ours), *sorted(FIXTURES.glob("*.json")), Path(__file__)]:
        found.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    return data


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (VAR / "tests-demo.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
