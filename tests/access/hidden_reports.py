"""Hidden from others: what a secretariat is only about to prepare."""

from typing import Any

from registry.periods import Period
from reports.preparing import prepare_report
from tests.cast import Cast


def customs_report(cast: Cast) -> dict[str, Any]:
    """The secretariat of customs has a report prepared; it is not built yet."""
    report = prepare_report(period=Period.parse("2024-Q2"), by=cast.again("customs_secretariat"))
    return {"sealed_report": report.pk}


CUSTOMS_REPORT = (
    customs_report,
    ("police_officer", "police_head", "secretariat", "customs_officer", "auditor", "coast_head", "admin_key"),
)
"""The scene, and from whom it is hidden."""
