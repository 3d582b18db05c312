"""Files of reports as answers: never kept by anybody on the way, never run by a browser."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse

from agencies.api.base import RecordViewSet
from reports.renderers import MEDIA_TYPES
from reports.renderers.html import policy
from reports.terms import ReportFormat

FILE = {(200, media.partition(";")[0]): OpenApiResponse(OpenApiTypes.BINARY) for media in MEDIA_TYPES.values()}


class ServesFiles(RecordViewSet):
    """A view set some of whose actions answer with bytes, whatever the caller says it accepts."""

    serves: tuple[str, ...] = ()

    def perform_content_negotiation(self, request: Any, force: bool = False) -> Any:
        """The address names the file: whoever accepts only its type gets it."""
        return super().perform_content_negotiation(request, force=force or self.action in self.serves)


def served(content: bytes, *, name: str, file_format: str, language: str = "") -> HttpResponse:
    """The file under its name. A page may be looked at, everything else is saved."""
    look = "inline" if file_format in {ReportFormat.HTML, ReportFormat.JSON} else "attachment"
    headers = {
        "Content-Disposition": f'{look}; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    if language:
        headers["Content-Language"] = language
    if file_format == ReportFormat.HTML:
        headers["Content-Security-Policy"] = policy(content)
    return HttpResponse(content, content_type=MEDIA_TYPES.get(file_format, "application/zip"), headers=headers)
