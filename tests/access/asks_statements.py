"""What people ask about statements and reconciliations in the two-world test."""

from typing import Any

from tests.access.worlds import Ask
from tests.cast import Cast
from tests.information.files import raw

NOBODY = "00000000-0000-4000-8000-000000000000"
FILTERS = (
    "agency=COASTGUARD", "unit=coast", "status=draft", "status=confirmed", "period=2025-Q2", "overdue=true", "overdue=false",
    "synthetic=true", "ordering=created_at",
)  # fmt: skip
SERIES = "2025-Q2.drug_cases"


def about(cast: Cast, found: dict[str, Any]) -> list[Ask]:
    """The hidden statement by its id, and the reconciliation of its period."""
    one = found.get("statement", NOBODY)
    asks = [Ask("GET", f"statements/{one}{verb}") for verb in ("", "/claims", "/sheet")]
    asks += [Ask("POST", f"statements/{one}/{verb}", {}) for verb in ("confirm", "prefill")]
    asks += [Ask("POST", f"statements/{one}/{verb}", b"x", raw("a.xlsx")) for verb in ("sheet", "sheet-check")]
    asks += [Ask("PATCH", f"statements/{one}", {"figures": []}, {"If_Match": "*"})]
    asks += [Ask("GET", f"audit-events?count=true&object_id={one}")]
    asks += [Ask("GET", "reconciliations?period=2025-Q2"), Ask("GET", f"reconciliations/{SERIES}")]
    told = {"agency": "COASTGUARD", "text": "x"}
    asks += [Ask("POST", f"reconciliations/{SERIES}/explanations", told)]
    case = found.get("case", NOBODY)
    mine = cast.statements["police_draft"].pk
    figure = {"metric": "drug_cases", "role": "lead", "value": "1", "unit": "case", "claims": [str(case)]}
    asks += [Ask("PATCH", f"statements/{mine}", {"figures": [figure]}, {"If_Match": "*"})]
    page = f"/admin/reports/statement/{one}"
    asks += [Ask("GET", f"{page}/{view}/") for view in ("change", "history", "claims", "sheet", "sheet/template")]
    asks += [Ask("POST", f"{page}/move/{verb}/", {}) for verb in ("prefill", "confirm")]
    asks += [Ask("GET", f"/admin/reports/reconciliation/{path}") for path in ("?period=2025-Q2", f"{SERIES}/")]
    return [*asks, Ask("POST", f"/admin/reports/reconciliation/{SERIES}/", told)]
