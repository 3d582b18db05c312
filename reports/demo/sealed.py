"""Reports of the demo: the first quarter sealed, the second prepared with what is missing."""

from agencies.roles import Role
from registry.periods import Period
from reports.counting import Counting, Operator
from reports.demo.cast import Cast
from reports.drafting import draft_report
from reports.issuing import issuer_of
from reports.models import SealedReport
from reports.preparing import prepare_report
from reports.sealing import seal_report

SEALED, PREPARED = "2024-Q1", "2024-Q2"


def load_demo_reports(cast: Cast) -> int:
    """Both; how many."""
    sealed = _prepared(cast, SEALED)
    head = cast.user(sealed.unit.code, Role.RELEASER)
    seal_report(report=sealed, expected_sha256=sealed.document_sha256, by=head)
    _prepared(cast, PREPARED)
    return 2


def _prepared(cast: Cast, label: str) -> SealedReport:
    """Prepared by the secretariat of the host, or of the first agency in protocol order where none is recorded."""
    period = Period.parse(label)
    host = issuer_of(Counting(Operator(), period))
    unit = host.code if host is not None else next(m.unit.code for m in cast.members if m.role is Role.SECRETARIAT)
    asked = prepare_report(period=period, by=cast.user(unit, Role.SECRETARIAT))
    return draft_report(report_id=asked.pk)
