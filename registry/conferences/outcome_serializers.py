"""Shapes of what a conference came to: resolutions with agencies' assents, action items with their evidence."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.models import Agency, Unit
from registry.conferences.row_serializers import a_number, reason, text
from registry.conferences.terms import ActionKind, Adoption, Answer, ProposalStatus, ResolutionKind
from registry.documents.models import Document


class ResolutionWriteSerializer(StrictSerializer):
    """Body of a resolution, proposal or task."""

    kind = serializers.ChoiceField(ResolutionKind.choices, required=False)
    text_vi = text(10_000, required=True)
    text_en = text(10_000)
    paragraph = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=32_000, help_text="Of the source document."
    )
    needs_assent = serializers.BooleanField(
        required=False, help_text="The minutes are not approved before every agency has assented."
    )
    addressee_vi = text()
    addressee_en = text()


class AssentWriteSerializer(StrictSerializer):
    """Body of an agency's word on a resolution. An objection says why."""

    answer = serializers.ChoiceField(Answer.choices, required=False)
    reason = text(2_000)
    agency = CodeField(
        Agency.objects, required=False, allow_null=True, help_text="Only from whoever speaks for more than one."
    )


class AssentSerializer(StrictSerializer):
    """An agency's word. The last one of each agency counts."""

    agency = CodeField(read_only=True)
    number = serializers.IntegerField(read_only=True)
    answer = serializers.ChoiceField(Answer.choices, read_only=True)
    reason = serializers.CharField(read_only=True)
    unit = CodeField(read_only=True)
    given_at = UtcDateTimeField(read_only=True)


class SendSerializer(StrictSerializer):
    """Body of a proposal that went out."""

    sent_on = serializers.DateField()


class ProposalAnswerSerializer(StrictSerializer):
    """Body of the addressee's answer."""

    text = text(10_000, required=True)
    answered_on = serializers.DateField()


class ProposalSerializer(StrictSerializer):
    """What became of a proposal."""

    status = serializers.ChoiceField(ProposalStatus.choices, read_only=True)
    sent_on = serializers.DateField(read_only=True, allow_null=True)
    answered_on = serializers.DateField(read_only=True, allow_null=True)
    text = serializers.CharField(read_only=True)


class ResolutionSerializer(ResolutionWriteSerializer):
    """What a conference came to."""

    id = serializers.UUIDField(read_only=True)
    number = serializers.IntegerField(read_only=True)
    traps = CodeField(read_only=True, many=True)
    note_vi = serializers.CharField(read_only=True)
    note_en = serializers.CharField(read_only=True)
    conference = serializers.CharField(source="conference.code", read_only=True)
    adoption = serializers.SerializerMethodField()
    missing_assents = serializers.SerializerMethodField(help_text="Agencies that have not assented, or object.")
    not_adopted_reason = serializers.CharField(read_only=True)
    assents = AssentSerializer(many=True, read_only=True)
    proposal = serializers.SerializerMethodField(allow_null=True)
    synthetic = serializers.BooleanField(read_only=True)

    def _agencies(self) -> list[Agency]:
        """The four, read once for an answer."""
        shared: dict[str, Any] = self.context  # type: ignore[assignment]
        if "agencies" not in shared:
            shared["agencies"] = list(Agency.objects.order_by("protocol_order"))
        found: list[Agency] = shared["agencies"]
        return found

    @extend_schema_field(serializers.ChoiceField(Adoption.choices))
    def get_adoption(self, resolution: Any) -> str:
        """Where it stands."""
        return str(resolution.adoption(self._agencies()).value)

    def get_missing_assents(self, resolution: Any) -> list[str]:
        """Codes of agencies; none where no assent is needed."""
        open_ = resolution.needs_assent and not resolution.not_adopted_reason
        return [agency.code for agency in resolution.missing(self._agencies())] if open_ else []

    @extend_schema_field(ProposalSerializer(allow_null=True))
    def get_proposal(self, resolution: Any) -> Any:
        """Sent and answered when; nothing where the resolution is no proposal."""
        if resolution.kind != ResolutionKind.PROPOSAL:
            return None
        answer = getattr(resolution, "proposal_answer", None)
        if answer is None:
            return {"status": ProposalStatus.NOT_SENT, "sent_on": None, "answered_on": None, "text": ""}
        return ProposalSerializer(answer).data


class ActionItemWriteSerializer(StrictSerializer):
    """Body of an action item. Assignee or day left out without a reason are `undecided`."""

    text_vi = text(10_000, required=True)
    text_en = text(10_000)
    resolution = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=32_000, help_text="Number of the resolution."
    )
    assignee_agency = CodeField(Agency.objects, required=False, allow_null=True)
    assignee_unit = CodeField(Unit.objects, required=False, allow_null=True)
    assignee_missing = reason()
    due_on = serializers.DateField(required=False, allow_null=True)
    due_on_missing = reason()


class ActionItemDecisionSerializer(StrictSerializer):
    """Who does it and by when, where that was left undecided."""

    assignee_agency = CodeField(Agency.objects, required=False)
    assignee_unit = CodeField(Unit.objects, required=False)
    due_on = serializers.DateField(required=False)


class ProofSerializer(StrictSerializer):
    """What shows it besides words: a published document, an information item that one sees, a conference paper."""

    document = CodeField(Document.objects, required=False, allow_null=True)
    item = serializers.CharField(max_length=32, required=False, allow_blank=True, help_text="Its reference number.")
    paper = a_number(required=False, allow_null=True, help_text="Of a paper of the same conference.")


class ActionItemCloseSerializer(ProofSerializer):
    """Body of a closing: what shows that it is done."""

    evidence = serializers.CharField(max_length=10_000, help_text=_("What shows that it is done."))


class EvidenceWriteSerializer(ProofSerializer):
    """Body of evidence for an action item that goes on."""

    text = text(10_000, required=True)


class EvidenceSerializer(StrictSerializer):
    """What shows it. An information item is named only to whoever sees it."""

    number = serializers.IntegerField(read_only=True)
    text = serializers.CharField(read_only=True)
    document = CodeField(read_only=True, allow_null=True)
    item = serializers.CharField(source="item.reference", read_only=True, allow_null=True, default=None)
    paper = serializers.IntegerField(source="paper.number", read_only=True, allow_null=True, default=None)
    added_at = UtcDateTimeField(read_only=True)


class ActionItemSerializer(ActionItemWriteSerializer):
    """Who is to do what by when, and what became of it."""

    id = serializers.UUIDField(read_only=True)
    conference = serializers.CharField(source="conference.code", read_only=True)
    number = serializers.IntegerField(read_only=True)
    resolution = serializers.IntegerField(source="resolution.number", read_only=True, allow_null=True, default=None)
    status = serializers.CharField(read_only=True)
    evidence = serializers.CharField(read_only=True)
    closed_at = UtcDateTimeField(read_only=True, allow_null=True)
    traps = CodeField(read_only=True, many=True)
    note_vi = serializers.CharField(read_only=True)
    note_en = serializers.CharField(read_only=True)
    created_at = UtcDateTimeField(read_only=True)
    revision = serializers.IntegerField(read_only=True)
    synthetic = serializers.BooleanField(read_only=True)
    kind = serializers.ChoiceField(ActionKind.choices, read_only=True)
    overdue = serializers.BooleanField(source="is_overdue", read_only=True)
    evidence_records = EvidenceSerializer(many=True, read_only=True)


class BoardRowSerializer(StrictSerializer):
    """How an agency stands with its action items; without a code, what nobody was named for."""

    agency = serializers.CharField(read_only=True, allow_null=True)
    open = serializers.IntegerField(read_only=True, help_text="Overdue ones among them.")
    overdue = serializers.IntegerField(read_only=True)
    done = serializers.IntegerField(read_only=True)
    dropped = serializers.IntegerField(read_only=True)
    next_due_on = serializers.DateField(read_only=True, allow_null=True)


class BoardSerializer(StrictSerializer):
    """Action items by agency."""

    agencies = BoardRowSerializer(many=True, read_only=True)
