"""Requests over HTTP."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.audit.models import AuditEvent
from registry.requests import actions
from registry.requests.models import InformationRequest
from tests.cast import Cast, released
from tests.clients import ApiClient
from tests.requests.stories import answered, drafted, prepared, refused, sent
from tests.stories import REQUESTS

Api = Callable[[str | None], ApiClient]
BODY = {"unit": "police", "addressee": "customs", "subject": "Xe", "question": "Xe nào?"}
WHOLE = BODY | {"purpose": "Xác minh.", "commitment": True, "urgency": "priority", "topic": "methods"}


def test_a_request_is_drafted_changed_sent_answered_and_reopened(cast: Cast, api: Api) -> None:
    officer, head, customs = api("police_officer"), api("police_head"), api("customs_head")
    made = officer.post("requests", BODY)
    assert made.status_code == 201, made.content
    path = f"requests/{made.json()['id']}"
    assert made["Location"].endswith(path)
    assert (made.json()["status"], made.json()["reference"], made.json()["own"]) == ("draft", None, True)
    assert head.post(f"{path}/send").status_code == 422
    change = {"purpose": "Xác minh.", "commitment": True}
    assert officer.patch(path, change).status_code == 428
    assert officer.patch(path, change, If_Match=made["ETag"]).status_code == 200
    assert officer.patch(path, change, If_Match=made["ETag"]).status_code == 412
    gone = head.post(f"{path}/send").json()
    assert gone["reference"].startswith("RQ-POLICE-")
    assert gone["due_at"] is not None
    assert customs.get(path).json()["own"] is False
    assert api("customs_focal_point").post(f"{path}/receive").json()["status"] == "received"
    assert customs.post(f"{path}/answer").json()["code"] == "no_draft"
    drafted = api("customs_analyst").post(f"{path}/draft-answer", {"kind": "answered", "text": "Hai xe."})
    assert drafted.json()["draft_answer"]["text"] == "Hai xe."
    assert officer.get(path).json()["draft_answer"] is None
    given = customs.post(f"{path}/answer").json()
    assert (given["status"], given["answer"]["text"], given["answered_in_time"]) == ("answered", "Hai xe.", True)
    assert head.post(f"{path}/reopen").status_code == 400
    again = head.post(f"{path}/reopen", {"reason": "Thiếu giờ."}).json()
    assert (again["status"], again["answer"], again["reopen_reason"]) == ("received", None, "Thiếu giờ.")
    assert [one["text"] for one in again["earlier_answers"]] == ["Hai xe."]
    no = customs.post(f"{path}/refuse", {"reason": "other", "text": "Hết quyền."}).json()
    assert (no["status"], no["answer"]["kind"], no["answer"]["reason"]) == ("refused", "refused", "other")
    assert head.post(f"{path}/reopen", {"reason": "x"}).json()["code"] == "reopened_before"


def test_people_are_named_to_their_own_side_only(cast: Cast, api: Api) -> None:
    request = sent(cast)
    actions.write_message(request=request, by=cast.customs_analyst, text="Xe nào?")
    actions.write_message(request=request, by=cast.police_officer, text="Xe tải.")
    actions.draft_answer(request=request, by=cast.customs_officer, kind="answered", text="Hai xe.")
    actions.give_answer(request=request, by=cast.customs_head)
    asker = api("police_officer").get(f"requests/{request.pk}")
    other = api("customs_officer").get(f"requests/{request.pk}")
    assert (asker.json()["author"], other.json()["author"]) == ("police_officer", None)
    assert [m["author"] for m in asker.json()["messages"]] == [None, "police_officer"]
    assert [m["author"] for m in other.json()["messages"]] == ["customs_analyst", None]
    assert "customs_" not in asker.content.decode()
    assert "police_" not in other.content.decode()


def test_a_drafted_answer_changes_nothing_that_the_asker_gets(cast: Cast, api: Api) -> None:
    request = sent(cast)
    before = api("police_officer").get(f"requests/{request.pk}")
    prepared(cast, request)
    after = api("police_officer").get(f"requests/{request.pk}")
    assert (before.content, before["ETag"]) == (after.content, after["ETag"])


def test_an_item_is_shown_while_the_reader_may_see_it(cast: Cast, api: Api) -> None:
    item = released(cast, by=cast.customs_officer, head=cast.customs_head, unit="customs", to=("police",))
    made = api("police_officer").post("requests", WHOLE | {"item": str(item.pk)})
    assert made.json()["item"] == str(item.pk), made.content
    path = f"requests/{made.json()['id']}"
    assert api("police_head").post(f"{path}/send").status_code == 200
    body = {"kind": "answered", "text": "Xem tin.", "items": [str(item.pk)]}
    assert api("customs_officer").post(f"{path}/draft-answer", body).status_code == 200
    assert api("customs_head").post(f"{path}/answer").json()["answer"]["items"] == [str(item.pk)]
    assert api("police_officer").get(path).json()["answer"]["items"] == [str(item.pk)]
    assert api("customs_head").post(f"information-items/{item.pk}/recall", {"reason": "x"}).status_code == 200
    shown = api("police_officer").get(path).json()
    assert (shown["item"], shown["answer"]["items"]) == (None, [])


@pytest.mark.parametrize("verb", ["create", "draft-answer"])
def test_an_item_one_may_not_name_is_like_one_that_does_not_exist(cast: Cast, api: Api, verb: str) -> None:
    hidden = released(cast, by=cast.coast_officer, head=cast.coast_head, unit="coast", to=("border",))
    own = released(cast, by=cast.police_officer, head=cast.police_head, to=("border",))
    answers = []
    for pk in (hidden.pk, own.pk, cast.units["coast"].pk):
        if verb == "create":
            answers.append(api("police_officer").post("requests", WHOLE | {"item": str(pk)}))
        else:
            body = {"kind": "answered", "text": "x", "items": [str(pk)]}
            answers.append(
                api("customs_officer").post(f"requests/{cast.requests['request_sent'].pk}/draft-answer", body)
            )
    assert {a.status_code for a in answers} == {400}
    assert len({a.content for a in answers}) == 1
    assert answers[0].json()["errors"][0]["pointer"] == ("/item" if verb == "create" else "/items")


@pytest.mark.parametrize(
    ("fault", "pointer"),
    [
        ({"addressee": "police_north"}, "/addressee"),
        ({"addressee": "nowhere"}, "/addressee"),
        ({"urgency": "soon"}, "/urgency"),
        ({"secrecy": "mat"}, "/secrecy"),
        ({"due_at": "2020-01-01T00:00:00Z"}, "/due_at"),
        ({"subject": ""}, "/subject"),
        ({"status": "sent"}, "/status"),
        ({"commitment": "perhaps"}, "/commitment"),
    ],
)
def test_a_fault_is_named_where_it_is(cast: Cast, api: Api, fault: dict[str, Any], pointer: str) -> None:
    answer = api("police_officer").post("requests", WHOLE | fault)
    assert answer.status_code == 400, answer.content
    assert [e["pointer"] for e in answer.json()["errors"]] == [pointer]
    assert not InformationRequest.objects.filter(subject="Xe").exists()


SENT = set(REQUESTS) - {"request_draft", "request_discarded"}
TO_POLICE = {"request_customs"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=draft", {"request_draft"}),
        ("status=withdrawn", {"request_discarded", "request_withdrawn"}),
        ("direction=asked", set(REQUESTS) - TO_POLICE),
        ("direction=received", TO_POLICE),
        ("asking_agency=CUSTOMS", TO_POLICE),
        ("addressee_agency=POLICE", TO_POLICE),
        ("addressee=customs_north", {"request_north"}),
        ("unit=police_north", {"request_north"}),
        ("urgency=routine", set(REQUESTS)),
        ("urgency=urgent", set()),
        ("answer=no_information", {"request_nothing"}),
        ("answer=answered", {"request_answered"}),
        ("refusal=secrecy", {"request_refused"}),
        ("refusal=other", set()),
        ("period=2024-Q2", SENT),
        ("period=2024-Q1", set()),
        ("in_time=true", {"request_answered", "request_nothing", "request_refused"}),
        ("in_time=false", set()),
        ("overdue=true", {"request_sent", "request_received", "request_reopened", "request_north", "request_customs"}),
        (
            "overdue=false",
            set(REQUESTS)
            - {"request_sent", "request_received", "request_reopened", "request_north", "request_customs"},
        ),
        ("q=NORTH", {"request_north"}),
        ("synthetic=false", set()),
        ("topic=methods", set()),
    ],
)
def test_the_list_is_filtered(cast: Cast, api: Api, query: str, found: set[str]) -> None:
    listed = api("police_officer").get(f"requests?page_size=200&count=true&{query}").json()
    assert {row["id"] for row in listed["results"]} == {str(cast.requests[name].pk) for name in found}
    assert listed["count"] == len(found)


@pytest.mark.parametrize(
    "query", ["status=open", "direction=sideways", "period=2024", "overdue=yes", "ordering=subject"]
)
def test_a_parameter_nobody_knows_is_refused(cast: Cast, api: Api, query: str) -> None:
    assert api("police_officer").get(f"requests?{query}").status_code == 400


def test_a_request_falls_overdue_by_itself(cast: Cast, api: Api) -> None:
    now = timezone.now()
    late, early = drafted(cast), drafted(cast)
    for request, due in ((late, timedelta(hours=-1)), (early, timedelta(hours=1))):
        content = {"due_at": now + due}
        actions.edit_request(request=request, by=cast.police_officer, content=content, at=now - timedelta(hours=3))
        actions.send_request(request=request, by=cast.police_head, at=now - timedelta(hours=2))
    shown = {row["id"]: row for row in api("customs_head").get("requests?page_size=200").json()["results"]}
    assert [shown[str(one.pk)]["overdue"] for one in (late, early)] == [True, False]
    assert [shown[str(one.pk)]["answered_in_time"] for one in (late, early)] == [False, None]


def test_a_write_repeated_under_its_key_is_done_once(cast: Cast, api: Api) -> None:
    answers = [api("police_officer").post("requests", WHOLE, Idempotency_Key="eins") for _n in range(2)]
    assert answers[0].json() == answers[1].json()
    assert InformationRequest.objects.filter(subject="Xe").count() == 1


def test_writes_and_readings_are_in_the_audit_log(cast: Cast, api: Api) -> None:
    request = sent(cast)
    api("customs_officer").get(f"requests/{request.pk}")
    read = AuditEvent.objects.get(action="read", object_id=str(request.pk))
    assert (read.actor, read.object_ref, read.owner_unit_id) == ("customs_officer", request.reference, request.unit_id)
    api("customs_officer").get("requests?page_size=1")
    assert AuditEvent.objects.filter(action="list", object_type="InformationRequest", actor="customs_officer").exists()
    prepared(cast, request)
    event = AuditEvent.objects.get(action="request.draft_answer", actor="customs_officer", object_ref=request.reference)
    assert event.owner_unit_id == request.addressee_id, "the asking agency's auditor does not see drafts"
    refusal = api("customs_officer").post(f"requests/{request.pk}/answer")
    assert refusal.status_code == 403
    assert AuditEvent.objects.filter(outcome="denied", object_id=str(request.pk)).count() == 1


def test_no_content_of_a_request_stands_in_the_audit_log(cast: Cast, api: Api) -> None:
    made = api("police_officer").post("requests", WHOLE | {"subject": "Lộ đề", "question": "Lộ câu hỏi"}).json()
    path = f"requests/{made['id']}"
    api("police_head").post(f"{path}/send")
    api("customs_officer").post(f"{path}/messages", {"text": "Lộ tin nhắn"})
    api("customs_officer").post(f"{path}/draft-answer", {"kind": "answered", "text": "Lộ trả lời"})
    api("customs_head").post(f"{path}/answer")
    events = AuditEvent.objects.filter(action__startswith="request.").values_list("object_ref", "purpose", "detail")
    assert "Lộ" not in str(list(events))


def test_the_list_takes_as_many_queries_for_many_requests_as_for_one(cast: Cast, api: Api) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert api("customs_officer").get("requests").status_code == 200
        return len(seen)

    def full() -> None:
        request = answered(cast)
        actions.reopen_request(request=request, by=cast.police_head, reason="x")
        actions.write_message(request=request, by=cast.police_officer, text="x")
        prepared(cast, request, items=[cast.items["police_released_to_customs"]])
        actions.give_answer(request=request, by=cast.customs_head)
        prepared(cast, sent(cast), items=[cast.items["police_released_to_customs"]])

    full()
    queries()
    few = queries()
    for _number in range(4):
        full()
    assert queries() == few


def test_the_etag_moves_with_what_both_sides_see(cast: Cast, api: Api) -> None:
    request = sent(cast)
    before = api("police_officer").get(f"requests/{request.pk}")["ETag"]
    api("customs_officer").post(f"requests/{request.pk}/messages", {"text": "Xe nào?"})
    after = api("police_officer").get(f"requests/{request.pk}")["ETag"]
    assert before != after
    late = api("police_officer").post(f"requests/{request.pk}/messages", {"text": "x"}, If_Match=before)
    assert late.status_code == 412


@pytest.mark.parametrize("name", ["secretariat", "auditor", "police_admin"])
def test_roles_that_do_not_read_requests_are_refused(cast: Cast, api: Api, name: str) -> None:
    for request in (sent(cast), refused(cast)):
        assert api(name).get(f"requests/{request.pk}").status_code == 403
