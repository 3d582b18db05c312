"""What every write to a case checks: who leads, whether it is open, whether somebody was faster."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Area, AreaLead, Unit, User
from agencies.refusals import Conflict, Invalid, NotPermitted, Stale
from agencies.roles import Permission
from registry.cases.models import JointCase
from registry.cases.terms import CaseStatus


def area_lead(area: Area, on: date) -> AreaLead | None:
    """Who leads in the area on the day, and by which law; None where no law is recorded for it."""
    leads = AreaLead.objects.filter(area=area).select_related("agency", "legal_basis")
    return next((lead for lead in leads if lead.holds_on(on)), None)


def suggested_lead(area: Area, on: date, detected_by: Agency | None = None) -> Agency | None:
    """The agency that leads in the area on the day; where no law names one, whoever detected the case first."""
    lead = area_lead(area, on)
    return lead.agency if lead is not None else detected_by


def locked(case: JointCase, expected_revision: int | None = None) -> JointCase:
    """The case, locked; Stale when somebody was faster."""
    fresh = JointCase.objects.select_for_update().get(pk=case.pk)
    if expected_revision is not None and fresh.revision != expected_revision:
        raise Stale
    return fresh


def require_lead(case: JointCase, by: User, permission: Permission = Permission.CASE_WRITE) -> None:
    """Only the unit that leads today writes the record."""
    if not by.may(permission, case.leading_unit_id()):
        raise NotPermitted(_("Only the unit that leads the case writes its record."))


def require_open(case: JointCase) -> None:
    """A closed case is reopened before it changes."""
    if case.status != CaseStatus.OPEN:
        raise Conflict(_("The case is closed. Reopen it first."), code="wrong_status")


def for_writing(case: JointCase, by: User, expected_revision: int | None) -> JointCase:
    """The case, locked, when this person may write it and it is open."""
    case = locked(case, expected_revision)
    require_lead(case, by)
    require_open(case)
    return case


def touched(case: JointCase, at: datetime | None) -> None:
    """Save with a new revision."""
    case.revision += 1
    case.updated_at = at or timezone.now()
    case.save()


def checked(row: models.Model, **renamed: str) -> None:
    """Say in words what the database would refuse."""
    try:
        row.full_clean()
    except ValidationError as fault:
        names = {"__all__": "detail", **renamed}
        raise Invalid({names.get(k, k): " ".join(v) for k, v in fault.message_dict.items()}) from fault


def require_lead_or_reason(case: JointCase, lead: Unit, on: date, reason: str) -> None:
    """Each area has one lead agency by law; another one leads only with a written reason."""
    suggested = suggested_lead(case.area, on, case.detected_by)
    if suggested is not None and lead.agency_id != suggested.pk and not reason.strip():
        text = _("In this area %(agency)s leads. Say why another agency leads this case.")
        raise Invalid({"deviation_reason": text % {"agency": suggested.name(on)}}, code="required")
