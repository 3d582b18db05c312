"""Documents and their facts over HTTP: read only."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet
from agencies.api.filters import ChoiceFilter, CodeFilter, MethodFilter, Records
from agencies.models import Language
from agencies.roles import Permission
from registry.documents.models import Document, PublishedEvent, PublishedFigure, PublishedStatement
from registry.documents.reckoning import answer_at_least, with_conflicts
from registry.documents.serializers import (
    DocumentDetailSerializer,
    DocumentSerializer,
    PublishedEventSerializer,
    PublishedFigureSerializer,
    PublishedStatementSerializer,
)
from registry.documents.terms import Comparator, EventKind, FigureKind, Part, Scope, StatementKind
from registry.figures import Answer
from registry.periods import Period
from registry.reference.models import UnitOfMeasure

UNITS: Any = UnitOfMeasure._default_manager.all()
IN_READING_ORDER = ("document_code", "number")


def _overlapping(records: Records, start: date, end: date) -> Records:
    return records.filter(period_start__lt=end, period_end__gt=start)


class _PeriodFilters(filters.FilterSet):
    """Filters shared by facts that speak of a period."""

    document = CodeFilter("document")
    trap = CodeFilter("traps")
    period = MethodFilter("in_period", label="Its period overlaps this one, e.g. 2024-Q2.")

    def in_period(self, records: Records, name: str, value: str) -> Records:
        """Overlapping the calendar period."""
        asked = Period.parse(value)
        return _overlapping(records, asked.start, asked.end)


class DocumentFilters(filters.FilterSet):
    """Filters of the document list."""

    code = filters.CharFilter(lookup_expr="exact", max_length=64)
    language = ChoiceFilter(Language.choices)
    trap = CodeFilter("traps")


class FigureFilters(_PeriodFilters):
    """Filters of the figure list."""

    metric = CodeFilter("metric")
    substance = CodeFilter("substance")
    agency = CodeFilter("subject_agency")
    unit = CodeFilter("subject_unit")
    scope = ChoiceFilter(Scope.choices, field_name="subject_scope")
    role = ChoiceFilter(Part.choices)
    kind = ChoiceFilter(FigureKind.choices)
    comparator = ChoiceFilter(Comparator.choices)
    needs_confirmation = filters.BooleanFilter()
    value_at_least = filters.NumberFilter(
        method="is_at_least",
        min_value=0,
        max_value=Decimal("1e15"),
        decimal_places=6,
        label="Certainly or possibly this much: `at_least` of each figure says yes or unknown. In the unit `measure`.",
    )
    measure = MethodFilter(
        "measured_in", label="Code of a unit: only figures of its dimension. Without it: each figure's printed unit."
    )
    in_conflict = filters.BooleanFilter(label="Another figure of its series is read otherwise.")
    period_start = filters.DateFilter(lookup_expr="gte", label="Its period begins on or after this day.")
    period_end = filters.DateFilter(lookup_expr="lte", label="Its period ends (exclusive) on or before this day.")

    def measured_in(self, records: Records, name: str, value: str) -> Records:
        """In any unit of the dimension; an unknown code gives an empty list."""
        return records.filter(unit__dimension__in=UNITS.filter(code=value).values("dimension"))

    def is_at_least(self, records: Records, name: str, value: Decimal) -> Records:
        """Without those whose true value is certainly less."""
        code = self.form.cleaned_data["measure"]
        measure = UNITS.filter(code=code).first() if code else None
        asked: Records = records.annotate(at_least_answer=answer_at_least(value, measure))
        return asked.exclude(at_least_answer=Answer.NO)


class EventFilters(_PeriodFilters):
    """Filters of the event list."""

    kind = ChoiceFilter(EventKind.choices)
    host_agency = CodeFilter("host_agency")


class StatementFilters(filters.FilterSet):
    """Filters of the statement list."""

    document = CodeFilter("document")
    trap = CodeFilter("traps")
    kind = ChoiceFilter(StatementKind.choices)
    agency = CodeFilter("assignee_agency")


def _count(rows: QuerySet[Any]) -> Coalesce:
    per_document = rows.filter(document=OuterRef("pk")).order_by().values("document")
    counted = per_document.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class DocumentViewSet(RecordViewSet):
    """Published documents."""

    queryset = Document.objects.all()
    serializer_class = DocumentSerializer
    read_permissions = (Permission.DOCUMENT_READ,)
    filterset_class = DocumentFilters
    ordering_fields = ("code",)
    ordering = ("code",)

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries."""
        figures = PublishedFigure.objects.visible_to(self.person)
        statements = PublishedStatement.objects.visible_to(self.person)
        counted: QuerySet[Any] = records.prefetch_related("traps").annotate(
            figure_count=_count(figures.filter(kind=FigureKind.FIGURE)),
            noise_count=_count(figures.filter(kind=FigureKind.NOISE)),
            statement_count=_count(statements),
        )
        if self.action != "retrieve":
            return counted
        return counted.prefetch_related(
            "events__document",
            "events__traps",
            "events__host_agency",
            "events__host_unit",
            "events__attendance__agency",
            "events__attendance__unit",
            "events__attendance__traps",
            "names__document",
            "names__agency",
            "names__unit",
            "names__traps",
        )

    def get_serializer_class(self) -> Any:
        """One document shows its meetings and names too."""
        return DocumentDetailSerializer if self.action == "retrieve" else DocumentSerializer

    @extend_schema(responses=DocumentDetailSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One document with its meetings and the names it uses; figures and statements by their links."""
        return super().retrieve(request, *args, **kwargs)


class _RowViewSet(RecordViewSet):
    """Facts of documents, in reading order."""

    read_permissions = (Permission.DOCUMENT_READ,)
    ordering = IN_READING_ORDER

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """The document's code beside each row, and everything the serializer shows."""
        coded: QuerySet[Any] = records.annotate(document_code=F("document__code"))
        return coded.prefetch_related("traps")


class PublishedFigureViewSet(_RowViewSet):
    """Figures printed in documents. They are never added to what the registry counts."""

    queryset = PublishedFigure.objects.all()
    serializer_class = PublishedFigureSerializer
    filterset_class = FigureFilters
    ordering_fields = ("document_code",)

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries."""
        return with_conflicts(super().prepare(records)).select_related(
            "document",
            "subject_agency",
            "subject_unit",
            "metric",
            "substance",
            "unit",
            "normalised_unit",
            "related_to",
        )


class PublishedStatementViewSet(_RowViewSet):
    """What documents say beyond figures, in the registry's words."""

    queryset = PublishedStatement.objects.all()
    serializer_class = PublishedStatementSerializer
    filterset_class = StatementFilters
    ordering_fields = ("document_code",)

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries."""
        return super().prepare(records).select_related("document", "assignee_agency")


class PublishedEventViewSet(_RowViewSet):
    """Meetings that documents report."""

    queryset = PublishedEvent.objects.all()
    serializer_class = PublishedEventSerializer
    filterset_class = EventFilters
    ordering_fields = ("document_code",)

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries."""
        shown = super().prepare(records).select_related("document", "host_agency", "host_unit")
        return shown.prefetch_related("attendance__agency", "attendance__unit", "attendance__traps")
