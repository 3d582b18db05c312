"""Sealed reports over HTTP: prepared by one, sealed by another, read by all, verified."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import ReasonSerializer
from agencies.api.filters import ChoiceFilter, CodeFilter
from agencies.roles import Permission
from registry.periods import Period
from reports.api.served import FILE, ServesFiles, served
from reports.document import Text
from reports.errata import errata
from reports.models import SealedReport
from reports.preparing import prepare_report, withdraw_report
from reports.sealed_serializers import (
    FindingSerializer,
    PrepareSerializer,
    SealedReportDetailSerializer,
    SealedReportSerializer,
    SealSerializer,
)
from reports.sealing import lacks_of, seal_report
from reports.taking import take_file, take_package, verify_sealed
from reports.terms import SealStatus


class SealedReportFilters(filters.FilterSet):
    """Filters of sealed reports."""

    period = filters.CharFilter("period_label")
    unit = CodeFilter("unit")
    status = ChoiceFilter(SealStatus.choices)


class SealedReportViewSet(ListModelMixin, ServesFiles):
    """The conference's edition of each period: prepared ones and sealed ones, for all agencies."""

    queryset = SealedReport.objects.all()
    serializer_class = SealedReportSerializer
    read_permissions = (Permission.REPORT_READ,)
    filterset_class = SealedReportFilters
    ordering_fields = ("created_at", "sealed_at")
    ordering = ("-created_at", "-id")
    serves = ("file", "package")
    write_serializers: ClassVar[dict[str, Any]] = {
        "create": PrepareSerializer,
        "seal": SealSerializer,
        "withdraw": ReasonSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Without the bytes, with the people."""
        return records.select_related("unit", "prepared_by", "sealed_by", "paper").defer("document", "manifest")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page of them, the latest first."""
        return super().list(request, *args, **kwargs)

    @extend_schema(responses=SealedReportDetailSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One of them: how far it is, its files, what was missing, what was recalled since."""
        return Response(self._detail(self.get_object()))

    @extend_schema(responses={202: SealedReportDetailSerializer})
    def create(self, request: Request) -> Response:
        """Have the report of a period prepared. The answer comes at once, and says where to look how far it is."""
        data = self.body()
        report = prepare_report(period=Period.parse(data["period"]), reason=data["reason"], by=self.person)
        address = request.build_absolute_uri(f"/api/v1/sealed-reports/{report.pk}")
        return Response(self._detail(self._again(report)), status=202, headers={"Location": address})

    @extend_schema(responses=SealedReportDetailSerializer)
    @action(detail=True, methods=["post"])
    def seal(self, request: Request, pk: Any = None) -> Response:
        """Approve the document of `expected_sha256`: it gets number, day and signature. Never by who prepared it."""
        report, data = self.get_object(), self.body()
        office = Text(data["office_vi"], data["office_en"] or data["office_vi"]) if data["office_vi"] else None
        sealed = seal_report(
            report=report,
            expected_sha256=data["expected_sha256"],
            office=office,
            without=data["without"],
            note=data["note"],
            by=self.person,
        )
        return Response(self._detail(self._again(sealed)))

    @extend_schema(responses=SealedReportDetailSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any = None) -> Response:
        """Take a prepared report back. A sealed one stays; what comes later makes another version."""
        report = self.get_object()
        done = withdraw_report(report=report, reason=self.body()["reason"], by=self.person)
        return Response(self._detail(self._again(done)))

    @extend_schema(responses=FILE)
    def file(self, request: Request, pk: Any, language: str, file_format: str) -> HttpResponse:
        """One file: the final one once it is sealed, else the draft. Taking it is written to the log."""
        taken = take_file(report=self.get_object(), language=language, file_format=file_format, by=self.person)
        return served(bytes(taken.content), name=taken.name, file_format=file_format, language=language)

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def package(self, request: Request, pk: Any = None) -> HttpResponse:
        """Everything that another machine needs to verify it."""
        report = self.get_object()
        content = take_package(report=report, by=self.person)
        return served(content, name=f"report-{report.period_label}-v{report.number}.zip", file_format="zip")

    @extend_schema(responses=FindingSerializer)
    @action(detail=True, methods=["get"])
    def verification(self, request: Request, pk: Any = None) -> Response:
        """Verify it now: stored bytes, files written anew, every counted record."""
        return Response(FindingSerializer(verify_sealed(report=self.get_object(), by=self.person)).data)

    def _again(self, report: SealedReport) -> Any:
        return self.prepare(SealedReport.objects.filter(pk=report.pk)).get()

    def _detail(self, report: SealedReport) -> Any:
        context = {
            **self.get_serializer_context(),
            "files": lambda r: r.files.filter(final=r.status == SealStatus.SEALED).defer("content"),
            "missing": lacks_of,
            "errata": errata,
        }
        return SealedReportDetailSerializer(report, context=context).data
