"""`Idempotency-Key`: a write repeated under the same key is done once and answered alike.

The key's row is inserted first, in the transaction of the effect: a second request with the same key waits for the
first, then gets its answer. Another body under the same key is 422. Refused requests (4xx) keep no key.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.settings import api_settings

from agencies.models import User
from registry.api.errors import problem
from registry.api.models import IdempotencyKey
from registry.api.uploads import OctetStreamParser, spool

WRITES = {"POST", "PATCH", "PUT"}
KEPT = ("Content-Type", "ETag", "Location")
LIFETIME = timedelta(hours=48)


class IdempotencyMiddleware:
    """Wraps API writes that carry the header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve one request."""
        key = request.headers.get("Idempotency-Key")
        if key is None or request.method not in WRITES or not request.path.startswith("/api/"):
            return self.get_response(request)
        if not 1 <= len(key) <= 255 or not key.isprintable():
            return problem(400, "invalid_idempotency_key", _("Send 1 to 255 printable characters."))
        if request.content_type == "multipart/form-data":
            text = _("No two forms are alike. Send the file as application/octet-stream to use Idempotency-Key.")
            return problem(400, "invalid_idempotency_key", text)
        caller = _caller(request)
        return self._once(request, caller, key) if caller else self.get_response(request)

    def _once(self, request: HttpRequest, caller: str, key: str) -> HttpResponse:
        asked = _fingerprint(request)
        with transaction.atomic():
            try:
                with transaction.atomic():
                    row = IdempotencyKey.objects.create(caller=caller, key=key, request_hash=asked)
            except IntegrityError:
                return _repeat(caller, key, asked)
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            elif response.status_code >= 400:
                row.delete()
            else:
                row.status, row.body = response.status_code, response.content
                row.headers = {name: response[name] for name in KEPT if name in response}
                row.save()
        return response


def _fingerprint(request: HttpRequest) -> str:
    """What makes two requests the same. A file is hashed on its way to the disk, and its name counts."""
    found = hashlib.sha256(b"\0".join([(request.method or "").encode(), request.get_full_path().encode(), b""]))
    if request.content_type == OctetStreamParser.media_type:
        found.update(request.headers.get("Content-Disposition", "").encode() + b"\0")
        spool(request, found)
    else:
        found.update(request.body)
    return found.hexdigest()


def _authenticators() -> list[Any]:
    kinds: Any = api_settings.DEFAULT_AUTHENTICATION_CLASSES
    return [kind() for kind in kinds]


def _caller(request: HttpRequest) -> str:
    """Who asks: the key, or the person. Empty when nobody the API knows."""
    attempt = Request(request, authenticators=_authenticators())
    try:
        user = attempt.user
    except APIException:
        return ""
    if not isinstance(user, User):
        return ""
    return f"key:{user.api_key.pk}" if user.api_key else f"user:{user.pk}"


def _repeat(caller: str, key: str, asked: str) -> HttpResponse:
    row = IdempotencyKey.objects.get(caller=caller, key=key)
    if row.request_hash != asked:
        return problem(422, "idempotency_key_reused", _("This Idempotency-Key came with another request before."))
    response = HttpResponse(bytes(row.body), status=row.status)
    for name, value in row.headers.items():
        response[name] = value
    response["Idempotency-Replayed"] = "true"
    return response


def forget_old_keys() -> int:
    """Drop answers older than LIFETIME; returns how many. Called by the job worker."""
    dropped, _kinds = IdempotencyKey.objects.filter(created_at__lt=timezone.now() - LIFETIME).delete()
    return dropped
