"""Shapes of consents, onward passage and impact in the API."""

from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import RecipientField, UtcDateTimeField
from registry.information.terms import ConsentKind


class ConsentAskSerializer(StrictSerializer):
    """Body of a request for consent."""

    delivery = serializers.UUIDField(help_text="A delivery to your unit.")
    kind = serializers.ChoiceField(ConsentKind.choices)
    purpose = serializers.CharField(max_length=2000)
    units = RecipientField(many=True, required=False, help_text="For onward passage: to whom.")


class ConsentGrantSerializer(StrictSerializer):
    """Body of a grant. `units` left out grants it for all that were asked for."""

    units = RecipientField(many=True, required=False)
    limits = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    expires_at = serializers.DateTimeField(required=False, allow_null=True)


class ConsentSerializer(StrictSerializer):
    """A consent, to the unit that asks and to the originator."""

    id = serializers.UUIDField(read_only=True)
    delivery = serializers.UUIDField(source="delivery_id", read_only=True)
    reference = serializers.CharField(source="delivery.item.reference", read_only=True)
    asking_unit = serializers.CharField(source="delivery.unit.code", read_only=True)
    originator = serializers.CharField(source="delivery.item.unit.code", read_only=True)
    kind = serializers.CharField(read_only=True)
    purpose = serializers.CharField(read_only=True)
    units = RecipientField(many=True, read_only=True)
    status = serializers.CharField(read_only=True)
    asked_at = UtcDateTimeField(read_only=True)
    granted_units = RecipientField(many=True, read_only=True)
    limits = serializers.CharField(read_only=True)
    expires_at = UtcDateTimeField(read_only=True, allow_null=True)
    decided_at = UtcDateTimeField(read_only=True, allow_null=True)
    ended_at = UtcDateTimeField(read_only=True, allow_null=True)
    reason = serializers.CharField(read_only=True)
    synthetic = serializers.BooleanField(read_only=True)


class PassOnSerializer(StrictSerializer):
    """Body of an onward passage."""

    units = RecipientField(many=True)


class ImpactRowSerializer(StrictSerializer):
    """What one holder did with the item. Cases and reports are counted, not named."""

    unit = serializers.CharField(read_only=True)
    agency = serializers.CharField(read_only=True)
    delivered_at = UtcDateTimeField(read_only=True)
    opened_at = UtcDateTimeField(read_only=True, allow_null=True)
    acknowledged_at = UtcDateTimeField(read_only=True, allow_null=True)
    used_at = UtcDateTimeField(read_only=True, allow_null=True)
    passed_on = serializers.IntegerField(read_only=True)
    consents = serializers.ListField(child=serializers.CharField(), read_only=True)
    based_on_it = serializers.IntegerField(read_only=True, help_text="Released versions of that unit based on it.")
    taken_out = serializers.IntegerField(read_only=True, help_text="Downloads, exports, print-outs.")
    recall = serializers.CharField(read_only=True, help_text="waiting, acknowledged, destroyed, retained; or empty.")


class ImpactSerializer(StrictSerializer):
    """Every holder of an item."""

    holders = ImpactRowSerializer(many=True, read_only=True)
