"""Shapes of seizure lots in the API: custody, splits and merges, duplicates, estimates."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.models import Unit
from registry.cases.history_serializers import confirm
from registry.cases.models import ConversionFactor, SeizureLot
from registry.cases.serializers import AmountSerializer, LotSerializer, plain
from registry.cases.terms import Verdict
from registry.reference.models import UnitOfMeasure


class CustodyWriteSerializer(StrictSerializer):
    """Body of a custody event: who holds the lot from a day on, and where."""

    to_unit = CodeField(Unit.objects)
    store = serializers.CharField(max_length=200, help_text="The place of keeping.")
    happened_on = serializers.DateField()
    seal = serializers.CharField(max_length=64, allow_blank=True, required=False)
    value = serializers.DecimalField(
        max_digits=18, decimal_places=6, required=False, min_value=Decimal("0.000001"), help_text="At the hand-over."
    )
    measure = CodeField(UnitOfMeasure.objects, required=False)
    note = serializers.CharField(max_length=500, allow_blank=True, required=False)
    confirm = confirm()


class PartSerializer(AmountSerializer):
    """One part of a split."""

    confirm = None  # type: ignore[assignment]


class SplitSerializer(StrictSerializer):
    """Body of a split: parts that amount exactly to the whole."""

    parts = PartSerializer(many=True, allow_empty=False)
    reason = serializers.CharField(max_length=500)
    confirm = confirm()


class ReweighSerializer(AmountSerializer):
    """Body of a new weighing: another quantity for a lot that has one, and why."""

    reason = serializers.CharField(max_length=500)


class MergeSerializer(StrictSerializer):
    """Body of a merge: the lots to be put together with this one."""

    lots = serializers.ListField(child=serializers.UUIDField(), allow_empty=False, max_length=100)
    reason = serializers.CharField(max_length=500)
    raw_text = serializers.CharField(max_length=120, allow_blank=True, required=False)
    confirm = confirm()


class CompareSerializer(StrictSerializer):
    """Body of a decision: is this lot the same seizure as the other one? As a duplicate it counts no more."""

    other = serializers.UUIDField()
    verdict = serializers.ChoiceField(Verdict.choices)
    reason = serializers.CharField(max_length=500)
    confirm = confirm()


class CustodySerializer(StrictSerializer):
    """A custody event."""

    number = serializers.IntegerField(read_only=True)
    happened_on = serializers.DateField(read_only=True)
    from_unit = CodeField(read_only=True, allow_null=True)
    to_unit = CodeField(read_only=True)
    store = serializers.CharField(read_only=True)
    seal = serializers.CharField(read_only=True)
    value = serializers.SerializerMethodField(allow_null=True)
    measure = CodeField(read_only=True, allow_null=True)
    note = serializers.CharField(read_only=True)
    recorded_at = UtcDateTimeField(read_only=True)

    def get_value(self, event: Any) -> str | None:
        """Weight or count at the hand-over."""
        return plain(event.value)


class ReweighingSerializer(StrictSerializer):
    """A quantity the lot had until it was weighed anew."""

    number = serializers.IntegerField(read_only=True)
    raw_text = serializers.CharField(source="former_text", read_only=True)
    value = serializers.SerializerMethodField()
    unit = serializers.CharField(source="former_unit.code", read_only=True)
    comparator = serializers.CharField(source="former_comparator", read_only=True)
    reason = serializers.CharField(read_only=True, help_text="Why another quantity took its place.")
    decided_at = UtcDateTimeField(read_only=True)

    def get_value(self, former: Any) -> str:
        """In `unit`."""
        return plain(former.former_value) or ""


class LotDetailSerializer(LotSerializer):
    """A lot with its case and its life. `counted`: it is part of sums as the caller counts."""

    case = serializers.UUIDField(source="case_id", read_only=True)
    reference = serializers.CharField(source="case.reference", read_only=True)
    counted = serializers.SerializerMethodField()
    duplicate_of = serializers.SerializerMethodField(
        allow_null=True, help_text="The lot that counts in place of this one, where the caller may see it."
    )
    came_from = serializers.SerializerMethodField(help_text="Lots it was split from or merged of.")
    became = serializers.SerializerMethodField(help_text="Lots it was split or merged into.")
    custody = CustodySerializer(many=True, read_only=True)
    reweighings = ReweighingSerializer(many=True, read_only=True, help_text="Former quantities, oldest first.")

    def get_counted(self, lot: SeizureLot) -> bool:
        """Not divided, and no duplicate of one that the caller sees."""
        return lot.divided_by_id is None and self.get_duplicate_of(lot) is None

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_duplicate_of(self, lot: SeizureLot) -> UUID | None:
        """As far as the caller sees it (annotated by the view)."""
        seen: UUID | None = getattr(lot, "repeats_seen", None)
        return seen

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_came_from(self, lot: SeizureLot) -> list[UUID]:
        """Ids."""
        return [one.pk for one in lot.made_by.sources.all()] if lot.made_by is not None else []

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_became(self, lot: SeizureLot) -> list[UUID]:
        """Ids."""
        return [one.pk for one in lot.divided_by.products.all()] if lot.divided_by is not None else []


class PairLotSerializer(LotSerializer):
    """One side of a pair."""

    case = serializers.UUIDField(source="case_id", read_only=True)
    reference = serializers.CharField(source="case.reference", read_only=True)
    place = serializers.CharField(source="case.place.code", read_only=True, allow_null=True, default=None)


class DecisionSerializer(StrictSerializer):
    """The decision that holds on a pair: made for `lot`."""

    lot = serializers.UUIDField(source="lot_id", read_only=True)
    verdict = serializers.ChoiceField(Verdict.choices, read_only=True)
    reason = serializers.CharField(read_only=True)
    unit = serializers.CharField(source="unit.code", read_only=True)
    decided_at = UtcDateTimeField(read_only=True)


class PairSerializer(StrictSerializer):
    """Two lots that may be one seizure."""

    lot = PairLotSerializer(read_only=True)
    other = PairLotSerializer(read_only=True)
    decision = DecisionSerializer(read_only=True, allow_null=True)


class PairsSerializer(StrictSerializer):
    """Pairs, the nearest in time first; at most 200."""

    pairs = PairSerializer(many=True, read_only=True)


class EstimateSerializer(StrictSerializer):
    """What the lot would be in another dimension: an estimate, never a figure of a report."""

    value = serializers.SerializerMethodField()
    unit = serializers.CharField(read_only=True)
    factor = serializers.SerializerMethodField()
    version = serializers.IntegerField(read_only=True)
    source = serializers.CharField(read_only=True)  # type: ignore[assignment]
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]

    def get_value(self, estimate: Any) -> str:
        """About so much."""
        return plain(estimate.value) or ""

    def get_factor(self, estimate: Any) -> str:
        """The factor it hangs on."""
        return plain(estimate.factor) or ""


class EstimatesSerializer(StrictSerializer):
    """Estimates by each factor that holds today; none where there is no factor or the lot is not weighed."""

    estimates = EstimateSerializer(many=True, read_only=True)


class ConversionFactorSerializer(serializers.ModelSerializer[ConversionFactor]):
    """A factor for estimates, with its source."""

    substance = CodeField(read_only=True)
    from_measure = CodeField(read_only=True)
    to_measure = CodeField(read_only=True)
    factor = serializers.SerializerMethodField()

    class Meta:
        model = ConversionFactor
        fields = (
            "id", "substance", "from_measure", "to_measure", "factor", "version", "source", "valid_from", "valid_to",
        )  # fmt: skip
        read_only_fields = fields

    def get_factor(self, one: ConversionFactor) -> str:
        """The exact number."""
        return plain(one.factor) or ""
