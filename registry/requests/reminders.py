"""Reminders of answers that are owed: a quarter of the clock before its end, and at its end.

First the addressee's focal points; when it is overdue, they, the addressee's heads and whoever asked. Each step of
each deadline is told once to each person; one that has long passed is not told any more.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from registry.notices.models import Notice
from registry.notices.terms import NoticeKind
from registry.requests.announcements import answering, asking, handling, tell
from registry.requests.models import InformationRequest
from registry.requests.terms import OPEN

LONG_PASSED = timedelta(days=14)
LONGEST_NOTICE = timedelta(days=90)
"""A deadline that a person set may be far away; a quarter of it is not more than this."""


def remind(*, now: datetime | None = None) -> int:
    """Tell of every step that is due; returns how many were told. Called again it tells nothing twice."""
    moment = now or timezone.now()
    owed = InformationRequest.objects.filter(
        status__in=OPEN, due_at__range=(moment - LONG_PASSED, moment + LONGEST_NOTICE)
    )
    due = {_key(one, step): (one, step) for one in owed.order_by("pk") if (step := step_of(one, moment))}
    told = set(Notice.objects.filter(key__in=due).values_list("key", flat=True))
    return sum(_remind(one.pk, step, moment) for key, (one, step) in due.items() if key not in told)


def step_of(request: InformationRequest, now: datetime) -> str:
    """The step whose time has come; empty while there is none. What is overdue is no longer due soon."""
    start, due = request.reopened_at or request.sent_at, request.due_at
    if start is None or due is None:
        return ""
    if now >= due:
        return "overdue"
    return "due_soon" if now >= due - (due - start) / 4 else ""


def _key(request: InformationRequest, step: str) -> str:
    return f"request:{request.pk}:{_event(request, step)}"


def _event(request: InformationRequest, step: str) -> str:
    """A reopened request runs against a new deadline: its steps are told anew."""
    return f"{step}:2" if request.reopened_at is not None else step


@transaction.atomic
def _remind(pk: UUID, step: str, now: datetime) -> int:
    """One step of one request, locked so that an answer given just now is seen."""
    lock = InformationRequest.objects.select_for_update(of=("self",)).filter(pk=pk, status__in=OPEN)
    request = lock.select_related("unit", "addressee", "author", "sent_by", "received_by").first()
    if request is None or step_of(request, now) != step:
        return 0
    event, kind = _event(request, step), NoticeKind.REQUEST_OVERDUE
    if step == "due_soon":
        return tell(request, NoticeKind.REQUEST_DUE_SOON, handling(request), request.addressee, event)
    theirs = tell(request, kind, [*handling(request), *answering(request)], request.addressee, event)
    return theirs + tell(request, kind, asking(request), request.unit, event)
