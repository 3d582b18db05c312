"""Going around the application: plain SQL on the test's own connection."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction


def sql(statement: str, *values: Any) -> int:
    """Run one statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def rows(statement: str) -> list[tuple[Any, ...]]:
    """What the database says, as it is written: `%` needs no doubling."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def refused(statement: str, *values: Any, match: str | None = None) -> None:
    """The database itself refuses the statement, and goes on."""
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        touched = sql(statement, *values)
        pytest.fail(f"The database let it pass ({touched} rows): {statement}", pytrace=False)
