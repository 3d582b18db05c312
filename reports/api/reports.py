"""The report of a period over HTTP, built for whoever asks."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet
from agencies.audit.log import record
from agencies.models import Language
from agencies.roles import Permission
from registry.periods import Period
from reports.api.served import FILE, served
from reports.build import quarterly_report
from reports.held import quarters
from reports.models import Report
from reports.renderers import render
from reports.renderers.json import as_data
from reports.serializers import PeriodListSerializer, QuarterlyReportSerializer
from reports.subject import PeriodReport
from reports.terms import ReportFormat

PATH = OpenApiParameter(
    "period", str, OpenApiParameter.PATH, description="2024-Q2, 2024-H1, 2024-06, any @statutory; or two days."
)
LANGUAGE = OpenApiParameter(
    "language",
    str,
    enum=list(Language.values),
    description="Language of the words; else the one of Accept-Language.",
)
FORMAT = OpenApiParameter(
    "file_format", str, enum=list(ReportFormat.values), default="json", description="What to write it as."
)


class PeriodReportViewSet(RecordViewSet):
    """Reports of periods, in the caller's edition: numbers of what the caller may count, titles by consent."""

    queryset = Report.objects.all()
    serializer_class = QuarterlyReportSerializer
    read_permissions = (Permission.REPORT_READ,)
    pagination_class = None
    filter_backends = ()
    lookup_field = "period"
    lookup_value_converter = "str"

    def known_parameters(self) -> frozenset[str]:
        """The list takes none."""
        return frozenset() if self.action == "list" else frozenset({"language", "file_format"})

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """A file was asked for by name: whoever accepts only its type gets it."""
        named = request.query_params.get("file_format", ReportFormat.JSON) != ReportFormat.JSON
        return super().perform_content_negotiation(request, force=force or named)

    @extend_schema(responses=forced_singular_serializer(PeriodListSerializer))  # type: ignore[no-untyped-call]
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The quarters of which there is something to report, with the addresses of their reports."""
        found = [_entry(request, period) for period in quarters(self.person)]
        return Response({"next": None, "previous": None, "results": found})

    @extend_schema(
        parameters=[PATH, LANGUAGE, FORMAT],
        responses={
            (200, "application/json"): QuarterlyReportSerializer,
            (200, "text/html"): OpenApiResponse(OpenApiTypes.STR),
            **{key: answer for key, answer in FILE.items() if key[1] not in {"application/json", "text/html"}},
        },
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """The report, built now. A period of which nothing is recorded has one too, and it says so."""
        period = Period.parse(kwargs["period"])
        language = self._choice("language", Language.values, (get_language() or "vi")[:2])
        file_format = self._choice("file_format", ReportFormat.values, ReportFormat.JSON.value)
        document = quarterly_report(period=period, reader=self.person)
        record(
            action="report.read",
            by=self.person,
            on=PeriodReport(period.label),
            also=document.quoted,
            edition=document.edition.key,
            language=language,
            format=file_format,
        )
        base = request.build_absolute_uri("/")
        if file_format == ReportFormat.JSON:
            return Response(as_data(document, language, base_url=base), headers={"Content-Language": language})
        content = render(document, file_format=file_format, language=language, base_url=base)
        name = f"report-{period.label}-{language}.{file_format}"
        return served(content, name=name, file_format=file_format, language=language)

    def _choice(self, name: str, values: Sequence[str], default: str) -> str:
        given = str(self.request.query_params.get(name, default))
        if given not in values:
            raise ValidationError({name: [_("Choose one of: %s.") % ", ".join(values)]})
        return given


def _entry(request: Request, period: Period) -> dict[str, Any]:
    address = request.build_absolute_uri(f"/api/v1/reports/{period.label}")
    return {
        "period": period.label,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "url": address,
        "html_url": f"{address}?file_format=html",
    }
