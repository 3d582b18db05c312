"""Conferences and action items over HTTP."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.conferences import actions
from tests.cast import Cast
from tests.clients import ApiClient
from tests.conferences.stories import (
    HELD,
    approved,
    assented,
    convened,
    paper,
    planned,
    proposed,
    seated,
    task,
    waiting,
)

Api = Callable[[str | None], ApiClient]
BODY = {
    "code": "meeting",
    "kind": "quarterly_exchange",
    "title_vi": "Hội nghị",
    "period_label": "2024-Q2",
    "host_agency": "POLICE",
}


def test_a_conference_goes_from_plan_to_approved_minutes(cast: Cast, api: Api) -> None:
    secretariat = api("secretariat")
    made = secretariat.post("conferences", BODY)
    assert made.status_code == 201, made.content
    body = made.json()
    assert (body["status"], body["period_start"], body["held_on_missing"]) == ("planned", "2024-04-01", "undecided")
    path = f"conferences/{body['id']}"
    assert secretariat.patch(path, {"venue_vi": "Trụ sở"}).status_code == 428
    changed = secretariat.patch(path, {"venue_vi": "Trụ sở"}, If_Match=made["ETag"])
    assert (changed.status_code, changed.json()["venue_missing"]) == (200, "")
    assert secretariat.patch(path, {"venue_vi": "X"}, If_Match=made["ETag"]).status_code == 412
    assert secretariat.post(f"{path}/convene").status_code == 422
    assert secretariat.post(f"{path}/convene", {"held_on": "2024-08-14"}).json()["status"] == "convened"
    assert secretariat.post(f"{path}/approve").status_code == 409
    assert secretariat.post(f"{path}/minute").status_code == 422
    assert secretariat.post(f"{path}/minute", {"minutes_vi": "Biên bản."}).json()["status"] == "minuted"
    assert secretariat.post(f"{path}/approve").json()["status"] == "approved"
    assert secretariat.post(f"{path}/resolutions", {"text_vi": "x"}).status_code == 409


def test_offices_resolutions_and_action_items_are_added(cast: Cast, api: Api) -> None:
    path = f"conferences/{planned(cast).pk}"
    secretariat = api("secretariat")
    seat = {"office_vi": "Cục trưởng", "unit": "customs", "part": "co_chair", "rank_printed": "Đại tá"}
    seat["presence"] = "attended"
    assert secretariat.post(f"{path}/attendance", seat).json()["attendance"][0]["agency"] == "CUSTOMS"
    secretariat.post(f"{path}/convene", {"held_on": "2024-08-14"})
    said = secretariat.post(f"{path}/resolutions", {"kind": "task", "text_vi": "Lập kế hoạch."})
    assert (said.status_code, said.json()["resolutions"][0]["number"]) == (201, 1)
    body = {"text_vi": "Lập kế hoạch.", "resolution": 1, "assignee_unit": "customs", "due_on": "2024-09-30"}
    made = secretariat.post(f"{path}/action-items", body)
    assert made.status_code == 201, made.content
    item = made.json()["action_items"][0]
    assert (item["assignee_agency"], item["due_on"], item["resolution"]) == ("CUSTOMS", "2024-09-30", 1)
    assert secretariat.post(f"{path}/action-items", body | {"resolution": 9}).status_code == 400
    assert api("coast_officer").get(path).json()["action_items"] == made.json()["action_items"]


def test_an_action_item_is_closed_with_evidence(cast: Cast, api: Api) -> None:
    item = task(cast, convened(cast), assignee_unit=cast.units["customs"])
    path = f"action-items/{item.pk}"
    assert api("customs_officer").post(f"{path}/close", {"evidence": "x"}).status_code == 403
    assert api("customs_secretariat").post(f"{path}/close").status_code == 400
    done = api("customs_secretariat").post(f"{path}/close", {"evidence": "Kế hoạch 05."})
    assert (done.status_code, done.json()["status"], done.json()["evidence"]) == (200, "done", "Kế hoạch 05.")
    assert api("customs_secretariat").post(f"{path}/drop", {"reason": "x"}).status_code == 409
    other = task(cast, convened(cast, code="other"))
    assert api("secretariat").post(f"action-items/{other.pk}/drop", {"reason": "Thừa."}).json()["status"] == "dropped"


@pytest.mark.parametrize("name", ["coast_officer", "auditor", "customs_admin", "police_system", "customs_secretariat"])
def test_everybody_reads_conferences(cast: Cast, api: Api, name: str) -> None:
    item = task(cast, convened(cast))
    assert api(name).get("conferences?count=true&code=meeting").json()["count"] == 1
    assert api(name).get(f"conferences/{item.conference_id}").status_code == 200
    assert api(name).get(f"action-items/{item.pk}").json()["conference"] == "meeting"


@pytest.mark.parametrize("name", ["police_officer", "customs_secretariat", "auditor"])
def test_nobody_but_the_hosts_secretariat_writes(cast: Cast, api: Api, name: str) -> None:
    conference = planned(cast)
    path = f"conferences/{conference.pk}"
    client = api(name)
    assert client.post("conferences", BODY | {"code": "b"}).status_code == 403
    assert client.patch(path, {"note_vi": "x"}, If_Match="*").status_code == 403
    for verb, body in (
        ("convene", {"held_on": "2024-08-14"}),
        ("attendance", {"office_vi": "x"}),
        ("resolutions", {"text_vi": "x"}),
        ("action-items", {"text_vi": "x"}),
    ):
        assert client.post(f"{path}/{verb}", body).status_code == 403, verb


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=annual", ""),
        ("status=convened", "meeting"),
        ("code=meeting", "meeting"),
        ("period=2024-Q2", "meeting next"),
        ("period=2024-Q1", ""),
        ("host_agency=POLICE", "meeting next"),
        ("host_agency=CUSTOMS", ""),
        ("source_document=none", ""),
        ("synthetic=true", "meeting next"),
        ("synthetic=false", ""),
    ],
)
def test_the_list_is_filtered(cast: Cast, api: Api, query: str, found: str) -> None:
    convened(cast)
    planned(cast, code="next")
    listed = api("auditor").get(f"conferences?page_size=200&{query}").json()["results"]
    assert {one["code"] for one in listed if one["code"] in {"meeting", "next"}} == set(found.split())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=open", "1"),
        ("status=done", "2"),
        ("status=dropped", ""),
        ("conference=meeting", "1 2"),
        ("conference=x", ""),
        ("assignee_agency=CUSTOMS", "1"),
        ("assignee_unit=customs", "1"),
        ("due_before=2024-10-01", "2"),
        ("due_before=2024-09-01", ""),
        ("synthetic=false", ""),
    ],
)
def test_the_list_of_action_items_is_filtered(cast: Cast, api: Api, query: str, found: str) -> None:
    conference = convened(cast)
    task(cast, conference, assignee_unit=cast.units["customs"])
    done = task(cast, conference, due_on=date(2024, 9, 1))
    actions.close_action_item(item=done, by=cast.secretariat, evidence="Xong.")
    listed = api("auditor").get(f"action-items?page_size=200&{query}").json()["results"]
    assert {str(one["number"]) for one in listed if one["conference"] == "meeting"} == set(found.split())


@pytest.mark.parametrize(
    ("fault", "pointer"),
    [
        ({"kind": "party"}, "/kind"),
        ({"secrecy": "mat"}, "/secrecy"),
        ({"period_label": "summer"}, "/period_label"),
        ({"host_agency": "NAVY"}, "/host_agency"),
        ({"code": "no spaces here"}, "/code"),
        ({"title_vi": ""}, "/title_vi"),
        ({"status": "approved"}, "/status"),
    ],
)
def test_a_fault_is_named_where_it_is(cast: Cast, api: Api, fault: dict[str, Any], pointer: str) -> None:
    answer = api("secretariat").post("conferences", BODY | fault)
    assert answer.status_code == 400, answer.content
    assert [e["pointer"] for e in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize("path", ["conferences", "action-items"])
def test_a_list_takes_as_many_queries_for_many_as_for_one(cast: Cast, api: Api, path: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert api("auditor").get(path).status_code == 200
        return len(seen)

    def full(code: str) -> None:
        conference = planned(cast, code=code)
        seated(cast, conference, unit=cast.units["customs"])
        actions.add_agenda_point(conference=conference, by=cast.secretariat, text_vi="Tình hình.")
        one = paper(cast, conference)
        actions.issue_copies(paper=one, by=cast.secretariat, units=[cast.units["customs"], cast.units["border"]])
        actions.convene_conference(conference=conference, by=cast.secretariat, held_on=HELD)
        resolution = waiting(cast, conference)
        assented(cast, resolution, "coast_head")
        actions.send_proposal(resolution=proposed(cast, conference), by=cast.secretariat, sent_on=HELD)
        item = task(cast, conference, resolution=resolution, assignee_unit=cast.units["customs"])
        actions.close_action_item(item=item, by=cast.secretariat, evidence="Xong.", paper=one)
        task(cast, conference, resolution=resolution, assignee_unit=cast.units["customs"])

    full("one")
    queries()
    few = queries()
    for code in ("two", "three", "four"):
        full(code)
    assert queries() == few


def test_an_approved_conference_is_not_changed(cast: Cast, api: Api) -> None:
    answer = api("secretariat").patch(f"conferences/{approved(cast).pk}", {"note_vi": "x"}, If_Match="*")
    assert answer.status_code == 409
