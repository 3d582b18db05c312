"""Minutes and the notice of a conference over HTTP: the draft, then the issued file; and taking the number."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet
from agencies.models import Language
from agencies.roles import Permission
from registry.conferences.models import Conference
from reports.document import Text
from reports.paper_serializers import RegisteredPaperSerializer, RegisterPaperSerializer
from reports.papers.issuing import register_conference_paper, take_paper
from reports.renderers import MEDIA_TYPES
from reports.renderers.html import policy
from reports.terms import PaperFormat

LANGUAGE = OpenApiParameter(
    "language", str, enum=list(Language.values), description="Language of the words; else the one of Accept-Language."
)
FORMAT = OpenApiParameter(
    "file_format", str, enum=list(PaperFormat.values), default="pdf", description="What to write it as."
)


class ConferencePaperViewSet(RecordViewSet):
    """A paper of a conference, for whoever may read conferences."""

    queryset = Conference.objects.all()
    serializer_class = RegisteredPaperSerializer
    write_serializers: ClassVar = {"register": RegisterPaperSerializer}
    read_permissions = (Permission.CONFERENCE_READ,)
    pagination_class = None
    filter_backends = ()
    paper = ""
    """Which one; set where the address is declared."""

    def known_parameters(self) -> frozenset[str]:
        """A file is asked for in a language and a format."""
        return frozenset({"language", "file_format"}) if self.action == "retrieve" else frozenset()

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """The format is named in the address: whoever accepts only files gets one."""
        return super().perform_content_negotiation(request, force=True)

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """With the host."""
        return records.select_related("host_agency")

    @extend_schema(
        parameters=[LANGUAGE, FORMAT], responses={(200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY)}
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """The file that was issued; while there is none, the draft as the record stands now, marked as such."""
        conference = self.get_object()
        language = str(request.query_params.get("language", (get_language() or "vi")[:2]))
        file_format = str(request.query_params.get("file_format", PaperFormat.PDF.value))
        content = take_paper(
            conference=conference, kind=self.paper, language=language, file_format=file_format, by=self.person
        )
        return paper_response(content, f"{self.paper}-{conference.code}", language, file_format)

    @extend_schema(request=RegisterPaperSerializer, responses={201: RegisteredPaperSerializer})
    def register(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take the next number of the host's register and keep the paper in each language and format."""
        conference, data = self.get_object(), self.body()
        issued = register_conference_paper(
            conference=conference,
            kind=self.paper,
            signed_on=data["signed_on"],
            signer=data["signer"],
            secretary=data["secretary"],
            office=Text(data["office_vi"], data["office_en"]),
            by=self.person,
        )
        return Response(RegisteredPaperSerializer(issued.entry).data, status=201)


def paper_response(content: bytes, name: str, language: str, file_format: str) -> HttpResponse:
    """The file under its name; a page may be looked at where it is, everything else is kept."""
    disposition = "inline" if file_format == PaperFormat.HTML else "attachment"
    return HttpResponse(
        content,
        content_type=MEDIA_TYPES[file_format],
        headers={
            "Content-Language": language,
            "Content-Security-Policy": policy(content if file_format == PaperFormat.HTML else b""),
            "Content-Disposition": f'{disposition}; filename="{name}-{language}.{file_format}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
