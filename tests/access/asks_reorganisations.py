"""What people ask about reorganisations in the two-world test."""

from typing import Any

from tests.access.worlds import Ask
from tests.cast import Cast

NOBODY = "00000000-0000-4000-8000-000000000000"
FILTERS = (
    "status=draft",
    "status=applied",
    "kind=close",
    "unit=customs",
    "ordering=created_at",
    "ordering=-takes_effect_on",
)
MOVES = {"apply": {"preview": "x"}, "undo": {"reason": "x"}}


def about(cast: Cast, found: dict[str, Any]) -> list[Ask]:
    """Requests that name the hidden plan, or the unit it would close."""
    one = found.get("reorganisation", NOBODY)
    asks = [Ask("GET", f"reorganisations/{one}{view}") for view in ("", "/preview")]
    asks += [Ask("POST", f"reorganisations/{one}/{verb}", body) for verb, body in MOVES.items()]
    asks += [Ask("PATCH", f"reorganisations/{one}", {"reason": "x"}, {"If_Match": "*"})]
    body = {"kind": "close", "takes_effect_on": "2098-01-01", "reason": "x", "plan": {"units": ["customs_north"]}}
    asks += [Ask("POST", "reorganisations", {**body, "unit": unit}) for unit in ("customs", "police")]
    asks += [Ask("GET", f"audit-events?count=true&object_id={one}"), Ask("GET", "units/customs_north")]
    page = f"/admin/reorganisations/reorganisation/{one}"
    asks += [Ask("GET", f"{page}/{view}/") for view in ("change", "history", "delete", "step/apply")]
    asks += [Ask("POST", f"{page}/move/undo/", {"reason": "x"}), Ask("POST", f"{page}/step/apply/", {"preview": "x"})]
    return asks
