"""Figures of a statement as a spreadsheet over HTTP: take the template, have it checked, hand it in."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import StrictSerializer
from agencies.audit.log import disclose
from agencies.models import Language
from registry.api.uploads import FormParser, OctetStreamParser
from reports.api.statements import StatementViewSet
from reports.importing import import_sheet, look_at_sheet
from reports.models import Statement
from reports.serializers import StatementFigureSerializer, StatementSerializer
from reports.sheets import Sheet, write_sheet
from reports.sheets.writing import MEDIA_TYPE

PARSERS = [OctetStreamParser, FormParser]
BODY = {"application/octet-stream": OpenApiTypes.BINARY}
NAMED = OpenApiParameter("Content-Disposition", str, OpenApiParameter.HEADER, description="Names a raw file.")
LANGUAGE = OpenApiParameter(
    "language", str, enum=list(Language.values), description="Of headings and names; else the one of Accept-Language."
)


class SheetSerializer(StrictSerializer):
    """A spreadsheet in a form."""

    file = serializers.FileField()


class SheetFaultSerializer(serializers.Serializer[Any]):
    """What is wrong with a cell, and what would be right."""

    cell = serializers.CharField(help_text="For example F7.")
    detail = serializers.CharField()


class SheetCheckSerializer(serializers.Serializer[Any]):
    """What the sheet says, as it would be taken."""

    figures = StatementFigureSerializer(many=True)
    faults = SheetFaultSerializer(many=True)


class ReadFigureSerializer(StatementFigureSerializer):
    """A figure that was read and is not stored: it counts no records yet."""

    def get_records(self, figure: Any) -> int:
        """None."""
        return 0


class StatementSheetViewSet(StatementViewSet):
    """The spreadsheet of a statement."""

    write_serializers: ClassVar[dict[str, Any]] = {"take": SheetSerializer, "check": SheetSerializer}

    def known_parameters(self) -> frozenset[str]:
        """The template is asked for in a language."""
        return frozenset({"language"}) if self.action == "template" else frozenset()

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """The template comes as it is, whatever the client says it would like."""
        return super().perform_content_negotiation(request, force=force or self.action == "template")

    @extend_schema(
        operation_id="statements_sheet", parameters=[LANGUAGE], responses={(200, MEDIA_TYPE): OpenApiTypes.BINARY}
    )
    def template(self, request: Request, pk: Any = None) -> HttpResponse:
        """The figures as they stand, and a line for every metric that has none."""
        statement = self.get_object()
        language = request.query_params.get("language", (get_language() or "vi")[:2])
        if language not in Language.values:
            raise ValidationError({"language": [_("Choose one of: %s.") % ", ".join(Language.values)]})
        disclose(by=self.person, kind=self.kind, on=statement)
        return sheet_response(statement, language)

    @extend_schema(
        operation_id="statements_sheet_take",
        request=BODY | {"multipart/form-data": SheetSerializer},
        parameters=[NAMED],
        responses=StatementSerializer,
    )
    def take(self, request: Request, pk: Any = None) -> Response:
        """Replace the figures of a draft by those of the sheet. A fault names its cell, and nothing is taken."""
        statement = self.get_object()
        expected = self.expected_revision(statement, required=False)
        try:
            file = self.body()["file"]
            done = import_sheet(
                statement=statement, file=file.content, size=file.size, by=self.person, expected_revision=expected
            )
        finally:
            _close(request)
        return self.answer(done)

    @extend_schema(
        operation_id="statements_sheet_check",
        request=BODY | {"multipart/form-data": SheetSerializer},
        parameters=[NAMED],
        responses=forced_singular_serializer(SheetCheckSerializer),  # type: ignore[no-untyped-call]
    )
    def check(self, request: Request, pk: Any = None) -> Response:
        """Read the sheet and say what would be taken and what is wrong. Nothing is changed."""
        statement = self.get_object()
        try:
            file = self.body()["file"]
            sheet = look_at_sheet(statement=statement, file=file.content, size=file.size, by=self.person)
        finally:
            _close(request)
        shown = ReadFigureSerializer(sheet.figures, many=True, context=self.get_serializer_context()).data
        return Response({"figures": shown, "faults": faults_of(sheet)})


def sheet_response(statement: Statement, language: str) -> HttpResponse:
    """The template as a file."""
    name = f"statement-{statement.agency.code}-{statement.period_label}-{statement.number}-{language}.xlsx"
    return HttpResponse(
        write_sheet(statement=statement, language=language),
        content_type=MEDIA_TYPE,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Language": language,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


def faults_of(sheet: Sheet) -> Sequence[dict[str, str]]:
    """The faults from the top of the sheet down."""
    by_place = sorted(sheet.faults, key=lambda cell: (int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), cell))
    return [{"cell": cell, "detail": str(sheet.faults[cell])} for cell in by_place]


def _close(request: Request) -> None:
    for file in request.FILES.values():
        file.close()
