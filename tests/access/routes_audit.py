"""Who may ask who has read an item: those who read it as their unit's own."""

from typing import Any

from tests.access import things

FEW = ("police_draft", "north_submitted", "police_released_to_two", "police_recalled", "north_released_below")

ROUTES: list[dict[str, Any]] = [
    {
        "method": "GET",
        "path": "information-items/<uuid:pk>/readers",
        "kind": "item",
        "act": "item.readers",
        "things": things.items(),
        "few": FEW,
    }
]
