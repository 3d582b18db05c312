"""The server and the databases of the tests; a pytest plugin, loaded with `-p tests.database` before the settings.

Unless DATABASE_URL names a server, the tests use a cluster of their own, so that a running demo is never disturbed.
Several runs at once in one checkout each get their own database names. Migrations run once for all workers and all
runs: the migrated database is kept as a template, named by what made it, and copied.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from registry import env, postgres

TOP = Path(__file__).resolve().parent.parent
VAR = TOP / "var"
OWN_SERVER = "REGISTRY_TEST_SERVER"
"""Set for the workers, which find DATABASE_URL set already, when the server is ours to start."""

KEPT = 3
"""Earlier templates that stay, for other branches and for a run that is copying one."""


def _settle() -> None:
    """Give the settings what they need, whatever `.env` says on this machine."""
    env.DOTENV = Path(os.devnull)
    os.environ.setdefault("SECRET_KEY", "of-the-tests-and-nothing-else-" + "0" * 30)
    os.environ.setdefault("BEHIND_TLS", "no")
    os.environ.setdefault("ATTACHMENTS_STORAGE", "django.core.files.storage.InMemoryStorage")
    if not os.environ.get("DATABASE_URL"):
        os.environ[OWN_SERVER] = "yes"
        os.environ["DATABASE_URL"] = postgres.database_url(_free_name(), data=postgres.TEST_DATA)


def _free_name() -> str:
    """A database name that no other run in this checkout uses; the lock is held as long as this process lives."""
    VAR.mkdir(exist_ok=True)
    number = 1
    while True:
        lock = os.open(VAR / f"tests-{number}.lock", os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            number += 1
        else:
            return "registry" if number == 1 else f"registry_{number}"


_settle()


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> None:
    """Before the first test that needs a database: start the server, make the template."""
    if fixturedef.argname == "django_db_setup":
        prepare()


def prepare() -> None:
    """Start the server if it is ours, and let Django copy its test database from the template."""
    url = os.environ["DATABASE_URL"]
    if os.environ.get(OWN_SERVER):
        postgres.start(str, data=postgres.TEST_DATA)
        postgres.ensure_database(urlsplit(url).path[1:], data=postgres.TEST_DATA)
    settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = template(url)


def template(url: str) -> str:
    """The name of a database with all migrations applied, made if there is none for the migrations as they are."""
    name = f"template_{_state()}"
    address = urlsplit(url)
    with _one_at_a_time(), psycopg.connect(address._replace(path="/postgres").geturl(), autocommit=True) as server:
        kept = "SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%%' ORDER BY oid"
        found = [row[0] for row in server.execute(kept)]
        if name in found:
            return name
        unfinished = f"{name}_unfinished"
        _do(server, "DROP DATABASE IF EXISTS {}", unfinished)
        _do(server, "CREATE DATABASE {}", unfinished)
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
        target = {**os.environ, "DATABASE_URL": address._replace(path=f"/{unfinished}").geturl()}
        done = subprocess.run(command, cwd=TOP, env=target, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.exit(f"The migrations of the test database failed:\n{done.stdout}{done.stderr}", returncode=1)
        _do(server, "ALTER DATABASE {} RENAME TO {}", unfinished, name)
        for old in found[:-KEPT]:
            _do(server, "DROP DATABASE IF EXISTS {}", old)
    return name


def _do(server: psycopg.Connection[Any], statement: str, *names: str) -> None:
    server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]


def _state() -> str:
    """A hash of all that the migrated database depends on."""
    found = hashlib.sha256()
    ours = [path for floor in ("agencies", "registry", "reports") for path in (TOP / floor).rglob("migrations/*.py")]
    for path in [TOP / "requirements.txt", TOP / "registry" / "settings.py", *sorted(ours)]:
        found.update(str(path.relative_to(TOP)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    VAR.mkdir(exist_ok=True)
    with (VAR / "tests-template.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
