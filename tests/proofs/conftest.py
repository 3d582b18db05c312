"""A database in which everything is committed, for proofs that need many connections at once."""

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection

from tests.cast import Cast
from tests.copies import copied, speaking_to


@dataclass(frozen=True)
class Committed:
    """The database of its own and the cast in it. Nothing here is rolled back."""

    name: str
    pickled: bytes

    def cast(self) -> Cast:
        """The cast anew: objects that no other thread holds, people with nothing remembered."""
        cast: Cast = pickle.loads(self.pickled)
        return cast


@pytest.fixture(scope="module")
def committed(cast_database: tuple[str, bytes], django_db_blocker: Any) -> Iterator[Committed]:
    """A copy of the cast's database for this module, dropped at the end. Threads get connections that stay open."""
    source, pickled = cast_database
    before = connection.settings_dict["CONN_MAX_AGE"]
    with (
        copied(source, f"{source}_committed", django_db_blocker) as name,
        speaking_to(name, django_db_blocker),
    ):
        connection.settings_dict["CONN_MAX_AGE"] = None
        yield Committed(name, pickled)
        connection.settings_dict["CONN_MAX_AGE"] = before
