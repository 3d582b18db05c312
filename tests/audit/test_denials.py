"""A denied attempt is kept, once, though everything else of the request is undone."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from agencies.refusals import NotPermitted
from registry.information import actions
from tests.audit.conftest import Log
from tests.cast import Cast, draft
from tests.clients import ApiClient

Api = Callable[[str | None], ApiClient]
Desk = Callable[[str | None], Client]
DENIED = {
    "not their role": ("customs_officer", "POST", "information-items/{sent}/recall", {"reason": "x"}, "not_permitted"),
    "four eyes": ("police_officer_and_head", "POST", "information-items/{own}/release", {}, "four_eyes"),
    "not their kind of record": ("auditor", "GET", "information-items/{sent}", None, "not_permitted"),
    "a list not for them": ("police_officer", "GET", "audit-events", None, "not_permitted"),
    "a unit not theirs": ("police_officer", "POST", "information-items", {"unit": "coast", "title": "x", "topic": "methods"}, "not_permitted"),
    "readers of what was delivered": ("customs_officer", "GET", "information-items/{sent}/readers", None, "not_permitted"),
    "reading scope missing": ("write_only", "GET", "information-items/{sent}", None, "not_permitted"),
    "a key of another": ("police_officer", "POST", "api-keys", {"name": "k", "username": "police_head", "unit": "police", "scopes": ["read"]}, "not_permitted"),
}  # fmt: skip


@pytest.fixture
def names(cast: Cast) -> dict[str, Any]:
    return {"sent": cast.items["police_released_to_two"].pk, "own": own_submitted(cast)}


def own_submitted(cast: Cast) -> Any:
    """Written by somebody who is also head of the unit."""
    both = cast.again("police_officer_and_head")
    item = draft(cast, by=both, to=("customs",))
    return actions.submit_item(item=item, by=both).pk


@pytest.mark.parametrize("keyed", [False, True], ids=["plain", "under an Idempotency-Key"])
@pytest.mark.parametrize("case", DENIED.values(), ids=DENIED.keys())
def test_a_denied_request_leaves_one_row(
    cast: Cast, names: dict[str, Any], api: Api, log: Log, case: Any, keyed: bool
) -> None:
    person, method, path, body, code = case
    log.mark()
    headers = (
        {"Idempotency_Key": "denied-1", "X_Request_ID": "denied-request"}
        if keyed
        else {"X_Request_ID": "denied-request"}
    )
    answer = api(person).call(method, path.format(**names), body, **headers)
    assert answer.status_code == 403, answer.content
    (event,) = log.events()
    assert (event.outcome, event.detail["code"], event.request_id) == ("denied", code, "denied-request")
    actor = "police_officer" if person == "write_only" else person
    assert event.actor == actor


def test_each_attempt_is_kept_and_none_is_replayed(cast: Cast, api: Api, log: Log) -> None:
    path = f"information-items/{cast.items['police_released_to_two'].pk}/recall"
    for _attempt in range(3):
        api("customs_officer").post(path, {"reason": "x"}, Idempotency_Key="again-and-again")
    assert [e.outcome for e in log.events()] == ["denied"] * 3


def test_the_owner_of_a_record_learns_of_the_attempt(cast: Cast, api: Api, log: Log) -> None:
    item = cast.items["police_released_to_two"]
    api("customs_officer").post(f"information-items/{item.pk}/recall", {"reason": "x"})
    (event,) = log.events()
    assert (event.object_type, event.object_ref, event.owner_unit_id) == (
        "InformationItem",
        item.reference,
        item.unit_id,
    )
    (shown,) = api("auditor").get("audit-events?outcome=denied").json()["results"]
    assert (shown["object_ref"], shown["actor"], shown["actor_unit"]) == (item.reference, "", "customs")


ADMIN = {
    "a list": ("auditor", "get", "/admin/information/informationitem/", "information_informationitem_changelist"),
    "a form": ("auditor", "get", "/admin/information/informationitem/add/", "information_informationitem_add"),
    "the log": ("police_officer", "get", "/admin/audit/auditevent/", "audit_auditevent_changelist"),
    "deletion": ("police_officer", "get", "/admin/information/informationitem/{sent}/delete/", "information_informationitem_delete"),
    "a form of others": ("police_head", "post", "/admin/information/informationitem/add/", "information_informationitem_add"),
}  # fmt: skip


@pytest.mark.parametrize("case", ADMIN.values(), ids=ADMIN.keys())
def test_a_denied_page_leaves_one_row(cast: Cast, names: dict[str, Any], desk: Desk, log: Log, case: Any) -> None:
    person, method, path, name = case
    log.mark()
    assert getattr(desk(person), method)(path.format(**names), {}).status_code == 403
    (event,) = log.events()
    assert (event.outcome, event.actor, event.object_type) == ("denied", person, name)


def test_a_denied_move_leaves_one_row(cast: Cast, desk: Desk, log: Log) -> None:
    item = cast.items["police_released_to_two"]
    desk("customs_officer").post(f"/admin/information/informationitem/{item.pk}/move/recall/", {"reason": "x"})
    (event,) = log.events()
    assert (event.outcome, event.action, event.object_ref) == ("denied", "informationitem.recall", item.reference)
    assert cast.fresh("police_released_to_two").status == "released"


def test_a_form_refused_for_the_person_leaves_one_row(
    cast: Cast, desk: Desk, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_given: Any) -> None:
        raise NotPermitted

    monkeypatch.setattr(actions, "edit_item", refuse)
    item = cast.items["police_draft"]
    form = {
        "title": "Mới",
        "topic": item.current.topic_id,
        "tlp": "TLP:AMBER",
        "secrecy": "internal",
        "urgency": "routine",
    }
    inline = {"deliveries-TOTAL_FORMS": "0", "deliveries-INITIAL_FORMS": "0"}
    answer = desk("police_officer").post(f"/admin/information/informationitem/{item.pk}/change/", form | inline)
    assert answer.status_code == 200
    assert [(e.action, e.outcome) for e in log.events()] == [("informationitem.edit", "denied"), ("read", "done")]


def test_a_missing_csrf_token_is_no_attempt(cast: Cast, log: Log) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.customs_officer)
    item = cast.items["police_released_to_two"]
    page = f"/admin/information/informationitem/{item.pk}/move/recall/"
    assert client.post(page, {"reason": "x"}, secure=True).status_code == 403
    path = f"/api/v1/information-items/{item.pk}/recall"
    answer = client.post(path, {"reason": "x"}, content_type="application/json", secure=True)
    assert answer.status_code == 403
    assert log.events() == []


def test_what_is_hidden_and_what_is_not_there_leave_the_same_nothing(
    cast: Cast, api: Api, desk: Desk, log: Log
) -> None:
    """Otherwise the number of queries, or of rows one's own auditor sees, would tell the two apart."""
    for pk in (cast.items["police_draft"].pk, uuid4()):
        assert api("coast_officer").get(f"information-items/{pk}").status_code == 404
        assert api("coast_head").post(f"information-items/{pk}/release", {}).status_code == 404
        desk("coast_officer").get(f"/admin/information/informationitem/{pk}/change/")
    assert log.events() == []
