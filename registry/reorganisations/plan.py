"""What a reorganisation plans, as read from its record: codes and days, nothing looked up yet."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

from registry.reorganisations.terms import CLOSING, Kind


@dataclass(frozen=True, slots=True)
class Successor:
    """A unit that goes on: a new one as described, or (the code alone) one that stands already."""

    code: str
    level: str = ""
    parent: str = ""
    place: str = ""
    name_vi: str = ""
    name_en: str = ""
    abbreviation_vi: str = ""
    abbreviation_en: str = ""

    @property
    def described(self) -> bool:
        """Whether anything but the code is said: then it is a new unit."""
        return any(getattr(self, field.name) for field in fields(self) if field.name != "code")


@dataclass(frozen=True, slots=True)
class Plan:
    """See the fields of the API's body; `people` says to which successor whom goes when a unit is split."""

    kind: Kind
    day: date
    units: tuple[str, ...] = ()
    successors: tuple[Successor, ...] = ()
    name_vi: str = ""
    name_en: str = ""
    abbreviation_vi: str = ""
    abbreviation_en: str = ""
    parent: str = ""
    place: str = ""
    people: tuple[tuple[str, str], ...] = ()
    heir: str = ""

    @classmethod
    def read(cls, kind: str, day: date, stored: Mapping[str, Any]) -> Self:
        """From what is stored."""
        given = dict(stored)
        given["units"] = tuple(given.get("units", ()))
        given["successors"] = tuple(Successor(**one) for one in given.get("successors", ()))
        given["people"] = tuple((one["username"], one["successor"]) for one in given.get("people", ()))
        return cls(kind=Kind(kind), day=day, **given)

    @property
    def closes(self) -> bool:
        """Whether the units named are no more from the day on."""
        return self.kind in CLOSING

    @property
    def codes(self) -> set[str]:
        """Every code of a unit that it names."""
        named = {*self.units, self.parent, self.heir, *(code for _who, code in self.people)}
        return (named | {c for s in self.successors for c in (s.code, s.parent)}) - {""}


def storable(content: Mapping[str, Any]) -> dict[str, Any]:
    """The plan's part of what was sent, with nothing empty kept."""
    known = {field.name for field in fields(Plan)} - {"kind", "day"}
    kept = {name: content[name] for name in sorted(known) if content.get(name)}
    if "successors" in kept:
        told = [asdict(Successor(**one)) for one in kept["successors"]]
        kept["successors"] = [{name: value for name, value in one.items() if value} for one in told]
    return kept
