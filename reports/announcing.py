"""Who is told of a report on its way to its seal. By reference and page alone, in the transaction of the action."""

from django.db.models import QuerySet

from agencies.addressees import people_with
from agencies.models import Agency, Unit, User, central_unit
from agencies.roles import Permission
from registry.notices.announcing import notify
from registry.notices.terms import NoticeKind
from reports.models import SealedReport


def announce_prepared(report: SealedReport) -> None:
    """Tell those who may seal it."""
    people = people_with(Permission.REPORT_SEAL, report.unit).exclude(pk=report.prepared_by_id)
    _tell(report, NoticeKind.REPORT_PREPARED, people, report.unit)


def announce_sealed(report: SealedReport, by: User) -> None:
    """Tell heads and secretariats of the central units of every agency, but whoever sealed it."""
    for agency in Agency.objects.order_by("code"):
        unit = central_unit(agency)
        if unit is not None:
            for permission in (Permission.REPORT_SEAL, Permission.REPORT_PREPARE):
                _tell(report, NoticeKind.REPORT_SEALED, people_with(permission, unit).exclude(pk=by.pk), unit)


def _tell(report: SealedReport, kind: NoticeKind, people: QuerySet[User], unit: Unit) -> None:
    """For their role in the unit: whoever leaves it does not see the notice any more."""
    notify(
        kind=kind,
        to=people,
        reference=f"{report.period_label}-{report.unit.code}-{report.number}",
        path=f"/admin/reports/sealedreport/{report.pk}/change/",
        key=f"sealed_report:{report.pk}:{kind}",
        unit=unit,
    )
