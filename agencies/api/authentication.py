"""Who is asking: a key in `Authorization: Bearer PREFIX.SECRET`, or the admin's session."""

import hmac
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from agencies.actions import hash_secret
from agencies.models import ApiKey, User

LAST_USED_STEP = timedelta(minutes=1)


class BearerKeyAuthentication(BaseAuthentication):
    """An API key. The user it gives is bound to the key: its unit, its scopes."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        """The key's user, or None when no bearer key was sent."""
        header = request.headers.get("Authorization", "")
        if header[:7].lower() != "bearer ":
            return None
        prefix, _dot, secret = header[7:].strip().partition(".")
        now = timezone.now()
        key = ApiKey.objects.usable_at(now).select_related("user", "unit").filter(prefix=prefix[:16]).first()
        if key is None or not hmac.compare_digest(key.secret_hash, hash_secret(secret)):
            raise AuthenticationFailed(_("The API key is unknown, expired or revoked."))
        _touch(key)
        user = key.user
        user.api_key = key
        return user, key

    def authenticate_header(self, request: Request) -> str:
        """Tells clients what to send."""
        return "Bearer"


def _touch(key: ApiKey) -> None:
    """Note the use, at most once a minute. Telemetry, not a change of the record: it is not audited."""
    now = timezone.now()
    if key.last_used_at is None or now - key.last_used_at > LAST_USED_STEP:
        QuerySet(ApiKey).filter(pk=key.pk).update(last_used_at=now)


class StaffSessionAuthentication(SessionAuthentication):
    """The session of somebody signed in to the admin; writes need the CSRF token."""


class BearerKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """API key as bearer token."""

    target_class = BearerKeyAuthentication
    name = "apiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """For openapi.yaml."""
        return {"type": "http", "scheme": "bearer", "description": "PREFIX.SECRET of an API key."}


class StaffSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The admin's session cookie."""

    target_class = StaffSessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """For openapi.yaml."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
