"""Two worlds: the same request where a hidden record exists and where it does not must leave no trace of it."""

import os
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast
from tests.clients import ApiClient, browser

FREE = {"Date", "X-Request-ID"}
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


@dataclass(frozen=True)
class Ask:
    """A request: to the API with a key (`path` without a slash before it), or to the admin in a session."""

    method: str
    path: str
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.body or ''}"


@dataclass(frozen=True)
class Trace:
    """Everything the caller can notice, and how many queries it took."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...]
    queries: int


@contextmanager
def repeatable(seed: int = 1) -> Iterator[None]:
    """The same identifiers each time."""
    source = random.Random(seed)
    with mock.patch.object(os, "urandom", source.randbytes):
        yield


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside did not happen."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Worlds:
    """Runs requests of one person in the world as it stands and in a world with something hidden from them."""

    def __init__(self, cast: Cast, name: str) -> None:
        self.cast, self.name = cast, name
        self.api = ApiClient(cast.secrets.get(name))
        self.desk: Client = browser(cast, name if name in cast.people else None)

    def trace(self, ask: Ask) -> Trace:
        """The answer, undone at once. What an earlier page left to be told on the next one is not carried over."""
        self.desk.cookies.pop("messages", None)
        connection.queries_log.clear()  # it holds the last 9,000 only
        with undone(), repeatable(7), CaptureQueriesContext(connection) as queries:
            if ask.path.startswith("/"):
                send = {"GET": self.desk.get, "POST": self.desk.post}[ask.method]
                answer = send(ask.path, ask.body or {})
            else:
                answer = self.api.call(ask.method, ask.path, ask.body, **ask.headers)
        headers = tuple(sorted((k, v) for k, v in answer.headers.items() if k not in FREE))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return Trace(answer.status_code, _TOKEN.sub(b"", body), headers, len(queries))

    def differences(
        self, asks: list[Ask], hide: Callable[[Cast], Any], otherwise: Callable[[Cast], Any] | None = None
    ) -> list[str]:
        """Requests whose answers tell the two worlds apart. A difference is looked at twice: caches fill once.

        `otherwise` makes the other world, where it is not the one that stands.
        """
        other = otherwise or (lambda _cast: None)
        with time_machine.travel(timezone.now(), tick=False):
            without = dict(zip(map(str, asks), self._with(other, asks), strict=True))
            found = self._with(hide, asks)
            suspects = [ask for ask, trace in zip(asks, found, strict=True) if trace != without[str(ask)]]
            told = []
            for ask in suspects:
                (before,), (after,) = self._with(other, [ask]), self._with(hide, [ask])
                if before != after:
                    told.append(f"{self.name}: {ask}: {_tell(before, after)}")
        return told

    def _with(self, hide: Callable[[Cast], Any], asks: list[Ask]) -> list[Trace]:
        with undone():
            with repeatable():
                hide(self.cast)
            return [self.trace(ask) for ask in asks]


def _tell(before: Trace, after: Trace) -> str:
    if before.status != after.status:
        return f"status {before.status} / {after.status}"
    if before.queries != after.queries:
        return f"queries {before.queries} / {after.queries}"
    if before.headers != after.headers and before.body == after.body:
        return f"headers {set(before.headers) ^ set(after.headers)}"
    at = next(i for i, (a, b) in enumerate(zip(before.body + b"\0", after.body + b"\0", strict=False)) if a != b)
    return f"body at {at}: {before.body[max(0, at - 60) : at + 60]!r} / {after.body[max(0, at - 60) : at + 60]!r}"
