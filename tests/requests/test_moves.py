"""The whole product: status, move, and whether it is theirs."""

from itertools import product
from typing import Any

import pytest

from agencies.refusals import Conflict, Invalid, NotPermitted
from registry.requests import actions
from registry.requests.models import InformationRequest
from tests.cast import Cast
from tests.requests.stories import content
from tests.stories import REQUESTS

STORIES = {
    "draft": "request_draft",
    "sent": "request_sent",
    "received": "request_received",
    "answered": "request_answered",
    "refused": "request_refused",
    "withdrawn": "request_withdrawn",
}
DOERS = {
    "send": "police_head",
    "discard": "police_officer",
    "edit": "police_officer",
    "receive": "customs_focal_point",
    "prepare": "customs_analyst",
    "answer": "customs_head",
    "refuse": "customs_head",
    "withdraw": "police_head",
    "reopen": "police_head",
}
POSSIBLE = {
    "draft": {"send", "discard", "edit"},
    "sent": {"receive", "prepare", "answer", "refuse", "withdraw"},
    "received": {"prepare", "answer", "refuse", "withdraw"},
    "answered": {"reopen"},
    "refused": {"reopen"},
    "withdrawn": set(),
}
STRANGERS = {
    "send": "police_officer police_focal_point north_head customs_head secretariat",
    "discard": "police_head police_analyst north_officer customs_officer",
    "edit": "police_head police_analyst north_officer customs_officer",
    "receive": "customs_officer customs_head police_focal_point customs_north_focal_point border_focal_point",
    "prepare": "customs_head customs_focal_point police_officer customs_north_officer",
    "answer": "customs_officer customs_analyst police_head coast_head customs_secretariat",
    "refuse": "customs_officer customs_focal_point police_head auditor",
    "withdraw": "police_officer customs_head south_head police_admin",
    "reopen": "police_officer customs_head north_head operator",
}


def do(verb: str, request: InformationRequest, by: Any) -> Any:
    """The move, with what it needs beside the person."""
    match verb:
        case "edit":
            return actions.edit_request(request=request, by=by, content={"subject": "Khác"})
        case "prepare":
            return actions.draft_answer(request=request, by=by, kind="answered", text="Có.")
        case "refuse":
            return actions.refuse_request(request=request, by=by, reason="secrecy")
        case "withdraw":
            return actions.withdraw_request(request=request, by=by, reason="x")
        case "reopen":
            return actions.reopen_request(request=request, by=by, reason="x")
    moves = {
        "send": actions.send_request,
        "discard": actions.discard_request,
        "receive": actions.receive_request,
        "answer": actions.give_answer,
    }
    return moves[verb](request=request, by=by)


@pytest.mark.parametrize(("status", "verb"), list(product(STORIES, DOERS)))
def test_a_move_is_made_from_its_statuses_alone(cast: Cast, status: str, verb: str) -> None:
    request = cast.requests[STORIES[status]]
    assert request.status == status == REQUESTS[STORIES[status]][2]
    if verb in POSSIBLE[status]:
        do(verb, request, cast.people[DOERS[verb]])
    else:
        with pytest.raises(Conflict) as refusal:
            do(verb, request, cast.people[DOERS[verb]])
        assert refusal.value.code == "wrong_status"


@pytest.mark.parametrize(("status", "verb"), list(product(STORIES, DOERS)))
def test_a_move_is_refused_to_others_before_the_status_is_looked_at(cast: Cast, status: str, verb: str) -> None:
    for name in STRANGERS[verb].split():
        with pytest.raises(NotPermitted):
            do(verb, cast.requests[STORIES[status]], cast.people[name])


@pytest.mark.parametrize("verb", ["withdraw", "reopen"])
def test_going_back_needs_a_reason(cast: Cast, verb: str) -> None:
    request = cast.requests["request_sent" if verb == "withdraw" else "request_answered"]
    act = {"withdraw": actions.withdraw_request, "reopen": actions.reopen_request}[verb]
    with pytest.raises(Invalid) as refusal:
        act(request=request, by=cast.police_head, reason=" ")
    assert set(refusal.value.fields) == {"reason"}


@pytest.mark.parametrize(
    "name", ["police_head", "police_analyst", "police_focal_point", "north_officer", "secretariat"]
)
def test_only_officers_of_the_unit_draft(cast: Cast, name: str) -> None:
    with pytest.raises(NotPermitted):
        actions.create_request(unit=cast.units["police"], by=cast.people[name], content=content(cast))
