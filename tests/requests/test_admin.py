"""Requests in the admin: forms, buttons, the thread, the first page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.audit.models import AuditEvent
from registry.information import actions as information
from registry.requests import actions
from registry.requests.models import Answer, InformationRequest
from tests.cast import Cast, released
from tests.requests.stories import answered, drafted, fresh, hours, prepared, sent

Desk = Callable[[str | None], Client]
LIST = "/admin/requests/informationrequest/"


def address(request: InformationRequest, what: str = "change", *more: Any) -> str:
    return reverse(f"admin:requests_informationrequest_{what}", args=[request.pk, *more])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def form(cast: Cast, **changes: Any) -> dict[str, Any]:
    """What the author's form sends."""
    return {
        "unit": str(cast.units["police"].pk),
        "addressee": str(cast.units["customs"].pk),
        "subject": "Xe qua cửa khẩu",
        "question": "Xe nào?",
        "purpose": "Xác minh.",
        "commitment": "on",
        "urgency": "urgent",
        "secrecy": "internal",
        "tlp": "TLP:AMBER",
        **changes,
    }


def rows(answers: int = 0, messages: int = 0, **values: Any) -> dict[str, Any]:
    """The bookkeeping of the two tables on the page."""
    return {
        "answers-TOTAL_FORMS": answers,
        "answers-INITIAL_FORMS": 0,
        "messages-TOTAL_FORMS": messages,
        "messages-INITIAL_FORMS": 0,
        **values,
    }


def move(desk: Desk, name: str, request: InformationRequest, verb: str, **body: str) -> Any:
    return desk(name).post(address(request, "move", verb), body, follow=True)


def test_an_officer_drafts_a_request(cast: Cast, desk: Desk) -> None:
    page = text(desk("police_officer").get(LIST + "add/"))
    assert 'name="purpose"' in page
    assert 'name="commitment"' in page
    answer = desk("police_officer").post(LIST + "add/", form(cast))
    assert answer.status_code == 302, text(answer)
    made = InformationRequest.objects.get(subject="Xe qua cửa khẩu")
    assert (made.author, made.unit.code, made.urgency, made.commitment) == (
        cast.police_officer,
        "police",
        "urgent",
        True,
    )


def test_a_refusal_comes_back_on_the_form(cast: Cast, desk: Desk) -> None:
    sister = form(cast, addressee=str(cast.units["police_south"].pk))
    answer = desk("police_officer").post(LIST + "add/", sister)
    assert answer.status_code == 200
    assert "errorlist" in text(answer)
    assert not InformationRequest.objects.filter(subject="Xe qua cửa khẩu").exists()


def test_a_draft_is_edited_and_not_written_over(cast: Cast, desk: Desk) -> None:
    request = drafted(cast)
    sent_form = form(cast, subject="Khác", read_revision=request.revision)
    assert desk("police_officer").post(address(request), sent_form).status_code == 302
    assert fresh(request).subject == "Khác"
    again = desk("police_officer").post(address(request), sent_form | {"subject": "Lần hai"})
    assert again.status_code == 200
    assert fresh(request).subject == "Khác"


def test_buttons_stand_for_those_who_may_press_them(cast: Cast, desk: Desk) -> None:
    request = drafted(cast)

    def buttons(name: str) -> set[str]:
        page = text(desk(name).get(address(request)))
        verbs = ("send", "discard", "receive", "answer", "refuse-secrecy", "withdraw", "reopen")
        return {verb for verb in verbs if address(request, "move", verb) in page}

    assert buttons("police_officer") == {"discard"}
    assert buttons("police_head") == {"send"}
    move(desk, "police_head", request, "send")
    assert buttons("police_head") == {"withdraw"}
    assert buttons("customs_focal_point") == {"receive"}
    assert buttons("customs_head") == {"refuse-secrecy"}, "nothing is drafted yet"
    prepared(cast, request)
    assert buttons("customs_head") == {"refuse-secrecy", "answer"}
    move(desk, "customs_head", request, "answer")
    assert buttons("customs_head") == set()
    assert buttons("police_head") == {"reopen"}
    assert buttons("police_analyst") == set()


def test_the_head_of_two_hats_sends_no_request_of_their_own(cast: Cast, desk: Desk) -> None:
    both = cast.police_officer_and_head
    request = drafted(cast)
    actions.edit_request(request=request, by=both, content={"subject": "Khác"})
    page = text(desk("police_officer_and_head").get(address(request)))
    assert address(request, "move", "send") not in page
    move(desk, "police_officer_and_head", request, "send")
    assert fresh(request).status == "draft"
    assert AuditEvent.objects.filter(outcome="denied", actor=both.username).count() == 1


def test_each_move_of_the_page_does_what_it_says(cast: Cast, desk: Desk) -> None:
    given_up = drafted(cast)
    move(desk, "police_officer", given_up, "discard")
    request = drafted(cast)
    move(desk, "police_head", request, "send")
    move(desk, "customs_focal_point", request, "receive")
    assert (fresh(given_up).status, fresh(request).status) == ("withdrawn", "received")
    move(desk, "customs_head", request, "refuse-other", reason="Hết quyền.")
    refusal = fresh(request).answer
    assert refusal is not None
    assert (refusal.reason, refusal.text) == ("other", "Hết quyền.")
    move(desk, "police_head", request, "reopen", reason="Chưa đủ.")
    assert fresh(request).status == "received"
    move(desk, "police_head", request, "withdraw", reason="Đã có.")
    assert fresh(request).withdraw_reason == "Đã có."
    assert desk("police_head").post(address(request, "move", "dance")).status_code == 404
    assert move(desk, "customs_head", sent(cast), "refuse-because", reason="x").status_code == 200


def test_the_addressee_drafts_the_answer_on_the_page(cast: Cast, desk: Desk) -> None:
    request = sent(cast)
    row = {"answers-0-kind": "answered", "answers-0-text": "Hai xe."}
    answer = desk("customs_analyst").post(address(request), rows(answers=1, **row))
    assert answer.status_code == 302, text(answer)
    assert Answer.objects.get(request=request).text == "Hai xe."
    assert "Hai xe." in text(desk("customs_head").get(address(request)))
    assert "Hai xe." not in text(desk("police_head").get(address(request)))
    items = [str(cast.items["police_released_to_customs"].pk)]
    nothing = {"answers-0-kind": "no_information", "answers-0-text": "", "answers-0-items": items}
    refusal = desk("customs_analyst").post(address(request), rows(answers=1, **nothing))
    assert refusal.status_code == 200
    assert "errorlist" in text(refusal)
    assert Answer.objects.get(request=request).text == "Hai xe."


def test_both_sides_write_in_the_thread_and_nobody_else(cast: Cast, desk: Desk) -> None:
    request = sent(cast)
    for name, line in (("police_officer", "Xin gấp."), ("customs_head", "Xe nào?")):
        answer = desk(name).post(address(request), rows(messages=1, **{"messages-0-text": line}))
        assert answer.status_code == 302, text(answer)
    page = text(desk("customs_focal_point").get(address(request)))
    assert "Xin gấp." in page
    assert "Xe nào?" in page
    before = request.messages.count()
    desk("border_officer").post(address(request), rows(messages=1, **{"messages-0-text": "x"}))
    assert request.messages.count() == before == 2


def test_what_was_sent_is_read_only(cast: Cast, desk: Desk) -> None:
    request = sent(cast)
    changed = form(cast, subject="Khác", read_revision=request.revision) | rows()
    desk("police_officer").post(address(request), changed)
    assert fresh(request).subject == "Xe qua cửa khẩu"
    page = text(desk("police_officer").get(address(request)))
    assert 'name="subject"' not in page
    assert "Xe qua cửa khẩu" in page


def test_an_item_recalled_since_is_no_longer_shown_to_who_lost_it(cast: Cast, desk: Desk) -> None:
    item = released(cast, by=cast.customs_officer, head=cast.customs_head, unit="customs", to=("police",))
    request = sent(cast, item=item)
    assert item.reference in text(desk("police_officer").get(address(request)))
    information.recall_item(item=item, by=cast.customs_head, reason="x")
    assert item.reference not in text(desk("police_officer").get(address(request)))
    assert item.reference in text(desk("customs_officer").get(address(request)))


@pytest.mark.parametrize("name", ["coast_officer", "north_officer", "customs_north_officer"])
def test_a_stranger_finds_nothing(cast: Cast, desk: Desk, name: str) -> None:
    request = sent(cast)
    assert request.reference not in text(desk(name).get(LIST))
    assert desk(name).get(address(request)).status_code in {302, 404}


@pytest.mark.parametrize("name", ["secretariat", "auditor", "police_admin"])
def test_roles_that_do_not_read_requests_have_no_page(cast: Cast, desk: Desk, name: str) -> None:
    assert desk(name).get(LIST).status_code == 403


def test_the_list_is_narrowed_to_one_direction(cast: Cast, desk: Desk) -> None:
    mine, theirs = cast.requests["request_sent"].reference, cast.requests["request_customs"].reference
    asked = text(desk("police_officer").get(LIST, {"direction": "asked"}))
    received = text(desk("police_officer").get(LIST, {"direction": "received"}))
    assert (mine in asked, theirs in asked) == (True, False)
    assert (mine in received, theirs in received) == (False, True)


@pytest.mark.parametrize(
    ("name", "status", "count"),
    [
        ("police_head", "draft", 1),
        ("customs_focal_point", "sent", 1),
        ("customs_officer", "sent%2Creceived", 3),
        ("customs_head", "sent%2Creceived", 3),
    ],
)
def test_the_first_page_says_what_waits(cast: Cast, desk: Desk, name: str, status: str, count: int) -> None:
    response = desk(name).get("/admin/")
    cards = [c for c in response.context["work"] if LIST in c["url"] and f"status__in={status}" in c["url"]]
    assert [card["count"] for card in cards] == [count]
    listed = desk(name).get(cards[0]["url"])
    assert listed.context["cl"].result_count >= count


def test_reading_a_page_is_written_to_the_audit_log(cast: Cast, desk: Desk) -> None:
    request = answered(cast, at=hours(4))
    desk("customs_officer").get(address(request))
    assert AuditEvent.objects.get(action="read", object_id=str(request.pk)).actor == "customs_officer"
