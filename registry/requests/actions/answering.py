"""The addressee's side: acknowledge, draft an answer, give it, refuse; and messages, which both sides write."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Unit, User
from agencies.refusals import Incomplete, Invalid, NotPermitted
from agencies.roles import Permission
from registry.information.models import InformationItem
from registry.requests import announcements
from registry.requests.actions.rules import begin, between, locked, touched, unknown_item
from registry.requests.models import Answer, InformationRequest, RequestMessage
from registry.requests.terms import DRAFTED, OPEN, AnswerKind, RefusalReason
from registry.workflow import TransitionError


def _require_open(request: InformationRequest) -> None:
    if request.status not in OPEN:
        text = _("This is done while an answer is owed; this request is “%s”.") % request.get_status_display()
        raise TransitionError(text)


def _received(request: InformationRequest, by: User, moment: datetime) -> None:
    """Whoever acts on a request has received it."""
    if request.received_at is None:
        request.received_at, request.received_by = moment, by


@transaction.atomic
def receive_request(
    *, request: InformationRequest, by: User, expected_revision: int | None = None, at: datetime | None = None
) -> InformationRequest:
    """The addressee confirms that it has the request. The clock runs on."""
    request, move = begin(request, "receive", by, "", expected_revision)
    _received(request, by, at or timezone.now())
    request.status = move.to
    touched(request, at)
    record(action="request.receive", by=by, on=request)
    return request


@transaction.atomic
def draft_answer(
    *,
    request: InformationRequest,
    by: User,
    kind: str,
    text: str = "",
    items: Sequence[InformationItem] = (),
    at: datetime | None = None,
) -> Answer:
    """Write the answer that the head may give; a draft that stands is written over.

    The request keeps its revision: the asker must not notice that somebody drafts.
    """
    request = locked(request, None)
    if not by.may(Permission.REQUEST_PREPARE, request.addressee_id):
        raise NotPermitted
    _require_open(request)
    _check_answer(request, by, kind, text, items)
    answer = request.answers.filter(given_at__isnull=True).first()
    if answer is None:
        answer = Answer(request=request, drafted_by=by, drafted_at=at or timezone.now(), synthetic=request.synthetic)
    answer.kind, answer.text, answer.edited_by = kind, text.strip(), by
    answer.save()
    answer.items.set(items)
    answer.editors.add(by)
    record(action="request.draft_answer", by=by, on=answer, kind=kind)
    return answer


def _check_answer(
    request: InformationRequest, by: User, kind: str, text: str, items: Sequence[InformationItem]
) -> None:
    faults: dict[str, Any] = {}
    if kind not in DRAFTED:
        faults["kind"] = _("Choose one of: %s.") % ", ".join(DRAFTED)
    elif kind == AnswerKind.ANSWERED and not text.strip():
        faults["text"] = _("Write the answer.")
    elif kind == AnswerKind.NO_INFORMATION and items:
        faults["items"] = _("“No information” names no items.")
    if faults:
        raise Invalid(faults)
    seen = set(InformationItem.objects.visible_to(by).filter(pk__in=[i.pk for i in items]).values_list("pk", flat=True))
    if any(item.pk not in seen or not between(item, request) for item in items):
        raise unknown_item("items")


@transaction.atomic
def give_answer(
    *, request: InformationRequest, by: User, expected_revision: int | None = None, at: datetime | None = None
) -> InformationRequest:
    """Hand the drafted answer to the asker. Stops the clock. Four eyes: nobody who wrote any of it."""
    request, move = begin(request, "answer", by, "", expected_revision)
    answer = request.answers.select_for_update().filter(given_at__isnull=True).first()
    if answer is None:
        raise Incomplete(_("No answer is drafted yet. An officer or analyst drafts it first."), code="no_draft")
    if answer.was_edited_by(by):
        raise NotPermitted(_("Whoever drafted an answer does not give it."), code="four_eyes")
    if not all(between(item, request) for item in answer.items.all()):
        raise Incomplete(_("An item that the draft names is no longer with both units."), code="item_gone")
    moment = at or timezone.now()
    answer.given_by, answer.given_at = by, moment
    answer.save()
    request.status = move.to
    _close(request, answer, by, moment)
    touched(request, at)
    record(action="request.answer", by=by, on=request, kind=answer.kind, late=request.late)
    announcements.answered(request)
    return request


def _close(request: InformationRequest, answer: Answer, by: User, moment: datetime) -> None:
    """The answer stands, and whether it came in time."""
    _received(request, by, moment)
    request.answer, request.answered_at = answer, moment
    request.late = request.late or (request.due_at is not None and moment > request.due_at)


@transaction.atomic
def refuse_request(
    *,
    request: InformationRequest,
    by: User,
    reason: str,
    text: str = "",
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> InformationRequest:
    """Refuse for one of the listed reasons. Stops the clock. A draft of an answer stays the addressee's own."""
    request, move = begin(request, "refuse", by, "", expected_revision)
    if reason not in RefusalReason.values:
        raise Invalid({"reason": _("Choose one of: %s.") % ", ".join(RefusalReason.values)})
    if reason == RefusalReason.OTHER and not text.strip():
        raise Invalid({"text": _("Write the reason out: it is not one of the listed ones.")}, code="required")
    moment = at or timezone.now()
    answer = Answer(request=request, kind=AnswerKind.REFUSED, reason=reason, text=text.strip())
    answer.drafted_at = answer.given_at = moment
    answer.given_by, answer.synthetic = by, request.synthetic
    answer.save()
    request.status = move.to
    _close(request, answer, by, moment)
    touched(request, at)
    record(action="request.refuse", by=by, on=request, reason=reason, late=request.late)
    announcements.refused(request)
    return request


@transaction.atomic
def write_message(
    *,
    request: InformationRequest,
    by: User,
    text: str,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> RequestMessage:
    """Write to the other side while the request is open. Whoever works in either unit may."""
    request = locked(request, expected_revision)
    unit = _side(request, by)
    _require_open(request)
    if not text.strip():
        raise Invalid({"text": _("Write something.")}, code="required")
    message = RequestMessage(request=request, unit=unit, author=by, text=text.strip(), synthetic=request.synthetic)
    message.written_at = at or timezone.now()
    message.save()
    touched(request, at)
    record(action="request.message", by=by, on=request)
    return message


def _side(request: InformationRequest, by: User) -> Unit:
    """The unit the person writes for."""
    for unit in (request.unit, request.addressee):
        if by.may(Permission.REQUEST_MESSAGE, unit.pk):
            return unit
    raise NotPermitted(_("Only the two units write to each other here."))
