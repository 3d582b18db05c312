"""Lots are split and merged: what comes out is exactly what went in, and counts once."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from agencies.refusals import Conflict, Invalid, NotPermitted
from registry.cases import actions
from registry.cases.actions import Part
from registry.cases.models import LotDivision, SeizureLot
from registry.cases.totals import total_under
from registry.periods import Period
from registry.reference.models import Substance
from tests.cases.stories import DAY, closed, lot, measure, opened
from tests.cast import Cast
from tests.clients import ApiClient
from tests.raw import refused, sql

Api = Callable[[str | None], ApiClient]
Desk = Callable[[str | None], Client]
QUARTER = Period.parse("2024-Q2")


def part(text: str, unit: str = "kg") -> Part:
    return Part(f"{text} {unit}", Decimal(text), measure(unit))


def weighed(cast: Cast, value: str = "2", unit: str = "kg", **changes: Any) -> SeizureLot:
    """A lot of an open case of central police."""
    case = changes.pop("case", None) or opened(cast)
    given = {"raw_text": f"{value} {unit}", "value": Decimal(value), "unit": measure(unit), **changes}
    found: SeizureLot = lot(cast, case, **given)
    return found


def split(cast: Cast, whole: SeizureLot, *parts: Part, **changes: Any) -> LotDivision:
    values: dict[str, Any] = {"lot": whole, "by": cast.police_officer, "parts": parts, "reason": "Lấy mẫu giám định."}
    return actions.split_lot(**values | changes)


def counted(cast: Cast) -> Decimal:
    """What central police count of heroin."""
    lots = SeizureLot.objects.seized_in(QUARTER).countable_by(cast.police_officer)
    return sum((one.normalised_value or Decimal(0) for one in lots), Decimal(0))


def now(one: SeizureLot) -> SeizureLot:
    return SeizureLot.objects.get(pk=one.pk)


def test_a_split_keeps_the_whole_as_history_and_counts_its_parts(cast: Cast) -> None:
    whole = weighed(cast, comparator="over")
    before = counted(cast)
    division = split(cast, whole, part("1.5"), part("500", "g"))
    assert counted(cast) == before
    assert now(whole).divided_by == division
    assert now(whole).normalised_value == 2000
    made = list(division.products.order_by("value"))
    assert [(one.raw_text, one.normalised_value, one.comparator) for one in made] == [
        ("1.5 kg", Decimal(1500), "over"),
        ("500 g", Decimal(500), "over"),
    ]
    assert whole.pk not in SeizureLot.objects.counted().values_list("pk", flat=True)
    assert {one.seized_on for one in made} == {DAY}


def test_totals_take_in_what_a_lot_became_and_not_the_lot(cast: Cast) -> None:
    whole = weighed(cast)
    split(cast, whole, part("1.5"), part("0.5"))
    told = total_under(SeizureLot.objects.filter(case=whole.case), Substance.objects.get(code="heroin"))
    assert (told.by_dimension["mass"].value, told.by_dimension["mass"].lots) == (Decimal(2000), 2)


@pytest.mark.parametrize("seed", range(12))
def test_however_a_lot_is_split_and_merged_the_sum_stays(cast: Cast, seed: int) -> None:
    rng = Random(seed)
    grams = rng.randrange(100, 10**7)
    whole = weighed(cast, str(grams), "g")
    before = counted(cast)
    cuts = sorted(rng.sample(range(1, grams), rng.randrange(1, 6)))
    sizes = [b - a for a, b in zip([0, *cuts], [*cuts, grams], strict=True)]
    parts = [part(str(Decimal(size) / 1000)) if rng.random() < 0.5 else part(str(size), "g") for size in sizes]
    division = split(cast, whole, *parts)
    assert counted(cast) == before
    made = list(division.products.all())
    rng.shuffle(made)
    some = made[: rng.randrange(2, len(made) + 1)]
    actions.merge_lots(lots=some, by=cast.police_officer, reason="Gộp lại.")
    assert counted(cast) == before
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_merging_the_parts_back_undoes_a_split(cast: Cast) -> None:
    whole = weighed(cast)
    parts = list(split(cast, whole, part("1.2"), part("0.8")).products.all())
    back = actions.merge_lots(lots=parts, by=cast.police_officer, reason="Tách nhầm.", raw_text="2 kg")
    again = back.products.get()
    assert (again.value, again.unit, again.normalised_value) == (Decimal(2), measure(), Decimal(2000))
    assert (again.substance_id, again.seized_on) == (whole.substance_id, whole.seized_on)
    standing = SeizureLot.objects.counted().filter(case=whole.case)
    assert list(standing) == [again]
    assert SeizureLot.objects.filter(case=whole.case).count() == 4


def test_a_merged_lot_says_no_more_than_its_loosest_part(cast: Cast) -> None:
    case = opened(cast)
    lots = [weighed(cast, "1", case=case), weighed(cast, "3", case=case, comparator="over")]
    merged = actions.merge_lots(lots=lots, by=cast.police_officer, reason="Cùng một gói.").products.get()
    assert (merged.value, merged.comparator, merged.raw_text) == (Decimal(4), "over", "1 kg + 3 kg")


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([part, "1", "0.999999"], "unbalanced"),
        ([part, "1", "1.000001"], "unbalanced"),
        ([part, "2"], "invalid"),
        ([part, "3", "-1"], "invalid"),
        ([part], "invalid"),
    ],
)
def test_parts_that_are_not_the_whole_are_refused(cast: Cast, parts: list[Any], code: str) -> None:
    whole = weighed(cast)
    with pytest.raises(Invalid) as caught:
        split(cast, whole, *[parts[0](text) for text in parts[1:]])
    assert (set(caught.value.fields), caught.value.code) == ({"parts"}, code)
    assert now(whole).divided_by is None


def test_no_part_is_measured_in_another_dimension(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        split(cast, weighed(cast, "2", "g"), part("1", "g"), part("1", "tablet"))
    assert caught.value.code == "other_dimension"


def test_what_is_history_unweighed_or_of_a_closed_case_is_not_split(cast: Cast) -> None:
    whole = weighed(cast)
    split(cast, whole, part("1"), part("1"))
    for one, code in ((whole, "divided_already"), (lot(cast, opened(cast)), "not_weighed")):
        with pytest.raises(Conflict) as caught:
            split(cast, one, part("1"), part("1"))
        assert caught.value.code == code
    over = weighed(cast)
    actions.close_case(case=over.case, by=cast.police_officer, result="Xong.")
    with pytest.raises(Conflict):
        split(cast, over, part("1"), part("1"))
    assert closed(cast).status == "closed"


@pytest.mark.parametrize("name", ["customs_officer", "border_head", "police_analyst", "coast_officer"])
def test_only_the_lead_splits_and_merges(cast: Cast, name: str) -> None:
    case = opened(cast)
    lots = [weighed(cast, case=case), weighed(cast, case=case)]
    with pytest.raises(NotPermitted):
        split(cast, lots[0], part("1"), part("1"), by=cast.people[name])
    with pytest.raises(NotPermitted):
        actions.merge_lots(lots=lots, by=cast.people[name], reason="x")


def test_only_lots_alike_are_merged(cast: Cast) -> None:
    case = opened(cast)
    one = weighed(cast, case=case)
    others = [
        weighed(cast),
        weighed(cast, case=case, seized_on=date(2024, 5, 15)),
        weighed(cast, "2", "tablet", case=case),
        weighed(cast, case=case, substance=Substance.objects.get(code="methamphetamine")),
    ]
    for other in others:
        with pytest.raises(Invalid) as caught:
            actions.merge_lots(lots=[one, other], by=cast.police_officer, reason="x")
        assert caught.value.code == "unlike"
    for lots in ([], [one], [one, one]):
        with pytest.raises(Invalid):
            actions.merge_lots(lots=lots, by=cast.police_officer, reason="x")


def test_a_reason_is_needed_and_names_nobody(cast: Cast) -> None:
    for reason in ("  ", "Nguyễn Văn Ánh (SN 1985)"):
        with pytest.raises(Invalid) as caught:
            split(cast, weighed(cast), part("1"), part("1"), reason=reason)
        assert set(caught.value.fields) == {"reason"}


def immediately(statement: str, *values: Any, match: str) -> None:
    """The database refuses it at once, as it would at the end of the transaction."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    refused(statement, *values, match=match)
    sql("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize("change", ["normalised_value = normalised_value + 1", "seized_on = seized_on + 1"])
def test_the_database_keeps_the_balance(cast: Cast, change: str) -> None:
    division = split(cast, weighed(cast), part("1"), part("1"))
    one = division.products.first()
    assert one is not None
    immediately(
        f"UPDATE cases_seizurelot SET {change} WHERE id = %s",
        one.pk,
        match="exactly what went in|of one case|weighed anew",
    )
    copy = (
        "INSERT INTO cases_seizurelot SELECT (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid()))).*"
        " FROM cases_seizurelot l WHERE id = %s"
    )
    immediately(copy, one.pk, match="exactly what went in")


def test_a_division_needs_its_lots_and_a_lot_is_divided_once(cast: Cast) -> None:
    division = split(cast, weighed(cast), part("1"), part("1"))
    copy = (
        "INSERT INTO cases_lotdivision SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(){}))).*"
        " FROM cases_lotdivision d WHERE id = %s"
    )
    immediately(copy.format(""), division.pk, match="one lot is split into several")
    refused(copy.format(", 'kind', 'lost'"), division.pk, match="lot_division_kind_known")
    refused(copy.format(", 'reason', ''"), division.pk, match="lot_division_has_reason")
    refused("UPDATE cases_lotdivision SET reason = 'x' WHERE id = %s", division.pk, match="Cannot update")
    refused("DELETE FROM cases_lotdivision", match="delete rows")
    whole = division.sources.get()
    refused("UPDATE cases_seizurelot SET divided_by_id = NULL WHERE id = %s", whole.pk, match="Cannot update")
    made = division.products.first()
    assert made is not None
    refused("UPDATE cases_seizurelot SET made_by_id = NULL WHERE id = %s", made.pk, match="Cannot update")


def test_lots_are_split_and_merged_over_http(cast: Cast, api: Api) -> None:
    whole = weighed(cast)
    path = f"seizure-lots/{whole.pk}"
    police = api("police_officer")
    wrong = police.post(f"{path}/split", {"parts": [{"raw_text": "1 kg"}, {"raw_text": "900 g"}], "reason": "Mẫu."})
    assert [(e["pointer"], e["code"]) for e in wrong.json()["errors"]] == [("/parts", "unbalanced")]
    unclear = police.post(f"{path}/split", {"parts": [{"raw_text": "1,001 kg"}, {"raw_text": "1 kg"}], "reason": "x"})
    assert [(e["pointer"], e["code"]) for e in unclear.json()["errors"]] == [("/parts/0/raw_text", "ambiguous")]
    parts = [{"raw_text": "1,5 kg"}, {"raw_text": "500 g", "value": "500", "unit": "g"}]
    body = {"parts": parts, "reason": "Lấy mẫu."}
    assert api("customs_officer").post(f"{path}/split", body).status_code == 403
    assert api("coast_officer").post(f"{path}/split", body).status_code == 404
    done = police.post(f"{path}/split", body)
    assert done.status_code == 201, done.content
    assert (done.json()["counted"], len(done.json()["became"])) == (False, 2)
    assert police.post(f"{path}/split", body).status_code == 409
    first, second = done.json()["became"]
    back = police.post(f"seizure-lots/{first}/merge", {"lots": [second], "reason": "Tách nhầm."})
    assert back.status_code == 201, back.content
    assert (back.json()["normalised_value"], back.json()["counted"]) == ("2000", True)
    assert set(back.json()["came_from"]) == {first, second}
    hidden = weighed(cast, case=opened(cast, unit=cast.units["coast"], by=cast.coast_officer, deviation_reason="x",
                                       participants=[]), by=cast.coast_officer)  # fmt: skip
    refusal = police.post(f"seizure-lots/{back.json()['id']}/merge", {"lots": [str(hidden.pk)], "reason": "x"})
    assert [e["code"] for e in refusal.json()["errors"]] == ["unknown"]


def test_lots_are_split_and_merged_on_their_pages(cast: Cast, desk: Desk) -> None:
    whole = weighed(cast)
    page = "/admin/cases/seizurelot/{}/step/{}/"
    police = desk("police_officer")
    assert police.get(page.format(whole.pk, "split")).status_code == 200
    wrong = police.post(page.format(whole.pk, "split"), {"parts": "1,5 kg\n400 g", "reason": "Mẫu."})
    assert wrong.status_code == 200
    assert now(whole).divided_by is None
    done = police.post(page.format(whole.pk, "split"), {"parts": "1,5 kg\n500 g\n", "reason": "Mẫu."})
    assert done.status_code == 302, done.content.decode()
    division = now(whole).divided_by
    assert division is not None
    first, second = division.products.all()
    sent = {"lots": [str(second.pk)], "reason": "Tách nhầm."}
    assert police.post(page.format(first.pk, "merge"), sent).status_code == 302
    assert now(first).divided_by is not None
    assert desk("customs_officer").get(page.format(whole.pk, "split")).status_code == 404
