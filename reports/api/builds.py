"""Reports in the caller's own edition that take longer: asked for, watched, taken away."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.roles import Permission
from registry.periods import Period
from reports.api.served import FILE, ServesFiles, served
from reports.asking import ask_report, take_report
from reports.models import Report
from reports.sealed_serializers import ReportBuildSerializer


class ReportBuildViewSet(ListModelMixin, RetrieveModelMixin, ServesFiles):
    """Reports one asked for: nobody else sees them."""

    queryset = Report.objects.all()
    serializer_class = ReportBuildSerializer
    read_permissions = (Permission.REPORT_READ,)
    ordering_fields = ("created_at",)
    ordering = ("-created_at", "-id")
    serves = ("content",)

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Without the bytes."""
        return records.defer("content")

    @extend_schema(responses={202: ReportBuildSerializer})
    def create(self, request: Request) -> Response:
        """Ask for a report. The answer comes at once, and says where to look how far it is."""
        data = self.body()
        report = ask_report(
            period=Period.parse(data["period_label"]),
            language=data["language"],
            file_format=data["file_format"],
            by=self.person,
            base_url=request.build_absolute_uri("/"),
        )
        answer = self.answer(report, status=202)
        answer["Location"] = request.build_absolute_uri(f"/api/v1/report-builds/{report.pk}")
        return answer

    @extend_schema(responses=FILE)
    @action(detail=True, methods=["get"])
    def content(self, request: Request, pk: Any = None) -> HttpResponse:
        """The file of a complete report. Taking it is written to the log."""
        report = self.get_object()
        name = f"report-{report.period_label}-{report.language}.{report.file_format}"
        taken = take_report(report=report, by=self.person)
        return served(taken, name=name, file_format=report.file_format, language=report.language)
