"""Two lots that may be one seizure: suggested side by side, decided by a lead, counted once."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from agencies.models import Place, PlaceSuccession, today
from agencies.refusals import Conflict, Invalid, NotPermitted
from registry.cases import actions
from registry.cases.duplicates import possible_duplicates
from registry.cases.models import LotComparison, SeizureLot
from registry.periods import Period
from registry.reference.models import Substance
from tests.cases.stories import DAY, lot, measure, opened
from tests.cast import Cast
from tests.clients import ApiClient
from tests.raw import refused

Api = Callable[[str | None], ApiClient]
Desk = Callable[[str | None], Client]


def place(number: int = 0) -> Place:
    return Place.objects.order_by("code")[number]


def seized(cast: Cast, value: str = "100", unit: str = "kg", *, at: Place | None = None, **changes: Any) -> SeizureLot:
    """A lot in a case of its own, led by central police, with customs and border guard."""
    lead = changes.pop("lead", "police")
    by = cast.people[f"{lead}_officer"]
    others = changes.pop("others", [code for code in ("police", "customs", "border") if code != lead])
    case = opened(
        cast,
        unit=cast.units[lead],
        by=by,
        place=at or place(),
        deviation_reason="Phát hiện trước.",
        participants=[(cast.units[code], "coordinator") for code in others],
    )
    given = {"raw_text": f"{value} {unit}", "value": Decimal(value), "unit": measure(unit), **changes}
    found: SeizureLot = lot(cast, case, by=by, confirm=["over_ten_times"], **given)
    return found


def suggested(cast: Cast, name: str = "police_officer", **asked: Any) -> list[set[Any]]:
    seen = SeizureLot.objects.visible_to(cast.people[name])
    return [{pair.lot.pk, pair.other.pk} for pair in possible_duplicates(seen, **asked)]


def compare(
    cast: Cast, one: SeizureLot, other: SeizureLot, verdict: str = "duplicate", **changes: Any
) -> LotComparison:
    values: dict[str, Any] = {
        "lot": one,
        "by": cast.police_officer,
        "other": other,
        "verdict": verdict,
        "reason": "Cùng biên bản thu giữ.",
    }
    return actions.compare_lots(**values | changes)


@pytest.mark.parametrize(
    ("value", "days", "pair"),
    [
        ("100", 0, True),
        ("95", 3, True),
        ("105", -3, True),
        ("94.999", 0, False),
        ("105.3", 0, False),
        ("100", 4, False),
    ],
)
def test_near_in_day_and_quantity(cast: Cast, value: str, days: int, pair: bool) -> None:
    one, other = seized(cast), seized(cast, value, seized_on=DAY + timedelta(days=days))
    assert ({one.pk, other.pk} in suggested(cast)) == pair


def test_near_in_place_substance_and_dimension(cast: Cast) -> None:
    one = seized(cast)
    elsewhere = seized(cast, at=place(1))
    different = seized(cast, substance=Substance.objects.get(code="methamphetamine"))
    counted = seized(cast, "100000", "tablet")
    found = suggested(cast)
    for other in (elsewhere, different, counted):
        assert {one.pk, other.pk} not in found
    actions.edit_case(case=elsewhere.case, by=cast.police_officer, content={"other_places": [place()]})
    assert {one.pk, elsewhere.pk} in suggested(cast)


def test_tablets_are_compared_too_and_units_do_not_matter(cast: Cast) -> None:
    one, other = seized(cast, "2000", "tablet"), seized(cast, "2050", "tablet")
    grams = seized(cast, "100000", "g")
    kilos = seized(cast, "100", "kg")
    found = suggested(cast)
    assert {one.pk, other.pk} in found
    assert {grams.pk, kilos.pk} in found


def test_a_class_is_compared_with_its_members_and_members_not_with_each_other(cast: Cast) -> None:
    top = Substance.objects.create(code="opiates", name_vi="Nhóm", name_en="Class", generic=True)
    members = [
        Substance.objects.create(code=code, name_vi=code, name_en=code, parent=top) for code in ("opiate-a", "opiate-b")
    ]
    general, first, second = (seized(cast, substance=one) for one in (top, *members))
    found = suggested(cast)
    assert {general.pk, first.pk} in found
    assert {general.pk, second.pk} in found
    assert {first.pk, second.pk} not in found


def test_only_lots_one_sees_are_suggested_and_parts_of_one_split_are_not(cast: Cast) -> None:
    one, hidden = seized(cast), seized(cast, lead="coast", others=["border"])
    assert {one.pk, hidden.pk} not in suggested(cast)
    assert {one.pk, hidden.pk} in suggested(cast, "border_officer")
    halves = [actions.Part("50 kg", Decimal(50), measure())] * 2
    division = actions.split_lot(lot=one, by=cast.police_officer, parts=halves, reason="Mẫu.")
    parts = {part.pk for part in division.products.all()}
    found = suggested(cast)
    assert parts not in found
    assert not any(one.pk in pair for pair in found)


def test_nobody_without_cases_is_suggested_anything(cast: Cast) -> None:
    seized(cast)
    seized(cast)
    assert suggested(cast, "auditor") == []


def figure(cast: Cast, name: str) -> Decimal:
    lots = SeizureLot.objects.seized_in(Period.parse("2024-Q2")).countable_by(cast.people[name])
    return sum((one.normalised_value or Decimal(0) for one in lots), Decimal(0))


def test_a_duplicate_counts_once_keeps_its_number_and_the_decision_is_taken_back(cast: Cast) -> None:
    one, other = seized(cast), seized(cast, "101")
    before = figure(cast, "police_officer")
    compare(cast, one, other)
    again = SeizureLot.objects.get(pk=one.pk)
    assert (again.duplicate_of_id, again.value) == (other.pk, Decimal(100))
    assert figure(cast, "police_officer") == before - 100_000
    assert figure(cast, "secretariat") == figure(cast, "police_officer")
    assert not SeizureLot.objects.counted().filter(pk=one.pk).exists()
    assert {one.pk, other.pk} in suggested(cast, decided=True)
    assert {one.pk, other.pk} not in suggested(cast, decided=False)
    compare(cast, one, other, "different", reason="Hai vụ khác nhau.")
    assert figure(cast, "police_officer") == before
    assert [d.verdict for d in LotComparison.objects.filter(lot=one)] == ["duplicate", "different"]
    assert {one.pk, other.pk} in suggested(cast, decided=True)


def test_to_whoever_does_not_count_the_other_one_the_duplicate_is_the_seizure(cast: Cast) -> None:
    mine, other = seized(cast, others=["customs", "border"]), seized(cast, "100", others=["border"])
    before = {name: figure(cast, name) for name in ("customs_officer", "border_officer", "secretariat")}
    compare(cast, mine, other)
    assert figure(cast, "customs_officer") == before["customs_officer"]
    assert figure(cast, "border_officer") == before["border_officer"] - 100_000
    assert figure(cast, "secretariat") == before["secretariat"] - 100_000


@pytest.mark.parametrize("name", ["customs_officer", "border_head", "police_analyst"])
def test_only_the_lead_of_the_lot_decides(cast: Cast, name: str) -> None:
    one, other = seized(cast), seized(cast)
    with pytest.raises(NotPermitted):
        compare(cast, one, other, by=cast.people[name])


def test_what_one_does_not_see_is_not_compared_with(cast: Cast) -> None:
    one, hidden = seized(cast), seized(cast, lead="coast", others=[])
    for other in (hidden, one):
        with pytest.raises(Invalid) as caught:
            compare(cast, one, other)
        assert set(caught.value.fields) == {"other"}


def test_there_are_no_chains_of_duplicates(cast: Cast) -> None:
    first, second, third = seized(cast), seized(cast), seized(cast)
    compare(cast, first, second)
    for one, other in ((first, third), (second, third), (third, first), (second, first)):
        with pytest.raises(Conflict):
            compare(cast, one, other)
    with pytest.raises(Conflict):
        compare(cast, second, first, "different")
    compare(cast, third, second)
    assert SeizureLot.objects.get(pk=third.pk).duplicate_of_id == second.pk


def test_a_duplicate_is_not_split_and_what_was_split_is_not_compared(cast: Cast) -> None:
    one, other = seized(cast), seized(cast)
    halves = [actions.Part("50 kg", Decimal(50), measure())] * 2
    compare(cast, one, other)
    with pytest.raises(Conflict) as caught:
        actions.split_lot(lot=one, by=cast.police_officer, parts=halves, reason="Mẫu.")
    assert caught.value.code == "is_duplicate"
    actions.split_lot(lot=other, by=cast.police_officer, parts=halves, reason="Mẫu.")
    with pytest.raises(Conflict):
        compare(cast, seized(cast), other)


def test_a_reason_is_needed(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        compare(cast, seized(cast), seized(cast), reason=" ")
    assert set(caught.value.fields) == {"reason"}


def test_a_closed_case_is_still_reconciled(cast: Cast) -> None:
    one, other = seized(cast), seized(cast)
    actions.close_case(case=one.case, by=cast.police_officer, result="Xong.")
    assert compare(cast, one, other).verdict == "duplicate"


def test_the_database_keeps_the_rules_of_duplicates(cast: Cast) -> None:
    first, second, third = seized(cast), seized(cast), seized(cast)
    made = compare(cast, first, second)
    change = "UPDATE cases_seizurelot SET duplicate_of_id = %s WHERE id = %s"
    for one, other in ((third, third), (third, first), (second, third)):
        refused(change, other.pk, one.pk, match="no duplicate has duplicates")
    refused("UPDATE cases_lotcomparison SET verdict = 'different' WHERE id = %s", made.pk, match="Cannot update")
    refused("DELETE FROM cases_lotcomparison", match="delete rows")
    copy = (
        "INSERT INTO cases_lotcomparison SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), {}))).*"
        " FROM cases_lotcomparison c WHERE id = %s"
    )
    for bad, rule in (
        ("'other_id', c.lot_id", "lot_comparison_of_two"),
        ("'verdict', 'maybe'", "lot_comparison_verdict_known"),
        ("'reason', ''", "lot_comparison_has_reason"),
    ):
        refused(copy.format(bad), made.pk, match=rule)


def test_duplicates_over_http(cast: Cast, api: Api) -> None:
    one, other = seized(cast), seized(cast, "101")
    police = api("police_officer")
    told = police.get("seizure-lots/duplicates?decided=false")
    assert told.status_code == 200, told.content
    pairs = [p for p in told.json()["pairs"] if {p["lot"]["id"], p["other"]["id"]} == {str(one.pk), str(other.pk)}]
    assert len(pairs) == 1
    assert pairs[0]["decision"] is None
    body = {"other": str(other.pk), "verdict": "duplicate", "reason": "Cùng biên bản."}
    assert api("customs_officer").post(f"seizure-lots/{one.pk}/compare", body).status_code == 403
    done = police.post(f"seizure-lots/{one.pk}/compare", body)
    assert (done.status_code, done.json()["counted"], done.json()["duplicate_of"]) == (200, False, str(other.pk))
    decided = police.get("seizure-lots/duplicates?decided=true").json()["pairs"]
    assert [p["decision"]["verdict"] for p in decided] == ["duplicate"]
    nowhere = police.post(f"seizure-lots/{one.pk}/compare", body | {"other": str(cast.units["coast"].pk)})
    assert [e["pointer"] for e in nowhere.json()["errors"]] == ["/other"]
    for fault in ("decided=maybe", "page_size=2"):
        assert police.get(f"seizure-lots/duplicates?{fault}").status_code == 400
    assert api("coast_officer").get("seizure-lots/duplicates").json() == {"pairs": []}


def test_a_duplicate_tells_nothing_of_a_case_one_does_not_see(cast: Cast, api: Api, desk: Desk) -> None:
    mine, other = seized(cast, others=["customs"]), seized(cast, others=["border"])
    compare(cast, mine, other)
    shown = api("customs_officer").get(f"seizure-lots/{mine.pk}").json()
    assert (shown["counted"], shown["duplicate_of"]) == (True, None)
    page = desk("customs_officer").get(f"/admin/cases/seizurelot/{mine.pk}/change/").content.decode()
    assert other.case.reference not in page
    assert "Cùng biên bản" not in page


def test_the_lead_decides_on_a_page_side_by_side(cast: Cast, desk: Desk) -> None:
    one, other = seized(cast), seized(cast, "101")
    page = f"/admin/cases/seizurelot/{one.pk}/step/duplicates/"
    shown = desk("police_officer").get(page)
    assert shown.status_code == 200
    for case in (one.case, other.case):
        assert case.reference in shown.content.decode()
    assert desk("customs_officer").get(page).status_code == 404
    sent = {"other": str(other.pk), "verdict": "duplicate", "reason": "Cùng biên bản."}
    assert desk("police_officer").post(page, sent).status_code == 302
    assert SeizureLot.objects.get(pk=one.pk).duplicate_of_id == other.pk
    listed = desk("police_officer").get("/admin/cases/seizurelot/?suspected=decided")
    assert one.raw_text in listed.content.decode()
    assert desk("police_officer").get("/admin/cases/seizurelot/?suspected=open").status_code == 200


def test_a_province_that_is_gone_and_the_one_it_went_into_are_one_place(cast: Cast) -> None:
    first, second, third, later, other = (Place.objects.create(code=f"t-{n}", kind="province") for n in range(5))
    for old, new, on in ((first, third, DAY), (second, third, DAY), (third, later, DAY + timedelta(days=9))):
        PlaceSuccession.objects.create(predecessor=old, successor=new, on=on)
    PlaceSuccession.objects.create(predecessor=first, successor=other, on=today() + timedelta(days=30))
    lots = {name: seized(cast, at=at) for name, at in (("a", first), ("b", second), ("c", later), ("d", other))}
    names = {one.pk: name for name, one in lots.items()}
    pairs = [sorted(names[pk] for pk in pair) for pair in suggested(cast) if pair <= set(names)]
    assert sorted(pairs) == [["a", "c"], ["b", "c"]], "two that went into a third are two; what is to come is not yet"
