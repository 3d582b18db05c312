"""A database of one's own in which everything is really committed: for roles of the server and for two connections."""

import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from tests.cast import Cast
from tests.copies import copied, speaking_to


@contextmanager
def committed(cast_database: tuple[str, bytes], suffix: str, blocker: Any) -> Iterator[Cast]:
    """A copy of the cast's database; every connection of this process speaks to it, and it is dropped at the end."""
    source, made = cast_database
    with copied(source, f"{source}_{suffix}", blocker) as name, speaking_to(name, blocker):
        cast: Cast = pickle.loads(made)
        yield cast


@contextmanager
def superuser() -> Iterator[psycopg.Connection[object]]:
    """The superuser of the embedded server, in the database of the tests."""
    at = connection.settings_dict
    place = {"host": at["HOST"], "port": at["PORT"], "dbname": at["NAME"], "user": "postgres"}
    with psycopg.connect(**place, autocommit=True) as server:
        yield server


@contextmanager
def application_role() -> Iterator[str]:
    """A role that owns nothing; gone at the end, with what it was granted in the present database."""
    role = f"application_{os.getpid()}"
    with superuser() as server:
        server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    try:
        yield role
    finally:
        with superuser() as server:
            server.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(role)))
            server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


@contextmanager
def connected_as(role: str) -> Iterator[None]:
    """Every connection of this process is made as the role."""
    owner = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = role
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = owner
