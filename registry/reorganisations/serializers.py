"""Shapes of reorganisations in the API."""

from typing import Any

from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.models import LegalBasis, Level, Unit
from registry.reorganisations.models import Reorganisation
from registry.reorganisations.preview import Preview
from registry.reorganisations.terms import Kind, Status

OPTIONAL: dict[str, Any] = {"required": False, "allow_blank": True}


class SuccessorSerializer(StrictSerializer):
    """A unit that goes on: the code alone for one that stands, the rest too for a new one."""

    code = serializers.CharField(max_length=32)
    level = serializers.CharField(max_length=8, help_text=", ".join(Level.values), **OPTIONAL)
    parent = serializers.CharField(max_length=32, **OPTIONAL)  # type: ignore[assignment]
    place = serializers.CharField(max_length=48, **OPTIONAL)
    name_vi = serializers.CharField(max_length=255, **OPTIONAL)
    name_en = serializers.CharField(max_length=255, **OPTIONAL)
    abbreviation_vi = serializers.CharField(max_length=64, **OPTIONAL)
    abbreviation_en = serializers.CharField(max_length=64, **OPTIONAL)


class PersonSerializer(StrictSerializer):
    """To which successor somebody goes when a unit is split."""

    username = serializers.CharField(max_length=64)
    successor = serializers.CharField(max_length=32)


class PlanSerializer(StrictSerializer):
    """What is to become of which units."""

    units = serializers.ListField(
        child=serializers.CharField(max_length=32),
        max_length=100,
        help_text="Codes: of the unit renamed, of those moved, of those that end.",
    )
    successors = SuccessorSerializer(many=True, required=False, help_text="Of a merger or a split.")
    name_vi = serializers.CharField(max_length=255, **OPTIONAL, help_text="The new name of a unit renamed.")
    name_en = serializers.CharField(max_length=255, **OPTIONAL)
    abbreviation_vi = serializers.CharField(max_length=64, **OPTIONAL)
    abbreviation_en = serializers.CharField(max_length=64, **OPTIONAL)
    parent = serializers.CharField(  # type: ignore[assignment]
        max_length=32, **OPTIONAL, help_text="Code of the unit below which moved units stand."
    )
    place = serializers.CharField(max_length=48, **OPTIONAL, help_text="Code of the place of moved units.")
    people = PersonSerializer(many=True, required=False, help_text="Of a split. In a merger everybody goes along.")
    heir = serializers.CharField(
        max_length=32,
        **OPTIONAL,
        help_text="Code of the successor whose people read what the units that end held. Left out, no successor does.",
    )


class ReorganisationWriteSerializer(StrictSerializer):
    """Body of a new reorganisation."""

    unit = CodeField(Unit.objects, help_text="Whose administrators see and apply it; the units stand below it.")
    kind = serializers.ChoiceField(Kind.choices)
    takes_effect_on = serializers.DateField(help_text="The first day on which it holds.")
    legal_basis = CodeField(LegalBasis.objects, allow_null=True, required=False)
    reason = serializers.CharField(max_length=500)
    plan = PlanSerializer()


class ReorganisationChangeSerializer(StrictSerializer):
    """Body of a change; `plan` replaces the plan whole."""

    kind = serializers.ChoiceField(Kind.choices, required=False)
    takes_effect_on = serializers.DateField(required=False)
    legal_basis = CodeField(LegalBasis.objects, allow_null=True, required=False)
    reason = serializers.CharField(max_length=500, required=False)
    plan = PlanSerializer(required=False)


class ApplySerializer(StrictSerializer):
    """Body of an application."""

    preview = serializers.CharField(
        max_length=64, required=False, default="", help_text="Hash of the preview that is approved."
    )


class ReorganisationSerializer(serializers.Serializer[Reorganisation]):
    """A reorganisation."""

    id = serializers.UUIDField()
    unit = serializers.CharField(source="unit.code")
    kind = serializers.ChoiceField(Kind.choices)
    takes_effect_on = serializers.DateField()
    legal_basis = serializers.CharField(source="legal_basis.code", default=None, allow_null=True)
    reason = serializers.CharField()
    plan = PlanSerializer()
    status = serializers.ChoiceField(Status.choices)
    author = serializers.CharField(source="author.username")
    created_at = UtcDateTimeField()
    updated_at = UtcDateTimeField()
    applied_at = UtcDateTimeField(allow_null=True)
    applied_by = serializers.CharField(source="applied_by.username", default=None, allow_null=True)
    undone_at = UtcDateTimeField(allow_null=True)
    undone_by = serializers.CharField(source="undone_by.username", default=None, allow_null=True)
    undo_reason = serializers.CharField()
    synthetic = serializers.BooleanField()

    def to_representation(self, instance: Reorganisation) -> dict[str, Any]:
        """The plan as it is stored: what is empty is left out."""
        return {**super().to_representation(instance), "plan": instance.plan}


class WrittenRowSerializer(serializers.Serializer[Any]):
    """One row that would be written."""

    table = serializers.CharField()
    change = serializers.ChoiceField(["begins", "ends"])
    unit = serializers.CharField()
    what = serializers.CharField()
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)


class ConsequenceSerializer(serializers.Serializer[Any]):
    """What follows without a row of its own."""

    code = serializers.CharField()
    unit = serializers.CharField()
    text = serializers.CharField()
    access = serializers.BooleanField(help_text="Somebody reads more, or less, than before.")


class WaitingSerializer(serializers.Serializer[Any]):
    """Work that waits at a unit that would end: it is finished first."""

    unit = serializers.CharField()
    code = serializers.CharField()
    count = serializers.IntegerField()
    what = serializers.CharField()
    page = serializers.CharField()


class ReorganisationPreviewSerializer(serializers.Serializer[Preview]):
    """What applying would do. Approve it by its hash."""

    hash = serializers.CharField()
    rows = WrittenRowSerializer(source="lines", many=True)
    consequences = ConsequenceSerializer(many=True)
    waiting = WaitingSerializer(many=True)
