"""The principals of the matrix: everybody of the cast as the oracle knows them, with a key or signed in."""

from collections.abc import Iterator
from dataclasses import replace

from django.test import Client

from tests.access.oracle import Person
from tests.cast import PEOPLE, Cast
from tests.clients import ApiClient, browser

KEY = frozenset({"read", "write"})
GONE = {"disabled", "former"}

_HELD = {
    name: Person(name, {} if name in GONE else {unit: frozenset({role})}, KEY, known=name != "disabled")
    for name, (unit, role) in PEOPLE.items()
}
_OFFICER = _HELD["police_officer"]

BY_KEY: dict[str, Person] = {
    **_HELD,
    "police_officer_and_head": Person("police_officer_and_head", {"police": frozenset({"officer", "releaser"})}, KEY),
    "two_units": Person("two_units", {"police": frozenset({"officer"})}, KEY),
    "read_only": replace(_OFFICER, scopes=frozenset({"read"})),
    "write_only": replace(_OFFICER, scopes=frozenset({"write"})),
    "expired": replace(_OFFICER, known=False),
    "revoked": replace(_OFFICER, known=False),
    "admin_key": replace(_HELD["police_admin"], scopes=KEY | {"admin"}),
    "bad_key": Person("bad_key", known=False),
    "anonymous": Person("anonymous", known=False),
}
"""Who comes with a key. The key of `two_units` is bound to central police."""

BY_SESSION: dict[str, Person] = {
    **{name: replace(person, scopes=None) for name, person in _HELD.items()},
    "police_officer_and_head": replace(BY_KEY["police_officer_and_head"], scopes=None),
    "two_units": Person("two_units", {"police": frozenset({"officer"}), "border": frozenset({"officer"})}),
    "delegate": Person("delegate", {"police": frozenset({"officer"})}, stands_in="police"),
    "operator": Person("operator"),
    "anonymous": Person("anonymous", known=False),
}
"""Who is signed in to the admin. The operator holds no role."""

FEW = (
    "anonymous bad_key disabled former read_only write_only two_units police_officer police_head"
    " police_officer_and_head police_system north_officer north_head south_officer customs_head"
    " customs_focal_point customs_analyst border_officer coast_officer secretariat auditor police_admin admin_key"
).split()
"""A representative of each kind, for the quick run."""


FEWEST = {"anonymous", "former", "write_only", "police_head", "coast_officer", "auditor", "secretariat", "admin_key"}
"""Where it matters little who asks."""


STANDING_IN = ("police_head", "delegate", "ended_delegate")
"""Signed in, because a key neither delegates nor stands in for anybody."""


def principals(cast: Cast, *, few: bool, fewest: bool = False) -> Iterator[tuple[Person, ApiClient]]:
    """Everybody with the client they use."""
    for name, person in BY_KEY.items():
        if not few or name in (FEWEST if fewest else FEW):
            secret = {"anonymous": None, "bad_key": "0123456789ab.not-a-secret"}.get(name) or cast.secrets.get(name)
            yield person, ApiClient(secret)
    for name in ("operator",) if fewest else ("operator", "police_admin", "two_units", *STANDING_IN):
        yield BY_SESSION[name], ApiClient(client=browser(cast, name))


def seated(cast: Cast, *, few: bool) -> Iterator[tuple[Person, Client]]:
    """Everybody who is signed in, with their browser."""
    for name, person in BY_SESSION.items():
        if not few or name in {*FEW, "operator"}:
            yield person, browser(cast, None if name == "anonymous" else name)
