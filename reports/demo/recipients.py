"""Who gets an item of the demo: units to whom its area and place mean something."""

from collections.abc import Mapping
from random import Random
from typing import Any

INTEREST: dict[str, dict[str, float]] = {
    "border": {"BORDERGUARD": 5, "POLICE": 4, "CUSTOMS": 2, "COASTGUARD": 0.5},
    "sea": {"COASTGUARD": 5, "POLICE": 3, "CUSTOMS": 2, "BORDERGUARD": 2},
    "customs": {"CUSTOMS": 4, "POLICE": 5, "BORDERGUARD": 2, "COASTGUARD": 1},
    "inland": {"POLICE": 5, "BORDERGUARD": 3, "CUSTOMS": 2, "COASTGUARD": 0.5},
}
"""How much an agency cares for an area."""
HOW_MANY = {1: 25, 2: 40, 3: 25, 4: 10}


class Neighbours:
    """The units of the cast and their agencies."""

    def __init__(self, cast: list[Mapping[str, Any]], agency_of: Mapping[str, str]) -> None:
        self._cast = cast
        self._agency_of = agency_of

    def draw(self, rng: Random, giver: Mapping[str, Any], *, area: str, place: str) -> tuple[str, ...]:
        """One to four units other than the giver; the first is of another agency."""
        weights = {
            entry["unit"]: self._weight(giver, entry, area, place)
            for entry in self._cast
            if entry["unit"] != giver["unit"]
        }
        wanted = rng.choices(list(HOW_MANY), list(HOW_MANY.values()))[0]
        own = self._agency_of[giver["unit"]]
        others = {unit: weight for unit, weight in weights.items() if self._agency_of[unit] != own}
        chosen = [rng.choices(list(others), list(others.values()))[0]]
        while len(chosen) < wanted:
            unit = rng.choices(list(weights), list(weights.values()))[0]
            if unit not in chosen:
                chosen.append(unit)
        return tuple(chosen)

    def _weight(self, giver: Mapping[str, Any], entry: Mapping[str, Any], area: str, place: str) -> float:
        weight = INTEREST[area][self._agency_of[entry["unit"]]]
        weight *= 2.0 if entry.get("central") else 0.6
        weight *= 5.0 if place in entry["places"] and not entry.get("central") else 1.0
        return weight * (0.5 if self._agency_of[entry["unit"]] == self._agency_of[giver["unit"]] else 1.0)
