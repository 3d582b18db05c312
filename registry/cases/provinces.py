"""Seizures and cases by province: as it was recorded, or as the province that it became by a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from agencies.models import Place
from agencies.successions import roll_up
from registry.cases.models import JointCase, SeizureLot
from registry.cases.totals import Sums, grouped


@dataclass(slots=True)
class Province:
    """What was counted in one province; `place` is None for cases whose place is not recorded."""

    place: Place | None
    cases: dict[str, int] = field(default_factory=dict)
    """By kind: kinds are never added."""
    sums: Sums = field(default_factory=Sums)


def provinces(
    lots: QuerySet[SeizureLot], cases: QuerySet[JointCase] | None = None, *, rolled_on: date | None = None
) -> list[Province]:
    """By the first place of the case, in the order of codes, what has no place last.

    With `rolled_on` a place counts as the one that it had become by that day; one that was divided stays itself.
    """
    became: Mapping[UUID, Place] = roll_up(rolled_on) if rolled_on is not None else {}
    found: dict[UUID | None, Province] = {}
    for row in grouped(lots, "case__place_id"):
        _at(found, became, row["case__place_id"]).sums.add(row)
    if cases is not None:
        rows: Any = cases.order_by().values("place_id", "kind").annotate(count=Count("pk"))
        for row in rows:
            held = _at(found, became, row["place_id"]).cases
            held[row["kind"]] = held.get(row["kind"], 0) + row["count"]
    return _named(found)


def _at(found: dict[UUID | None, Province], became: Mapping[UUID, Place], place: UUID | None) -> Province:
    key = became[place].pk if place is not None and place in became else place
    return found.setdefault(key, Province(None))


def _named(found: dict[UUID | None, Province]) -> list[Province]:
    """With their places, read at once."""
    for place in Place.objects.filter(pk__in=[pk for pk in found if pk is not None]).prefetch_related("names"):
        found[place.pk].place = place
    return sorted(found.values(), key=lambda one: (one.place is None, one.place.code if one.place is not None else ""))
