"""Shapes of what stands below a conference: offices, agenda, papers."""

from typing import Any

from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.models import Agency, Unit
from registry.conferences.terms import AgendaKind, Missing, Part, Presence, Secrecy


def a_number(**more: Any) -> serializers.IntegerField:
    """The number of a row of the conference, or a count."""
    return serializers.IntegerField(min_value=1, max_value=32_000, **more)


def text(length: int = 255, *, required: bool = False) -> serializers.CharField:
    """A text field of a body."""
    return serializers.CharField(max_length=length, required=required, allow_blank=not required)


def reason() -> serializers.ChoiceField:
    """Why the value beside it is empty; empty when there is a value."""
    return serializers.ChoiceField(Missing.choices, required=False, allow_blank=True)


class ConferenceAttendanceWriteSerializer(StrictSerializer):
    """Body of an attendance: an office, never a person's name."""

    office_vi = text(required=True)
    office_en = text()
    rank_printed = text(64)
    agency = CodeField(Agency.objects, required=False, allow_null=True)
    unit = CodeField(Unit.objects, required=False, allow_null=True)
    part = serializers.ChoiceField(Part.choices, required=False)
    presence = serializers.ChoiceField(Presence.choices, required=False, help_text="Invited, unless said otherwise.")


class ConferenceAttendanceSerializer(ConferenceAttendanceWriteSerializer):
    """An office at a conference."""

    id = serializers.UUIDField(read_only=True)
    number = serializers.IntegerField(read_only=True)
    office_printed = serializers.CharField(read_only=True)
    traps = CodeField(read_only=True, many=True)
    note_vi = serializers.CharField(read_only=True)
    note_en = serializers.CharField(read_only=True)


class InviteSerializer(StrictSerializer):
    """Body of invitations: units besides the central ones of every agency."""

    units = CodeField(Unit.objects, many=True, required=False)


class InvitationsSerializer(StrictSerializer):
    """Who was put on the list now, and which units have no focal point on the day."""

    invited = ConferenceAttendanceSerializer(many=True, read_only=True)
    without_focal_point = serializers.SerializerMethodField()

    def get_without_focal_point(self, made: Any) -> list[str]:
        """Codes of units."""
        return [unit.code for unit in made.without_focal_point]


class TickSerializer(StrictSerializer):
    """Whether the office of this number came."""

    number = a_number()
    presence = serializers.ChoiceField(Presence.choices)


class PresenceSerializer(StrictSerializer):
    """Body of an attendance ticked in one go."""

    offices = TickSerializer(many=True)


class AgendaPointWriteSerializer(StrictSerializer):
    """Body of a typed point."""

    text_vi = text(10_000, required=True)
    text_en = text(10_000)


class AgendaPointSerializer(AgendaPointWriteSerializer):
    """A point of an agenda. What some readers may not see is counted in it, without names or references."""

    id = serializers.UUIDField(read_only=True)
    number = serializers.IntegerField(read_only=True)
    kind = serializers.ChoiceField(AgendaKind.choices, read_only=True)
    subject_id = serializers.UUIDField(read_only=True, allow_null=True, help_text="The action item carried there.")
    withdrawn_reason = serializers.CharField(read_only=True, help_text="Empty while the point stands.")


class AgendaSerializer(StrictSerializer):
    """The agenda of a conference, in order; withdrawn points with their reason."""

    points = AgendaPointSerializer(many=True, read_only=True)


class OrderSerializer(StrictSerializer):
    """Body of a new order: the present numbers of the points, each once."""

    order = serializers.ListField(child=a_number(), max_length=1_000)


class WithdrawSerializer(StrictSerializer):
    """Body of a withdrawal from the agenda."""

    number = a_number()
    reason = serializers.CharField(max_length=2_000)


class PaperWriteSerializer(StrictSerializer):
    """Body of a paper: its title, and in how many numbered copies it exists."""

    title_vi = text(required=True)
    title_en = text()
    mark = serializers.ChoiceField(Secrecy.choices, required=False)
    copies = a_number()


class PaperCopySerializer(StrictSerializer):
    """A copy in somebody's hands."""

    number = serializers.IntegerField(read_only=True)
    unit = CodeField(read_only=True)
    office_vi = serializers.CharField(read_only=True)
    issued_at = UtcDateTimeField(read_only=True)
    returned_at = UtcDateTimeField(read_only=True, allow_null=True)


class PaperSerializer(PaperWriteSerializer):
    """A paper of a conference and where its copies are."""

    id = serializers.UUIDField(read_only=True)
    number = serializers.IntegerField(read_only=True)
    issued = PaperCopySerializer(many=True, read_only=True)
    outstanding = serializers.SerializerMethodField(help_text="Copies handed out that have not come back.")

    def get_outstanding(self, paper: Any) -> int:
        """How many."""
        return sum(copy.returned_at is None for copy in paper.issued.all())


class PapersSerializer(StrictSerializer):
    """The papers of a conference."""

    papers = PaperSerializer(many=True, read_only=True)


class IssueSerializer(StrictSerializer):
    """Body of a handing out: one copy of the paper for each unit, with the next copy numbers."""

    paper = a_number()
    units = CodeField(Unit.objects, many=True)
    office_vi = text()


class ReturnSerializer(StrictSerializer):
    """Body of a return: which copy of which paper."""

    paper = a_number()
    copy_number = a_number()
