"""What a line of the matrix is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.access.oracle import Thing
from tests.cast import Cast

Body = Callable[[Cast, str], dict[str, Any]]


@dataclass(frozen=True)
class Route:
    """An address, a method, and what the oracle is asked about it."""

    method: str
    path: str
    kind: str
    act: str | None = None
    things: Mapping[str, Thing] | None = None
    body: Body | None = None
    few: tuple[str, ...] = ()
    """Records of the quick run; empty means all."""
    lists: str = ""
    """A list shows exactly the records of this set that the oracle lets the caller see."""
    dear: bool = False
    """Answering takes long: the quick run asks for fewer people."""

    query: str = ""
    """Parameters that the address needs."""
    raw: bytes | None = None
    """A body that is no JSON."""
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    of: Callable[[Cast, str], Any] | None = None
    """The record of a story, where the cast has none."""

    before: Callable[[Cast], None] | None = None
    """Tells stories that the cast does not know."""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def same(**body: Any) -> Body:
    """A body that does not depend on anything."""
    return lambda _cast, _name: body


def reads(path: str, code: str) -> list[Route]:
    """List and detail of what everybody with a role reads."""
    param = "<slug:code>" if code else "<uuid:pk>"
    known = {code: Thing("public", code)} if code else {}
    return [Route("GET", path, "public"), Route("GET", f"{path}/{param}", "public", things=known)]
