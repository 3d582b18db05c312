"""Who was there, what was decided, who is to do what."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Agency, Unit, User
from agencies.refusals import Conflict, Stale
from registry.conferences.actions.conference import checked, for_writing, locked, require_writer, touched
from registry.conferences.models import ActionItem, Attendance, Conference, Resolution
from registry.conferences.terms import ConferenceStatus, Missing, Part, ResolutionKind
from registry.conferences.workflow import ACTION_MOVES
from registry.workflow import step


def _next(rows: Any) -> int:
    """The next number; the conference is locked."""
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


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
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Attendance:
    """Note an office that takes part. Offices, never persons' names."""
    conference = for_writing(conference, by, expected_revision)
    row = Attendance(
        conference=conference,
        number=_next(conference.attendance),
        office_vi=office_vi,
        office_en=office_en,
        rank_printed=rank_printed,
        agency=agency or (unit.agency if unit else None),
        unit=unit,
        part=part,
        synthetic=conference.synthetic,
    )
    checked(row)
    row.save()
    touched(conference, at)
    record(action="conference.add_attendance", by=by, on=row, part=part)
    return row


def _require_held(conference: Conference) -> None:
    """Nothing comes of a conference before it was held."""
    if conference.status == ConferenceStatus.PLANNED:
        raise Conflict(_("The conference has not been held yet."), code="wrong_status")


@transaction.atomic
def add_resolution(
    *,
    conference: Conference,
    by: User,
    text_vi: str,
    text_en: str = "",
    kind: str = ResolutionKind.RESOLUTION,
    paragraph: int | None = None,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Resolution:
    """Record what the conference decided, proposed or set. Before it was held there is nothing to record."""
    conference = for_writing(conference, by, expected_revision)
    _require_held(conference)
    row = Resolution(
        conference=conference,
        number=_next(conference.resolutions),
        kind=kind,
        text_vi=text_vi,
        text_en=text_en,
        paragraph=paragraph,
        synthetic=conference.synthetic,
    )
    checked(row)
    row.save()
    touched(conference, at)
    record(action="conference.add_resolution", by=by, on=row, kind=kind)
    return row


@transaction.atomic
def add_action_item(
    *,
    conference: Conference,
    by: User,
    text_vi: str,
    text_en: str = "",
    resolution: Resolution | None = None,
    assignee_agency: Agency | None = None,
    assignee_unit: Unit | None = None,
    assignee_missing: str = "",
    due_on: date | None = None,
    due_on_missing: str = "",
    at: datetime | None = None,
) -> ActionItem:
    """Note who is to do what by when, also after the minutes were approved: it follows from them.

    Assignee or day left out without a reason are “not decided yet”.
    """
    conference = locked(conference)
    require_writer(by, conference.host_agency_id)
    _require_held(conference)
    agency = assignee_agency or (assignee_unit.agency if assignee_unit else None)
    row = ActionItem(
        conference=conference,
        resolution=resolution,
        number=_next(conference.action_items),
        text_vi=text_vi,
        text_en=text_en,
        assignee_agency=agency,
        assignee_unit=assignee_unit,
        assignee_missing=assignee_missing or ("" if agency else Missing.UNDECIDED),
        due_on=due_on,
        due_on_missing=due_on_missing or ("" if due_on else Missing.UNDECIDED),
        created_at=at or timezone.now(),
        synthetic=conference.synthetic,
    )
    checked(row)
    row.save()
    record(action="action_item.create", by=by, on=row)
    return row


def _end(
    item: ActionItem, action: str, by: User, text: str, expected_revision: int | None, at: datetime | None
) -> ActionItem:
    item = ActionItem.objects.select_for_update(of=("self",)).select_related("conference").get(pk=item.pk)
    if expected_revision is not None and item.revision != expected_revision:
        raise Stale
    require_writer(by, item.conference.host_agency_id, item.assignee_agency_id)
    move = step(ACTION_MOVES, status=item.status, action=action, reason=text)
    item.status, item.evidence, item.closed_at = move.to, text.strip(), at or timezone.now()
    item.revision += 1
    item.save()
    record(action=f"action_item.{action}", by=by, on=item, purpose=text)
    return item


@transaction.atomic
def close_action_item(
    *,
    item: ActionItem,
    by: User,
    evidence: str,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> ActionItem:
    """It is done, and this shows it. By the host's secretariat or the assignee's."""
    return _end(item, "close", by, evidence, expected_revision, at)


@transaction.atomic
def drop_action_item(
    *,
    item: ActionItem,
    by: User,
    reason: str,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> ActionItem:
    """It will not be done, for a reason. By the host's secretariat or the assignee's."""
    return _end(item, "drop", by, reason, expected_revision, at)
