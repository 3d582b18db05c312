"""Shapes of joint cases in the API. Quantities are text with a unit; an empty number is not zero."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.api.base import ReasonSerializer, StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.api.places import PlaceField
from agencies.models import Agency, Area, Unit
from registry.cases.history_serializers import HandOverSerializer, TaskForceSerializer, confirm
from registry.cases.models import JointCase, SeizureLot
from registry.cases.terms import BorderType, CaseRole, Concealment, Country, Kind, Route, Transport
from registry.documents.terms import Comparator
from registry.reference.models import Substance, UnitOfMeasure

OTHERS = [choice for choice in CaseRole.choices if choice[0] != CaseRole.LEAD]


def several(choices: Any) -> serializers.ListField:
    """Several codes of a vocabulary; an empty list says nothing."""
    return serializers.ListField(child=serializers.ChoiceField(choices.choices), required=False, max_length=20)


class ConfirmingSerializer(StrictSerializer):
    """A body whose words are looked through for persons. What is asked about is confirmed by its code."""

    confirm = confirm()


class ParticipantSerializer(StrictSerializer):
    """A unit that takes part from the opening on, beside the lead."""

    unit = CodeField(Unit.objects)
    role = serializers.ChoiceField(OTHERS)


class CaseContentSerializer(ConfirmingSerializer):
    """What the lead writes."""

    kind = serializers.ChoiceField(Kind.choices)
    title = serializers.CharField(max_length=300)
    summary = serializers.CharField(allow_blank=True, required=False, max_length=100_000)
    opened_on = serializers.DateField(required=False, help_text="Left out: today.")
    area = CodeField(Area.objects)
    place = PlaceField(allow_null=True, required=False)
    deviation_reason = serializers.CharField(
        allow_blank=True,
        required=False,
        max_length=4000,
        help_text=_("Needed when the lead's agency is not the one that leads in the area."),
    )
    arrests = serializers.IntegerField(
        allow_null=True,
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text="null: not stated, which is not zero.",
    )
    detected_by = CodeField(Agency.objects, allow_null=True, required=False)
    other_places = PlaceField(many=True, required=False)
    routes = several(Route)
    border_types = several(BorderType)
    transport = several(Transport)
    concealment = several(Concealment)
    from_countries = several(Country)
    through_countries = several(Country)
    to_countries = several(Country)


class CaseWriteSerializer(CaseContentSerializer):
    """Body of a new case: `unit` leads."""

    unit = CodeField(Unit.objects)
    participants = ParticipantSerializer(many=True, required=False)


class ConfirmingReasonSerializer(ReasonSerializer, ConfirmingSerializer):
    """The body of a move that must say why."""


class CloseSerializer(ConfirmingReasonSerializer):
    """Body of a closing: the result as `reason`, what was learned, and the day (left out: today)."""

    lessons = serializers.CharField(allow_blank=True, required=False, max_length=4000)
    closed_on = serializers.DateField(required=False)


class JoinSerializer(ConfirmingSerializer):
    """Body of a participation. As `lead` the unit takes over, and the lead until then ends on that day."""

    unit = CodeField(Unit.objects)
    role = serializers.ChoiceField(CaseRole.choices)
    valid_from = serializers.DateField(required=False, help_text="Left out: today.")
    deviation_reason = serializers.CharField(allow_blank=True, required=False, max_length=4000)
    handed_over = serializers.CharField(
        allow_blank=True, required=False, max_length=4000, help_text="What the new lead gets from the old one."
    )


class LeaveSerializer(StrictSerializer):
    """Body of the end of a participation."""

    unit = CodeField(Unit.objects)
    on = serializers.DateField(required=False, help_text="The first day without it. Left out: today.")


class ConfirmSerializer(StrictSerializer):
    """Body of a confirmation. `unit` is needed only by somebody who may confirm for several units."""

    unit = CodeField(Unit.objects, required=False)


class AmountSerializer(StrictSerializer):
    """A quantity as typed. Without `value` it is read, and where it can be read in two ways `reading` says which."""

    raw_text = serializers.CharField(max_length=120, help_text="The quantity as it was written down.")
    value = serializers.DecimalField(
        max_digits=18, decimal_places=6, required=False, allow_null=True, min_value=Decimal("0.000001")
    )
    unit = CodeField(UnitOfMeasure.objects, required=False, allow_null=True)
    comparator = serializers.ChoiceField(Comparator.choices, required=False)
    reading = serializers.IntegerField(
        required=False, min_value=1, max_value=9, help_text="Number of the reading that is meant, from 1."
    )
    confirm = confirm()


class LotWriteSerializer(AmountSerializer):
    """Body of a seizure lot."""

    substance = CodeField(Substance.objects)
    seized_on = serializers.DateField()
    weighed = serializers.BooleanField(
        required=False, default=True, help_text="false: not weighed yet, `raw_text` says what lies there."
    )


class WeighSerializer(AmountSerializer):
    """Body of a weighing: the quantity of a lot that had none."""

    lot = serializers.UUIDField()


class LinkSerializer(StrictSerializer):
    """Body of a link: a delivery to one's unit, or an item of one's own unit."""

    delivery = serializers.UUIDField(required=False)
    item = serializers.UUIDField(required=False)


class ParticipationSerializer(StrictSerializer):
    """Who takes part, as what, from when to when."""

    id = serializers.UUIDField(read_only=True)
    unit = serializers.CharField(source="unit.code", read_only=True)
    agency = serializers.CharField(source="unit.agency.code", read_only=True)
    role = serializers.CharField(read_only=True)
    valid_from = serializers.DateField(read_only=True)
    valid_to = serializers.DateField(read_only=True, allow_null=True)
    confirmed_at = UtcDateTimeField(read_only=True, allow_null=True)


def plain(value: Decimal | None) -> str | None:
    """The exact number as text: a point, no grouping, no trailing zeros."""
    return None if value is None else f"{value.normalize():f}"


class LotSerializer(StrictSerializer):
    """What was seized. `normalised_value` is in the base unit of `dimension`; dimensions never add."""

    id = serializers.UUIDField(read_only=True)
    substance = serializers.CharField(source="substance.code", read_only=True)
    raw_text = serializers.CharField(read_only=True)
    weighed = serializers.BooleanField(read_only=True)
    comparator = serializers.CharField(read_only=True)
    value = serializers.SerializerMethodField("quantity", allow_null=True)
    unit = CodeField(read_only=True, allow_null=True)
    dimension = serializers.CharField(source="unit.dimension", read_only=True, allow_null=True, default=None)
    normalised_value = serializers.SerializerMethodField(allow_null=True)
    seized_on = serializers.DateField(read_only=True)

    def quantity(self, lot: SeizureLot) -> str | None:
        """The quantity in `unit`; null while it is not weighed."""
        return plain(lot.value)

    def get_normalised_value(self, lot: SeizureLot) -> str | None:
        """The quantity in the base unit of the dimension."""
        return plain(lot.normalised_value)


class CaseItemSerializer(StrictSerializer):
    """An item used in the case, shown only to those who see the item itself."""

    item = serializers.UUIDField(source="item_id", read_only=True)
    reference = serializers.CharField(source="item.reference", read_only=True)
    delivery = serializers.UUIDField(source="delivery_id", read_only=True, allow_null=True)
    unit = serializers.CharField(source="unit.code", read_only=True)
    linked_at = UtcDateTimeField(read_only=True)


class CaseSerializer(CaseContentSerializer):
    """A joint case as those who take part see it."""

    id = serializers.UUIDField(read_only=True)
    reference = serializers.CharField(read_only=True)
    status = serializers.CharField(read_only=True)
    opened_on = serializers.DateField(read_only=True)
    closed_on = serializers.DateField(read_only=True, allow_null=True)
    result = serializers.CharField(read_only=True)
    lessons = serializers.CharField(read_only=True)
    unit = serializers.CharField(source="unit.code", read_only=True, help_text="The recording unit.")
    lead = serializers.SerializerMethodField(help_text="The unit that leads today.")
    lead_agency = serializers.SerializerMethodField()
    participations = ParticipationSerializer(many=True, read_only=True)
    lots = LotSerializer(many=True, read_only=True)
    hand_overs = HandOverSerializer(many=True, read_only=True)
    task_forces = TaskForceSerializer(many=True, read_only=True)
    items = serializers.SerializerMethodField(help_text="Only those the caller may see.")
    created_at = UtcDateTimeField(read_only=True)
    updated_at = UtcDateTimeField(read_only=True)
    revision = serializers.IntegerField(read_only=True)
    synthetic = serializers.BooleanField(read_only=True)

    def _lead(self, case: JointCase) -> Unit:
        pk = case.leading_unit_id()
        held = [p.unit for p in case.participations.all() if p.unit_id == pk]
        return held[0] if held else case.unit

    def get_lead(self, case: JointCase) -> str:
        """Code of the unit."""
        return self._lead(case).code

    def get_lead_agency(self, case: JointCase) -> str:
        """Code of its agency."""
        return self._lead(case).agency.code

    @extend_schema_field(CaseItemSerializer(many=True))
    def get_items(self, case: JointCase) -> list[dict[str, Any]]:
        """Items used that the caller may see (prefetched for the reader by the view)."""
        return list(CaseItemSerializer(getattr(case, "shown_items", []), many=True).data)
