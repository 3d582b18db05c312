"""Shapes of conferences in the API. What is empty comes with the reason why."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.models import Agency, Unit
from registry.conferences.terms import Kind, Missing, Part, ResolutionKind, Secrecy
from registry.documents.models import Document
from registry.documents.terms import BASES


def text(length: int = 255, *, required: bool = False) -> serializers.CharField:
    """A text field of a body."""
    return serializers.CharField(max_length=length, required=required, allow_blank=not required)


def reason() -> serializers.ChoiceField:
    """Why the value beside it is empty; empty when there is a value."""
    return serializers.ChoiceField(Missing.choices, required=False, allow_blank=True)


class ConferenceContentSerializer(StrictSerializer):
    """What the secretariat writes. A value left out or emptied without a reason is `undecided`."""

    kind = serializers.ChoiceField(Kind.choices)
    title_vi = text(required=True)
    title_en = text()
    secrecy = serializers.ChoiceField(Secrecy.choices, required=False)
    period_label = serializers.CharField(
        max_length=32, required=False, allow_blank=True, help_text="For example 2024-Q2: sets first and last day."
    )
    period_start = serializers.DateField(required=False, allow_null=True)
    period_end = serializers.DateField(required=False, allow_null=True, help_text="The first day after it.")
    period_basis = serializers.ChoiceField(BASES, required=False)
    period_missing = reason()
    held_on = serializers.DateField(required=False, allow_null=True)
    held_on_missing = reason()
    started_at = UtcDateTimeField(required=False, allow_null=True)
    ended_at = UtcDateTimeField(required=False, allow_null=True)
    host_agency = CodeField(Agency.objects, required=False, allow_null=True)
    host_agency_missing = reason()
    host_inferred = serializers.BooleanField(
        required=False, help_text="The host is read from other words than its name."
    )
    venue_vi = text()
    venue_en = text()
    venue_missing = reason()
    chair_office_vi = text()
    chair_office_en = text()
    chair_office_missing = reason()
    minutes_vi = text(200_000)
    source_document = CodeField(Document.objects, required=False, allow_null=True)
    note_vi = text(10_000)
    note_en = text(10_000)


class ConferenceWriteSerializer(ConferenceContentSerializer):
    """Body of a new conference."""

    code = serializers.SlugField(max_length=64)


class ConveneSerializer(StrictSerializer):
    """Body of a conference that was held: the day, where it is not on the record."""

    held_on = serializers.DateField(required=False)


class MinuteSerializer(StrictSerializer):
    """Body of complete minutes: their text, where it is not on the record."""

    minutes_vi = text(200_000)


class ConferenceAttendanceWriteSerializer(StrictSerializer):
    """Body of an attendance: an office, never a person's name."""

    office_vi = text(required=True)
    office_en = text()
    rank_printed = text(64)
    agency = CodeField(Agency.objects, required=False, allow_null=True)
    unit = CodeField(Unit.objects, required=False, allow_null=True)
    part = serializers.ChoiceField(Part.choices, required=False)


class ConferenceAttendanceSerializer(ConferenceAttendanceWriteSerializer):
    """An office at a conference."""

    id = serializers.UUIDField(read_only=True)
    number = serializers.IntegerField(read_only=True)
    office_printed = serializers.CharField(read_only=True)
    traps = CodeField(read_only=True, many=True)
    note_vi = serializers.CharField(read_only=True)
    note_en = serializers.CharField(read_only=True)


class ResolutionWriteSerializer(StrictSerializer):
    """Body of a resolution, proposal or task."""

    kind = serializers.ChoiceField(ResolutionKind.choices, required=False)
    text_vi = text(10_000, required=True)
    text_en = text(10_000)
    paragraph = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=32_000, help_text="Of the source document."
    )


class ResolutionSerializer(ResolutionWriteSerializer):
    """What a conference came to."""

    id = serializers.UUIDField(read_only=True)
    number = serializers.IntegerField(read_only=True)
    traps = CodeField(read_only=True, many=True)
    note_vi = serializers.CharField(read_only=True)
    note_en = serializers.CharField(read_only=True)


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


class EvidenceSerializer(StrictSerializer):
    """Body of a closing: what shows that it is done."""

    evidence = serializers.CharField(max_length=10_000, help_text=_("What shows that it is done."))


class ConferenceSerializer(ConferenceContentSerializer):
    """A conference with who was there and what it came to."""

    id = serializers.UUIDField(read_only=True)
    code = serializers.CharField(read_only=True)
    status = serializers.CharField(read_only=True)
    traps = CodeField(read_only=True, many=True)
    attendance = ConferenceAttendanceSerializer(many=True, read_only=True)
    resolutions = ResolutionSerializer(many=True, read_only=True)
    action_items = ActionItemSerializer(many=True, read_only=True)
    created_at = UtcDateTimeField(read_only=True)
    updated_at = UtcDateTimeField(read_only=True)
    revision = serializers.IntegerField(read_only=True)
    synthetic = serializers.BooleanField(read_only=True)
