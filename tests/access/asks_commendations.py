"""What people ask about commendations in the two-world test."""

from typing import Any

from tests.access.worlds import Ask
from tests.cast import Cast

NOBODY = "00000000-0000-4000-8000-000000000000"
FILTERS = (
    "status=nominated",
    "status=awarded",
    "level=2",
    "form=certificate",
    "unit=coast",
    "period=2024-Q2",
    "ordering=-created_at",
)
MOVES: dict[str, dict[str, Any]] = {
    "award": {"awarded_on": "2024-06-28", "document_number": "x"},
    "decline": {"reason": "x"},
    "withdraw": {"reason": "x"},
}


def about(cast: Cast, found: dict[str, Any]) -> list[Ask]:
    """Requests that name the hidden nomination, its hidden case and the unit that made it."""
    one, case = found.get("commendation", NOBODY), found.get("case", NOBODY)
    asks = [Ask("GET", f"commendations/{one}")]
    asks += [Ask("POST", f"commendations/{one}/{verb}", body) for verb, body in MOVES.items()]
    body = {"level": 2, "form": "certificate", "authority_vi": "x", "achievement_vi": "x", "cases": [str(case)]}
    asks += [
        Ask("POST", "commendations", {**body, "unit": unit, "recipients": [{"unit": "coast"}]})
        for unit in ("police", "customs", "coast")
    ]
    asks += [Ask("GET", f"audit-events?count=true&object_id={one}")]
    page = f"/admin/commendations/commendation/{one}"
    asks += [Ask("GET", f"{page}/{view}/") for view in ("change", "history", "delete", "step/record-award")]
    asks += [Ask("POST", f"{page}/move/withdraw/", {"reason": "x"})]
    return asks
