"""Builds a report that was asked for. May be called again after a crash: what is finished stays as it is."""

import hashlib
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from agencies.audit.log import record
from agencies.roles import Permission
from registry.periods import Period
from registry.workflow import step
from reports.build import quarterly_report
from reports.document import QuarterlyReport
from reports.models import Report
from reports.renderers import render
from reports.terms import ReportStatus
from reports.workflow import REPORT_MOVES

MOST_STARTS = 3
"""A build that took the worker down this often is not started again."""


def make_report(*, report_id: UUID, starts: int = 1) -> Report:
    """Build the report in the rights its reader holds now; `starts` counts the tries, this one included.

    The row becomes complete in the transaction that stores its bytes. A fault is kept on the row and raised.
    """
    report = _start(report_id)
    if report.status != ReportStatus.RUNNING:
        return report
    reader = report.requested_by
    if starts > MOST_STARTS:
        return _give_up(report, _("The job worker stopped each time it built this report."))
    if not reader.is_active or not reader.holds(Permission.REPORT_READ):
        return _give_up(report, _("Whoever asked for this report may not read reports any more."))
    try:
        document = quarterly_report(period=Period.parse(report.period_label), reader=reader)
        with translation.override(report.language):
            content = render(
                document, file_format=report.file_format, language=report.language, base_url=report.base_url
            )
    except OperationalError:
        if starts >= MOST_STARTS:
            _give_up(report, _("The database did not answer."))
        raise
    except Exception as fault:
        _give_up(report, f"{type(fault).__name__}: {fault}"[:255])
        raise
    return _finish(report, content, document)


@transaction.atomic
def _start(report_id: UUID) -> Report:
    """The report, being built from now on; a finished one as it is."""
    report = Report.objects.select_for_update(of=("self",)).select_related("requested_by").get(pk=report_id)
    if report.status == ReportStatus.QUEUED:
        report.status = step(REPORT_MOVES, status=report.status, action="start").to
        report.save()
    return report


@transaction.atomic
def _finish(report: Report, content: bytes, document: QuarterlyReport) -> Report:
    """Bytes, digest, status and audit event with one commit. Of two workers the first one wins."""
    report = Report.objects.select_for_update(of=("self",)).select_related("requested_by").get(pk=report.pk)
    if report.status != ReportStatus.RUNNING:
        return report
    report.status = step(REPORT_MOVES, status=report.status, action="finish").to
    report.content, report.size = content, len(content)
    report.sha256 = hashlib.sha256(content).hexdigest()
    report.synthetic, report.quoted = document.synthetic, [UUID(pk) for pk in document.quoted]
    report.finished_at = timezone.now()
    report.save()
    record(
        action="report.build",
        by=report.requested_by,
        on=report,
        period=report.period_label,
        language=report.language,
        format=report.file_format,
        sha256=report.sha256,
    )
    return report


@transaction.atomic
def _give_up(report: Report, fault: str) -> Report:
    """Say on the row why there is no report."""
    report = Report.objects.select_for_update(of=("self",)).select_related("requested_by").get(pk=report.pk)
    if report.status in {ReportStatus.COMPLETE, ReportStatus.FAILED}:
        return report
    report.status = step(REPORT_MOVES, status=report.status, action="fail").to
    report.fault = fault[:255]
    report.finished_at = timezone.now()
    report.save()
    record(action="report.fail", by=report.requested_by, on=report, fault=report.fault)
    return report
