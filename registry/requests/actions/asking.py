"""The asking side: draft, edit, discard, send, withdraw, reopen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Unit, User
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted
from agencies.roles import Permission
from registry.registers import next_number
from registry.requests import announcements
from registry.requests.actions.rules import begin, between, locked, touched, write
from registry.requests.models import InformationRequest, RequestRegister
from registry.requests.terms import ANSWER_CLOCK, RequestStatus


@transaction.atomic
def create_request(
    *,
    unit: Unit,
    by: User,
    content: Mapping[str, Any],
    at: datetime | None = None,
    synthetic: bool = False,
) -> InformationRequest:
    """A draft of the unit. `content` holds EDITABLE fields; `at` is for imports and the demo only."""
    if not by.may(Permission.REQUEST_DRAFT, unit.pk):
        raise NotPermitted
    moment = at or timezone.now()
    request = InformationRequest(unit=unit, author=by, edited_by=by, synthetic=synthetic)
    request.created_at = request.updated_at = moment
    write(request, content, by, moment)
    request.save()
    request.editors.add(by)
    record(action="request.create", by=by, on=request)
    return request


@transaction.atomic
def edit_request(
    *,
    request: InformationRequest,
    by: User,
    content: Mapping[str, Any],
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> InformationRequest:
    """Change a draft. What is not named in `content` stays."""
    request = locked(request, expected_revision)
    if not by.may(Permission.REQUEST_DRAFT, request.unit_id):
        raise NotPermitted
    if request.status != RequestStatus.DRAFT:
        text = _("Only a draft can be edited; this request is “%s”.") % request.get_status_display()
        raise Conflict(text, code="wrong_status")
    changed = write(request, content, by, at or timezone.now())
    request.edited_by = by
    touched(request, at)
    request.editors.add(by)
    record(action="request.edit", by=by, on=request, fields=changed)
    return request


@transaction.atomic
def discard_request(
    *, request: InformationRequest, by: User, expected_revision: int | None = None, at: datetime | None = None
) -> InformationRequest:
    """Give a draft up. Nobody else ever sees it."""
    request, move = begin(request, "discard", by, "", expected_revision)
    request.status, request.withdrawn_at = move.to, at or timezone.now()
    touched(request, at)
    record(action="request.discard", by=by, on=request)
    return request


@transaction.atomic
def send_request(
    *, request: InformationRequest, by: User, expected_revision: int | None = None, at: datetime | None = None
) -> InformationRequest:
    """Number it, set its deadline, hand it to the addressee. Four eyes: nobody who wrote any of it."""
    request, move = begin(request, "send", by, "", expected_revision)
    if request.was_edited_by(by):
        raise NotPermitted(_("Whoever wrote or edited a request does not send it."), code="four_eyes")
    moment = at or timezone.now()
    _require_sendable(request, moment)
    request.due_at = request.due_at or moment + ANSWER_CLOCK[request.urgency]
    request.reference = _next_reference(request, moment)
    request.status = move.to
    request.sent_at, request.sent_by = moment, by
    touched(request, at)
    record(action="request.send", by=by, on=request, addressee=request.addressee.code)
    announcements.sent(request)
    return request


def _require_sendable(request: InformationRequest, moment: datetime) -> None:
    """Say everything that is missing at once."""
    missing = []
    if not request.purpose.strip():
        missing.append(_("Say what the information is needed for."))
    if not request.commitment:
        missing.append(_("Commit to use it for this purpose only and to protect it."))
    if request.due_at is not None and request.due_at <= moment:
        missing.append(_("The deadline has passed. Name a later one, or leave it to the urgency."))
    if request.item is not None and not between(request.item, request):
        missing.append(_("The item it speaks of is no longer with both units. Take it out."))
    if missing:
        raise Incomplete(" ".join(str(text) for text in missing), code="not_sendable")


def _next_reference(request: InformationRequest, moment: datetime) -> str:
    """`RQ-POLICE-2024-000001`."""
    agency, year = request.unit.agency, timezone.localtime(moment).year
    return f"RQ-{agency.code}-{year}-{next_number(RequestRegister, agency=agency, year=year):06d}"


@transaction.atomic
def withdraw_request(
    *,
    request: InformationRequest,
    by: User,
    reason: str,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> InformationRequest:
    """Take back a request that is not answered yet. The addressee keeps it, with the reason."""
    request, move = begin(request, "withdraw", by, reason, expected_revision)
    request.status = move.to
    request.withdrawn_at, request.withdraw_reason = at or timezone.now(), reason
    touched(request, at)
    record(action="request.withdraw", by=by, on=request, purpose=reason)
    announcements.withdrawn(request)
    return request


@transaction.atomic
def reopen_request(
    *,
    request: InformationRequest,
    by: User,
    reason: str,
    due_at: datetime | None = None,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> InformationRequest:
    """Say, once, that the answer is not sufficient. The clock runs anew: to `due_at`, or by the urgency."""
    request, move = begin(request, "reopen", by, reason, expected_revision)
    if request.reopened_at is not None:
        raise Conflict(_("A request is reopened once. Send a new one."), code="reopened_before")
    moment = at or timezone.now()
    if due_at is not None and due_at <= moment:
        raise Invalid({"due_at": _("The deadline has passed. Name a later one, or leave it to the urgency.")})
    request.status = move.to
    request.answer, request.answered_at = None, None
    request.reopened_at, request.reopen_reason = moment, reason
    request.due_at = due_at or moment + ANSWER_CLOCK[request.urgency]
    touched(request, at)
    record(action="request.reopen", by=by, on=request, purpose=reason)
    announcements.reopened(request)
    return request
