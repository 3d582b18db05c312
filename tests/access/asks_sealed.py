"""What people ask about reports on their way to a seal in the two-world test."""

from typing import Any

from tests.access.worlds import Ask

NOBODY = "00000000-0000-4000-8000-000000000000"
FILTERS = ("status=queued", "period=2024-Q2", "unit=customs", "ordering=created_at")


def about(found: dict[str, Any]) -> list[Ask]:
    """The hidden report by its id: reading, taking, moving; its pages."""
    one = found.get("sealed_report", NOBODY)
    api, page = f"sealed-reports/{one}", f"/admin/reports/sealedreport/{one}"
    asks = [Ask("GET", f"{api}{verb}") for verb in ("", "/files/vi/pdf", "/package", "/verification")]
    asks += [
        Ask("POST", f"{api}/seal", {"expected_sha256": "0" * 64}),
        Ask("POST", f"{api}/withdraw", {"reason": "x"}),
        Ask("GET", f"audit-events?count=true&object_id={one}"),
        Ask("POST", f"{page}/move/withdraw/", {"reason": "x"}),
    ]
    return asks + [Ask("GET", f"{page}/{view}/") for view in ("change", "history", "step/seal", "file/vi/html")]
