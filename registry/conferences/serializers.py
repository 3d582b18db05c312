"""Shapes of conferences in the API. What is empty comes with the reason why."""

from typing import Any

from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.models import Agency
from registry.conferences.outcome_serializers import ActionItemSerializer, ResolutionSerializer
from registry.conferences.row_serializers import (
    AgendaPointSerializer,
    ConferenceAttendanceSerializer,
    PaperSerializer,
    TickSerializer,
    reason,
    text,
)
from registry.conferences.terms import Kind, Secrecy
from registry.documents.models import Document
from registry.documents.terms import BASES


class ConferenceContentSerializer(StrictSerializer):
    """What the secretariat writes. A value left out or emptied without a reason is `undecided`."""

    kind = serializers.ChoiceField(Kind.choices)
    title_vi = text(required=True)
    title_en = text()
    secrecy = serializers.ChoiceField(Secrecy.choices, required=False)
    authorisation_reference = text(128)
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
    minutes_en = text(200_000)
    source_document = CodeField(Document.objects, required=False, allow_null=True)
    note_vi = text(10_000)
    note_en = text(10_000)


class ConferenceWriteSerializer(ConferenceContentSerializer):
    """Body of a new conference."""

    code = serializers.SlugField(max_length=64)


class ConveneSerializer(StrictSerializer):
    """Body of a conference that was held: the day, where it is not on the record."""

    held_on = serializers.DateField(required=False)
    offices = TickSerializer(many=True, required=False, help_text="Who came, where it is not on the record.")


class MinuteSerializer(StrictSerializer):
    """Body of complete minutes: their text, where it is not on the record."""

    minutes_vi = text(200_000)


class ConferenceSerializer(ConferenceContentSerializer):
    """A conference with who was there and what it came to."""

    id = serializers.UUIDField(read_only=True)
    code = serializers.CharField(read_only=True)
    status = serializers.CharField(read_only=True)
    traps = CodeField(read_only=True, many=True)
    attendance = ConferenceAttendanceSerializer(many=True, read_only=True)
    agenda = AgendaPointSerializer(many=True, read_only=True)
    resolutions = ResolutionSerializer(many=True, read_only=True)
    action_items = ActionItemSerializer(many=True, read_only=True)
    papers = PaperSerializer(many=True, read_only=True)
    outstanding_copies = serializers.SerializerMethodField(help_text="Of its papers, handed out and not come back.")
    created_at = UtcDateTimeField(read_only=True)
    updated_at = UtcDateTimeField(read_only=True)
    revision = serializers.IntegerField(read_only=True)
    synthetic = serializers.BooleanField(read_only=True)

    def get_outstanding_copies(self, conference: Any) -> int:
        """How many."""
        return sum(copy.returned_at is None for paper in conference.papers.all() for copy in paper.issued.all())
