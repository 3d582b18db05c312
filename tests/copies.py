"""Databases of the tests that are copies of others, and speaking to them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


def do(statement: str) -> None:
    """Run a statement about whole databases. Nothing of this process speaks to one meanwhile."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def copy(source: str, name: str) -> None:
    """Make the database anew as a copy of one that nobody speaks to."""
    do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    do(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


@contextmanager
def copied(source: str, name: str, blocker: Any) -> Iterator[str]:
    """A copy, dropped at the end, whoever still speaks to it. `blocker` is the fixture `django_db_blocker`."""
    with blocker.unblock():
        copy(source, name)
    try:
        yield name
    finally:
        with blocker.unblock():
            do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def speaking_to(name: str, blocker: Any) -> Iterator[None]:
    """Every connection that this process makes is to the database."""
    before = connection.settings_dict["NAME"]
    with blocker.unblock():
        _use(name)
        try:
            yield
        finally:
            _use(before)


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
