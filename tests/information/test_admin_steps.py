"""Steps in the admin: what the head approves is what stands on the page; refusals come back on the form."""

import re
from typing import Any

import pytest

from registry.information import actions
from registry.information.models import InformationItem
from tests.cast import Cast

ITEM, DELIVERY = "/admin/information/informationitem", "/admin/information/delivery"


def hash_on(page: str) -> str:
    found = re.search(r'name="preview" value="([0-9a-f]{64})"', page)
    assert found, page[:3000]
    return found[1]


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_the_head_releases_what_stands_on_the_page(cast: Cast, desk: Any) -> None:
    item = cast.items["police_submitted"]
    head = desk("police_head")
    assert f"{ITEM}/{item.pk}/step/release/" in text(head.get(f"{ITEM}/{item.pk}/change/"))
    page = text(head.get(f"{ITEM}/{item.pk}/step/release/"))
    assert item.current.title in page
    assert "customs" in page
    answer = head.post(f"{ITEM}/{item.pk}/step/release/", {"preview": hash_on(page)})
    assert answer.status_code == 302
    assert InformationItem.objects.get(pk=item.pk).status == "released"


def test_a_draft_changed_meanwhile_is_shown_anew_instead_of_released(cast: Cast, desk: Any) -> None:
    item = cast.items["police_submitted"]
    head = desk("police_head")
    seen = hash_on(text(head.get(f"{ITEM}/{item.pk}/step/release/")))
    actions.return_item(item=item, by=cast.police_head, reason="Sửa.")
    actions.edit_item(item=item, by=cast.police_officer, content={"title": "Tên mới"})
    actions.submit_item(item=item, by=cast.police_officer)
    page = text(head.post(f"{ITEM}/{item.pk}/step/release/", {"preview": seen}))
    assert "Tên mới" in page
    assert InformationItem.objects.get(pk=item.pk).status == "submitted"
    again = head.post(f"{ITEM}/{item.pk}/step/release/", {"preview": hash_on(page)})
    assert again.status_code == 302


@pytest.mark.parametrize("name", ["police_officer", "police_focal_point", "customs_head"])
def test_whoever_may_not_release_is_offered_no_page_and_refused(cast: Cast, desk: Any, name: str) -> None:
    item = cast.items["police_submitted"]
    somebody = desk(name)
    assert somebody.get(f"{ITEM}/{item.pk}/step/release/").status_code == 404
    answer = somebody.post(f"{ITEM}/{item.pk}/step/release/", {"preview": "x"})
    assert answer.status_code in {200, 404}
    assert InformationItem.objects.get(pk=item.pk).status == "submitted"


def test_a_correction_is_written_looked_at_and_released(cast: Cast, desk: Any) -> None:
    item = cast.items["police_opened"]
    officer, head = desk("police_officer"), desk("police_head")
    page = text(officer.get(f"{ITEM}/{item.pk}/step/correct/"))
    assert item.current.title in page
    sent = {"title": "Tên đã sửa", "topic": item.current.topic_id, "tlp": "TLP:AMBER", "secrecy": "internal"}
    sent |= {"urgency": "routine", "source_grade": "B", "information_grade": "2", "no_onward": "on"}
    sent |= {"body": "Nội dung của tin.", "facts_from": "2024-05-01"}
    refused = text(officer.post(f"{ITEM}/{item.pk}/step/correct/", sent))
    assert 'class="errorlist' in refused
    answer = officer.post(f"{ITEM}/{item.pk}/step/correct/", {**sent, "reason": "Sai tên."})
    assert answer.status_code == 302
    page = text(head.get(f"{ITEM}/{item.pk}/step/release-correction/"))
    assert "Tên đã sửa" in page
    assert item.current.title in page
    answer = head.post(f"{ITEM}/{item.pk}/step/release-correction/", {"preview": hash_on(page)})
    assert answer.status_code == 302
    assert InformationItem.objects.get(pk=item.pk).current.title == "Tên đã sửa"
    assert "Sai tên." in text(officer.get(f"{ITEM}/{item.pk}/change/"))


def test_further_units_get_it_at_the_second_press(cast: Cast, desk: Any) -> None:
    item = cast.items["police_opened"]
    head, address = desk("police_head"), f"{ITEM}/{item.pk}/step/share/"
    assert head.get(address).status_code == 200
    chosen = {"recipients": [cast.units["coast"].pk], "preview": ""}
    page = text(head.post(address, chosen))
    assert not item.deliveries.filter(unit__code="coast").exists()
    assert head.post(address, {**chosen, "preview": hash_on(page)}).status_code == 302
    assert item.deliveries.filter(unit__code="coast").exists()


def test_the_originator_asks_why_a_unit_sees_an_item(cast: Cast, desk: Any) -> None:
    item = cast.items["police_opened"]
    officer, address = desk("police_officer"), f"{ITEM}/{item.pk}/step/why/"
    page = text(officer.get(address))
    assert "badge--released" in page
    page = text(officer.get(address, {"unit": str(cast.units["coast"].pk)}))
    assert "badge--recalled" in page
    assert desk("customs_officer").get(address).status_code == 404


def test_a_recipient_evaluates_with_a_grade_of_its_own_and_assigns_inside_its_unit(cast: Cast, desk: Any) -> None:
    delivery = cast.delivery("police_acknowledged")
    analyst, focal = desk("customs_analyst"), desk("customs_focal_point")
    address = f"{DELIVERY}/{delivery.pk}/move"
    assert f"{address}/evaluate/" in text(analyst.get(f"{DELIVERY}/{delivery.pk}/change/"))
    said = {"usefulness": "new_line", "source_grade": "C", "information_grade": "3", "note": "Tốt."}
    assert analyst.post(f"{address}/evaluate/", said).status_code == 302
    delivery.refresh_from_db()
    assert (delivery.status, delivery.evaluation.source_grade) == ("evaluated", "C")
    page = text(focal.get(f"{DELIVERY}/{delivery.pk}/change/"))
    assert "Customs analyst" in page
    assert "Police analyst" not in page
    for username in ("customs_analyst", "police_analyst"):
        assert focal.post(f"{address}/assign/", {"to": username}).status_code == 302
    delivery.refresh_from_db()
    assert delivery.assigned_to == cast.customs_analyst


def test_the_holder_of_a_recalled_item_answers_for_its_copy(cast: Cast, desk: Any) -> None:
    delivery = cast.delivery("police_recalled")
    focal, address = desk("customs_focal_point"), f"{DELIVERY}/{delivery.pk}/step/disposal/"
    assert "errorlist" in text(focal.post(address, {"disposal": "retained", "ground": ""}))
    assert focal.post(address, {"disposal": "retained", "ground": "Hồ sơ vụ án"}).status_code == 302
    assert delivery.recall_receipt.ground == "Hồ sơ vụ án"
