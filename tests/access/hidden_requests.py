"""Requests and answers that are hidden in the two-world test."""

from datetime import timedelta
from typing import Any

from registry.requests import actions as request_actions
from tests.cast import SPRING, Cast, released


def coast_requests(cast: Cast) -> dict[str, Any]:
    """The coast guard asks border guard, about an item it gave them; they write to each other and draft an answer."""
    officer, head = cast.coast_officer, cast.coast_head
    item = released(cast, by=officer, head=head, unit="coast", title="Bí mật gửi", to=("border",))
    content = {
        "addressee": cast.units["border"],
        "subject": "Bí mật hỏi",
        "question": "Bí mật?",
        "purpose": "Bí mật.",
        "commitment": True,
        "item": item,
    }
    draft = request_actions.create_request(unit=cast.units["coast"], by=officer, content=content)
    sent = request_actions.create_request(unit=cast.units["coast"], by=officer, content=content, at=SPRING)
    sent = request_actions.send_request(request=sent, by=head, at=SPRING + timedelta(hours=3))
    request_actions.write_message(request=sent, by=cast.border_analyst, text="Bí mật.")
    drafted = {"kind": "answered", "text": "Bí mật.", "items": [item]}
    answer = request_actions.draft_answer(request=sent, by=cast.border_officer, **drafted)
    gone = request_actions.create_request(unit=cast.units["coast"], by=officer, content=content)
    gone = request_actions.send_request(request=gone, by=head)
    request_actions.refuse_request(request=gone, by=cast.border_head, reason="secrecy")
    return {
        "request": sent.pk,
        "draft": draft.pk,
        "answer": answer.pk,
        "request_reference": sent.reference,
        "item": item.pk,
    }


def drafted_answer(cast: Cast) -> dict[str, Any]:
    """Customs drafts an answer to a request of the police, and writes it over."""
    one = cast.requests["request_north"]
    drafted = {"request": one, "kind": "answered"}
    request_actions.draft_answer(by=cast.customs_north_officer, text="Bí mật.", **drafted)
    answer = request_actions.draft_answer(by=cast.customs_north_officer, text="Bí mật lần hai.", **drafted)
    return {"request": one.pk, "answer": answer.pk, "request_reference": one.reference}


def drafted_request(cast: Cast) -> dict[str, Any]:
    """Police draft a request to customs, and give another draft up."""
    content = {"addressee": cast.units["customs"], "subject": "Bí mật hỏi", "question": "Bí mật?"}
    one = request_actions.create_request(unit=cast.units["police"], by=cast.police_officer, content=content)
    other = request_actions.create_request(unit=cast.units["police"], by=cast.police_officer, content=content)
    request_actions.discard_request(request=other, by=cast.police_officer)
    return {"request": one.pk}
