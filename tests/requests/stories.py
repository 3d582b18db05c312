"""Requests made through the real actions: police ask customs."""

from datetime import datetime, timedelta
from typing import Any

from registry.requests import actions
from registry.requests.models import Answer, InformationRequest
from tests.cast import Cast
from tests.stories import ASKED_AT


def hours(count: float) -> datetime:
    """So many hours after the drafting."""
    return ASKED_AT + timedelta(hours=count)


def content(cast: Cast, **changes: Any) -> dict[str, Any]:
    """What the author writes, complete enough to be sent."""
    return {
        "addressee": cast.units["customs"],
        "subject": "Xe qua cửa khẩu",
        "question": "Xe nào đã qua?",
        "purpose": "Xác minh tin báo.",
        "commitment": True,
        **changes,
    }


def drafted(cast: Cast, **changes: Any) -> InformationRequest:
    """A draft of central police."""
    return actions.create_request(
        unit=cast.units["police"], by=cast.police_officer, content=content(cast, **changes), at=hours(0)
    )


def sent(cast: Cast, **changes: Any) -> InformationRequest:
    """Sent an hour after it was drafted."""
    return actions.send_request(request=drafted(cast, **changes), by=cast.police_head, at=hours(1))


def prepared(cast: Cast, request: InformationRequest, **changes: Any) -> Answer:
    """An answer drafted by the officer of customs."""
    values: dict[str, Any] = {"by": cast.customs_officer, "kind": "answered", "text": "Hai xe.", "at": hours(2)}
    return actions.draft_answer(request=request, **values | changes)


def answered(cast: Cast, *, at: datetime | None = None, kind: str = "answered", **changes: Any) -> InformationRequest:
    """Answered by the head of customs, three hours after the drafting of the request."""
    request = sent(cast, **changes)
    prepared(cast, request, kind=kind)
    return actions.give_answer(request=request, by=cast.customs_head, at=at or hours(3))


def refused(cast: Cast, *, reason: str = "secrecy", at: datetime | None = None) -> InformationRequest:
    """Refused by the head of customs."""
    return actions.refuse_request(
        request=sent(cast), by=cast.customs_head, reason=reason, text="Lý do.", at=at or hours(3)
    )


def fresh(request: InformationRequest) -> InformationRequest:
    return InformationRequest.objects.get(pk=request.pk)
