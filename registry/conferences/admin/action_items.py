"""Action items in the admin: ended by moves, with evidence."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, person
from registry.badges import badge
from registry.conferences import actions
from registry.conferences.admin.inlines import READS, writes
from registry.conferences.models import ActionItem
from registry.conferences.workflow import ACTION_MOVES
from registry.workflow import actions_from


@admin.register(ActionItem)
class ActionItemAdmin(RecordAdmin):
    """What conferences asked somebody to do: ended by moves, with evidence."""

    when_empty = _("Tasks come out of the resolutions of conferences.")
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
