"""Shapes of deliveries in the API: receipt, correction, recall."""

from typing import Any

from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import UtcDateTimeField
from agencies.models import User
from agencies.roles import Permission
from registry.information.models import Delivery
from registry.information.terms import Disposal, InformationGrade, SourceGrade, Usefulness


class EvaluationSerializer(StrictSerializer):
    """What a recipient made of an item."""

    usefulness = serializers.ChoiceField(Usefulness.choices)
    source_grade = serializers.ChoiceField(SourceGrade.choices, allow_blank=True, required=False)
    information_grade = serializers.ChoiceField(InformationGrade.choices, allow_blank=True, required=False)
    note = serializers.CharField(allow_blank=True, required=False, max_length=4000)


class EvaluationReadSerializer(EvaluationSerializer):
    """An evaluation as it stands."""

    evaluated_at = UtcDateTimeField(read_only=True)


class AssignSerializer(StrictSerializer):
    """Body of an assignment: the username of somebody of the recipient unit."""

    to = serializers.CharField(max_length=64)


class DisposalSerializer(StrictSerializer):
    """What became of a recalled item where it was held."""

    disposal = serializers.ChoiceField(Disposal.choices)
    ground = serializers.CharField(
        allow_blank=True, required=False, max_length=500, help_text="Legal ground; needed when it is retained."
    )


class CorrectionReceiptSerializer(StrictSerializer):
    """A correction sent to the recipient."""

    version = serializers.IntegerField(source="version.number", read_only=True)
    sent_at = UtcDateTimeField(read_only=True)
    due_at = UtcDateTimeField(read_only=True)
    acknowledged_at = UtcDateTimeField(read_only=True, allow_null=True)


class RecallReceiptSerializer(DisposalSerializer):
    """What the holder of a recalled item did."""

    acknowledged_at = UtcDateTimeField(read_only=True)
    disposed_at = UtcDateTimeField(read_only=True, allow_null=True)


class DeliverySerializer(StrictSerializer):
    """A delivery. A recalled one shows number, dates and reason, never the title."""

    id = serializers.UUIDField(read_only=True)
    item = serializers.UUIDField(source="item_id", read_only=True)
    reference = serializers.CharField(source="item.reference", read_only=True)
    version = serializers.IntegerField(
        source="item.current.number", read_only=True, help_text="The version that is read now."
    )
    delivered_version = serializers.IntegerField(
        source="version.number", read_only=True, help_text="The version that was delivered first."
    )
    originator = serializers.CharField(source="item.unit.code", read_only=True)
    originating_agency = serializers.CharField(source="item.unit.agency.code", read_only=True)
    recipient = serializers.CharField(source="unit.code", read_only=True)
    receiving_agency = serializers.CharField(source="unit.agency.code", read_only=True)
    title = serializers.SerializerMethodField(allow_null=True)
    status = serializers.CharField(read_only=True)
    delivered_at = UtcDateTimeField(read_only=True)
    due_at = UtcDateTimeField(read_only=True)
    opened_at = UtcDateTimeField(read_only=True, allow_null=True)
    acknowledged_at = UtcDateTimeField(read_only=True, allow_null=True)
    in_time = serializers.BooleanField(read_only=True, allow_null=True)
    used_at = UtcDateTimeField(read_only=True, allow_null=True)
    corrections = CorrectionReceiptSerializer(many=True, read_only=True)
    recalled_at = UtcDateTimeField(read_only=True, allow_null=True)
    recall = serializers.SerializerMethodField(allow_null=True)
    recall_reason = serializers.CharField(source="item.recall_reason", read_only=True)
    assigned_to = serializers.SerializerMethodField(allow_null=True, help_text="To the recipient only.")
    evaluation = serializers.SerializerMethodField(allow_null=True)
    synthetic = serializers.BooleanField(read_only=True)

    def get_title(self, delivery: Delivery) -> str | None:
        """The title while the delivery stands."""
        current = delivery.item.current
        return None if delivery.recalled_at or current is None else current.title

    def get_recall(self, delivery: Delivery) -> dict[str, Any] | None:
        """Acknowledged, destroyed or retained; null until the holder says so."""
        receipt = getattr(delivery, "recall_receipt", None)
        return RecallReceiptSerializer(receipt).data if receipt else None

    def get_assigned_to(self, delivery: Delivery) -> str | None:
        """Username of whoever works on it."""
        user: User = self.context["request"].user
        mine = delivery.unit_id in user.units_with(Permission.ITEM_READ_DELIVERED)
        return delivery.assigned_to.username if mine and delivery.assigned_to else None

    def get_evaluation(self, delivery: Delivery) -> dict[str, Any] | None:
        """What the recipient made of it."""
        evaluation = getattr(delivery, "evaluation", None)
        return EvaluationReadSerializer(evaluation).data if evaluation else None
