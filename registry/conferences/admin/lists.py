"""Points of agendas and papers of conferences: pages of their own below a conference."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, RecordInline, person
from registry.conferences import actions
from registry.conferences.admin.inlines import READS
from registry.conferences.admin.steps import IssueStep, ReturnStep, plans
from registry.conferences.models import AgendaPoint, ConferencePaper, PaperCopy


class BelowConference(RecordAdmin):
    """Reached from the conference's page; not among the lists of the first page."""

    read_permissions = READS
    list_select_related = ("conference",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not listed on the first page."""
        return False

    @admin.display(description=_("reference"), ordering="conference__code")
    def reference(self, record: Any) -> str:
        """Conference and number."""
        return str(record.audit_reference())


@admin.register(AgendaPoint)
class AgendaPointAdmin(BelowConference):
    """Points of agendas: withdrawn with a reason, never deleted."""

    list_display = ("reference", "kind", "text_vi", "withdrawn_reason")
    list_filter = ("kind",)
    fields = ("reference", "kind", "text_vi", "text_en", "withdrawn_reason", "created_at")
    readonly_fields = fields

    def moves_for(self, request: HttpRequest, obj: AgendaPoint) -> list[dict[str, Any]]:
        """Off the agenda, while the conference is planned."""
        if obj.withdrawn_reason or not plans(request, obj.conference):
            return []
        return [{"name": "withdraw", "label": gettext("Take off the agenda"), "needs_reason": True}]

    def perform_move(self, request: HttpRequest, obj: AgendaPoint, name: str, reason: str) -> str:
        """The same function as the API."""
        if name != "withdraw":
            raise Http404
        actions.withdraw_agenda_point(point=obj, by=person(request), reason=reason)
        return gettext("Taken off the agenda.")


class PaperCopyInline(RecordInline):
    """Copies handed out, and whether they came back."""

    model = PaperCopy
    read_permissions = READS
    fields = ("number", "unit", "office_vi", "issued_at", "returned_at")
    readonly_fields = fields


@admin.register(ConferencePaper)
class ConferencePaperAdmin(BelowConference):
    """Numbered papers: handed out and collected back."""

    list_display = ("reference", "title_vi", "mark", "copies")
    fields = ("reference", "title_vi", "title_en", "mark", "copies")
    readonly_fields = fields
    inlines = (PaperCopyInline,)
    steps: ClassVar[Any] = {"issue": IssueStep(), "return": ReturnStep()}
