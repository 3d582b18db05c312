"""Who is invited, and who came: filled from the directory, ticked in one go, fixed when the conference meets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Agency, FocalPoint, Level, Unit, User, today
from agencies.refusals import Incomplete, Invalid
from registry.conferences.actions.writing import checked, for_planning, next_number, touched
from registry.conferences.models import Attendance, Conference
from registry.conferences.terms import Part, Presence


@dataclass(frozen=True, slots=True)
class Invitations:
    """Offices that were put on the list, and units that have no focal point on the day."""

    invited: list[Attendance]
    without_focal_point: list[Unit]


@transaction.atomic
def add_attendance(
    *,
    conference: Conference,
    by: User,
    office_vi: str,
    office_en: str = "",
    rank_printed: str = "",
    agency: Agency | None = None,
    unit: Unit | None = None,
    part: str = Part.ATTENDEE,
    presence: str = Presence.INVITED,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Attendance:
    """Put an office on the list, invited unless said otherwise. Offices, never persons' names."""
    conference = for_planning(conference, by, expected_revision)
    row = Attendance(
        conference=conference,
        number=next_number(conference.attendance),
        office_vi=office_vi,
        office_en=office_en,
        rank_printed=rank_printed,
        agency=agency or (unit.agency if unit else None),
        unit=unit,
        part=part,
        presence=presence,
        synthetic=conference.synthetic,
    )
    checked(row)
    row.save()
    touched(conference, at)
    record(action="conference.add_attendance", by=by, on=row, part=part)
    return row


@transaction.atomic
def invite_focal_points(
    *,
    conference: Conference,
    by: User,
    units: Iterable[Unit] = (),
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Invitations:
    """Invite the focal points of every agency's central units and of further `units`, as they are on the day.

    An office that stands on the list already is not put there again: a second call invites nobody.
    """
    conference = for_planning(conference, by, expected_revision)
    day = conference.held_on or today()
    central = Unit.objects.as_of(day).filter(level=Level.CENTRAL)
    wanted = {unit.pk: unit for unit in (*central.order_by("agency__protocol_order", "code"), *units)}
    offices = FocalPoint.objects.as_of(day).filter(unit__in=wanted).select_related("unit__agency")
    found = {office.unit_id: office for office in offices}
    listed = set(conference.attendance.values_list("unit_id", "office_vi"))
    number = next_number(conference.attendance)
    rows: list[Attendance] = []
    for pk in wanted:
        office = found.get(pk)
        if office is None or (pk, office.office_vi) in listed:
            continue
        row = _invited(conference, office, number + len(rows))
        rows.append(row)
    if rows:
        touched(conference, at)
        record(action="conference.invite", by=by, on=conference, invited=[row.number for row in rows])
    return Invitations(rows, [unit for pk, unit in wanted.items() if pk not in found])


def _invited(conference: Conference, office: FocalPoint, number: int) -> Attendance:
    """The office on the list."""
    row = Attendance(
        conference=conference,
        number=number,
        office_vi=office.office_vi,
        office_en=office.office_en,
        agency=office.unit.agency,
        unit=office.unit,
        presence=Presence.INVITED,
        synthetic=conference.synthetic,
    )
    checked(row)
    row.save()
    return row


@transaction.atomic
def record_attendance(
    *,
    conference: Conference,
    by: User,
    presence: Mapping[int, str],
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Conference:
    """Tick in one go whether the offices of these numbers came. Numbers not named stay as they are."""
    conference = for_planning(conference, by, expected_revision)
    tick(conference, presence)
    touched(conference, at)
    told = {str(number): value for number, value in sorted(presence.items())}
    record(action="conference.record_attendance", by=by, on=conference, presence=told)
    return conference


def tick(conference: Conference, presence: Mapping[int, str]) -> None:
    """Write down who came; every fault at once. The conference is locked."""
    rows = {row.number: row for row in conference.attendance.filter(number__in=presence)}
    faults = {str(n): _("The list has no office of this number.") for n in presence if n not in rows}
    known = Presence.values
    faults |= {str(n): _("Write invited, attended, excused or absent.") for n, p in presence.items() if p not in known}
    if faults:
        raise Invalid({f"presence.{number}": text for number, text in faults.items()})
    for number, row in rows.items():
        row.presence = presence[number]
        row.save(update_fields=["presence"])


def require_presence(conference: Conference) -> None:
    """Before the list stands, each invited office came, was excused or did not come."""
    waiting = conference.attendance.filter(presence=Presence.INVITED).order_by("number")
    if waiting:
        offices = "; ".join(f"{row.number}. {row.office}" for row in waiting)
        raise Incomplete(
            _("Say of each invited office whether it came: %(offices)s") % {"offices": offices}, code="attendance_open"
        )
