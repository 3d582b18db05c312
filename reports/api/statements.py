"""Statements over HTTP. Each verb calls the action of the same name."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet, StrictSerializer
from agencies.api.filters import ChoiceFilter, CodeFilter, MethodFilter, Records
from agencies.roles import Permission
from registry.periods import Period
from reports import actions
from reports.models import Statement
from reports.serializers import FiguresSerializer, StatementSerializer, StatementWriteSerializer
from reports.terms import StatementStatus


class StatementFilters(filters.FilterSet):
    """Filters of the statement list."""

    agency = CodeFilter("agency")
    unit = CodeFilter("unit")
    status = ChoiceFilter(StatementStatus.choices)
    period = MethodFilter("of_period", label="Of exactly this period, e.g. 2024-Q2.")
    synthetic = filters.BooleanFilter()

    def of_period(self, records: Records, name: str, value: str) -> Records:
        """Of the very period."""
        period = Period.parse(value)
        return records.filter(period_start=period.start, period_end=period.end)


class StatementViewSet(RecordViewSet):
    """Figures that agencies state for periods."""

    queryset = Statement.objects.all()
    serializer_class = StatementSerializer
    read_permissions = (Permission.STATEMENT_READ, Permission.STATEMENT_READ_CONFIRMED)
    filterset_class = StatementFilters
    ordering_fields = ("period_start", "created_at")
    ordering = ("-period_start", "-id")
    discloses = True
    write_serializers: ClassVar[dict[str, Any]] = {
        "create": StatementWriteSerializer,
        "partial_update": FiguresSerializer,
        "confirm": StrictSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries."""
        return records.select_related("agency", "unit").prefetch_related(
            "figures__metric", "figures__substance", "figures__unit"
        )

    @extend_schema(responses={201: StatementSerializer})
    def create(self, request: Request) -> Response:
        """A new draft of the agency's figures."""
        data = self.body()
        statement = actions.create_statement(
            unit=data["unit"], period=Period.parse(data["period"]), by=self.person, figures=_figures(data)
        )
        response = self.answer(statement, status=201)
        response["Location"] = request.build_absolute_uri(f"/api/v1/statements/{statement.pk}")
        return response

    @extend_schema(responses=StatementSerializer)
    def partial_update(self, request: Request, pk: Any = None) -> Response:
        """Replace the figures of a draft. Needs If-Match."""
        statement = self.get_object()
        expected = self.expected_revision(statement, required=True)
        figures = _figures(self.body())
        return self.answer(
            actions.set_figures(statement=statement, figures=figures, by=self.person, expected_revision=expected)
        )

    @extend_schema(responses=StatementSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: Any = None) -> Response:
        """Make it the agency's word. Never by who wrote it."""
        statement = self.get_object()
        expected = self.expected_revision(statement, required=False)
        self.body()
        return self.answer(actions.confirm_statement(statement=statement, by=self.person, expected_revision=expected))


def _figures(data: dict[str, Any]) -> list[actions.FigureInput]:
    return [actions.FigureInput(**given) for given in data.get("figures", [])]
