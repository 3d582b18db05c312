"""What is typed is read back: one reading, several with a question, or none; very large ones are asked about."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from agencies.refusals import Invalid
from registry.cases.models import SeizureLot
from registry.reference.models import Substance, UnitOfMeasure
from tests.cases.stories import DAY, lot, measure, opened
from tests.cast import Cast
from tests.clients import ApiClient

Api = Callable[[str | None], ApiClient]
Desk = Callable[[str | None], Client]
BODY = {"substance": "heroin", "seized_on": "2024-05-14"}


def brick() -> UnitOfMeasure:
    return UnitOfMeasure.objects.create(
        code="brick", name_vi="bánh", name_en="brick", symbol_vi="bánh", symbol_en="bricks", dimension="brick"
    )


def test_a_text_with_one_reading_is_taken_as_read(cast: Cast, api: Api) -> None:
    path = f"cases/{opened(cast).pk}/lots"
    made = api("police_officer").post(path, BODY | {"raw_text": "hơn 3.430,8 kg"})
    assert made.status_code == 201, made.content
    (one,) = made.json()["lots"]
    assert (one["raw_text"], one["value"], one["unit"], one["comparator"]) == ("hơn 3.430,8 kg", "3430.8", "kg", "over")
    assert one["normalised_value"] == "3430800"


def test_an_ambiguous_text_is_answered_with_both_readings_and_taken_as_chosen(cast: Cast, api: Api) -> None:
    path = f"cases/{opened(cast).pk}/lots"
    police = api("police_officer")
    asked = police.post(path, BODY | {"raw_text": "659,149 kg"}, Accept_Language="vi")
    assert asked.status_code == 400
    (error,) = asked.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/raw_text", "ambiguous")
    assert "1: sáu trăm năm mươi chín phẩy một bốn chín" in error["detail"]
    assert "2: sáu trăm năm mươi chín nghìn một trăm bốn mươi chín" in error["detail"]
    assert police.post(path, BODY | {"raw_text": "659,149 kg", "reading": 3}).status_code == 400
    made = police.post(path, BODY | {"raw_text": "659,149 kg", "reading": 1}, Accept_Language="vi")
    assert made.json()["lots"][0]["value"] == "659.149"
    assert SeizureLot.objects.get(pk=made.json()["lots"][0]["id"]).raw_text == "659,149 kg"


@pytest.mark.parametrize("text", ["chưa cân", "12", "nhiều gói", "dưới 5 kg", "2 bánh"])
def test_what_is_no_quantity_in_a_known_unit_says_so(cast: Cast, api: Api, text: str) -> None:
    path = f"cases/{opened(cast).pk}/lots"
    answer = api("police_officer").post(path, BODY | {"raw_text": text})
    assert [e["pointer"] for e in answer.json()["errors"]] == ["/raw_text"]
    kept = api("police_officer").post(path, BODY | {"raw_text": text, "weighed": False})
    assert kept.status_code == 201
    assert kept.json()["lots"][0]["weighed"] is False


def test_what_has_a_value_is_weighed(cast: Cast, api: Api) -> None:
    body = BODY | {"raw_text": "2 kg", "value": "2", "unit": "kg", "weighed": False}
    answer = api("police_officer").post(f"cases/{opened(cast).pk}/lots", body)
    assert [e["pointer"] for e in answer.json()["errors"]] == ["/weighed"]


def test_a_lot_is_weighed_later_by_its_text(cast: Cast, api: Api) -> None:
    case = opened(cast)
    waiting = lot(cast, case, raw_text="chưa cân")
    body = {"lot": str(waiting.pk), "raw_text": "1,25 kg"}
    later = api("police_officer").post(f"cases/{case.pk}/weigh", body)
    assert later.json()["lots"][0]["normalised_value"] == "1250"


def test_mass_tablets_and_bricks_stand_side_by_side(cast: Cast, api: Api) -> None:
    brick()
    path = f"cases/{opened(cast).pk}/lots"
    for text in ("117 kg", "1.084 bánh", "2.066.637 viên"):
        made = api("police_officer").post(path, BODY | {"raw_text": text})
        assert made.status_code == 201, made.content
    shown = {(one["dimension"], one["normalised_value"]) for one in made.json()["lots"]}
    assert shown == {("mass", "117000"), ("brick", "1084"), ("tablet", "2066637")}


def test_over_ten_times_the_agencys_own_maximum_is_asked_about(cast: Cast) -> None:
    case = opened(cast)
    lot(cast, case, raw_text="2 kg", value=Decimal(2), unit=measure())
    assert lot(cast, case, raw_text="20 kg", value=Decimal(20), unit=measure(), language="vi").value == 20
    with pytest.raises(Invalid) as caught:
        lot(cast, case, raw_text="200,001 kg", value=Decimal("200.001"), unit=measure(), language="vi")
    assert (set(caught.value.fields), caught.value.code) == ({"raw_text"}, "over_ten_times")
    sure = lot(cast, case, value=Decimal("200.001"), unit=measure(), language="vi", confirm=["over_ten_times"])
    assert sure.normalised_value == Decimal(200001)


def test_another_substance_another_dimension_or_another_agency_sets_no_maximum(cast: Cast) -> None:
    case = opened(cast)
    lot(cast, case, raw_text="2 kg", value=Decimal(2), unit=measure())
    other = Substance.objects.get(code="methamphetamine")
    assert lot(cast, case, substance=other, value=Decimal(900), unit=measure(), language="vi").weighed
    assert lot(cast, case, value=Decimal(90000), unit=measure("tablet"), language="vi").weighed
    theirs = opened(cast, unit=cast.units["customs"], by=cast.customs_officer, deviation_reason="x", participants=[])
    assert lot(cast, theirs, by=cast.customs_officer, value=Decimal(900), unit=measure(), language="vi").weighed


def test_the_question_tells_nothing_of_cases_one_does_not_see(cast: Cast) -> None:
    lot(cast, opened(cast, participants=[]), raw_text="2 kg", value=Decimal(2), unit=measure())
    north = opened(cast, unit=cast.units["police_north"], by=cast.north_officer, participants=[])
    assert lot(cast, north, by=cast.north_officer, value=Decimal(900), unit=measure(), language="vi").weighed


def test_the_form_reads_back_and_saves_at_the_second_press(cast: Cast, desk: Desk) -> None:
    case = opened(cast)
    page = f"/admin/cases/jointcase/{case.pk}/step/lot/"
    heroin = str(Substance.objects.get(code="heroin").pk)
    sent: dict[str, Any] = {"substance": heroin, "raw_text": "659,149 kg", "seized_on": str(DAY)}
    police = desk("police_officer")
    assert police.get(page).status_code == 200
    first = police.post(page, sent)
    shown = first.content.decode()
    assert first.status_code == 200
    assert "sáu trăm năm mươi chín phẩy một bốn chín" in shown
    assert 'name="read_text" value="659,149 kg"' in shown
    assert not case.lots.exists()
    assert police.post(page, sent | {"read_text": "659,149 kg"}).status_code == 200
    assert police.post(page, sent | {"read_text": "659 kg", "reading": "1"}).status_code == 200
    assert not case.lots.exists()
    done = police.post(page, sent | {"read_text": "659,149 kg", "reading": "2"})
    assert done.status_code == 302, done.content.decode()
    assert case.lots.get().value == Decimal(659149)


def test_the_form_takes_what_is_not_weighed_at_once_and_weighs_it_later(cast: Cast, desk: Desk) -> None:
    case = opened(cast)
    page = f"/admin/cases/jointcase/{case.pk}/step"
    heroin = str(Substance.objects.get(code="heroin").pk)
    sent: dict[str, Any] = {"substance": heroin, "raw_text": "3 gói", "seized_on": str(DAY), "not_weighed": "on"}
    assert desk("police_officer").post(f"{page}/lot/", sent).status_code == 302
    waiting = case.lots.get()
    assert not waiting.weighed
    weigh = {"lot": str(waiting.pk), "raw_text": "1,5 kg"}
    assert desk("police_officer").post(f"{page}/weigh/", weigh).status_code == 200
    done = desk("police_officer").post(f"{page}/weigh/", weigh | {"read_text": "1,5 kg", "reading": "1"})
    assert done.status_code == 302, done.content.decode()
    assert case.lots.get().normalised_value == Decimal(1500)
    assert desk("police_officer").get(f"{page}/weigh/").status_code == 404


def test_the_form_asks_about_a_very_large_quantity(cast: Cast, desk: Desk) -> None:
    case = opened(cast)
    lot(cast, case, raw_text="2 kg", value=Decimal(2), unit=measure())
    page = f"/admin/cases/jointcase/{case.pk}/step/lot/"
    heroin = str(Substance.objects.get(code="heroin").pk)
    sent: dict[str, Any] = {"substance": heroin, "raw_text": "999 kg", "seized_on": str(DAY), "read_text": "999 kg"}
    asked = desk("police_officer").post(page, sent | {"reading": "1"})
    assert (asked.status_code, 'name="confirm_large"' in asked.content.decode()) == (200, True)
    assert desk("police_officer").post(page, sent | {"reading": "1", "confirm_large": "on"}).status_code == 302


@pytest.mark.parametrize("name", ["customs_officer", "police_analyst"])
def test_only_the_lead_enters_lots(cast: Cast, desk: Desk, name: str) -> None:
    page = f"/admin/cases/jointcase/{opened(cast).pk}/step/lot/"
    assert desk(name).get(page).status_code == 404


def test_what_is_asked_back_is_a_question_and_no_fault(cast: Cast, desk: Desk) -> None:
    case = opened(cast)
    heroin = str(Substance.objects.get(code="heroin").pk)
    page = f"/admin/cases/jointcase/{case.pk}/step/lot/"
    sent: dict[str, Any] = {"substance": heroin, "seized_on": str(DAY)}
    for text, kind in (("659,149 kg", "asknote"), ("vài gói", "errornote")):
        shown = desk("police_officer").post(page, sent | {"raw_text": text}).content.decode()
        assert [name for name in ("asknote", "errornote") if f'class="{name}"' in shown] == [kind], text
    assert "659,149" in desk("police_officer").post(page, sent | {"raw_text": "659,149 kg"}).content.decode()


def test_a_form_with_a_note_asks_nothing_back(cast: Cast, desk: Desk) -> None:
    one = lot(cast, opened(cast), raw_text="2 kg", value=Decimal(2), unit=measure())
    shown = desk("police_officer").get(f"/admin/cases/seizurelot/{one.pk}/step/custody/").content.decode()
    assert 'name="note"' in shown and "asknote" not in shown
