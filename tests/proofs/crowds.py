"""Many threads that do something at the same moment, each on a connection of its own."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db import connection
from django.db.models import QuerySet

PATIENCE = 300.0
"""Seconds after which a thread that waits for the others gives up: something hangs."""


def rush(threads: int, rounds: int, attempt: Callable[[int, int], Any]) -> list[list[Any]]:
    """`attempt(round, thread)` by every thread at once, round after round; what each returned, by round and thread.

    An exception of an attempt is its outcome.
    """
    gate = threading.Barrier(threads)
    outcomes: list[list[Any]] = [[None] * threads for _ in range(rounds)]

    def run(thread: int) -> None:
        connection.ensure_connection()
        try:
            for turn in range(rounds):
                gate.wait(PATIENCE)
                outcomes[turn][thread] = _outcome(attempt, turn, thread)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(run, thread) for thread in range(threads)]:
            done.result()
    return outcomes


def _outcome(attempt: Callable[[int, int], Any], turn: int, thread: int) -> Any:
    try:
        return attempt(turn, thread)
    except Exception as fault:  # noqa: BLE001 - the outcome is looked at by the proof
        return fault


@contextmanager
def naive(*tables: str) -> Iterator[None]:
    """The registry as a careless hand would write it: nothing is locked, and the tables' triggers are silent.

    What a proof must notice. For a database of its own only.
    """
    with mock.patch.object(QuerySet, "select_for_update", lambda self, *args, **kwargs: self.all()):
        _triggers("DISABLE", tables)
        try:
            yield
        finally:
            _triggers("ENABLE", tables)


def _triggers(verb: str, tables: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" {verb} TRIGGER USER')
