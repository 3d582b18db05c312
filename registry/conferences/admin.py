"""Conferences in the admin: planned, held, minuted, approved by the secretariat of the host."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, RecordInline, person
from agencies.models import User
from agencies.refusals import NotPermitted
from agencies.roles import Permission
from registry.badges import badge
from registry.conferences import actions
from registry.conferences.models import ActionItem, Attendance, Conference, Resolution
from registry.conferences.terms import ConferenceStatus
from registry.conferences.workflow import ACTION_MOVES, MOVES
from registry.workflow import actions_from

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


@admin.register(Conference)
class ConferenceAdmin(RecordAdmin):
    """Conferences of the agencies."""

    read_permissions = READS
    write_permission = WRITE
    list_display = ("code", "title", "kind", "state", "period_label", "held", "host", "made_up")
    list_filter = ("status", "kind", "host_agency")
    search_fields = ("code", "title_vi", "title_en")
    ordering = ("-period_start", "-id")
    list_select_related = ("host_agency",)
    inlines = (AttendanceInline, ResolutionInline, ActionItemInline)
    readonly_fields = ("state", "made_up", "trap_list")
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("code", "state", "made_up", "kind", "title_vi", "title_en", "secrecy")}),
        (
            _("Period"),
            {"fields": ("period_label", ("period_start", "period_end"), "period_basis", "period_missing")},
        ),
        (
            _("When and where"),
            {
                "fields": (
                    ("held_on", "held_on_missing"),
                    ("host_agency", "host_agency_missing", "host_inferred"),
                    ("venue_vi", "venue_en", "venue_missing"),
                    ("chair_office_vi", "chair_office_en", "chair_office_missing"),
                )
            },
        ),
        (_("Minutes"), {"fields": ("minutes_vi",)}),
        (_("Source"), {"fields": ("source_document", "trap_list", "note_vi", "note_en")}),
    )

    @admin.display(description=_("title"), ordering="title_vi")
    def title(self, conference: Conference) -> str:
        """In the reader's language."""
        return conference.title

    @admin.display(description=_("status"), ordering="status")
    def state(self, conference: Conference) -> str:
        """The status as a badge."""
        return badge(conference.status, conference.get_status_display())

    @admin.display(description=_("held on"), ordering="held_on")
    def held(self, conference: Conference) -> Any:
        """The day, or why there is none."""
        return conference.held_on or conference.get_held_on_missing_display()

    @admin.display(description=_("host"), ordering="host_agency__code")
    def host(self, conference: Conference) -> str:
        """Code of the host, or why there is none."""
        return conference.host_agency.code if conference.host_agency else conference.get_host_agency_missing_display()

    @admin.display(description=_("synthetic"))
    def made_up(self, conference: Conference) -> str:
        """Marks made-up data."""
        return badge("synthetic", gettext("synthetic")) if conference.synthetic else ""

    @admin.display(description=_("traps"))
    def trap_list(self, conference: Conference) -> str:
        """Known ways to misread the source."""
        return ", ".join(f"{trap.code} ({trap})" for trap in conference.traps.all()) or "-"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The code stays."""
        return (*self.readonly_fields, "code") if obj else self.readonly_fields

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new conference has no history."""
        hidden = set() if obj else {"state", "made_up", "trap_list"}
        return [(t, {"fields": [f for f in o["fields"] if f not in hidden]}) for t, o in self.fieldsets]

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        """Rows are added to a conference that stands."""
        return self.inlines if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By the host's secretariat, until the minutes are approved."""
        allowed = super().has_change_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        return obj.status != ConferenceStatus.APPROVED and writes(person(request), obj.host_agency_id)

    def perform_save(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> Conference:
        """Create or edit through the action."""
        data = {name: value for name, value in form.cleaned_data.items() if name in actions.EDITABLE}
        if not change:
            return actions.create_conference(by=person(request), code=form.cleaned_data["code"], content=data)
        stored = Conference.objects.get(pk=obj.pk)
        content = {name: data[name] for name in form.changed_data if name in data}
        if not content:
            return stored
        return actions.edit_conference(conference=stored, by=person(request), content=content)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """New rows through their actions."""
        add: dict[Any, Any] = {
            Attendance: actions.add_attendance,
            Resolution: actions.add_resolution,
            ActionItem: actions.add_action_item,
        }
        for formset in formsets:
            for row in formset.extra_forms:
                if row.has_changed():
                    skipped = {"id", "conference"}
                    data = {k: v for k, v in row.cleaned_data.items() if k not in skipped and v is not None}
                    add[formset.model](conference=form.instance, by=person(request), **data)

    def moves_for(self, request: HttpRequest, obj: Conference) -> list[dict[str, Any]]:
        """The next step, for the host's secretariat."""
        if not writes(person(request), obj.host_agency_id):
            return []
        return [
            {"name": name, "label": move.label, "style": "primary"} for name, move in actions_from(MOVES, obj.status)
        ]

    def perform_move(self, request: HttpRequest, obj: Conference, name: str, reason: str) -> str:
        """The same functions as the API."""
        by = person(request)
        match name:
            case "convene":
                actions.convene_conference(conference=obj, by=by)
                return gettext("Recorded as held.")
            case "minute":
                actions.complete_minutes(conference=obj, by=by)
                return gettext("The minutes are complete.")
            case "approve":
                actions.approve_minutes(conference=obj, by=by)
                return gettext("The minutes are approved and final.")
        raise Http404


@admin.register(ActionItem)
class ActionItemAdmin(RecordAdmin):
    """What conferences asked somebody to do: ended by moves, with evidence."""

    read_permissions = READS
    list_display = ("reference", "what", "state", "assignee", "due", "made_up")
    list_filter = ("status", "assignee_agency", "conference")
    search_fields = ("text_vi", "text_en")
    list_select_related = ("conference", "assignee_agency", "assignee_unit")
    fields = (
        "reference",
        "state",
        "text_vi",
        "text_en",
        "assignee",
        "due",
        "evidence",
        "closed_at",
        "note_vi",
        "note_en",
    )
    readonly_fields = fields

    @admin.display(description=_("reference"), ordering="conference__code")
    def reference(self, item: ActionItem) -> str:
        """Conference and number."""
        return item.audit_reference()

    @admin.display(description=_("task"))
    def what(self, item: ActionItem) -> str:
        """The text in the reader's language."""
        return item.text

    @admin.display(description=_("status"), ordering="status")
    def state(self, item: ActionItem) -> str:
        """The status as a badge."""
        return badge(item.status, item.get_status_display())

    @admin.display(description=_("assigned to"))
    def assignee(self, item: ActionItem) -> str:
        """Unit or agency, or why there is none."""
        named = item.assignee_unit or item.assignee_agency
        return named.code if named else str(item.get_assignee_missing_display())

    @admin.display(description=_("due on"), ordering="due_on")
    def due(self, item: ActionItem) -> Any:
        """The day, or why there is none."""
        return item.due_on or item.get_due_on_missing_display()

    @admin.display(description=_("synthetic"))
    def made_up(self, item: ActionItem) -> str:
        """Marks made-up data."""
        return badge("synthetic", gettext("synthetic")) if item.synthetic else ""

    def moves_for(self, request: HttpRequest, obj: ActionItem) -> list[dict[str, Any]]:
        """Done or dropped, for the host's or the assignee's secretariat."""
        if not writes(person(request), obj.conference.host_agency_id, obj.assignee_agency_id):
            return []
        return [
            {"name": name, "label": move.label, "needs_reason": move.reason}
            for name, move in actions_from(ACTION_MOVES, obj.status)
        ]

    def perform_move(self, request: HttpRequest, obj: ActionItem, name: str, reason: str) -> str:
        """The same functions as the API."""
        by = person(request)
        match name:
            case "close":
                actions.close_action_item(item=obj, by=by, evidence=reason)
                return gettext("Done.")
            case "drop":
                actions.drop_action_item(item=obj, by=by, reason=reason)
                return gettext("Dropped.")
        raise Http404
