"""Action items in the admin: ended by moves, with evidence."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, RecordInline, person
from agencies.models import Agency
from registry.badges import badge
from registry.conferences import actions
from registry.conferences.admin.inlines import READS, writes
from registry.conferences.admin.steps import DecideStep, EvidenceStep
from registry.conferences.board import board
from registry.conferences.models import ActionItem, Evidence
from registry.conferences.workflow import ACTION_MOVES
from registry.information.models import InformationItem
from registry.workflow import actions_from


class OverdueFilter(admin.SimpleListFilter):
    """Open after their day."""

    title = _("overdue")
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Those alone, or all."""
        return [("yes", _("overdue"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """See ActionItem."""
        return queryset.overdue() if self.value() == "yes" else queryset


class EvidenceInline(RecordInline):
    """What shows it. An information item is named only to whoever sees it."""

    model = Evidence
    read_permissions = READS
    fields = ("number", "text", "document", "item_seen", "paper", "added_at")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the items that this person sees."""
        seen = InformationItem.objects.visible_to(person(request))
        rows = super().get_queryset(request).select_related("document", "paper")
        return rows.prefetch_related(Prefetch("item", seen))

    @admin.display(description=_("information item"))
    def item_seen(self, evidence: Evidence) -> str:
        """Its reference."""
        return evidence.item.reference or "-" if evidence.item is not None else "-"


@admin.register(ActionItem)
class ActionItemAdmin(RecordAdmin):
    """What conferences asked somebody to do: ended by moves, with evidence."""

    when_empty = _("Tasks come out of the resolutions of conferences.")
    read_permissions = READS
    list_display = ("reference", "what", "state", "assignee", "due", "made_up")
    list_filter = ("status", OverdueFilter, "kind", "assignee_agency", "conference")
    inlines = (EvidenceInline,)
    steps: ClassVar[Any] = {"decide": DecideStep(), "evidence": EvidenceStep()}
    change_list_template = "admin/conferences/action_items.html"
    search_fields = ("text_vi", "text_en")
    list_select_related = ("conference", "assignee_agency", "assignee_unit")
    fields = (
        "reference",
        "kind",
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

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The status board stands above the list."""
        names = {agency.code: agency.name() for agency in Agency.objects.prefetch_related("names")}
        rows = [{**row, "name": names.get(row["agency"], "")} for row in board(person(request))]
        return super().changelist_view(request, {"board": rows, **(extra_context or {})})

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
        """The status as a badge; open after its day is overdue."""
        if item.is_overdue:
            return badge("overdue", gettext("overdue"))
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
