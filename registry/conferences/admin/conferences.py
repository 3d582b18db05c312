"""Conferences in the admin: planned, held, minuted, approved by the secretariat of the host."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, person
from registry.badges import badge
from registry.conferences import actions
from registry.conferences.admin.inlines import (
    READS,
    WRITE,
    ActionItemInline,
    AgendaInline,
    AttendanceInline,
    PaperInline,
    ResolutionInline,
    writes,
)
from registry.conferences.admin.minutes import MINUTES, minutes_box
from registry.conferences.admin.steps import InviteStep, OrderStep, TickStep
from registry.conferences.models import (
    ActionItem,
    AgendaPoint,
    Attendance,
    Conference,
    ConferencePaper,
    PaperCopy,
    Resolution,
)
from registry.conferences.terms import ConferenceStatus
from registry.conferences.workflow import MOVES
from registry.workflow import actions_from

FURTHER_PAGES: list[tuple[Any, str]] = []
"""Pages of floors above that speak of the same conference: the words of the link, the name of the address."""


class ConferenceForm(forms.ModelForm[Conference]):
    """What the secretariat writes."""

    read_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """The revision that was read: a save over somebody else's is refused."""

    class Meta:
        model = Conference
        fields = ("code", *sorted(actions.EDITABLE))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None:
            kwargs["initial"] = {"read_revision": instance.revision} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for name in MINUTES:
            if name in self.fields:
                self.fields[name].widget = minutes_box(name, instance)

    def _get_validation_exclusions(self) -> set[str]:
        """Reasons are left to the action, which reads an empty field without one as “not decided yet”."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | set(actions.REASONS.values())


@admin.register(Conference)
class ConferenceAdmin(RecordAdmin):
    """Conferences of the agencies."""

    when_empty = _("The secretariat of the host records conferences.")
    form = ConferenceForm

    class Media:
        js = ("registry/minutes.js",)

    read_permissions = READS
    write_permission = WRITE
    list_display = ("code", "title", "kind", "state", "period_label", "held", "host", "made_up")
    list_filter = ("status", "kind", "host_agency")
    search_fields = ("code", "title_vi", "title_en")
    ordering = ("-period_start", "-id")
    list_select_related = ("host_agency",)
    inlines = (AttendanceInline, AgendaInline, PaperInline, ResolutionInline, ActionItemInline)
    steps: ClassVar[Any] = {"invite": InviteStep(), "tick": TickStep(), "order": OrderStep()}
    readonly_fields = ("state", "made_up", "trap_list", "further_pages")
    fieldsets: ClassVar[Any] = (
        (
            None,
            {
                "fields": (
                    "code",
                    "state",
                    "made_up",
                    "kind",
                    "title_vi",
                    "title_en",
                    "secrecy",
                    "further_pages",
                    "authorisation_reference",
                    "read_revision",
                )
            },
        ),
        (
            _("Period"),
            {"fields": ("period_label", ("period_start", "period_end"), "period_basis", "period_missing")},
        ),
        (
            _("When and where"),
            {
                "fields": (
                    ("held_on", "held_on_missing"),
                    ("started_at", "ended_at"),
                    ("host_agency", "host_agency_missing", "host_inferred"),
                    ("venue_vi", "venue_en", "venue_missing"),
                    ("chair_office_vi", "chair_office_en", "chair_office_missing"),
                )
            },
        ),
        (_("Minutes"), {"fields": ("minutes_vi", "minutes_en")}),
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

    @admin.display(description=_("further pages"))
    def further_pages(self, conference: Conference) -> str:
        """Links to them."""
        found = ((reverse(name, args=[conference.pk]), words) for words, name in FURTHER_PAGES)
        return format_html_join(" · ", '<a href="{}">{}</a>', found) or "-"

    @admin.display(description=_("traps"))
    def trap_list(self, conference: Conference) -> str:
        """Known ways to misread the source."""
        return ", ".join(f"{trap.code} ({trap})" for trap in conference.traps.all()) or "-"

    def heading(self, obj: Conference) -> dict[str, Any]:
        """Copies of papers that have not come back."""
        return {"headline": self._copies_out(obj)}

    def _copies_out(self, conference: Conference) -> str:
        """A sentence; empty when every copy is back."""
        out = PaperCopy.objects.outstanding().filter(paper__conference=conference).count()
        said = ngettext("%(count)d copy has not come back.", "%(count)d copies have not come back.", out)
        return said % {"count": out} if out else ""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The code stays."""
        return (*self.readonly_fields, "code") if obj else self.readonly_fields

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new conference has no history."""
        hidden = set() if obj else {"further_pages", "state", "made_up", "trap_list", "read_revision"}
        if obj is not None and not self.has_change_permission(request, obj):
            hidden.add("read_revision")
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
        expected = form.cleaned_data.get("read_revision")
        return actions.edit_conference(
            conference=stored, by=person(request), content=content, expected_revision=expected
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """New rows through their actions."""
        add: dict[Any, Any] = {
            Attendance: actions.add_attendance,
            AgendaPoint: actions.add_agenda_point,
            ConferencePaper: actions.add_paper,
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
        moves: list[dict[str, Any]] = [
            {"name": name, "label": move.label, "style": "primary"} for name, move in actions_from(MOVES, obj.status)
        ]
        if obj.status == ConferenceStatus.PLANNED:
            moves.append({"name": "fill", "label": gettext("Fill the agenda")})
        return moves

    def perform_move(self, request: HttpRequest, obj: Conference, name: str, reason: str) -> str:
        """The same functions as the API."""
        by = person(request)
        match name:
            case "fill":
                count = len(actions.fill_agenda(conference=obj, by=by))
                added = ngettext("%(count)d point added.", "%(count)d points added.", count)
                return added % {"count": count}
            case "convene":
                actions.convene_conference(conference=obj, by=by)
                return gettext("Recorded as held.")
            case "minute":
                actions.complete_minutes(conference=obj, by=by)
                return gettext("The minutes are complete.")
            case "approve":
                actions.approve_minutes(conference=obj, by=by)
                return f"{gettext('The minutes are approved and final.')} {self._copies_out(obj)}".strip()
        raise Http404
