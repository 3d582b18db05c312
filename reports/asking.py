"""Asking for a report, and taking it away: one audited function each."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Language, User
from agencies.refusals import Conflict, Invalid, NotPermitted
from agencies.roles import Permission
from registry.information.models import InformationItem
from registry.periods import Period
from reports.jobs import build_report
from reports.models import Report
from reports.sections.quoted import quoted
from reports.terms import ReportFormat, ReportStatus

MOST_WAITING = 20
"""Reports of one person that may wait at once: all people's, and those that are sealed, wait in one queue."""
WAITING = (ReportStatus.QUEUED, ReportStatus.RUNNING)


@transaction.atomic
def ask_report(*, period: Period, language: str, file_format: str, by: User, base_url: str = "") -> Report:
    """Queue a report in the reader's edition. The job is in the queue exactly when this commits."""
    if not by.holds(Permission.REPORT_READ):
        raise NotPermitted
    faults = {}
    if language not in Language.values:
        faults["language"] = _("Choose one of: %s.") % ", ".join(Language.values)
    if file_format not in ReportFormat.values:
        faults["file_format"] = _("Choose one of: %s.") % ", ".join(ReportFormat.values)
    if faults:
        raise Invalid(faults)
    if Report.objects.filter(requested_by=by, status__in=WAITING).count() >= MOST_WAITING:
        text = _("%d reports that you asked for are not ready yet. Wait for them, then ask again.") % MOST_WAITING
        raise Conflict(text, code="too_many_waiting")
    report = Report(
        period_label=period.label,
        language=language,
        file_format=file_format,
        requested_by=by,
        base_url=base_url[:200],
    )
    report.save(force_insert=True)
    record(action="report.ask", by=by, on=report, period=period.label, language=language, format=file_format)
    build_report.defer(report_id=str(report.pk))
    return report


@transaction.atomic
def take_report(*, report: Report, by: User) -> bytes:
    """The bytes of a complete report, to whoever asked for it. That they were taken is written down first."""
    if not Report.objects.visible_to(by).filter(pk=report.pk).exists():
        raise NotPermitted
    if report.status != ReportStatus.COMPLETE or report.content is None:
        raise Conflict(_("This report is not complete: there is nothing to download."), code="wrong_status")
    _require_quotes(report, by)
    record(action="report.download", by=by, on=report, also=map(str, report.quoted), sha256=report.sha256)
    return bytes(report.content)


def _require_quotes(report: Report, by: User) -> None:
    """A title that was quoted by right is not given out when the right has ended since."""
    named = InformationItem.objects.filter(pk__in=report.quoted)
    if report.quoted and quoted(named, by).count() < len(report.quoted):
        text = _(
            "An item that this report quotes was recalled, or the right to quote it ended. Ask for the report anew."
        )
        raise Conflict(text, code="quotes_ended")
