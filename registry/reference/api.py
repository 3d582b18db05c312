"""The vocabularies over HTTP: read by their codes, written by nobody."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from agencies.api.base import RecordViewSet
from agencies.api.fields import CodeField
from agencies.api.filters import ChoiceFilter, CodeFilter, MethodFilter, Records
from agencies.roles import Permission
from registry.reference.models import DayKind, Dimension, Metric, NonWorkingDay, Substance, Topic, Trap, UnitOfMeasure

TERM = ("code", "name", "name_vi", "name_en", "order")


class TermSerializer(serializers.ModelSerializer[Any]):
    """A code with its names; `name` is the one in the language asked for."""

    name = serializers.CharField(read_only=True)


class TopicSerializer(TermSerializer):
    """A lawful topic and its place in the decree."""

    class Meta:
        model = Topic
        fields = (*TERM, "article")
        read_only_fields = fields


class UnitOfMeasureSerializer(TermSerializer):
    """A unit, its dimension and its factor to the dimension's base unit."""

    class Meta:
        model = UnitOfMeasure
        fields = (*TERM, "symbol_vi", "symbol_en", "dimension", "factor")
        read_only_fields = fields


class SubstanceSerializer(TermSerializer):
    """A substance or a class; `parent` is the class it belongs to."""

    parent = CodeField(read_only=True, allow_null=True)  # type: ignore[assignment]

    class Meta:
        model = Substance
        fields = (*TERM, "parent", "generic", "street_names_vi")
        read_only_fields = fields


class MetricSerializer(TermSerializer):
    """A metric and whether sums of it make sense."""

    class Meta:
        model = Metric
        fields = (*TERM, "dimension", "addable", "drug_related", "note_vi", "note_en")
        read_only_fields = fields


class KnownTrapSerializer(TermSerializer):
    """A known way to misread a figure; the names are its title."""

    class Meta:
        model = Trap
        fields = (*TERM, "handling_vi", "handling_en")
        read_only_fields = fields


class TermFilters(filters.FilterSet):
    """Filters every vocabulary has."""

    q = MethodFilter("in_names", label="Vietnamese or English name contains.")

    def in_names(self, records: Records, name: str, value: str) -> Records:
        """In either language."""
        return records.filter(Q(name_vi__icontains=value) | Q(name_en__icontains=value))


class UnitOfMeasureFilters(TermFilters):
    """Units by dimension."""

    dimension = ChoiceFilter(Dimension.choices)


class SubstanceFilters(TermFilters):
    """Members of a class, or classes alone."""

    parent = CodeFilter("parent")
    generic = filters.BooleanFilter()


class MetricFilters(TermFilters):
    """Metrics by what they measure."""

    dimension = ChoiceFilter(Dimension.choices)
    addable = filters.BooleanFilter()
    drug_related = filters.BooleanFilter()


class TermViewSet(ListModelMixin, RetrieveModelMixin, RecordViewSet):
    """A vocabulary: for everybody who may read the directory."""

    read_permissions = (Permission.DIRECTORY_READ,)
    filterset_class: type[filters.FilterSet] | None = TermFilters
    ordering_fields = ("code", "order")
    ordering: ClassVar[tuple[str, ...]] = ("order", "code", "id")
    lookup_field = "code"
    lookup_value_converter = "slug"


class TopicViewSet(TermViewSet):
    """The six lawful topics of exchange."""

    queryset = Topic.objects.all()
    serializer_class = TopicSerializer


class UnitOfMeasureViewSet(TermViewSet):
    """Units of measure."""

    queryset = UnitOfMeasure.objects.all()
    serializer_class = UnitOfMeasureSerializer
    filterset_class = UnitOfMeasureFilters


class SubstanceViewSet(TermViewSet):
    """Substances and their classes."""

    queryset = Substance.objects.all()
    serializer_class = SubstanceSerializer
    filterset_class = SubstanceFilters

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """With the class of each."""
        return records.select_related("parent")


class MetricViewSet(TermViewSet):
    """What is counted or measured."""

    queryset = Metric.objects.all()
    serializer_class = MetricSerializer
    filterset_class = MetricFilters


class TrapViewSet(TermViewSet):
    """Known ways to misread published figures."""

    queryset = Trap.objects.all()
    serializer_class = KnownTrapSerializer


class NonWorkingDaySerializer(serializers.ModelSerializer[Any]):
    """A day off, or a Saturday that is worked."""

    name = serializers.CharField(read_only=True)

    class Meta:
        model = NonWorkingDay
        fields = ("id", "day", "kind", "name", "name_vi", "name_en", "source")
        read_only_fields = fields


class NonWorkingDayFilters(filters.FilterSet):
    """Days of a span, days of a kind."""

    kind = ChoiceFilter(DayKind.choices)
    since = filters.DateFilter(field_name="day", lookup_expr="gte", label="On this day or later.")
    until = filters.DateFilter(field_name="day", lookup_expr="lt", label="Before this day.")


class NonWorkingDayViewSet(ListModelMixin, RetrieveModelMixin, RecordViewSet):
    """Days on which the offices of the state do not work as the week says."""

    queryset = NonWorkingDay.objects.all()
    serializer_class = NonWorkingDaySerializer
    read_permissions = (Permission.DIRECTORY_READ,)
    filterset_class = NonWorkingDayFilters
    ordering_fields = ("day",)
    ordering: ClassVar[tuple[str, ...]] = ("day",)
