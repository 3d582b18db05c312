"""From refusals to RFC 9457 problem documents. The only file that knows status codes."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DataError, IntegrityError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler, exception_handler
from drf_standardized_errors.types import ErrorResponse
from rest_framework import status as http
from rest_framework.exceptions import APIException, PermissionDenied, ValidationError
from rest_framework.response import Response

from agencies.audit.log import Attempt, Auditable, record_denial
from agencies.models import User
from agencies.refusals import (
    Conflict,
    Incomplete,
    Invalid,
    NotPermitted,
    PurposeRequired,
    Refusal,
    Stale,
    VersionRequired,
)
from agencies.visibility import VisibleQuerySet
from registry.api.uploads import UploadTooBig

PROBLEM = "application/problem+json"

STATUS: dict[type[Refusal], int] = {
    Invalid: http.HTTP_400_BAD_REQUEST,
    NotPermitted: http.HTTP_403_FORBIDDEN,
    Conflict: http.HTTP_409_CONFLICT,
    Stale: http.HTTP_412_PRECONDITION_FAILED,
    Incomplete: http.HTTP_422_UNPROCESSABLE_ENTITY,
    VersionRequired: http.HTTP_428_PRECONDITION_REQUIRED,
    PurposeRequired: http.HTTP_428_PRECONDITION_REQUIRED,
}


class RefusalError(APIException):
    """A refusal on its way to the client."""

    def __init__(self, refusal: Refusal) -> None:
        kind = next(k for k in type(refusal).__mro__ if k in STATUS or k is Refusal)
        self.status_code = STATUS.get(kind, http.HTTP_409_CONFLICT)
        super().__init__(detail=str(refusal.message), code=refusal.code)


class ProblemExceptionHandler(ExceptionHandler):
    """Turns what views raise into API exceptions, refusals of the database included."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        """Refusals and database refusals become 4xx; what nobody foresaw stays an error."""
        if isinstance(exc, Invalid):
            return ValidationError({k: [str(v)] for k, v in exc.fields.items()}, code=exc.code)
        if isinstance(exc, Refusal):
            return RefusalError(exc)
        if isinstance(exc, RequestDataTooBig):
            return _api_exception(413, "too_large", _largest(exc))
        if isinstance(exc, DataError):
            return ValidationError(_("A value is out of the range the registry stores."))
        if isinstance(exc, IntegrityError) or "pgtrigger:" in str(exc):
            return RefusalError(Conflict(_("The database's rules refuse this change."), code="rule_violation"))
        return super().convert_known_exceptions(exc)

    def report_exception(self, exc: Exception, response: Response) -> None:
        """Django's own request log tells of 5xx answers."""


class ProblemFormatter(ExceptionFormatter):
    """RFC 9457, with one entry per fault: a JSON pointer (or a parameter), a code, a sentence."""

    def format_error_response(self, error_response: ErrorResponse) -> dict[str, Any]:
        """The problem document."""
        status = self.exc.status_code
        errors = [{"pointer": _pointer(e.attr), "code": e.code, "detail": e.detail} for e in error_response.errors]
        first = errors[0]
        many = isinstance(self.exc, ValidationError)
        return {
            "type": "about:blank",
            "title": _TITLES.get(status, "Error"),
            "status": status,
            "code": "invalid" if many else first["code"],
            "detail": _("Some fields cannot be accepted.") if many else first["detail"],
            "errors": errors if many else [],
        }


def _pointer(attr: str | None) -> str:
    return "" if not attr or attr == "non_field_errors" else "/" + attr.replace(".", "/")


_TITLES = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    412: "Precondition failed",
    413: "Content too large",
    415: "Unsupported media type",
    422: "Unprocessable content",
    428: "Precondition required",
    429: "Too many requests",
    500: "Internal server error",
    503: "Service unavailable",
}


def _largest(fault: Exception) -> str:
    """What would not have been too large."""
    if isinstance(fault, UploadTooBig):
        return _("A file may have at most %s.") % filesizeformat(settings.ATTACHMENT_MAX_BYTES)
    return _("The body is larger than 1 MiB.")


def _api_exception(status: int, code: str, detail: str) -> APIException:
    fault = APIException(detail, code)
    fault.status_code = status
    return fault


def problem_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. A denied attempt is kept in the audit log though nothing else was done."""
    if isinstance(exc, (ProgrammingError, OperationalError)) and "pgtrigger:" not in str(exc):
        return None
    response = exception_handler(exc, context)  # type: ignore[arg-type]
    if response is None:
        return None
    response.content_type = PROBLEM
    response["Cache-Control"] = "no-store"
    if isinstance(exc, (NotPermitted, PermissionDenied)):
        _keep_denial(context, exc)
    return response


def _keep_denial(context: dict[str, Any], exc: Exception) -> None:
    view, request = context["view"], context["request"]
    if isinstance(request.user, User):
        name = getattr(view, "basename", "") or "api"
        action = f"{name}.{getattr(view, 'action', None) or request.method.lower()}"
        code = exc.code if isinstance(exc, NotPermitted) else "not_permitted"
        tried = _tried(view, request.user, name, seen=isinstance(exc, NotPermitted))
        record_denial(action=action, by=request.user, on=tried, code=code)


def _tried(view: Any, by: User, name: str, *, seen: bool) -> Auditable:
    """The record somebody tried to act on when they see it, so that its owner learns of it; else what was asked."""
    field = getattr(view, "lookup_field", "pk")
    named = view.kwargs.get(field)
    queryset = getattr(view, "queryset", None)
    if seen and named is not None and isinstance(queryset, VisibleQuerySet):
        found: Auditable | None = queryset.model._default_manager.visible_to(by).filter(**{field: named}).first()
        if found is not None:
            return found
    return Attempt(name, str(named or "")[:64], name)


def problem(status: int, code: str, detail: str) -> JsonResponse:
    """A problem document outside DRF."""
    body = {
        "type": "about:blank",
        "title": _TITLES.get(status, "Error"),
        "status": status,
        "code": code,
        "detail": detail,
        "errors": [],
    }
    return JsonResponse(body, status=status, content_type=PROBLEM, headers={"Cache-Control": "no-store"})


def wants_problem(request: HttpRequest) -> bool:
    """Whether the address belongs to the API."""
    return request.path.startswith(("/api/", "/health/"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 outside a view."""
    too_big = isinstance(exception, RequestDataTooBig)
    if wants_problem(request):
        if too_big:
            return problem(413, "too_large", _largest(exception))
        return problem(400, "bad_request", _("The request is malformed."))
    return render(request, "400.html", {"synthetic_data": settings.DEMO}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 outside the API's views. That somebody tried is kept; a missing CSRF token is answered elsewhere."""
    if isinstance(request.user, User) and request.resolver_match is not None:
        match = request.resolver_match
        named = str(match.kwargs.get("object_id", match.kwargs.get("pk", "")))[:64]
        tried = Attempt((match.url_name or "page")[:64], named, request.path[:200])
        record_denial(action=f"{request.method} page".lower(), by=request.user, on=tried, code="not_permitted")
    if wants_problem(request):
        return problem(403, "not_permitted", _("This is not permitted."))
    return render(request, "403.html", {"synthetic_data": settings.DEMO}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same for what does not exist and for what the caller may not see."""
    if wants_problem(request):
        return problem(404, "not_found", _("Nothing here that you may see."))
    return render(request, "404.html", {"synthetic_data": settings.DEMO}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault, without detail."""
    if wants_problem(request):
        return problem(500, "error", _("The registry failed to answer. Nothing was changed."))
    return render(request, "500.html", {"synthetic_data": settings.DEMO}, status=500)
