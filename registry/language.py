"""The language of the page: what was chosen, else what the account prefers; of the API: Accept-Language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

LANGUAGES = {code for code, _name in settings.LANGUAGES}


class UserLanguageMiddleware:
    """Pages: the cookie set by the switch, else Vietnamese. API: Accept-Language, else Vietnamese."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve one request."""
        language = self._language(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if request.path.startswith("/api/"):
            response["Vary"] = "Accept-Language, Authorization, Cookie"
        return response

    def _language(self, request: HttpRequest) -> str:
        if not request.path.startswith("/api/"):
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
            return chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE
        if "Accept-Language" not in request.headers:
            return settings.LANGUAGE_CODE
        return translation.get_language_from_request(request)[:2]
