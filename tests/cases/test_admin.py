"""Joint cases in the admin."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import today
from registry.cases import actions
from registry.cases.models import CaseItem, JointCase
from tests.cases.stories import DAY, area, closed, delivered, fresh, lot, opened, row
from tests.cast import Cast

Desk = Callable[[str | None], Client]
LIST = "/admin/cases/jointcase/"


def address(case: JointCase, what: str = "change", *more: Any) -> str:
    return reverse(f"admin:cases_jointcase_{what}", args=[case.pk, *more])


def management(**forms: int) -> dict[str, Any]:
    """The bookkeeping of the tables on the page; `items=1` posts one row of items."""
    names = ("participations", "hand_overs", "task_forces", "lots", "divisions", "items", "entries")
    return {f"{n}-TOTAL_FORMS": forms.get(n, 0) for n in names} | {f"{n}-INITIAL_FORMS": 0 for n in names}


def content(case: JointCase, **changes: Any) -> dict[str, Any]:
    """What the lead's form sends."""
    return {
        "kind": case.kind,
        "title": case.title,
        "summary": "",
        "opened_on": str(case.opened_on),
        "area": str(case.area_id),
        "place": "",
        "deviation_reason": "",
        "arrests": "",
        "read_revision": case.revision,
        **changes,
    }


@pytest.mark.parametrize("name", ["police_officer", "customs_head", "border_analyst", "police_focal_point"])
def test_whoever_takes_part_finds_and_opens_the_case(cast: Cast, desk: Desk, name: str) -> None:
    case = opened(cast)
    lot(cast, case)
    actions.link_item(case=case, by=cast.customs_officer, delivery=delivered(cast))
    listed = desk(name).get(LIST, {"q": case.reference})
    assert case.reference in listed.content.decode()
    page = desk(name).get(address(case))
    assert page.status_code == 200
    assert case.title in page.content.decode()


def test_a_case_page_shows_an_item_only_to_who_may_see_it(cast: Cast, desk: Desk) -> None:
    case, delivery = opened(cast), delivered(cast)
    actions.link_item(case=case, by=cast.customs_officer, delivery=delivery)
    reference = delivery.item.reference
    assert reference in desk("customs_officer").get(address(case)).content.decode()
    assert reference not in desk("border_officer").get(address(case)).content.decode()


@pytest.mark.parametrize("name", ["coast_officer", "north_officer"])
def test_a_stranger_finds_nothing(cast: Cast, desk: Desk, name: str) -> None:
    case = opened(cast)
    assert case.reference not in desk(name).get(LIST).content.decode()
    assert desk(name).get(address(case)).status_code in {302, 404}


def test_the_lead_opens_a_case_with_those_who_take_part(cast: Cast, desk: Desk) -> None:
    sent = {
        "unit": str(cast.units["police"].pk),
        "kind": "case",
        "title": "Vụ hai",
        "opened_on": str(DAY),
        "area": str(area().pk),
        "coordinators": [str(cast.units["customs"].pk)],
    }
    answer = desk("police_officer").post(LIST + "add/", sent)
    assert answer.status_code == 302, answer.content.decode()
    made = JointCase.objects.get(title="Vụ hai")
    assert row(made, "customs").role == "coordinator"


def test_a_refusal_comes_back_on_the_form(cast: Cast, desk: Desk) -> None:
    sent = {
        "unit": str(cast.units["police"].pk),
        "kind": "case",
        "title": "Vụ ba",
        "opened_on": str(DAY),
        "area": str(area("sea").pk),
    }
    answer = desk("police_officer").post(LIST + "add/", sent)
    assert answer.status_code == 200
    assert "Địa bàn này do Cảnh sát biển chủ trì" in answer.content.decode()
    assert not JointCase.objects.filter(title="Vụ ba").exists()


def test_the_lead_edits_and_takes_a_unit_in_on_one_page(cast: Cast, desk: Desk) -> None:
    case = opened(cast)
    joins = {
        "participations-0-unit": str(cast.units["coast"].pk),
        "participations-0-role": "coordinator",
        "participations-0-valid_from": str(DAY),
    }
    sent = content(fresh(case), title="Tên mới") | management(participations=1) | joins
    answer = desk("police_officer").post(address(case), sent)
    assert answer.status_code == 302, answer.content.decode()
    assert fresh(case).title == "Tên mới"
    assert row(case, "coast").role == "coordinator"


def test_a_save_over_somebody_elses_is_refused(cast: Cast, desk: Desk) -> None:
    case = opened(cast)
    actions.edit_case(case=case, by=cast.police_head, content={"title": "Của người khác"})
    answer = desk("police_officer").post(address(case), content(case, title="Của tôi") | management())
    assert answer.status_code == 200
    assert fresh(case).title == "Của người khác"


def test_who_takes_part_links_an_item_and_changes_nothing_else(cast: Cast, desk: Desk) -> None:
    case = opened(cast)
    sent = {"title": "Tên khác", **management(items=1), "items-0-delivery": str(delivered(cast).pk)}
    answer = desk("customs_officer").post(address(case), sent)
    assert answer.status_code == 302, answer.content.decode()
    assert CaseItem.objects.get(case=case).unit.code == "customs"
    assert fresh(case).title == case.title


def test_the_picker_offers_only_what_ones_unit_holds(cast: Cast, desk: Desk) -> None:
    page = desk("customs_officer").get(address(opened(cast))).content.decode()
    assert str(delivered(cast, "police_acknowledged").pk) in page
    assert str(delivered(cast, "police_released_to_two", "border").pk) not in page
    assert str(delivered(cast, "police_opened").pk) not in page


@pytest.mark.parametrize("name", ["border_officer", "customs_officer", "police_analyst"])
def test_only_the_lead_closes(cast: Cast, desk: Desk, name: str) -> None:
    case = opened(cast)
    assert address(case, "step", "close") not in desk(name).get(address(case)).content.decode()
    desk(name).post(address(case, "step", "close"), {"reason": "x", "closed_on": str(DAY)})
    assert fresh(case).status == "open"


def test_moves_are_buttons(cast: Cast, desk: Desk) -> None:
    case = opened(cast)
    assert address(case, "move", "confirm") in desk("customs_head").get(address(case)).content.decode()
    desk("customs_head").post(address(case, "move", "confirm"))
    assert row(case, "customs").confirmed_by == cast.customs_head
    desk("police_officer").post(address(case, "step", "close"), {"reason": "Bắt giữ.", "closed_on": str(DAY)})
    assert fresh(case).status == "closed"
    desk("police_officer").post(address(case, "step", "reopen"), {"reason": "Thêm đối tượng."})
    assert fresh(case).status == "open"


def test_a_closed_case_is_read_only(cast: Cast, desk: Desk) -> None:
    case = closed(cast)
    page = desk("police_officer").get(address(case))
    assert page.status_code == 200
    assert 'name="title"' not in page.content.decode()
    assert desk("police_officer").post(address(case), content(case) | management()).status_code == 403


def test_nothing_is_deleted(cast: Cast, desk: Desk) -> None:
    case = opened(cast)
    assert desk("police_officer").post(address(case, "delete"), {"post": "yes"}).status_code == 403


def test_a_case_is_handed_over_to_units_of_today_only(cast: Cast, desk: Desk) -> None:
    case, gone = opened(cast), cast.units["coast_north"]
    gone.valid_from, gone.valid_to = date(2000, 1, 1), today()
    gone.save()
    form = desk("police_head").get(address(case, "step", "hand-over")).context["form"]
    offered = set(form.fields["unit"].queryset.values_list("code", flat=True))
    assert "customs" in offered
    assert "coast_north" not in offered
