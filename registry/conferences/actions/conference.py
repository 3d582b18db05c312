"""Plan and edit a conference, record it as held, complete and approve its minutes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import User, today
from agencies.refusals import Incomplete, Invalid
from registry.conferences.actions.agenda import carry
from registry.conferences.actions.attendance import require_presence, tick
from registry.conferences.actions.follow_up import owe_follow_up
from registry.conferences.actions.resolutions import require_assents
from registry.conferences.actions.writing import checked, for_writing, locked, require_writer, touched
from registry.conferences.models import Conference
from registry.conferences.terms import Missing
from registry.conferences.workflow import MOVES
from registry.periods import Period
from registry.workflow import Move, step

REASONS = {
    "held_on": "held_on_missing",
    "host_agency": "host_agency_missing",
    "venue_vi": "venue_missing",
    "chair_office_vi": "chair_office_missing",
    "period_label": "period_missing",
}
"""What may be empty, and the field that says why it is."""

EDITABLE = frozenset(
    {
        "kind",
        "title_vi",
        "title_en",
        "secrecy",
        "authorisation_reference",
        "period_start",
        "period_end",
        "period_basis",
        "started_at",
        "ended_at",
        "host_inferred",
        "venue_en",
        "chair_office_en",
        "minutes_vi",
        "minutes_en",
        "source_document",
        "note_vi",
        "note_en",
        *REASONS,
        *REASONS.values(),
    }
)
"""What the secretariat writes; the status is decided by moves."""


@transaction.atomic
def create_conference(
    *,
    by: User,
    code: str,
    content: Mapping[str, Any],
    at: datetime | None = None,
    synthetic: bool = False,
) -> Conference:
    """Plan a conference. What is left out of `content` (EDITABLE fields) is “not decided yet”.

    What is still open of earlier conferences stands on its agenda from the beginning.
    """
    host = content.get("host_agency")
    require_writer(by, host.pk if host else None)
    moment = at or timezone.now()
    conference = Conference(code=code, created_at=moment, updated_at=moment, synthetic=synthetic)
    _write(conference, content)
    conference.save()
    record(action="conference.create", by=by, on=conference, carried=len(carry(conference, moment)))
    return conference


@transaction.atomic
def edit_conference(
    *,
    conference: Conference,
    by: User,
    content: Mapping[str, Any],
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Conference:
    """Change a conference until its minutes are approved. What is not named in `content` stays."""
    conference = for_writing(conference, by, expected_revision)
    _write(conference, content)
    touched(conference, at)
    record(action="conference.edit", by=by, on=conference, fields=sorted(content))
    return conference


def _write(conference: Conference, content: Mapping[str, Any]) -> None:
    """Set and check the fields. A value needs no reason; an emptied one without a reason is not decided yet."""
    unknown = set(content) - EDITABLE
    if unknown:
        raise Invalid(dict.fromkeys(sorted(unknown), _("This cannot be edited.")))
    for name, value in content.items():
        setattr(conference, name, value)
    if content.get("period_label") and not content.get("period_start"):
        period = Period.parse(conference.period_label, field="period_label")
        conference.period_start, conference.period_end = period.start, period.end
        if "period_basis" not in content:
            conference.period_basis = period.basis.value
    for name, reason in REASONS.items():
        if getattr(conference, name) and reason not in content:
            setattr(conference, reason, "")
        elif not getattr(conference, name) and not getattr(conference, reason):
            setattr(conference, reason, Missing.UNDECIDED)
    if not conference.period_label:
        conference.period_start = conference.period_end = None
    checked(conference)


def _begin(conference: Conference, action: str, by: User, expected_revision: int | None) -> tuple[Conference, Move]:
    """Lock, check the person, find the move."""
    conference = locked(conference, expected_revision)
    require_writer(by, conference.host_agency_id)
    return conference, step(MOVES, status=conference.status, action=action)


@transaction.atomic
def convene_conference(
    *,
    conference: Conference,
    by: User,
    held_on: date | None = None,
    presence: Mapping[int, str] | None = None,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Conference:
    """Record that it was held, on the day planned or on `held_on`; `presence`: number of an office, whether it came.

    From here on the list of offices and the agenda stand; what is open stands on the agenda one last time.
    """
    conference, move = _begin(conference, "convene", by, expected_revision)
    if held_on is not None:
        conference.held_on, conference.held_on_missing = held_on, ""
    if conference.held_on is None and conference.held_on_missing == Missing.UNDECIDED:
        raise Incomplete(_("Say on which day it was held."), code="no_day")
    if conference.held_on is not None and conference.held_on > today():
        raise Invalid({"held_on": _("That day is still to come.")})
    tick(conference, presence or {})
    require_presence(conference)
    carry(conference, at or timezone.now())
    conference.status = move.to
    checked(conference)
    touched(conference, at)
    record(action="conference.convene", by=by, on=conference, held_on=str(conference.held_on))
    return conference


@transaction.atomic
def complete_minutes(
    *,
    conference: Conference,
    by: User,
    minutes_vi: str = "",
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Conference:
    """The minutes are written: those given here, or those already on the record."""
    conference, move = _begin(conference, "minute", by, expected_revision)
    conference.minutes_vi = minutes_vi.strip() or conference.minutes_vi
    if not conference.minutes_vi.strip():
        raise Incomplete(_("Write the minutes first."), code="no_minutes")
    conference.status = move.to
    touched(conference, at)
    record(action="conference.minute", by=by, on=conference)
    return conference


@transaction.atomic
def approve_minutes(
    *, conference: Conference, by: User, expected_revision: int | None = None, at: datetime | None = None
) -> Conference:
    """The minutes are final: from here on the database refuses any change of the conference.

    Incomplete while an agency's assent to a resolution is missing. Each agency then owes its follow-up.
    """
    conference, move = _begin(conference, "approve", by, expected_revision)
    require_assents(conference)
    conference.status = move.to
    touched(conference, at)
    owed = owe_follow_up(conference, at or timezone.now())
    record(action="conference.approve", by=by, on=conference, follow_up=owed)
    return conference
