"""A published figure in the API: printed, read, bounded, dated."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from registry.documents import wording
from registry.documents.models import PublishedFigure
from registry.documents.reckoning import beside, both_may_hold, reckoned
from registry.documents.serializers.base import (
    CodeOf,
    PeriodSerializer,
    Reason,
    RowSerializer,
    TextOrNull,
    address,
)
from registry.reference.models import UnitOfMeasure


class QuantitySerializer(serializers.Serializer[Any]):
    """A number as an exact decimal string with the code of its unit, and both as people write them."""

    value = serializers.CharField()
    unit = serializers.CharField()
    text = serializers.CharField()


class PrintedSerializer(serializers.Serializer[Any]):
    """Number and unit as the document prints them."""

    value = serializers.CharField(source="value_printed")
    unit = serializers.CharField(source="unit_printed")


class IntervalSerializer(serializers.Serializer[Any]):
    """What the comparator says about the true value, in the printed unit. A null bound is unknown."""

    lower = serializers.SerializerMethodField(allow_null=True)
    lower_open = serializers.BooleanField()
    upper = serializers.SerializerMethodField(allow_null=True)
    upper_open = serializers.BooleanField()
    unit = serializers.CharField(source="unit.code")

    def get_lower(self, figure: PublishedFigure) -> str | None:
        """Not less than."""
        return None if figure.lower is None else wording.plain(figure.lower)

    def get_upper(self, figure: PublishedFigure) -> str | None:
        """Not more than."""
        return None if figure.upper is None else wording.plain(figure.upper)


class ReckonedSerializer(IntervalSerializer):
    """The bounds that sums and filters go by, in the printed unit.

    The comparator's bounds, and two more: a quantity is never below zero, and a value with no word before it was cut
    to its last significant digit. A reading that awaits confirmation has no bound but zero.
    """

    text = serializers.CharField(help_text="The bounds in words.")


class BesideSerializer(serializers.Serializer[Any]):
    """Another figure of the same series that is read otherwise. Both stand; none is chosen."""

    figure = serializers.UUIDField()
    document = serializers.CharField()
    number = serializers.IntegerField()
    reading = serializers.CharField()
    both_may_hold = serializers.BooleanField(help_text="Whether one true value would fit both.")
    url = serializers.CharField()


class FigurePeriodSerializer(PeriodSerializer):
    """A figure's period. Inferred: taken from the surroundings, not printed with the figure."""

    inferred = serializers.BooleanField(source="period_inferred")


class SubjectSerializer(serializers.Serializer[Any]):
    """Whose figure it is: as printed, and as mapped."""

    printed = TextOrNull(source="subject_printed")
    missing = Reason(source="subject_printed_missing")
    scope = serializers.CharField(source="subject_scope")
    scope_text = serializers.CharField(source="get_subject_scope_display")
    agency = CodeOf("subject_agency")
    unit = CodeOf("subject_unit")
    role = serializers.CharField()
    role_text = serializers.CharField(source="get_role_display")


class FigureRelationSerializer(serializers.Serializer[Any]):
    """How the figure stands to another one of its document."""

    kind = serializers.CharField()
    text = serializers.CharField()
    figure = serializers.UUIDField()
    number = serializers.IntegerField()
    url = serializers.CharField()


class PublishedFigureSerializer(RowSerializer):
    """A figure as printed, as read, and what a reader must know."""

    kind = serializers.CharField(read_only=True)
    subject = SubjectSerializer(source="*", read_only=True)
    metric = CodeOf("metric")
    metric_text = serializers.SerializerMethodField(allow_null=True)
    substance = CodeOf("substance")
    substance_text = serializers.SerializerMethodField(allow_null=True)
    printed = PrintedSerializer(source="*", read_only=True)
    comparator = serializers.CharField(read_only=True)
    comparator_text = serializers.CharField(source="get_comparator_display", read_only=True)
    reading = serializers.SerializerMethodField()
    quantity = serializers.SerializerMethodField()
    normalised = serializers.SerializerMethodField()
    interval = IntervalSerializer(source="*", read_only=True)
    reckoned = serializers.SerializerMethodField()
    at_least = serializers.SerializerMethodField(
        allow_null=True, help_text="Answer to `value_at_least`: yes, no or unknown; null where it was not asked."
    )
    in_conflict = serializers.BooleanField(read_only=True, help_text="Another figure of its series is read otherwise.")
    conflicts_with = serializers.SerializerMethodField()
    significant_digits = serializers.IntegerField(read_only=True)
    period = FigurePeriodSerializer(source="*", read_only=True)
    needs_confirmation = serializers.BooleanField(read_only=True)
    relation = serializers.SerializerMethodField(allow_null=True)
    url = serializers.SerializerMethodField()

    def get_metric_text(self, figure: PublishedFigure) -> str | None:
        """The metric's name."""
        return figure.metric.name() if figure.metric else None

    def get_substance_text(self, figure: PublishedFigure) -> str | None:
        """The substance's name."""
        return figure.substance.name() if figure.substance else None

    def get_reading(self, figure: PublishedFigure) -> str:
        """Comparator, number and unit in the reader's language."""
        return wording.reading(figure)

    @extend_schema_field(ReckonedSerializer)
    def get_reckoned(self, figure: PublishedFigure) -> dict[str, Any]:
        """As sums and filters take it."""
        bounds = reckoned(figure)
        return {
            "lower": None if bounds.low is None else wording.plain(bounds.low),
            "lower_open": bounds.low_open,
            "upper": None if bounds.high is None else wording.plain(bounds.high),
            "upper_open": bounds.high_open,
            "unit": figure.unit.code,
            "text": wording.bounds(bounds, figure.unit),
        }

    @extend_schema_field(BesideSerializer(many=True))
    def get_conflicts_with(self, figure: PublishedFigure) -> list[dict[str, Any]]:
        """The other published values of its series, in reading order."""
        return [self._beside(figure, other) for other in self._others.get(figure.pk, [])]

    @cached_property
    def _others(self) -> dict[UUID, list[PublishedFigure]]:
        """For the whole page at once."""
        shown: Any = [self.instance] if self.parent is None else self.parent.instance
        return beside(PublishedFigure.objects.visible_to(self.context["request"].user), shown)

    def _beside(self, figure: PublishedFigure, other: PublishedFigure) -> dict[str, Any]:
        return {
            "figure": str(other.pk),
            "document": other.document.code,
            "number": other.number,
            "reading": wording.reading(other),
            "both_may_hold": both_may_hold(figure, other),
            "url": address(self.context, f"published-figures/{other.pk}"),
        }

    def get_at_least(self, figure: PublishedFigure) -> str | None:
        """What the list was asked."""
        return getattr(figure, "at_least_answer", None)

    @extend_schema_field(QuantitySerializer)
    def get_quantity(self, figure: PublishedFigure) -> dict[str, str]:
        """The number as read, in the printed unit."""
        return _quantity(figure.value, figure.unit)

    @extend_schema_field(QuantitySerializer)
    def get_normalised(self, figure: PublishedFigure) -> dict[str, str]:
        """The number in the base unit of its own dimension."""
        return _quantity(figure.normalised_value, figure.normalised_unit)

    @extend_schema_field(FigureRelationSerializer(allow_null=True))
    def get_relation(self, figure: PublishedFigure) -> dict[str, Any] | None:
        """The related figure, if any."""
        other = figure.related_to
        if other is None:
            return None
        return {
            "kind": figure.relation,
            "text": figure.get_relation_display(),
            "figure": str(other.pk),
            "number": other.number,
            "url": address(self.context, f"published-figures/{other.pk}"),
        }

    def get_url(self, figure: PublishedFigure) -> str:
        """This figure."""
        return address(self.context, f"published-figures/{figure.pk}")


def _quantity(value: Decimal, unit: UnitOfMeasure) -> dict[str, str]:
    return {"value": wording.plain(value), "unit": unit.code, "text": wording.quantity(value, unit)}
