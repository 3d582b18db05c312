"""Who takes part in a case: join, hand over the lead, leave, confirm."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Unit, User, today
from agencies.refusals import Conflict, Invalid, NotPermitted
from agencies.roles import Permission
from registry.cases.actions.rules import checked, for_writing, locked, require_lead_or_reason, touched
from registry.cases.models import HandOver, JointCase, Participation
from registry.cases.persons import confirmed, require_no_person
from registry.cases.terms import CaseRole


@transaction.atomic
def add_participation(
    *,
    case: JointCase,
    by: User,
    unit: Unit,
    role: str,
    valid_from: date | None = None,
    deviation_reason: str = "",
    handed_over: str = "",
    confirm: Collection[str] = (),
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Participation:
    """Take a unit into the case. As `lead` it takes over: the lead until then ends on that day.

    Of that a record is made: `handed_over` says what went along, the new lead confirms that it was received.
    """
    case = for_writing(case, by, expected_revision)
    day = valid_from or timezone.localdate(at)
    if day < case.opened_on:
        raise Invalid({"valid_from": _("Nobody takes part before the case was opened.")})
    row = Participation(case=case, unit=unit, role=role, valid_from=day, synthetic=case.synthetic)
    before = _hand_over(case, unit, day, deviation_reason) if role == CaseRole.LEAD else None
    checked(row)
    require_no_person({"deviation_reason": deviation_reason, "handed_over": handed_over}, confirm)
    row.save()
    if before is not None:
        made = HandOver(case=case, from_unit_id=before.unit_id, to_unit=unit, handed_on=day, made_by=by)
        made.what, made.made_at, made.synthetic = handed_over.strip(), at or timezone.now(), case.synthetic
        checked(made, handed_on="valid_from", what="handed_over")
        made.save()
    touched(case, at)
    detail = {"unit": unit.code, "role": role, "from_day": str(day), **confirmed(confirm)}
    record(action="case.add_participation", by=by, on=case, **detail)
    return row


def _hand_over(case: JointCase, unit: Unit, day: date, reason: str) -> Participation | None:
    """End the present lead (and return it), and whatever else the new lead was in the case, on the day."""
    if day > today():
        raise Invalid({"valid_from": _("The lead is handed over today or earlier, not on a day to come.")})
    require_lead_or_reason(case, unit, day, reason)
    case.deviation_reason = reason or case.deviation_reason
    held = Participation.objects.as_of(day).filter(case=case).select_for_update()
    before = None
    for row in held:
        if row.role == CaseRole.LEAD and row.unit_id == unit.pk:
            raise Conflict(_("This unit leads the case already."), code="leads_already")
        if row.role == CaseRole.LEAD or row.unit_id == unit.pk:
            row.valid_to = day
            checked(row, valid_to="valid_from")
            row.save()
            before = row if row.role == CaseRole.LEAD else before
    return before


@transaction.atomic
def end_participation(
    *,
    participation: Participation,
    by: User,
    on: date | None = None,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Participation:
    """From the day on the unit takes part no more. What it saw it still sees. A lead is handed over instead."""
    case = for_writing(participation.case, by, expected_revision)
    row = Participation.objects.select_for_update().get(pk=participation.pk)
    if row.role == CaseRole.LEAD:
        raise Conflict(_("A case has a lead at any time. Take in the new lead instead."), code="lead_needed")
    if row.valid_to is not None:
        raise Conflict(_("This participation has ended already."), code="ended_already")
    row.valid_to = on or timezone.localdate(at)
    checked(row, valid_to="on")
    row.save()
    touched(case, at)
    record(action="case.end_participation", by=by, on=case, unit=row.unit.code, on_day=str(row.valid_to))
    return row


@transaction.atomic
def confirm_participation(
    *,
    participation: Participation,
    by: User,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Participation:
    """The unit confirms, once, that it takes part as the lead recorded. It enters nothing again."""
    case = locked(participation.case, expected_revision)
    row = Participation.objects.select_for_update().get(pk=participation.pk)
    if not by.may(Permission.CASE_CONFIRM, row.unit_id):
        raise NotPermitted
    if row.confirmed_at is not None:
        raise Conflict(_("This participation is confirmed already."), code="already_confirmed")
    row.confirmed_at, row.confirmed_by = at or timezone.now(), by
    row.save()
    touched(case, at)
    record(action="case.confirm", by=by, on=row, **by.standing_in(Permission.CASE_CONFIRM, row.unit_id))
    return row


@transaction.atomic
def receive_hand_over(
    *,
    hand_over: HandOver,
    by: User,
    note: str = "",
    confirm: Collection[str] = (),
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> HandOver:
    """The new lead's unit confirms, once, that it received what was handed over; `note` says what was not as told."""
    case = locked(hand_over.case, expected_revision)
    made = HandOver.objects.select_for_update().get(pk=hand_over.pk)
    if not by.may(Permission.CASE_CONFIRM, made.to_unit_id):
        raise NotPermitted
    if made.received_at is not None:
        raise Conflict(_("This receipt is confirmed already."), code="already_confirmed")
    made.received_at, made.received_by, made.receipt_note = at or timezone.now(), by, note.strip()
    checked(made, receipt_note="note")
    require_no_person({"note": made.receipt_note}, confirm)
    made.save()
    touched(case, at)
    standing = by.standing_in(Permission.CASE_CONFIRM, made.to_unit_id)
    record(action="case.receive_hand_over", by=by, on=made, **standing, **confirmed(confirm))
    return made
