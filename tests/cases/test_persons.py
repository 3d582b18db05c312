"""Text that looks like a person is asked about, and never repeated."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from agencies.audit.models import AuditEvent
from agencies.refusals import Invalid
from registry.cases import actions
from registry.cases.models import JointCase
from registry.cases.persons import findings
from tests.cases.stories import DAY, area, fresh, opened
from tests.cast import Cast
from tests.clients import ApiClient

Api = Callable[[str | None], ApiClient]
Desk = Callable[[str | None], Client]
NAMED = "Bắt giữ Nguyễn Văn Ánh (SN 1985), trú tại Sơn La."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Số định danh 001085012345.", ["identity_number"]),
        ("CCCD 001 085 012 345", ["identity_number"]),
        ("CCCD \uff10\uff10\uff11\uff10\uff18\uff15\uff10\uff11\uff12\uff13\uff14\uff15", ["identity_number"]),
        ("Nguyễn Văn Ánh (SN 1985)", ["birth_year"]),
        ("Nguyễn Văn Ánh, 1985", ["birth_year"]),
        ("NGUYEN VAN A - 12/3/1985", ["birth_year"]),
        ("Lò Thị B sinh năm 1990", ["birth_year"]),
        ("đối tượng sinh ngày 01/02/1979", ["birth_year"]),
        ("John Smith, born in 1970", ["birth_year"]),
        ("Trần Văn C, sinh năm 1980, số 079080001234", ["birth_year", "identity_number"]),
        ("Chuyên án LN24.01 bắt 3 đối tượng, 20 bánh heroin", []),
        ("CASE-POLICE-2024-000031 ngày 14/5/2024", []),
        ("Tổng trị giá 100.000.000.000 đồng", []),
        ("Cục Điều tra chống buôn lậu, 2024", []),
        ("Hội nghị tại Hà Nội (2024)", []),
        ("0123456789", []),
        ("1234567890123", []),
        ("Hải quan phát hiện năm 2023", []),
        ("", []),
    ],
)
def test_what_looks_like_a_person_is_found_and_nothing_else(text: str, found: list[str]) -> None:
    assert [str(one.likeness) for one in findings(text)] == found


def test_a_finding_says_where_and_counts_characters_from_one() -> None:
    (one,) = findings("Số 001085012345.")
    assert (one.start, one.end) == (4, 15)
    assert "Số 001085012345."[one.start - 1 : one.end] == "001085012345"


@pytest.mark.parametrize("field", ["title", "summary", "deviation_reason"])
def test_a_case_that_seems_to_name_a_person_is_asked_about(cast: Cast, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        opened(cast, **{field: NAMED})
    assert (set(caught.value.fields), caught.value.code) == ({field}, "looks_like_person")
    assert "Ánh" not in str(caught.value.fields[field])
    made = opened(cast, **{field: NAMED}, confirm=["looks_like_person"])
    assert getattr(fresh(made), field) == NAMED
    event = AuditEvent.objects.filter(action="case.open", object_id=str(made.pk)).get()
    assert event.detail["confirmed"] == ["looks_like_person"]


def test_an_edit_asks_about_what_it_writes_and_not_about_what_stands(cast: Cast) -> None:
    case = opened(cast, summary=NAMED, confirm=["looks_like_person"])
    actions.edit_case(case=case, by=cast.police_officer, content={"title": "Tên mới"})
    with pytest.raises(Invalid) as caught:
        actions.edit_case(case=case, by=cast.police_officer, content={"title": NAMED})
    assert set(caught.value.fields) == {"title"}


@pytest.mark.parametrize(("field", "argument"), [("reason", "result"), ("lessons", "lessons")])
def test_result_and_lessons_are_asked_about(cast: Cast, field: str, argument: str) -> None:
    said: dict[str, Any] = {"result": "Xong.", argument: NAMED}
    with pytest.raises(Invalid) as caught:
        actions.close_case(case=opened(cast), by=cast.police_officer, **said)
    assert set(caught.value.fields) == {field}


def test_the_api_names_the_field_and_the_place_and_repeats_nothing(cast: Cast, api: Api) -> None:
    body = {"unit": "police", "kind": "case", "title": "Vụ", "area": "inland", "opened_on": str(DAY), "summary": NAMED}
    asked = api("police_officer").post("cases", body, Accept_Language="en")
    assert asked.status_code == 400
    (error,) = asked.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/summary", "looks_like_person")
    assert "Characters 25 to 31" in error["detail"]
    assert "Ánh" not in asked.content.decode()
    made = api("police_officer").post("cases", body | {"confirm": ["looks_like_person"]})
    assert made.status_code == 201, made.content
    assert "confirm" not in made.json()
    path = f"cases/{made.json()['id']}"
    changed = api("police_officer").patch(path, {"title": NAMED}, If_Match="*")
    assert [e["pointer"] for e in changed.json()["errors"]] == ["/title"]
    sent = {"title": NAMED, "confirm": ["looks_like_person"]}
    assert api("police_officer").patch(path, sent, If_Match="*").status_code == 200
    assert api("police_officer").patch(path, {"confirm": ["anything"]}, If_Match="*").status_code == 400


def test_the_form_shows_a_box_only_when_there_is_something_to_confirm(cast: Cast, desk: Desk) -> None:
    sent = {
        "unit": str(cast.units["police"].pk),
        "kind": "case",
        "title": "Vụ có tên",
        "summary": NAMED,
        "opened_on": str(DAY),
        "area": str(area().pk),
    }
    page = desk("police_officer").get("/admin/cases/jointcase/add/")
    assert 'name="confirm_person"' not in page.content.decode()
    asked = desk("police_officer").post("/admin/cases/jointcase/add/", sent)
    assert asked.status_code == 200
    assert 'name="confirm_person"' in asked.content.decode()
    assert not JointCase.objects.filter(title="Vụ có tên").exists()
    done = desk("police_officer").post("/admin/cases/jointcase/add/", sent | {"confirm_person": "on"})
    assert done.status_code == 302, done.content.decode()
    assert JointCase.objects.get(title="Vụ có tên").summary == NAMED
