"""Deliveries and items in the admin: what the recipient's people do there."""

from collections.abc import Callable

import pytest
from django.test import Client

from registry.information.models import Delivery
from tests.cast import Cast

Desk = Callable[[str | None], Client]


def address(delivery: Delivery, move: str = "") -> str:
    return f"/admin/information/delivery/{delivery.pk}/" + (f"move/{move}/" if move else "change/")


def test_a_focal_point_gives_a_delivery_to_somebody_of_the_unit(cast: Cast, desk: Desk) -> None:
    delivery = cast.delivery("police_acknowledged")
    page = desk("customs_focal_point").get(address(delivery)).content.decode()
    assert 'value="customs_analyst"' in page
    assert 'value="border_analyst"' not in page
    desk("customs_focal_point").post(address(delivery, "assign"), {"to": "customs_analyst"})
    assert cast.delivery("police_acknowledged").assigned_to == cast.customs_analyst


@pytest.mark.parametrize(
    ("name", "to"), [("customs_analyst", "customs_analyst"), ("customs_focal_point", "border_analyst")]
)
def test_nobody_else_gives_it_and_nobody_else_gets_it(cast: Cast, desk: Desk, name: str, to: str) -> None:
    delivery = cast.delivery("police_acknowledged")
    desk(name).post(address(delivery, "assign"), {"to": to})
    assert cast.delivery("police_acknowledged").assigned_to is None


def test_an_analyst_evaluates_with_a_grade_and_a_note(cast: Cast, desk: Desk) -> None:
    delivery = cast.delivery("police_acknowledged")
    answers = {"usefulness": "known", "source_grade": "C", "information_grade": "", "note": "Đã có từ tháng trước."}
    desk("customs_analyst").post(address(delivery, "evaluate"), answers)
    evaluation = cast.delivery("police_acknowledged").evaluation
    assert (evaluation.usefulness, evaluation.source_grade, evaluation.information_grade) == ("known", "C", "")
    assert evaluation.note == "Đã có từ tháng trước."


def test_a_delivery_leads_to_its_content_until_it_is_recalled(cast: Cast, desk: Desk) -> None:
    standing, recalled = cast.delivery("police_acknowledged"), cast.delivery("police_recalled")
    page = desk("customs_officer").get(address(standing)).content.decode()
    assert f"/admin/information/informationitem/{standing.item_id}/change/" in page
    page = desk("customs_officer").get(address(recalled)).content.decode()
    assert "informationitem/" + str(recalled.item_id) not in page
    assert "Nguồn rút lại." in page
    assert "Tin thu hồi police" not in page


def test_saving_a_draft_leads_to_its_page_where_the_next_step_stands(cast: Cast, desk: Desk) -> None:
    item = cast.items["police_draft"]
    page = f"/admin/information/informationitem/{item.pk}/change/"
    client = desk("police_officer")
    form = client.get(page).context["adminform"].form
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    data |= {"title": "Tin mới", "deliveries-TOTAL_FORMS": 0, "deliveries-INITIAL_FORMS": 0}
    answer = client.post(page, data)
    assert answer.status_code == 302
    assert answer["Location"] == page
    assert cast.fresh("police_draft").current.title == "Tin mới"


@pytest.mark.parametrize(
    "probe", ["return_reason__contains=a", "author__username__startswith=p", "current__body__contains=a"]
)
def test_a_list_cannot_be_asked_for_fields_it_does_not_show(cast: Cast, desk: Desk, probe: str) -> None:
    answer = desk("customs_officer").get(f"/admin/information/informationitem/?{probe}")
    assert answer.status_code == 400
