"""`Idempotency-Key`: a write repeated under the same key is done once and answered alike.

The key's row is inserted first, in the transaction of the effect: a second request with the same key waits for the
first, then gets its answer. Another body under the same key is 422. Refused requests (4xx) keep no key.
A repeated request is a reading: it tells the record as it stands now, to whoever may still see it, and is kept as one.
"""

import hashlib
import json
import re
from collections.abc import Callable
from contextlib import ExitStack
from copy import copy
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import SimpleTemplateResponse
from django.urls import resolve
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
RECORD = re.compile(r"(/api/v1/[^/]+/[^/]+)(?:/[^/]+)?")
"""The address of a record, or of one of its verbs."""


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
        if not caller:
            return self.get_response(request)
        with ExitStack() as opened:
            return self._once(request, caller, key, _fingerprint(request, opened))

    def _once(self, request: HttpRequest, caller: str, key: str, asked: str) -> HttpResponse:
        with transaction.atomic():
            try:
                with transaction.atomic():
                    row = IdempotencyKey.objects.create(caller=caller, key=key, request_hash=asked)
            except IntegrityError:
                return _repeat(request, caller, key, asked)
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            elif response.status_code >= 400:
                row.delete()
            else:
                row.status, row.body = response.status_code, kept(response)
                row.headers = {name: response[name] for name in KEPT if name in response}
                row.save()
        return response


def kept(response: HttpResponse) -> bytes:
    """The answer as it is stored for repetitions: without the secret of a new key, which is shown once."""
    if b'"api_key"' not in response.content:
        return response.content
    document = json.loads(response.content)
    return json.dumps(document | {"api_key": ""}).encode()


def _fingerprint(request: HttpRequest, opened: ExitStack) -> str:
    """What makes two requests the same. A file is hashed on its way to the disk, and its name counts."""
    found = hashlib.sha256(b"\0".join([(request.method or "").encode(), request.get_full_path().encode(), b""]))
    if request.content_type == OctetStreamParser.media_type:
        found.update(request.headers.get("Content-Disposition", "").encode() + b"\0")
        opened.enter_context(spool(request, found))
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


def _repeat(request: HttpRequest, caller: str, key: str, asked: str) -> HttpResponse:
    row = IdempotencyKey.objects.get(caller=caller, key=key)
    if row.request_hash != asked:
        return problem(422, "idempotency_key_reused", _("This Idempotency-Key came with another request before."))
    body = bytes(row.body)
    address = _address(request, row)
    if address is not None:
        now = _read(request, address)
        if now.status_code != 200:
            return now
        if _names(row, address):
            body, row.headers["ETag"] = now.content, now["ETag"]
    response = HttpResponse(body, status=row.status)
    for name, value in row.headers.items():
        response[name] = value
    response["Idempotency-Replayed"] = "true"
    return response


def _address(request: HttpRequest, row: IdempotencyKey) -> str | None:
    """Where the record that was written is read: as it was told, or the record the request names."""
    if "Location" in row.headers:
        return urlsplit(str(row.headers["Location"])).path
    named = RECORD.fullmatch(request.path)
    return named[1] if named else None


def _names(row: IdempotencyKey, address: str) -> bool:
    """Whether the answer was the record at the address: then it is told as it stands now."""
    return address.rpartition("/")[2] in row.headers.get("ETag", "")


def _read(request: HttpRequest, address: str) -> HttpResponse:
    """Read the record for the caller now: who may not see it any more is not told it by a repetition either."""
    reading = copy(request)
    reading.method, reading.path, reading.path_info = "GET", address, address
    reading.META = {**request.META, "REQUEST_METHOD": "GET", "QUERY_STRING": "", "PATH_INFO": address}
    reading.GET = QueryDict()
    try:
        view = resolve(address)
        response: HttpResponse = view.func(reading, *view.args, **view.kwargs)
    except Http404:
        return problem(404, "not_found", _("Nothing here that you may see."))
    return response.render() if isinstance(response, SimpleTemplateResponse) else response


def forget_old_keys() -> int:
    """Drop answers older than LIFETIME; returns how many. Called by the job worker."""
    dropped, _kinds = IdempotencyKey.objects.filter(created_at__lt=timezone.now() - LIFETIME).delete()
    return dropped
