"""Texts of reports over HTTP."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet
from agencies.api.filters import ChoiceFilter, MethodFilter, Records
from agencies.audit.log import record
from agencies.models import Language
from agencies.refusals import Conflict, Invalid, Stale
from agencies.roles import Permission
from registry.periods import Period
from reports.build import quarterly_report
from reports.models import NarrativeText
from reports.narrating import write_narrative
from reports.narrative_serializers import (
    NarrativeEditSerializer,
    NarrativeHistorySerializer,
    NarrativeSerializer,
    NarrativeWriteSerializer,
    ReferenceListSerializer,
)
from reports.parts import TITLES, WRITTEN
from reports.references import references_of
from reports.subject import PeriodReport

PERIOD = OpenApiParameter("period", str, required=True, description="For example 2024-Q2.")


class NarrativeFilters(filters.FilterSet):
    """Filters of the list."""

    period = MethodFilter("of_period", label="Of exactly this period, e.g. 2024-Q2.")
    part = ChoiceFilter([(part, TITLES[part].en) for part in WRITTEN])
    language = ChoiceFilter(Language.choices)

    def of_period(self, records: Records, name: str, value: str) -> Records:
        """Of the very period."""
        return records.filter(period_label=Period.parse(value).label)


class NarrativeViewSet(RecordViewSet):
    """What the secretariat writes for the parts of a report."""

    queryset = NarrativeText.objects.all()
    serializer_class = NarrativeSerializer
    read_permissions = (Permission.REPORT_COUNT_ALL,)
    filterset_class = NarrativeFilters
    ordering_fields = ("period_label", "updated_at")
    ordering = ("-period_label", "-id")
    write_serializers: ClassVar[dict[str, Any]] = {
        "create": NarrativeWriteSerializer,
        "partial_update": NarrativeEditSerializer,
    }

    def known_parameters(self) -> frozenset[str]:
        """The catalogue is of a period."""
        return frozenset({"period"}) if self.action == "references" else super().known_parameters()

    @extend_schema(responses={201: NarrativeSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The first text of a part. 409 where there is one: change that."""
        body = self.body()
        period = Period.parse(body.pop("period"))
        try:
            text = write_narrative(period=period, by=self.person, expected_revision=0, **body)
        except Stale as fault:
            raise Conflict(_("This part has a text already: change that one."), code="text_exists") from fault
        answer = self.answer(text, status=201)
        answer["Location"] = request.build_absolute_uri(f"/api/v1/report-texts/{text.pk}")
        return answer

    @extend_schema(responses=NarrativeSerializer)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Write it anew; what stood before stays as a version."""
        text = self.get_object()
        expected = self.expected_revision(text, required=True)
        written = write_narrative(
            period=Period.parse(text.period_label),
            part=text.part,
            language=text.language,
            by=self.person,
            expected_revision=expected,
            **self.body(),
        )
        return self.answer(written)

    @extend_schema(responses=forced_singular_serializer(NarrativeHistorySerializer))  # type: ignore[no-untyped-call]
    @action(detail=True, methods=["get"])
    def history(self, request: Request, pk: Any = None) -> Response:
        """Everything that was written, latest first."""
        versions = self.get_object().versions.select_related("by").order_by("-number")
        return Response(NarrativeHistorySerializer({"next": None, "previous": None, "results": versions}).data)

    @extend_schema(
        parameters=[PERIOD],
        responses=forced_singular_serializer(ReferenceListSerializer),  # type: ignore[no-untyped-call]
    )
    @action(detail=False, methods=["get"], filterset_class=None, pagination_class=None)
    def references(self, request: Request) -> Response:
        """The figures of the period that texts can refer to, with what they are worth now."""
        asked = request.query_params.get("period")
        if not asked:
            raise Invalid({"period": _("Name a period, for example 2024-Q2.")}, code="required")
        document = quarterly_report(period=Period.parse(asked), reader=self.person)
        record(action="report.read", by=self.person, on=PeriodReport(Period.parse(asked).label), references=True)
        found = list(references_of(document).values())
        return Response(ReferenceListSerializer({"next": None, "previous": None, "results": found}).data)
