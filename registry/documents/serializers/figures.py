"""A published figure in the API: printed, read, bounded, dated."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from registry.documents import wording
from registry.documents.models import PublishedFigure
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
