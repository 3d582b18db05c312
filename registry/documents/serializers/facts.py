"""Meetings, attendance, names and statements of documents in the API."""

from rest_framework import serializers

from agencies.api.base import StrictSerializer
from registry.documents.models import PublishedEvent, PublishedStatement
from registry.documents.serializers.base import (
    CodeOf,
    PeriodSerializer,
    Reason,
    RowSerializer,
    TextOrNull,
    TrapSerializer,
    address,
)


class PublishedStatementSerializer(RowSerializer):
    """What a document says beyond figures, in the registry's words."""

    kind = serializers.CharField(read_only=True)
    kind_text = serializers.CharField(source="get_kind_display", read_only=True)
    text = serializers.CharField(read_only=True)
    addressee_printed = TextOrNull()
    assignee_agency = CodeOf("assignee_agency")
    due_on = serializers.DateField(read_only=True, allow_null=True)
    due_on_missing = Reason()
    url = serializers.SerializerMethodField()

    def get_url(self, statement: PublishedStatement) -> str:
        """This statement."""
        return address(self.context, f"published-statements/{statement.pk}")


class AttendanceSerializer(StrictSerializer):
    """An office at a meeting, with the rank of the day. No person is named."""

    office_printed = serializers.CharField(read_only=True)
    office_meant = TextOrNull(source="office_mapped")
    rank_printed = TextOrNull()
    rank_printed_missing = Reason()
    agency = CodeOf("agency")
    unit = CodeOf("unit")
    part = serializers.CharField(read_only=True)
    part_text = serializers.CharField(source="get_part_display", read_only=True)
    traps = TrapSerializer(many=True, read_only=True)
    note = serializers.CharField(read_only=True)


class PublishedEventSerializer(RowSerializer):
    """A meeting as a document reports it; what it does not say is null with the reason."""

    kind = serializers.CharField(read_only=True)
    kind_text = serializers.CharField(source="get_kind_display", read_only=True)
    title = serializers.CharField(read_only=True)
    held_on = serializers.DateField(read_only=True, allow_null=True)
    held_on_missing = Reason()
    period = PeriodSerializer(source="*", read_only=True)
    host_printed = TextOrNull()
    host_printed_missing = Reason()
    host_agency = CodeOf("host_agency")
    host_unit = CodeOf("host_unit")
    host_inferred = serializers.BooleanField(read_only=True)
    venue_printed = TextOrNull()
    venue_printed_missing = Reason()
    city_printed = TextOrNull()
    city_printed_missing = Reason()
    chair_office_printed = TextOrNull()
    chair_office_printed_missing = Reason()
    attendance = AttendanceSerializer(many=True, read_only=True)
    url = serializers.SerializerMethodField()

    def get_url(self, event: PublishedEvent) -> str:
        """This event."""
        return address(self.context, f"published-events/{event.pk}")


class PublishedNameSerializer(RowSerializer):
    """A name as printed, and the agency or unit it means."""

    name_printed = serializers.CharField(read_only=True)
    language = serializers.CharField(read_only=True)
    agency = CodeOf("agency")
    unit = CodeOf("unit")
