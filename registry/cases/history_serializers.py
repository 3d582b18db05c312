"""Shapes of a case's history in the API: timeline, entries, hand-overs, task forces, the lead the area suggests."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.models import Agency, Area, Unit
from registry.cases.lot_readings import OVER_TEN_TIMES
from registry.cases.models import TaskForce
from registry.cases.persons import LOOKS_LIKE_PERSON
from registry.cases.timeline import Event

QUESTIONS = [LOOKS_LIKE_PERSON, OVER_TEN_TIMES]
"""What the registry asks about before it keeps it."""


def confirm() -> serializers.ListField:
    """What the registry asked about and the caller has checked."""
    return serializers.ListField(
        child=serializers.ChoiceField(QUESTIONS),
        required=False,
        write_only=True,
        help_text="What the registry asked about and the caller has checked.",
    )


class EntryWriteSerializer(StrictSerializer):
    """Body of a timeline entry. `unit` is needed only by somebody who writes for several units of the case."""

    happened_on = serializers.DateField()
    text = serializers.CharField(max_length=4000)
    unit = CodeField(Unit.objects, required=False)
    confirm = confirm()


class ReceiveSerializer(StrictSerializer):
    """Body of a receipt: which hand-over, and what was not as told."""

    hand_over = serializers.UUIDField()
    note = serializers.CharField(max_length=4000, allow_blank=True, required=False)
    confirm = confirm()


class TaskForceWriteSerializer(StrictSerializer):
    """Body of a task force: units that take part, until a day."""

    name = serializers.CharField(max_length=200)
    purpose = serializers.CharField(max_length=4000, allow_blank=True, required=False)
    units = CodeField(Unit.objects, many=True, allow_empty=False)
    valid_from = serializers.DateField(required=False, help_text="Left out: today.")
    valid_to = serializers.DateField(help_text="The first day without it.")
    confirm = confirm()


class EndTaskForceSerializer(StrictSerializer):
    """Body of an early end."""

    task_force = serializers.UUIDField()
    on = serializers.DateField(required=False, help_text="The first day without it. Left out: today.")


class HandOverSerializer(StrictSerializer):
    """The record of a hand-over of the lead."""

    id = serializers.UUIDField(read_only=True)
    from_unit = serializers.CharField(source="from_unit.code", read_only=True)
    to_unit = serializers.CharField(source="to_unit.code", read_only=True)
    handed_on = serializers.DateField(read_only=True)
    what = serializers.CharField(read_only=True)
    received_at = UtcDateTimeField(read_only=True, allow_null=True)
    receipt_note = serializers.CharField(read_only=True)


class TaskForceSerializer(StrictSerializer):
    """A task force of a case."""

    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(read_only=True)
    purpose = serializers.CharField(read_only=True)
    units = serializers.SerializerMethodField()
    valid_from = serializers.DateField(read_only=True)
    valid_to = serializers.DateField(read_only=True)

    def get_units(self, force: TaskForce) -> list[str]:
        """Codes of its units."""
        return sorted(member.unit.code for member in force.members.all())


class TimelineLineSerializer(StrictSerializer):
    """One line of the timeline."""

    on = serializers.DateField(read_only=True)
    event = serializers.ChoiceField([(e.value, e.value) for e in Event], read_only=True)
    text = serializers.CharField(read_only=True)
    unit = serializers.CharField(read_only=True, help_text="Empty where the line is the case's own.")
    at = UtcDateTimeField(read_only=True, allow_null=True)


class TimelineSerializer(StrictSerializer):
    """The timeline, oldest line first."""

    lines = TimelineLineSerializer(many=True, read_only=True)


class SuggestedLeadAskedSerializer(StrictSerializer):
    """What a suggestion needs to know."""

    area = CodeField(Area.objects)
    on = serializers.DateField(required=False)
    detected_by = CodeField(Agency.objects, required=False)


class SuggestedLeadSerializer(StrictSerializer):
    """Who should lead, and why. `beside` is the agency that detected the case where another one leads."""

    agency = serializers.CharField(allow_null=True, read_only=True)
    beside = serializers.CharField(allow_null=True, read_only=True)
    legal_basis = serializers.CharField(allow_null=True, read_only=True)
    article = serializers.CharField(read_only=True)
    text = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField())
    def get_text(self, suggestion: Any) -> str:
        """In words."""
        return str(suggestion)
