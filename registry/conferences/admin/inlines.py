"""Rows on a conference's page: who was there, what was decided, who is to do what."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordInline, person
from agencies.models import Agency, User
from agencies.refusals import NotPermitted
from agencies.roles import Permission
from registry.badges import badge
from registry.conferences import actions
from registry.conferences.models import ActionItem, AgendaPoint, Attendance, ConferencePaper, Resolution
from registry.conferences.terms import Adoption, ConferenceStatus

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


class PlannedInline(ConferenceInline):
    """Rows that stand when the conference is convened."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until then."""
        allowed = super().has_add_permission(request, obj)
        return allowed and obj is not None and obj.status == ConferenceStatus.PLANNED


class AttendanceInline(PlannedInline):
    """Offices that are invited, and whether they came."""

    model = Attendance
    fields = (
        "number",
        "office_vi",
        "office_en",
        "office_printed",
        "rank_printed",
        "agency",
        "unit",
        "part",
        "presence",
    )
    readonly_fields = ("number", "office_printed")


class ResolutionInline(ConferenceInline):
    """What the conference came to."""

    model = Resolution
    fields = ("number", "kind", "text_vi", "text_en", "needs_assent", "addressee_vi", "addressee_en", "adoption")
    readonly_fields = ("number", "adoption")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With agencies' words, however many rows there are."""
        return super().get_queryset(request).prefetch_related("assents")

    @admin.display(description=_("adoption"))
    def adoption(self, resolution: Resolution) -> str:
        """Where it stands, and whose assent is missing."""
        return adoption_of(resolution, self.agencies) if resolution.number else "-"

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The agencies are read once for a page."""
        self.agencies = list(Agency.objects.order_by("protocol_order"))
        return super().get_formset(request, obj, **kwargs)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Once it was held."""
        allowed = super().has_add_permission(request, obj)
        return allowed and obj is not None and obj.status != ConferenceStatus.PLANNED


class ActionItemInline(ConferenceInline):
    """Who is to do what by when."""

    model = ActionItem
    fields = ("number", "kind_said", "text_vi", "text_en", "assignee_agency", "assignee_unit", "due_on", "state")
    readonly_fields = ("number", "kind_said", "state")
    stays_open = True

    @admin.display(description=_("kind"))
    def kind_said(self, item: ActionItem) -> str:
        """A task, or what each agency owes after a conference."""
        return item.get_kind_display() if item.number else "-"

    @admin.display(description=_("status"))
    def state(self, item: ActionItem) -> str:
        """The status as a badge."""
        return badge(item.status, item.get_status_display()) if item.number else "-"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Once it was held. After the approval through the API or the list of action items alone."""
        allowed = super().has_add_permission(request, obj)
        return allowed and obj is not None and obj.status != ConferenceStatus.PLANNED


class AgendaInline(PlannedInline):
    """What the conference is to deal with; each point's page takes it off the agenda."""

    model = AgendaPoint
    fields = ("number", "kind_said", "text_vi", "text_en", "withdrawn_reason")
    readonly_fields = ("number", "kind_said", "withdrawn_reason")

    @admin.display(description=_("kind"))
    def kind_said(self, point: AgendaPoint) -> str:
        """Where it comes from."""
        return point.get_kind_display() if point.number else "-"


class PaperInline(ConferenceInline):
    """Numbered papers, and how many copies are out; each paper's page hands them out."""

    model = ConferencePaper
    fields = ("number", "title_vi", "title_en", "mark", "copies", "out")
    readonly_fields = ("number", "out")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the copies, however many rows there are."""
        return super().get_queryset(request).prefetch_related("issued__unit")

    @admin.display(description=_("not returned yet"))
    def out(self, paper: ConferencePaper) -> str:
        """Copy numbers and who holds them."""
        if not paper.number:
            return "-"
        return ", ".join(f"{c.number} ({c.unit.code})" for c in paper.issued.all() if c.returned_at is None) or "-"


def adoption_of(resolution: Resolution, agencies: Collection[Agency]) -> str:
    """The badge, and the agencies whose assent is missing."""
    stands = resolution.adoption(agencies)
    if stands == Adoption.NOT_ASKED:
        return "-"
    missing = ", ".join(agency.code for agency in resolution.missing(agencies)) if stands == Adoption.OPEN else ""
    return format_html("{} {}", badge(stands.value, stands.label), missing)
