"""Shapes of requests, answers and messages in the API. Each side reads its own people's names, never the other's."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.models import Unit, User
from agencies.roles import Permission
from registry.information.terms import Secrecy, Tlp
from registry.reference.models import Topic
from registry.requests.models import Answer, InformationRequest, RequestMessage
from registry.requests.terms import DRAFTED, AnswerKind, RefusalReason, RequestUrgency

ANSWERS = [choice for choice in AnswerKind.choices if choice[0] in DRAFTED]


class RequestContentSerializer(StrictSerializer):
    """What the asking unit writes."""

    addressee = CodeField(Unit.objects, help_text="A unit of another agency.")
    subject = serializers.CharField(max_length=300)
    question = serializers.CharField(max_length=100_000)
    purpose = serializers.CharField(
        allow_blank=True, required=False, max_length=10_000, help_text="Needed before it is sent."
    )
    commitment = serializers.BooleanField(
        required=False, help_text="To use it for this purpose only and to protect it; true before it is sent."
    )
    topic = CodeField(Topic.objects, allow_null=True, required=False)
    urgency = serializers.ChoiceField(RequestUrgency.choices, required=False)
    due_at = UtcDateTimeField(
        allow_null=True, required=False, help_text="Left out: 7 days, 3 days or 8 hours from sending, by urgency."
    )
    secrecy = serializers.ChoiceField(Secrecy.choices, required=False)
    tlp = serializers.ChoiceField(Tlp.choices, required=False)


class RequestChangeSerializer(RequestContentSerializer):
    """Body of a change to a draft."""

    item = serializers.UUIDField(
        allow_null=True, required=False, help_text="An item that one of the two units gave the other."
    )


class RequestWriteSerializer(RequestChangeSerializer):
    """Body of a new request."""

    unit = CodeField(Unit.objects)


class AnswerDraftSerializer(StrictSerializer):
    """Body of a drafted answer. It replaces the draft that stands."""

    kind = serializers.ChoiceField(ANSWERS)
    text = serializers.CharField(allow_blank=True, required=False, max_length=100_000)
    items = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        max_length=50,
        help_text="Items that one of the two units gave the other.",
    )


class RefusalSerializer(StrictSerializer):
    """Body of a refusal: one of the listed reasons; `other` is written out."""

    reason = serializers.ChoiceField(RefusalReason.choices)
    text = serializers.CharField(allow_blank=True, required=False, max_length=10_000)


class ReopenSerializer(StrictSerializer):
    """Body of a reopening: why the answer is not sufficient, and until when (left out: by the urgency)."""

    reason = serializers.CharField(required=False, allow_blank=True, max_length=2000, default="")
    due_at = UtcDateTimeField(required=False, allow_null=True)


class MessageWriteSerializer(StrictSerializer):
    """Body of a message to the other side."""

    text = serializers.CharField(max_length=10_000)


class AnswerSerializer(StrictSerializer):
    """An answer or a refusal."""

    kind = serializers.CharField(read_only=True)
    reason = serializers.CharField(read_only=True, help_text="Of a refusal; else empty.")
    text = serializers.CharField(read_only=True)
    items = serializers.SerializerMethodField(help_text="Ids of the items it names that the caller may see.")
    given_at = UtcDateTimeField(read_only=True, allow_null=True)

    def get_items(self, answer: Answer) -> list[UUID]:
        """Prefetched for the reader by the view."""
        return [item.pk for item in answer.items.all()]


class MessageSerializer(StrictSerializer):
    """A message of the thread."""

    unit = serializers.CharField(source="unit.code", read_only=True)
    author = serializers.SerializerMethodField(allow_null=True, help_text="To the unit that wrote it only.")
    text = serializers.CharField(read_only=True)
    written_at = UtcDateTimeField(read_only=True)

    def get_author(self, message: RequestMessage) -> str | None:
        """Username."""
        return message.author.username if _reads(self, message.unit_id) else None


def _reads(serializer: serializers.BaseSerializer[Any], unit_id: UUID) -> bool:
    """Whether the unit is one of the caller's."""
    user: User = serializer.context["request"].user
    return unit_id in user.units_with(Permission.REQUEST_READ)


class InformationRequestSerializer(RequestContentSerializer):
    """A request as both sides see it; what one side keeps to itself is null to the other."""

    id = serializers.UUIDField(read_only=True)
    reference = serializers.CharField(read_only=True, allow_null=True)
    status = serializers.CharField(read_only=True)
    unit = serializers.CharField(source="unit.code", read_only=True, help_text="The asking unit.")
    asking_agency = serializers.CharField(source="unit.agency.code", read_only=True)
    addressee_agency = serializers.CharField(source="addressee.agency.code", read_only=True)
    own = serializers.SerializerMethodField(help_text="Whether one of the caller's units asks.")
    author = serializers.SerializerMethodField(allow_null=True, help_text="To the asking side only.")
    item = serializers.SerializerMethodField(allow_null=True, help_text="While the caller may see it.")
    sent_at = UtcDateTimeField(read_only=True, allow_null=True)
    received_at = UtcDateTimeField(read_only=True, allow_null=True)
    answered_at = UtcDateTimeField(read_only=True, allow_null=True)
    answered_in_time = serializers.BooleanField(
        read_only=True, allow_null=True, help_text="null: an answer is owed and not overdue, or none will come."
    )
    overdue = serializers.BooleanField(source="is_overdue", read_only=True)
    answer = AnswerSerializer(read_only=True, allow_null=True, help_text="The answer or refusal that stands.")
    earlier_answers = serializers.SerializerMethodField(help_text="Those found not sufficient.")
    draft_answer = serializers.SerializerMethodField(allow_null=True, help_text="To the addressee's side only.")
    messages = MessageSerializer(many=True, read_only=True)
    withdrawn_at = UtcDateTimeField(read_only=True, allow_null=True)
    withdraw_reason = serializers.CharField(read_only=True)
    reopened_at = UtcDateTimeField(read_only=True, allow_null=True)
    reopen_reason = serializers.CharField(read_only=True)
    created_at = UtcDateTimeField(read_only=True)
    synthetic = serializers.BooleanField(read_only=True)

    def get_own(self, request: InformationRequest) -> bool:
        """Asked by one of the caller's units."""
        return _reads(self, request.unit_id)

    def get_author(self, request: InformationRequest) -> str | None:
        """Username of the author."""
        return request.author.username if _reads(self, request.unit_id) else None

    def get_item(self, request: InformationRequest) -> UUID | None:
        """Prefetched for the reader by the view: None when it may not be seen."""
        return request.item.pk if request.item is not None else None

    @extend_schema_field(AnswerSerializer(many=True))
    def get_earlier_answers(self, request: InformationRequest) -> list[Any]:
        """Given before the request was reopened."""
        rows: Any = getattr(request, "shown_answers", [])
        earlier = [one for one in rows if one.given_at is not None and one.pk != request.answer_id]
        return list(AnswerSerializer(earlier, many=True, context=self.context).data)

    @extend_schema_field(AnswerSerializer)
    def get_draft_answer(self, request: InformationRequest) -> Any:
        """What the addressee has drafted and not given."""
        rows: Any = getattr(request, "shown_answers", [])
        drafts = [one for one in rows if one.given_at is None]
        return AnswerSerializer(drafts[0], context=self.context).data if drafts else None


class FiguresSerializer(StrictSerializer):
    """One agency in the period. `asked` is what it sent; everything else is about what it was asked."""

    agency = serializers.CharField(source="agency.code", read_only=True)
    asked = serializers.IntegerField(read_only=True)
    received = serializers.IntegerField(read_only=True)
    answered = serializers.IntegerField(read_only=True, help_text="“No information” included.")
    no_information = serializers.IntegerField(read_only=True)
    refused = serializers.IntegerField(read_only=True)
    refused_by_reason = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    withdrawn = serializers.IntegerField(read_only=True)
    in_time = serializers.IntegerField(read_only=True, help_text="Answered or refused, and never after a deadline.")
    overdue = serializers.IntegerField(read_only=True)
    median_hours = serializers.FloatField(read_only=True, allow_null=True, help_text="null: nothing is answered yet.")


class StatisticsSerializer(StrictSerializer):
    """Figures of a period: of all requests sent in it, or of those the caller may see."""

    period = serializers.CharField(read_only=True)
    basis = serializers.CharField(read_only=True, help_text="calendar, statutory_15_14 or custom.")
    scope = serializers.CharField(read_only=True, help_text="all, or visible: only those the caller may see.")
    results = FiguresSerializer(many=True, read_only=True)
