"""Reconciliations over HTTP, as the caller may count them."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet
from agencies.roles import Permission
from registry.periods import Period
from reports.ledger import Ledger
from reports.models import Explanation
from reports.reckoned import detail, keep_reading, summary
from reports.reconciliation import explain_difference
from reports.reconciliation_serializers import (
    DifferenceExplanationSerializer,
    ExplainSerializer,
    ReconciliationDetailSerializer,
    ReconciliationListSerializer,
)
from reports.series import Series

KEY = OpenApiParameter("key", str, OpenApiParameter.PATH, description="2024-Q2.drugs_seized_mass.heroin")


class ReconciliationViewSet(RecordViewSet):
    """What agencies state, against what is registered: only what the caller may count, references of what they see."""

    queryset = Explanation.objects.all()
    serializer_class = ReconciliationDetailSerializer
    read_permissions = (Permission.STATEMENT_READ, Permission.STATEMENT_READ_CONFIRMED)
    pagination_class = None
    filter_backends = ()
    lookup_url_kwarg = "key"
    lookup_value_converter = "str"
    write_serializers: ClassVar[dict[str, Any]] = {"explanations": ExplainSerializer}

    def known_parameters(self) -> frozenset[str]:
        """What the list is asked for."""
        return frozenset({"period", "metric", "substance"}) if self.action == "list" else frozenset()

    @extend_schema(
        parameters=[
            OpenApiParameter("period", str, required=True, description="2024-Q2, 2024-H1 or 2024-06."),
            OpenApiParameter("metric", str, description="Code of a metric."),
            OpenApiParameter("substance", str, description="Code of a substance."),
        ],
        responses=forced_singular_serializer(ReconciliationListSerializer),  # type: ignore[no-untyped-call]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The series of a period of which anything is stated or registered."""
        asked = request.query_params
        if "period" not in asked:
            raise ValidationError({"period": [_("Name a period, for example 2024-Q2.")]})
        ledger = Ledger(Period.parse(asked["period"]), self.person)
        found = [
            series
            for series in ledger.series
            if asked.get("metric", series.metric.code) == series.metric.code
            and ("substance" not in asked or (series.substance and series.substance.code == asked["substance"]))
        ]
        rows = [summary(ledger.reckon(series)) for series in found]
        keep_reading(ledger, by=self.person)
        return Response(ReconciliationListSerializer({"next": None, "previous": None, "results": rows}).data)

    @extend_schema(parameters=[KEY], responses=ReconciliationDetailSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One series. One of which nothing is recorded has a waterfall of zeros."""
        ledger, series = self._asked(kwargs["key"])
        one = ledger.reckon(series)
        data = ReconciliationDetailSerializer(detail(ledger, one)).data
        keep_reading(ledger, one, by=self.person)
        return Response(data)

    @extend_schema(parameters=[KEY], responses={201: DifferenceExplanationSerializer})
    @action(detail=True, methods=["post"])
    def explanations(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say why an agency's figure differs from its records. It stays, and a later one takes its place."""
        _ledger, series = self._asked(kwargs["key"])
        data = self.body()
        made = explain_difference(series=series, agency=data["agency"], text=data["text"], by=self.person)
        return Response(DifferenceExplanationSerializer(made).data, status=201)

    def _asked(self, key: str) -> tuple[Ledger, Series]:
        """The ledger and the series of an address; 404 where a word in it is not known."""
        label, _dot, code = key.partition(".")
        ledger = Ledger(Period.parse(label), self.person)
        series = ledger.named(code)
        if series is None:
            raise Http404
        return ledger, series
