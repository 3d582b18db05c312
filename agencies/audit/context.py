"""What the log knows about the request in hand: its id and the key it came with."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RequestContext:
    """The request that is being served. Empty outside a request (commands, jobs)."""

    request_id: str = ""


EMPTY = RequestContext()
_current: ContextVar[RequestContext] = ContextVar("audit_request", default=EMPTY)


def current() -> RequestContext:
    """The request in hand."""
    return _current.get()


@contextmanager
def request_context(request_id: str) -> Iterator[None]:
    """Serve one request under its id; nothing is left behind for the next one."""
    token = _current.set(RequestContext(request_id))
    try:
        yield
    finally:
        _current.reset(token)
