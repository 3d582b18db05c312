"""Nominate units for what they did in joint cases, and record what the awarding authority decided."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Unit, User, today
from agencies.refusals import Conflict, Invalid, NotPermitted, Stale, Text
from agencies.roles import Permission
from registry.cases.models import JointCase, Participation
from registry.cases.persons import confirmed, require_no_person
from registry.commendations.models import (
    AwardOnce,
    Commendation,
    CommendationCase,
    CommendationRecipient,
    CommendationRegister,
)
from registry.commendations.workflow import MOVES
from registry.documents.models import PublishedStatement
from registry.registers import next_number
from registry.workflow import Move, permission_for, step


@dataclass(frozen=True, slots=True)
class RecipientInput:
    """A unit as a whole, so many of its people, or both."""

    unit: Unit
    collective: bool = True
    individuals: int = 0


@transaction.atomic
def nominate(
    *,
    unit: Unit,
    level: int,
    form: str,
    authority_vi: str,
    achievement_vi: str,
    cases: Sequence[UUID],
    recipients: Sequence[RecipientInput],
    by: User,
    authority_en: str = "",
    achievement_en: str = "",
    further_reason: str = "",
    proposed_on: date | None = None,
    published: PublishedStatement | None = None,
    confirm: Collection[str] = (),
    at: datetime | None = None,
    synthetic: bool = False,
) -> Commendation:
    """Propose an award for units, for what they did in cases in which the nominating unit takes part.

    Who was awarded for one of the cases on the same level or a higher one is not nominated again; above a lower one
    `further_reason` says why. `confirm` is what was asked about a text that looks like a person.
    """
    if not by.may(Permission.COMMENDATION_WRITE, unit.pk):
        raise NotPermitted
    moment = at or timezone.now()
    made = Commendation(unit=unit, level=level, form=form, published=published, author=by, synthetic=synthetic)
    made.authority_vi, made.authority_en = authority_vi.strip(), authority_en.strip()
    made.achievement_vi, made.achievement_en = achievement_vi.strip(), achievement_en.strip()
    made.further_reason, made.proposed_on = further_reason.strip(), proposed_on or timezone.localdate(moment)
    made.created_at = made.updated_at = moment
    _check(made, cases, recipients, by)
    require_no_person({"achievement_vi": made.achievement_vi, "achievement_en": made.achievement_en}, confirm)
    _require_first(made, cases, [one.unit.pk for one in recipients], by)
    made.reference = _next_reference(unit, moment)
    made.save(force_insert=True)
    _name(made, cases, recipients)
    record(action="commendation.nominate", by=by, on=made, level=level, form=form, **confirmed(confirm))
    return made


def _name(made: Commendation, cases: Sequence[UUID], recipients: Sequence[RecipientInput]) -> None:
    """For which cases, and who."""
    for case in cases:
        CommendationCase(commendation=made, case_id=case).save(force_insert=True)
    for one in recipients:
        row = CommendationRecipient(
            commendation=made, unit=one.unit, collective=one.collective, individuals=one.individuals
        )
        row.save(force_insert=True)


def _next_reference(unit: Unit, moment: datetime) -> str:
    """`CM-POLICE-2024-000003`."""
    agency, year = unit.agency, timezone.localtime(moment).year
    return f"CM-{agency.code}-{year}-{next_number(CommendationRegister, agency=agency, year=year):06d}"


def _check(made: Commendation, cases: Sequence[UUID], recipients: Sequence[RecipientInput], by: User) -> None:
    """Every fault at once."""
    faults: dict[str, Text] = {}
    try:
        made.full_clean(exclude=["reference", "unit", "author"], validate_unique=False, validate_constraints=False)
    except ValidationError as fault:
        faults = {name: " ".join(texts) for name, texts in fault.message_dict.items()}
    if made.proposed_on > today():
        faults["proposed_on"] = _("That day is still to come.")
    faults |= _case_faults(made.unit, cases, by) | _recipient_faults(recipients)
    if faults:
        raise Invalid(faults)


def _case_faults(unit: Unit, cases: Sequence[UUID], by: User) -> dict[str, Text]:
    """A case that is hidden and one in which the unit takes no part are told alike."""
    named = set(cases)
    if not named:
        return {"cases": _("Name a case for which the units are commended.")}
    if len(named) != len(cases):
        return {"cases": _("Name each case once.")}
    joined = Participation.objects.filter(unit=unit).values("case_id")
    if JointCase.objects.visible_to(by).filter(pk__in=named).filter(pk__in=joined).count() != len(named):
        return {"cases": _("You see no such case in which the nominating unit takes part.")}
    return {}


def _recipient_faults(recipients: Sequence[RecipientInput]) -> dict[str, Text]:
    units = [one.unit.pk for one in recipients]
    if not units:
        return {"recipients": _("Name a unit that is commended.")}
    if len(set(units)) != len(units):
        return {"recipients": _("Name each unit once.")}
    return {
        f"recipients.{place}": _("Commend the unit as a whole, or say how many of its people.")
        for place, one in enumerate(recipients)
        if not one.collective and one.individuals < 1
    }


def _require_first(made: Commendation, cases: Collection[UUID], units: Collection[UUID], by: User) -> None:
    """Nobody is awarded twice for a case on a level; on a higher level than before with a reason."""
    before = AwardOnce.objects.filter(case_id__in=cases, unit_id__in=units).select_related("commendation", "unit")
    before = before.order_by("-level", "pk")
    highest = before.first()
    if highest is None:
        return
    if highest.level >= made.level:
        text: Text
        seen = Commendation.objects.visible_to(by).filter(pk=highest.commendation_id).exists()
        if seen:
            text = _("%(unit)s was awarded for one of these cases already: %(reference)s, %(level)s.") % {
                "unit": highest.unit.code,
                "reference": highest.commendation.reference,
                "level": highest.commendation.get_level_display(),
            }
        else:
            text = _("One of the units was awarded for one of these cases already.")
        raise Conflict(text, code="awarded_already")
    if not made.further_reason:
        why = _("Say why the same achievement is commended on a higher level too.")
        raise Invalid({"further_reason": why}, code="required")


def _begin(
    commendation: Commendation, action: str, by: User, expected_revision: int | None, reason: str = ""
) -> tuple[Commendation, Move]:
    """Lock; the person; then the move."""
    fresh = Commendation.objects.select_for_update(of=("self",)).select_related("unit").get(pk=commendation.pk)
    if expected_revision is not None and fresh.revision != expected_revision:
        raise Stale
    if not by.may(permission_for(MOVES, action), fresh.unit_id):
        raise NotPermitted
    return fresh, step(MOVES, status=fresh.status, action=action, reason=reason)


def _end(commendation: Commendation, move: Move, at: datetime | None) -> None:
    commendation.status = move.to
    commendation.revision += 1
    commendation.updated_at = at or timezone.now()
    commendation.save()


@transaction.atomic
def record_award(
    *,
    commendation: Commendation,
    awarded_on: date,
    document_number: str,
    by: User,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Commendation:
    """The authority has awarded it, by the decision of this number."""
    commendation, move = _begin(commendation, "award", by, expected_revision)
    faults: dict[str, Text] = {}
    if awarded_on > today():
        faults["awarded_on"] = _("That day is still to come.")
    if awarded_on < commendation.proposed_on:
        faults["awarded_on"] = _("Nobody is awarded before being proposed.")
    if not document_number.strip():
        faults["document_number"] = _("Give the number of the decision.")
    if faults:
        raise Invalid(faults)
    cases = list(commendation.cases.order_by("case_id").values_list("case_id", flat=True))
    units = list(commendation.recipients.values_list("unit_id", flat=True))
    list(JointCase.objects.filter(pk__in=cases).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    _require_first(commendation, cases, units, by)
    commendation.awarded_on, commendation.document_number = awarded_on, document_number.strip()
    _end(commendation, move, at)
    record(action="commendation.award", by=by, on=commendation, awarded_on=str(awarded_on))
    return commendation


@transaction.atomic
def decline_nomination(
    *,
    commendation: Commendation,
    reason: str,
    by: User,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Commendation:
    """The authority does not award it."""
    commendation, move = _begin(commendation, "decline", by, expected_revision, reason)
    commendation.end_reason = reason.strip()
    _end(commendation, move, at)
    record(action="commendation.decline", by=by, on=commendation, purpose=reason)
    return commendation


@transaction.atomic
def withdraw_nomination(
    *,
    commendation: Commendation,
    reason: str,
    by: User,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Commendation:
    """The nominating unit does not ask for it any more."""
    commendation, move = _begin(commendation, "withdraw", by, expected_revision, reason)
    commendation.end_reason = reason.strip()
    _end(commendation, move, at)
    record(action="commendation.withdraw", by=by, on=commendation, purpose=reason)
    return commendation
