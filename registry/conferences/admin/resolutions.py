"""Resolutions in the admin: agencies assent or object, proposals are sent and answered."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, RecordInline, person
from agencies.models import Agency, Unit
from agencies.roles import Permission
from registry.conferences import actions
from registry.conferences.admin.inlines import READS, adoption_of, writes
from registry.conferences.admin.steps import AnswerStep, SendStep
from registry.conferences.models import Assent, ProposalAnswer, Resolution
from registry.conferences.terms import Answer, ConferenceStatus


class AssentInline(RecordInline):
    """Agencies' words, the last of each counts."""

    model = Assent
    read_permissions = READS
    fields = ("agency", "number", "answer", "reason", "unit", "given_at")
    readonly_fields = fields


class ProposalAnswerInline(RecordInline):
    """What became of a proposal."""

    model = ProposalAnswer
    read_permissions = READS
    fields = ("sent_on", "answered_on", "text")
    readonly_fields = fields


@admin.register(Resolution)
class ResolutionAdmin(RecordAdmin):
    """What conferences decided or proposed."""

    read_permissions = READS
    list_display = ("reference", "kind", "what", "adoption")
    list_filter = ("kind", "needs_assent", "conference")
    search_fields = ("text_vi", "text_en")
    list_select_related = ("conference",)
    inlines = (AssentInline, ProposalAnswerInline)
    steps: ClassVar[Any] = {"send": SendStep(), "answer": AnswerStep()}
    fields = (
        "reference",
        "kind",
        "text_vi",
        "text_en",
        "adoption",
        "not_adopted_reason",
        "addressee_vi",
        "addressee_en",
        "paragraph",
        "note_vi",
        "note_en",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        """With agencies' words, however many rows there are."""
        return super().get_queryset(request).prefetch_related("assents").select_related("proposal_answer")

    @admin.display(description=_("reference"), ordering="conference__code")
    def reference(self, resolution: Resolution) -> str:
        """Conference and number."""
        return resolution.audit_reference()

    @admin.display(description=_("text"))
    def what(self, resolution: Resolution) -> str:
        """In the reader's language."""
        return resolution.text

    @admin.display(description=_("adoption"))
    def adoption(self, resolution: Resolution) -> str:
        """Where it stands, and whose assent is missing."""
        return adoption_of(resolution, Agency.objects.order_by("protocol_order")) if resolution.needs_assent else "-"

    def moves_for(self, request: HttpRequest, obj: Resolution) -> list[dict[str, Any]]:
        """An agency's word, and the host's way out when the agencies do not agree."""
        open_ = obj.needs_assent and not obj.not_adopted_reason
        if not open_ or obj.conference.status == ConferenceStatus.APPROVED:
            return []
        moves: list[dict[str, Any]] = []
        held = person(request).units_with(Permission.CONFERENCE_ASSENT)
        spoken = Unit.objects.filter(pk__in=held, level__in=actions.SPEAKS).values_list("agency_id", flat=True)
        if spoken:
            said = {row.agency_id: row.answer for row in obj.assents.order_by("number") if row.agency_id in spoken}
            if said.get(spoken[0]) != Answer.ASSENTS:
                moves.append({"name": "assent", "label": gettext("Our agency assents"), "style": "primary"})
            if said.get(spoken[0]) != Answer.OBJECTS:
                moves.append({"name": "object", "label": gettext("Our agency objects"), "needs_reason": True})
        if writes(person(request), obj.conference.host_agency_id):
            moves.append({"name": "set-aside", "label": gettext("Leave as not adopted"), "needs_reason": True})
        return moves

    def perform_move(self, request: HttpRequest, obj: Resolution, name: str, reason: str) -> str:
        """The same functions as the API."""
        by = person(request)
        match name:
            case "assent":
                actions.give_assent(resolution=obj, by=by)
                return gettext("Your agency has assented.")
            case "object":
                actions.give_assent(resolution=obj, by=by, answer=Answer.OBJECTS, reason=reason)
                return gettext("Your agency's objection is recorded.")
            case "set-aside":
                actions.set_aside_resolution(resolution=obj, by=by, reason=reason)
                return gettext("It stays in the minutes as not adopted.")
        raise Http404
