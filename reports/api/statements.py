"""Statements over HTTP. Each verb calls the action of the same name."""

from typing import Any, ClassVar

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet, StrictSerializer
from agencies.api.filters import ChoiceFilter, CodeFilter, MethodFilter, Records
from agencies.audit.log import disclose
from agencies.refusals import Invalid, Text
from agencies.roles import Permission
from registry.periods import Period
from reports import actions
from reports.claiming import records_by_id
from reports.deadlines import overdue_drafts
from reports.models import Claim, Statement, StatementFigure
from reports.prefill import prefill_statement
from reports.serializers import ClaimListSerializer, FiguresSerializer, StatementSerializer, StatementWriteSerializer
from reports.terms import StatementStatus


class StatementFilters(filters.FilterSet):
    """Filters of the statement list."""

    agency = CodeFilter("agency")
    unit = CodeFilter("unit")
    status = ChoiceFilter(StatementStatus.choices)
    period = MethodFilter("of_period", label="Of exactly this period, e.g. 2024-Q2.")
    overdue = filters.BooleanFilter(
        method="whether_overdue", label="Drafts whose day has passed, of agencies that have confirmed nothing."
    )
    synthetic = filters.BooleanFilter()

    def whether_overdue(self, records: Records, name: str, value: bool) -> Records:
        """By the day on which figures are due."""
        return records.filter(overdue_drafts()) if value else records.exclude(overdue_drafts())

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
        "prefill": StrictSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries."""
        figures = StatementFigure.objects.select_related("metric", "substance", "unit")
        counted = figures.annotate(record_count=Count("claims")).order_by(
            "metric__order", "substance__order", "role", "id"
        )
        return records.select_related("agency", "unit").prefetch_related(Prefetch("figures", queryset=counted))

    @extend_schema(responses={201: StatementSerializer})
    def create(self, request: Request) -> Response:
        """A new draft of the agency's figures."""
        data = self.body()
        statement = actions.create_statement(
            unit=data["unit"],
            period=Period.parse(data["period"]),
            by=self.person,
            figures=self._figures(data),
            reason=data.get("reason", ""),
        )
        response = self.answer(statement, status=201)
        response["Location"] = request.build_absolute_uri(f"/api/v1/statements/{statement.pk}")
        return response

    @extend_schema(responses=StatementSerializer)
    def partial_update(self, request: Request, pk: Any = None) -> Response:
        """Replace the figures of a draft. Needs If-Match."""
        statement = self.get_object()
        expected = self.expected_revision(statement, required=True)
        figures = self._figures(self.body())
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

    @extend_schema(responses=StatementSerializer)
    @action(detail=True, methods=["post"])
    def prefill(self, request: Request, pk: Any = None) -> Response:
        """Fill a draft from the agency's records as lead, co-lead and coordinator, each figure with its records."""
        statement = self.get_object()
        expected = self.expected_revision(statement, required=False)
        self.body()
        return self.answer(prefill_statement(statement=statement, by=self.person, expected_revision=expected))

    @extend_schema(responses=forced_singular_serializer(ClaimListSerializer))  # type: ignore[no-untyped-call]
    @action(detail=True, methods=["get"])
    def claims(self, request: Request, pk: Any = None) -> Response:
        """The cases and lots that the figures count."""
        statement = self.get_object()
        rows = Claim.objects.filter(figure__statement=statement)
        related = ("figure__metric", "figure__substance", "case", "lot__case")
        order = ("figure__metric__order", "figure__substance__order", "figure__role", "pk")
        shown = list(rows.visible_to(self.person).select_related(*related).order_by(*order))
        seen = dict.fromkeys(str(claim.counted_case.pk) for claim in shown)
        disclose(by=self.person, kind=self.kind, on=statement, ids=seen)
        data = {"next": None, "previous": None, "results": shown, "others": rows.count() - len(shown)}
        return Response(ClaimListSerializer(data).data)

    def _figures(self, data: dict[str, Any]) -> list[actions.FigureInput]:
        """The figures as the action takes them; ids of records that the caller does not see are not known."""
        rows = [dict(given) for given in data.get("figures", [])]
        known = records_by_id((pk for row in rows for pk in row.get("claims", ())), self.person)
        faults: dict[str, Text] = {}
        for number, row in enumerate(rows):
            if "claims" in row:
                faults |= {
                    f"figures.{number}.claims.{place}": _("No case or lot with this id is known here.")
                    for place, pk in enumerate(row["claims"])
                    if pk not in known
                }
                row["claims"] = [known[pk] for pk in row["claims"] if pk in known]
        if faults:
            raise Invalid(faults)
        return [actions.FigureInput(**row) for row in rows]
