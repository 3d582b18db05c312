"""The scorecard of a quarter over HTTP."""

from typing import Any

from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet
from agencies.roles import Permission
from registry.periods import Period
from reports.held import last_quarter
from reports.models import Report
from reports.scorecard import read_scorecard
from reports.serializers import ScorecardSerializer

PERIOD = OpenApiParameter("period", str, description="A quarter, e.g. 2024-Q2. Left out: the last one that has ended.")


class ScorecardViewSet(RecordViewSet):
    """What each agency gave each other one, and what became of it. Small numbers are hidden."""

    queryset = Report.objects.all()
    serializer_class = ScorecardSerializer
    read_permissions = (Permission.SCORECARD_READ,)
    pagination_class = None
    filter_backends = ()

    def known_parameters(self) -> frozenset[str]:
        """The quarter alone."""
        return frozenset({"period"})

    @extend_schema(
        parameters=[PERIOD],
        responses=forced_singular_serializer(ScorecardSerializer),  # type: ignore[no-untyped-call]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Every pair of two agencies in protocol order, giver first, and the total."""
        asked = request.query_params.get("period")
        period = last_quarter() if asked is None else Period.parse(asked)
        card = read_scorecard(period=period, by=self.person)
        return Response(ScorecardSerializer(card).data)
