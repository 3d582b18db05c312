"""Preparing a report for its seal, and withdrawing one: one audited function each."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Level, Unit, User
from agencies.refusals import Conflict, Invalid, NotPermitted
from agencies.roles import Permission
from registry.periods import Period
from registry.workflow import step
from reports.counting import Counting, Operator
from reports.drafting import last_sealed, locked
from reports.issuing import issuer_of
from reports.jobs import build_sealed_report
from reports.models import SealedReport
from reports.terms import SealStatus
from reports.workflow import SEAL_MOVES


def issuing_unit(period: Period, by: User) -> Unit:
    """The central unit of the host of the period's conference; where none is recorded, the preparing person's own.

    NotPermitted when it is not theirs to prepare for.
    """
    host = issuer_of(Counting(Operator(), period))
    own = Unit.objects.filter(pk__in=by.units_with(Permission.REPORT_PREPARE), level=Level.CENTRAL)
    if host is None:
        unit: Unit | None = own.order_by("code").first()
        if unit is None:
            raise NotPermitted
        return unit
    if not own.filter(pk=host.pk).exists():
        raise NotPermitted(
            _("The host of the conference issues the report of this period: %(unit)s.") % {"unit": host.code}
        )
    return host


@transaction.atomic
def prepare_report(*, period: Period, by: User, reason: str = "") -> SealedReport:
    """Queue the building of the conference's edition. Where one is sealed already it becomes the next version."""
    if not by.holds(Permission.REPORT_PREPARE):
        raise NotPermitted
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=issuing_unit(period, by).pk)
    waiting = SealedReport.objects.filter(
        period_label=period.label, unit=unit, status__in=[SealStatus.QUEUED, SealStatus.BUILDING, SealStatus.PREPARED]
    )
    if waiting.exists():
        raise Conflict(
            _("A report of this period is prepared already: seal it, or withdraw it first."), code="prepared_already"
        )
    before = last_sealed(period.label, unit)
    if before is not None and not reason.strip():
        raise Invalid({"reason": _("Version %d is sealed. Say why there is another.") % before.number}, code="required")
    report = SealedReport(
        period_label=period.label,
        unit=unit,
        number=before.number + 1 if before is not None else 1,
        reason=reason.strip()[:500] if before is not None else "",
        prepared_by=by,
    )
    report.save(force_insert=True)
    record(action="sealed_report.prepare", by=by, on=report, period=period.label, version=report.number)
    build_sealed_report.defer(report_id=str(report.pk))
    return report


def may_withdraw(by: User, report: SealedReport) -> bool:
    """Whoever prepares or seals for the issuing unit."""
    return by.may(Permission.REPORT_PREPARE, report.unit_id) or by.may(Permission.REPORT_SEAL, report.unit_id)


@transaction.atomic
def withdraw_report(*, report: SealedReport, reason: str, by: User) -> SealedReport:
    """Take a prepared report back, with a reason. Its frozen bytes stay."""
    report = locked(report.pk)
    if not may_withdraw(by, report):
        raise NotPermitted
    report.status = step(SEAL_MOVES, status=report.status, action="withdraw", reason=reason).to
    report.withdrawn_by, report.withdrawn_at, report.withdrawal_reason = by, timezone.now(), reason.strip()[:500]
    report.save()
    record(action="sealed_report.withdraw", by=by, on=report, purpose=report.withdrawal_reason)
    return report
