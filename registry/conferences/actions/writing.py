"""What every write to a conference begins and ends with: the lock, the person, the status, the revision."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Unit, User
from agencies.refusals import Conflict, Invalid, NotPermitted, Stale
from agencies.roles import Permission
from registry.conferences.models import Conference
from registry.conferences.terms import ConferenceStatus


def require_writer(by: User, *agency_ids: UUID | None) -> None:
    """A secretariat writes what its own agency hosts (or has to do). What no agency is named for, any may write."""
    units = by.units_with(Permission.CONFERENCE_WRITE)
    named = [pk for pk in agency_ids if pk is not None]
    if not units or (named and not Unit.objects.filter(pk__in=units, agency_id__in=named).exists()):
        raise NotPermitted


def locked(conference: Conference, expected_revision: int | None = None) -> Conference:
    """The conference, locked; Stale when somebody was faster."""
    fresh = Conference.objects.select_for_update().get(pk=conference.pk)
    if expected_revision is not None and fresh.revision != expected_revision:
        raise Stale
    return fresh


def for_writing(conference: Conference, by: User, expected_revision: int | None) -> Conference:
    """The conference, locked, when this person may write it and its minutes are not approved."""
    conference = locked(conference, expected_revision)
    require_writer(by, conference.host_agency_id)
    if conference.status == ConferenceStatus.APPROVED:
        raise Conflict(_("The minutes are approved and final."), code="wrong_status")
    return conference


def touched(conference: Conference, at: datetime | None) -> None:
    """Save with a new revision."""
    conference.revision += 1
    conference.updated_at = at or timezone.now()
    conference.save()


def checked(row: models.Model) -> None:
    """Say in words what the database would refuse."""
    try:
        row.full_clean()
    except ValidationError as fault:
        names = {"__all__": "detail"}
        raise Invalid({names.get(k, k): " ".join(v) for k, v in fault.message_dict.items()}) from fault


def for_planning(conference: Conference, by: User, expected_revision: int | None) -> Conference:
    """The conference, locked, when this person may write it and it has not met: then its lists stand."""
    conference = locked(conference, expected_revision)
    require_writer(by, conference.host_agency_id)
    if conference.status != ConferenceStatus.PLANNED:
        raise Conflict(
            _("The conference has been convened: its agenda and its list of offices stand."), code="wrong_status"
        )
    return conference


def require_held(conference: Conference) -> None:
    """Nothing comes of a conference before it was held."""
    if conference.status == ConferenceStatus.PLANNED:
        raise Conflict(_("The conference has not been held yet."), code="wrong_status")


def next_number(rows: Any) -> int:
    """The next number; the conference is locked."""
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1
