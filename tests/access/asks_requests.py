"""What people ask about requests for information in the two-world test."""

from typing import Any

from tests.access.worlds import Ask
from tests.cast import Cast

NOBODY = "00000000-0000-4000-8000-000000000000"
FILTERS = (
    "status=draft", "status=sent", "status=answered", "direction=asked", "direction=received", "unit=coast",
    "addressee=border", "asking_agency=COASTGUARD", "addressee_agency=CUSTOMS", "urgency=urgent", "answer=answered",
    "refusal=secrecy", "period=2024-Q2", "overdue=true", "overdue=false", "in_time=true", "q=Bí mật", "ordering=due_at",
    "ordering=-sent_at", "synthetic=true",
)  # fmt: skip
MOVES = ("send", "discard", "receive", "answer", "withdraw", "reopen", "refuse", "messages", "draft-answer")


def about(cast: Cast, found: dict[str, Any]) -> list[Ask]:
    """Requests that name the hidden request, its draft answer, or a hidden item."""
    one, item = found.get("request", NOBODY), found.get("item", NOBODY)
    reference = found.get("request_reference", "RQ-COASTGUARD-2024-000001")
    asks = [Ask("GET", f"requests/{pk}") for pk in (one, cast.requests["request_sent"].pk)]
    asks += [Ask("GET", f"requests?count=true&reference={reference}")]
    asks += [Ask("GET", f"audit-events?count=true&object_id={pk}") for pk in (one, found.get("answer", NOBODY))]
    bodies = {
        "messages": {"text": "x"},
        "draft-answer": {"kind": "answered", "text": "x"},
        "refuse": {"reason": "secrecy"},
    }
    asks += [Ask("POST", f"requests/{one}/{verb}", bodies.get(verb, {"reason": "x"})) for verb in MOVES]
    asks += [Ask("PATCH", f"requests/{one}", {"subject": "x"}, {"If_Match": "*"})]
    body = {"unit": "police", "addressee": "customs", "subject": "x", "question": "x", "item": str(item)}
    asks += [Ask("POST", "requests", {**body, "unit": unit}) for unit in ("police", "customs")]
    theirs = cast.requests["request_sent"].pk
    asks += [Ask("POST", f"requests/{theirs}/draft-answer", {"kind": "answered", "text": "x", "items": [str(item)]})]
    for pk in (one, theirs):
        path = f"/admin/requests/informationrequest/{pk}"
        asks += [Ask("GET", f"{path}/{view}/") for view in ("change", "history", "delete")]
        asks += [Ask("POST", f"{path}/move/{verb}/", {"reason": "x"}) for verb in ("receive", "withdraw", "answer")]
    return asks
