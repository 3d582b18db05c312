"""Open, edit, close and reopen a joint case."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Area, Place, Unit, User, today
from agencies.refusals import Invalid, NotPermitted
from agencies.roles import Permission
from registry.cases.actions.rules import checked, for_writing, locked, require_lead, require_lead_or_reason, touched
from registry.cases.models import CaseItem, CaseRegister, JointCase, Participation
from registry.cases.persons import confirmed, require_no_person
from registry.cases.terms import CaseRole, Kind
from registry.cases.workflow import MOVES
from registry.information.uses import ConsentMissing, require_court_use
from registry.registers import next_number
from registry.workflow import Move, permission_for, step

FACTS = frozenset(
    {"detected_by", "other_places", "routes", "border_types", "transport", "concealment"}
    | {"from_countries", "through_countries", "to_countries"}
)
"""What is noted beside the words of a case; several of each but of `detected_by`."""

EDITABLE = FACTS | {"kind", "title", "summary", "opened_on", "area", "place", "deviation_reason", "arrests"}
"""What the lead writes; everything else of a case is decided by moves."""

WORDS = ("title", "summary", "deviation_reason")
"""Where somebody might write about a suspect."""


@transaction.atomic
def open_case(
    *,
    by: User,
    unit: Unit,
    kind: str,
    title: str,
    area: Area,
    opened_on: date | None = None,
    summary: str = "",
    place: Place | None = None,
    deviation_reason: str = "",
    arrests: int | None = None,
    participants: Sequence[tuple[Unit, str]] = (),
    facts: Mapping[str, Any] | None = None,
    confirm: Collection[str] = (),
    at: datetime | None = None,
    synthetic: bool = False,
) -> JointCase:
    """Record a case once, by the unit that leads it. `participants` are (unit, co_lead or coordinator).

    `facts` are named as in FACTS. `at` is for imports and the demo only.
    """
    if not by.may(Permission.CASE_WRITE, unit.pk):
        raise NotPermitted
    _require_known(facts or {}, FACTS)
    moment = at or timezone.now()
    said: dict[str, Any] = {"kind": kind, "title": title, "summary": summary, "area": area, "place": place}
    case = JointCase(unit=unit, author=by, arrests=arrests, deviation_reason=deviation_reason, **said)
    case.opened_on, case.synthetic = opened_on or timezone.localdate(moment), synthetic
    case.created_at = case.updated_at = moment
    _note(case, facts or {})
    made = _entered(case, participants, confirm)
    if facts and "other_places" in facts:
        made.other_places.set(facts["other_places"])
    return made


def _note(case: JointCase, content: Mapping[str, Any]) -> None:
    """Take on what is named; further places are written once the case is saved."""
    for name, value in content.items():
        if name != "other_places":
            setattr(case, name, value)


def _entered(case: JointCase, participants: Sequence[tuple[Unit, str]], confirm: Collection[str]) -> JointCase:
    """Check a new case, give it its number, take in who takes part."""
    _check_content(case)
    require_lead_or_reason(case, case.unit, case.opened_on, case.deviation_reason)
    require_no_person({name: getattr(case, name) for name in WORDS}, confirm)
    _check_participants(case.unit, participants)
    case.reference = _next_reference(case.unit, case.created_at)
    case.save()
    _take_in(case, case.unit, CaseRole.LEAD, confirmed=(case.created_at, case.author))
    for other, role in participants:
        _take_in(case, other, role)
    codes = [other.code for other, _role in participants]
    record(action="case.open", by=case.author, on=case, kind=case.kind, participants=codes, **confirmed(confirm))
    return case


def _check_content(case: JointCase) -> None:
    checked(case)
    if case.opened_on > today():
        raise Invalid({"opened_on": _("A case is not opened on a day to come.")})


def _check_participants(lead: Unit, participants: Sequence[tuple[Unit, str]]) -> None:
    units = [unit.pk for unit, _role in participants]
    if lead.pk in units or len(set(units)) != len(units):
        raise Invalid({"participants": _("Name each unit once; the lead takes part already.")})
    if any(role not in {CaseRole.CO_LEAD, CaseRole.COORDINATOR} for _unit, role in participants):
        raise Invalid({"participants": _("Others than the lead are co_lead or coordinator.")})


def _take_in(case: JointCase, unit: Unit, role: str, confirmed: tuple[datetime, User] | None = None) -> None:
    row = Participation(case=case, unit=unit, role=role, valid_from=case.opened_on, synthetic=case.synthetic)
    if confirmed is not None:
        row.confirmed_at, row.confirmed_by = confirmed
    row.save()


def _next_reference(unit: Unit, moment: datetime) -> str:
    """`CASE-POLICE-2024-000031`."""
    agency, year = unit.agency, timezone.localtime(moment).year
    return f"CASE-{agency.code}-{year}-{next_number(CaseRegister, agency=agency, year=year):06d}"


@transaction.atomic
def edit_case(
    *,
    case: JointCase,
    by: User,
    content: Mapping[str, Any],
    confirm: Collection[str] = (),
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> JointCase:
    """Change what the lead writes (EDITABLE). What is not named in `content` stays."""
    case = for_writing(case, by, expected_revision)
    was = case.kind
    _require_known(content, EDITABLE)
    _note(case, content)
    _check_content(case)
    lead = Unit.objects.get(pk=case.leading_unit_id(case.opened_on))
    require_lead_or_reason(case, lead, case.opened_on, case.deviation_reason)
    if case.kind == Kind.PROSECUTED_CASE != was:
        _require_court_use(case, at)
    require_no_person({name: content.get(name) for name in WORDS}, confirm)
    touched(case, at)
    if "other_places" in content:
        case.other_places.set(content["other_places"])
    record(action="case.edit", by=by, on=case, fields=sorted(content), **confirmed(confirm))
    return case


def _require_court_use(case: JointCase, at: datetime | None) -> None:
    """Every item that served the case may be used in court, or the case is not prosecuted under this number.

    Says neither which item nor who used it: the lead may not see it.
    """
    for link in CaseItem.objects.filter(case=case).select_related("item__current", "unit"):
        try:
            require_court_use(item=link.item, holder=link.unit, at=at)
        except ConsentMissing as refusal:
            text = _(
                "Something that served the case may not be used in court without its originator's consent."
                " Whoever used it asks for the consent first."
            )
            raise ConsentMissing(text) from refusal


def _require_known(content: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = set(content) - known
    if unknown:
        raise Invalid(dict.fromkeys(sorted(unknown), _("This cannot be edited.")))


def _begin(
    case: JointCase, action: str, by: User, reason: str, expected_revision: int | None
) -> tuple[JointCase, Move]:
    """Lock, check the person, find the move."""
    case = locked(case, expected_revision)
    require_lead(case, by, permission_for(MOVES, action))
    return case, step(MOVES, status=case.status, action=action, reason=reason)


@transaction.atomic
def close_case(
    *,
    case: JointCase,
    by: User,
    result: str,
    lessons: str = "",
    closed_on: date | None = None,
    confirm: Collection[str] = (),
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> JointCase:
    """End the case with its result, and what was learned from it (Decree 105/2021, article 10(2))."""
    case, move = _begin(case, "close", by, result, expected_revision)
    case.status, case.result, case.lessons = move.to, result, lessons.strip()
    case.closed_on = closed_on or timezone.localdate(at)
    if not case.opened_on <= case.closed_on <= today():
        raise Invalid({"closed_on": _("A case is closed after it was opened, and not on a day to come.")})
    require_no_person({"reason": result, "lessons": lessons}, confirm)
    touched(case, at)
    record(action="case.close", by=by, on=case, purpose=result, closed_on=str(case.closed_on), **confirmed(confirm))
    return case


@transaction.atomic
def reopen_case(
    *,
    case: JointCase,
    by: User,
    reason: str,
    confirm: Collection[str] = (),
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> JointCase:
    """Go on with a closed case. Its former result stays in the audit log, its lessons in the case."""
    case, move = _begin(case, "reopen", by, reason, expected_revision)
    require_no_person({"reason": reason}, confirm)
    was = str(case.closed_on)
    case.status, case.result, case.closed_on = move.to, "", None
    touched(case, at)
    record(action="case.reopen", by=by, on=case, purpose=reason, was_closed_on=was, **confirmed(confirm))
    return case
