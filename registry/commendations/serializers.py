"""Shapes of commendations in the API."""

from typing import Any

from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.models import Unit, User
from agencies.roles import Permission
from registry.commendations.models import Commendation
from registry.commendations.terms import AwardForm, AwardLevel


class CommendationRecipientSerializer(StrictSerializer):
    """A unit as a whole, so many of its people, or both. Never a person's name."""

    unit = CodeField(Unit.objects)
    collective = serializers.BooleanField(required=False, default=True)
    individuals = serializers.IntegerField(required=False, default=0, min_value=0, max_value=100_000)


class CommendedCaseSerializer(StrictSerializer):
    """A case for which somebody is commended, as far as the caller sees it."""

    id = serializers.UUIDField(source="case.pk", read_only=True)
    reference = serializers.CharField(source="case.reference", read_only=True)


class CommendationContentSerializer(StrictSerializer):
    """What a nomination says."""

    level = serializers.ChoiceField(AwardLevel.choices, help_text="1 unit, 2 agency, 3 ministry, 4 State.")
    form = serializers.ChoiceField(AwardForm.choices)
    authority_vi = serializers.CharField(max_length=255)
    authority_en = serializers.CharField(max_length=255, required=False, allow_blank=True, default="")
    achievement_vi = serializers.CharField(max_length=10_000)
    achievement_en = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")


class CommendationWriteSerializer(CommendationContentSerializer):
    """Body of a nomination."""

    unit = CodeField(Unit.objects)
    cases = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=50)
    recipients = CommendationRecipientSerializer(many=True)
    proposed_on = serializers.DateField(required=False)
    further_reason = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    confirm = serializers.ListField(
        child=serializers.CharField(max_length=64), required=False, default=list, max_length=10
    )


class AwardSerializer(StrictSerializer):
    """Body of an award: the day and the number of the decision."""

    awarded_on = serializers.DateField()
    document_number = serializers.CharField(max_length=64)


class CommendationSerializer(CommendationContentSerializer):
    """A commendation; its cases as far as the caller sees them."""

    id = serializers.UUIDField(read_only=True)
    reference = serializers.CharField(read_only=True)
    unit = CodeField(read_only=True)
    status = serializers.CharField(read_only=True)
    agencies = serializers.SerializerMethodField(help_text="In the protocol order of the day.")
    recipients = CommendationRecipientSerializer(many=True, read_only=True)
    cases = CommendedCaseSerializer(many=True, read_only=True)
    proposed_on = serializers.DateField(read_only=True)
    awarded_on = serializers.DateField(read_only=True, allow_null=True)
    document_number = serializers.CharField(read_only=True)
    further_reason = serializers.SerializerMethodField(help_text="For the nominating unit alone.")
    end_reason = serializers.CharField(read_only=True)
    published = serializers.UUIDField(source="published_id", read_only=True, allow_null=True)
    created_at = UtcDateTimeField(read_only=True)
    updated_at = UtcDateTimeField(read_only=True)
    revision = serializers.IntegerField(read_only=True)
    synthetic = serializers.BooleanField(read_only=True)

    def get_agencies(self, commendation: Commendation) -> list[str]:
        """Codes."""
        return [agency.code for agency in commendation.agencies()]

    def get_further_reason(self, commendation: Commendation) -> str:
        """It may speak of the case."""
        user: Any = self.context["request"].user
        own = isinstance(user, User) and commendation.unit_id in user.units_with(Permission.COMMENDATION_READ)
        return commendation.further_reason if own else ""
