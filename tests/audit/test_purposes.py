"""Some readings are not done without saying what for: another agency's TLP:RED, a named person, an export."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from agencies.audit.purpose import QUESTIONS, Occasion
from registry.information import actions
from registry.information.models import InformationItem
from tests.audit.conftest import Log
from tests.cast import Cast, content, release
from tests.clients import ApiClient

Api = Callable[[str | None], ApiClient]
Desk = Callable[[str | None], Client]
WHY = "Kiểm tra chuyên án chung"
SAID = {"X_Purpose": quote(WHY)}
BODY = "Nội dung của tin."


@pytest.fixture
def red(cast: Cast) -> InformationItem:
    """A released item of the police marked TLP:RED, delivered to customs and to a sister unit."""
    item = actions.create_item(
        unit=cast.units["police"],
        by=cast.police_officer,
        content=content("Tin đỏ", tlp="TLP:RED"),
        recipients=[cast.units["customs"], cast.units["police_south"]],
    )
    actions.submit_item(item=item, by=cast.police_officer)
    return release(item, by=cast.police_head)


def test_every_occasion_has_its_question() -> None:
    assert set(QUESTIONS) == set(Occasion)


def test_another_agency_says_why_it_reads_what_is_red(api: Api, log: Log, red: InformationItem) -> None:
    log.mark()
    refused = api("customs_officer").get(f"information-items/{red.pk}")
    assert refused.status_code == 428
    assert refused.json()["code"] == "purpose_required"
    assert BODY not in refused.content.decode()
    assert log.events() == []
    told = api("customs_officer").get(f"information-items/{red.pk}", **SAID)
    assert told.status_code == 200
    assert told.json()["body"] == BODY
    assert [(e.action, e.purpose) for e in log.events()] == [("read", WHY), ("delivery.open", "")]


@pytest.mark.parametrize("name", ["police_officer", "south_officer"])
def test_ones_own_agency_is_not_asked(api: Api, red: InformationItem, name: str) -> None:
    assert api(name).get(f"information-items/{red.pk}").status_code == 200


def test_what_is_not_red_needs_none_and_keeps_one_that_is_said(cast: Cast, api: Api, log: Log) -> None:
    path = f"information-items/{cast.items['police_acknowledged'].pk}"
    api("customs_officer").get(path)
    api("customs_officer").get(path, **SAID)
    assert [e.purpose for e in log.events()] == ["", WHY]


@pytest.mark.parametrize(
    ("value", "fault"),
    [("abc", 400), ("%ff%fe%fd%fc%fb", 400), ("x" * 501, 400), ("%20%20%20%20%20%20", 428), ("", 428)],
)
def test_a_purpose_is_a_purpose(api: Api, red: InformationItem, value: str, fault: int) -> None:
    answer = api("customs_officer").get(f"information-items/{red.pk}", X_Purpose=value)
    assert answer.status_code == fault
    assert [e["pointer"] for e in answer.json()["errors"]] == ([] if fault == 428 else ["/X-Purpose"])


def test_a_list_leaves_the_body_out(api: Api, red: InformationItem) -> None:
    def row(name: str, **headers: str) -> Any:
        found = api(name).get("information-items?tlp=TLP:RED", **headers).json()["results"]
        return next((r["body"], r["withheld"], r["title"]) for r in found if r["id"] == str(red.pk))

    assert row("customs_officer") == ("", True, "Tin đỏ")
    assert row("customs_officer", **SAID) == (BODY, False, "Tin đỏ")
    assert row("police_officer") == (BODY, False, "Tin đỏ")


def test_hidden_is_hidden_whether_a_purpose_is_said_or_not(api: Api, red: InformationItem) -> None:
    for headers in ({}, SAID):
        assert api("coast_officer").get(f"information-items/{red.pk}", **headers).status_code == 404


def test_the_page_asks_once_per_session_and_record(desk: Desk, log: Log, red: InformationItem) -> None:
    page = f"/admin/information/informationitem/{red.pk}/change/"
    client = desk("customs_officer")
    log.mark()
    asked = client.get(page)
    assert asked.status_code == 200
    assert 'name="purpose"' in asked.content.decode()
    assert BODY not in asked.content.decode()
    assert log.events() == []
    form = {"about": f"informationitem:{red.pk}", "target": page, "occasion": "restricted"}
    address = "/admin/information/informationitem/purpose/"
    short = client.post(address, form | {"purpose": "vì"})
    assert short.status_code == 200
    assert "errorlist" in short.content.decode()
    led = client.post(address, form | {"purpose": WHY})
    assert (led.status_code, led["Location"]) == (302, page)
    for _again in range(2):
        assert BODY in client.get(page).content.decode()
    assert [e.purpose for e in log.events(action="read")] == [WHY, WHY]
    assert 'name="purpose"' in desk("customs_officer").get(page).content.decode(), "another session is asked again"


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_the_page_leads_nowhere_else(desk: Desk, red: InformationItem, target: str) -> None:
    form = {"about": "informationitem:1", "target": target, "occasion": "restricted", "purpose": WHY}
    answer = desk("customs_officer").post("/admin/information/informationitem/purpose/", form)
    assert answer.status_code == 400


def test_looking_up_a_person_needs_a_purpose(cast: Cast, api: Api, log: Log) -> None:
    assert api("auditor").get("audit-events").status_code == 200
    assert api("auditor").get("audit-events?actor=police_officer").status_code == 428
    answer = api("auditor").get("audit-events?actor=police_officer", **SAID)
    assert answer.status_code == 200
    assert {row["actor"] for row in answer.json()["results"]} == {"police_officer"}
    assert [e.purpose for e in log.events(action="list")] == ["", WHY]


def test_the_desk_asks_for_each_person(cast: Cast, desk: Desk, log: Log) -> None:
    client = desk("auditor")
    page = "/admin/audit/auditevent/?actor=police_officer"
    assert 'name="purpose"' in client.get(page).content.decode()
    form = {"about": "auditevent:person police_officer", "target": page, "occasion": "named_person", "purpose": WHY}
    assert client.post("/admin/audit/auditevent/purpose/", form)["Location"] == page
    assert 'name="purpose"' not in client.get(page).content.decode()
    assert 'name="purpose"' in client.get("/admin/audit/auditevent/?actor=police_head").content.decode()
    assert [e.purpose for e in log.events(action="list")] == [WHY]
