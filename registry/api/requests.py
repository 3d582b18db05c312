"""A request id for every request: the caller's when well-formed, else made; in the answer and in the audit log."""

import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from agencies.audit.context import request_context

_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestIdMiddleware:
    """Sets the audit context and `X-Request-ID`; API answers are never cached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve one request."""
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _WELL_FORMED.fullmatch(given) else uuid.uuid4().hex
        with request_context(request_id):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        if request.path.startswith("/api/"):
            response["Cache-Control"] = "no-store"
        return response
