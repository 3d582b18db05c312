"""Rows on a conference's page: who was there, what was decided, who is to do what."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordInline, person
from agencies.models import User
from agencies.refusals import NotPermitted
from agencies.roles import Permission
from registry.badges import badge
from registry.conferences import actions
from registry.conferences.models import ActionItem, Attendance, Resolution
from registry.conferences.terms import ConferenceStatus

READS = (Permission.CONFERENCE_READ,)
WRITE = Permission.CONFERENCE_WRITE


def writes(user: User, *agency_ids: Any) -> bool:
    """Whether the person's secretariat writes what these agencies host or have to do."""
    try:
        actions.require_writer(user, *agency_ids)
    except NotPermitted:
        return False
    return True


class ConferenceInline(RecordInline):
    """Rows of a conference; new ones are added until the minutes are approved."""

    read_permissions = READS
    stays_open: ClassVar[bool] = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By the host's secretariat."""
        if obj is None or not writes(person(request), obj.host_agency_id):
            return False
        return self.stays_open or obj.status != ConferenceStatus.APPROVED


class AttendanceInline(ConferenceInline):
    """Offices that took part."""

    model = Attendance
    fields = ("number", "office_vi", "office_en", "office_printed", "rank_printed", "agency", "unit", "part")
    readonly_fields = ("number", "office_printed")


class ResolutionInline(ConferenceInline):
    """What the conference came to."""

    model = Resolution
    fields = ("number", "kind", "text_vi", "text_en", "paragraph")
    readonly_fields = ("number",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Once it was held."""
        allowed = super().has_add_permission(request, obj)
        return allowed and obj is not None and obj.status != ConferenceStatus.PLANNED


class ActionItemInline(ConferenceInline):
    """Who is to do what by when."""

    model = ActionItem
    fields = ("number", "text_vi", "text_en", "assignee_agency", "assignee_unit", "due_on", "state")
    readonly_fields = ("number", "state")
    stays_open = True

    @admin.display(description=_("status"))
    def state(self, item: ActionItem) -> str:
        """The status as a badge."""
        return badge(item.status, item.get_status_display()) if item.number else "-"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Once it was held. After the approval through the API or the list of action items alone."""
        allowed = super().has_add_permission(request, obj)
        return allowed and obj is not None and obj.status != ConferenceStatus.PLANNED
