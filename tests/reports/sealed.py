"""Reports on their way to a seal, made through the real actions."""

from typing import Any

from registry.periods import Period
from reports.drafting import draft_report
from reports.models import SealedReport
from reports.preparing import prepare_report
from reports.sealing import seal_report
from tests.cast import Cast

QUARTER = Period.parse("2024-Q2")
NOBODY_STATED = ("BORDERGUARD", "COASTGUARD", "CUSTOMS", "POLICE")
NOTE = "Chưa có số liệu xác nhận."


def prepared(cast: Cast, period: Period = QUARTER, **more: Any) -> SealedReport:
    """Asked for by the secretariat of the police, and built."""
    report = prepare_report(period=period, by=more.pop("by", cast.secretariat), **more)
    return draft_report(report_id=report.pk)


def seal(cast: Cast, report: SealedReport, **changes: Any) -> SealedReport:
    """By the head of the police, without anybody's figures."""
    given: dict[str, Any] = {
        "expected_sha256": report.document_sha256,
        "by": cast.police_head,
        "without": NOBODY_STATED,
        "note": NOTE,
    }
    return seal_report(report=report, **(given | changes))


def sealed(cast: Cast, period: Period = QUARTER, **more: Any) -> SealedReport:
    """Prepared and sealed."""
    return seal(cast, prepared(cast, period, **more))
