"""What became of units and places: from one to those that stand on a day, along the recorded successions."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from agencies.models import Place, PlaceSuccession, Unit, UnitSuccession, today


def standing_successors(unit: Unit, on: date | None = None) -> list[Unit]:
    """The units that stand on the day (today) in the unit's place, by code; itself while it stands."""
    day = on or today()
    found, seen, asked = {}, {unit.pk}, [unit]
    while asked:
        gone = []
        for one in asked:
            if one.holds_on(day):
                found[one.pk] = one
            else:
                gone.append(one.pk)
        rows = UnitSuccession.objects.filter(predecessor__in=gone, on__lte=day).select_related("successor")
        asked = [row.successor for row in rows if row.successor_id not in seen]
        seen |= {one.pk for one in asked}
    return sorted(found.values(), key=lambda one: one.code)


def roll_up(on: date | None = None) -> dict[UUID, Place]:
    """Every place that became another by the day (today), and which one. Three queries, however many places.

    A place that was divided among several stays itself: nobody can say in which of them a record of before lies.
    """
    day = on or today()
    places = {place.pk: place for place in Place.objects.prefetch_related("names")}
    next_of: dict[UUID, list[UUID]] = defaultdict(list)
    for old, new in PlaceSuccession.objects.filter(on__lte=day).values_list("predecessor_id", "successor_id"):
        next_of[old].append(new)
    return {pk: places[end] for pk in places if (end := _end(pk, next_of)) != pk}


def _end(place: UUID, next_of: dict[UUID, list[UUID]]) -> UUID:
    seen = {place}
    while len(next_of.get(place, ())) == 1 and (following := next_of[place][0]) not in seen:
        place = following
        seen.add(place)
    return place


def rolling_to(code: str, on: date | None = None) -> set[str]:
    """Codes of the places that are, on the day (today), the place of the code: itself and those that went into it."""
    became = roll_up(on)
    codes = dict(Place.objects.values_list("pk", "code"))
    return {code} | {codes[pk] for pk, place in became.items() if place.code == code}
