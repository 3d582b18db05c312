"""Who is told of what happens to requests. Each function is called by the action it is named after."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from agencies.addressees import people_with
from agencies.models import Unit, User
from agencies.roles import Permission
from registry.information.announcements import HISTORY
from registry.notices.announcing import notify
from registry.notices.terms import NoticeKind
from registry.requests.models import InformationRequest


def tell(
    request: InformationRequest,
    kind: NoticeKind,
    to: Iterable[User],
    unit: Unit,
    event: str,
    at: datetime | None = None,
) -> int:
    """Tell people of one of the two units; returns how many were told anew. What is history is told to nobody."""
    moment = at or timezone.now()
    if timezone.now() - moment > HISTORY or request.reference is None:
        return 0
    told = notify(
        kind=kind,
        to=to,
        reference=request.reference,
        path=reverse("admin:requests_informationrequest_change", args=[request.pk]),
        key=f"request:{request.pk}:{event}",
        unit=unit,
        at=moment,
    )
    return len(told)


def asking(request: InformationRequest) -> list[User]:
    """Who wrote it and who sent it."""
    return [request.author, *([request.sent_by] if request.sent_by is not None else [])]


def handling(request: InformationRequest) -> list[User]:
    """The focal points of the addressee, and whoever acknowledged it."""
    people = list(people_with(Permission.REQUEST_HANDLE, request.addressee))
    return [*people, *([request.received_by] if request.received_by is not None else [])]


def answering(request: InformationRequest) -> list[User]:
    """The heads of the addressee, who give the answer."""
    return list(people_with(Permission.REQUEST_ANSWER, request.addressee))


def sent(request: InformationRequest) -> None:
    """The addressee's focal points."""
    tell(request, NoticeKind.REQUEST_RECEIVED, handling(request), request.addressee, "sent", request.sent_at)


def reopened(request: InformationRequest) -> None:
    """The addressee's focal points and heads."""
    people = [*handling(request), *answering(request)]
    tell(request, NoticeKind.REQUEST_REOPENED, people, request.addressee, "reopened", request.reopened_at)


def withdrawn(request: InformationRequest) -> None:
    """The addressee's focal points; of a draft, which nobody saw, nobody."""
    tell(request, NoticeKind.REQUEST_WITHDRAWN, handling(request), request.addressee, "withdrawn", request.withdrawn_at)


def answered(request: InformationRequest) -> None:
    """Who asked. Of the second answer of a reopened request anew."""
    tell(request, NoticeKind.REQUEST_ANSWERED, asking(request), request.unit, _answer(request), request.answered_at)


def refused(request: InformationRequest) -> None:
    """Who asked."""
    tell(request, NoticeKind.REQUEST_REFUSED, asking(request), request.unit, _answer(request), request.answered_at)


def _answer(request: InformationRequest) -> str:
    return f"answer:{request.answer_id}"
