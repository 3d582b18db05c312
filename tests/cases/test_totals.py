"""Sums of lots: each dimension for itself, a class or its members, never both; estimates apart from all of them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from agencies.audit.models import AuditEvent
from agencies.refusals import Invalid, NotPermitted
from registry.cases import actions
from registry.cases.estimates import estimates
from registry.cases.models import ConversionFactor, SeizureLot
from registry.cases.totals import OverlapError, total_under, totals_of, tree_of
from registry.reference.models import Substance, UnitOfMeasure
from tests.cases.stories import lot, measure, opened
from tests.cast import Cast
from tests.clients import ApiClient
from tests.raw import refused

Api = Callable[[str | None], ApiClient]


def classes() -> dict[str, Substance]:
    """A class, a class in it, a member of that, and something apart."""
    made: dict[str, Substance] = {}
    for code, parent in (("top", ""), ("middle", "top"), ("leaf", "middle"), ("apart", "")):
        made[code] = Substance.objects.create(code=code, name_vi=code, name_en=code, parent=made.get(parent))
    return made


def test_a_total_takes_in_everything_under_a_substance_once_by_dimension(cast: Cast) -> None:
    known, case = classes(), opened(cast)
    for code, text, unit in (
        ("top", "1", "kg"), ("leaf", "500", "g"), ("middle", "2", "kg"), ("leaf", "300", "tablet"), ("apart", "9", "kg"),
    ):  # fmt: skip
        lot(cast, case, substance=known[code], value=Decimal(text), unit=measure(unit), raw_text=f"{text} {unit}")
    lot(cast, case, substance=known["leaf"], raw_text="chưa cân")
    lots = SeizureLot.objects.filter(case=case)
    told = total_under(lots, known["top"])
    shown = {name: (t.value, str(t.comparator), t.lots) for name, t in told.by_dimension.items()}
    assert shown == {"mass": (Decimal(3500), "exact", 3), "tablet": (Decimal(300), "exact", 1)}
    assert told.not_weighed == 1
    assert total_under(lots, known["middle"]).by_dimension["mass"].value == 2500
    assert total_under(lots, known["leaf"]).by_dimension["mass"].value == 500
    assert tree_of(known["leaf"]) == {known["leaf"].pk}


def test_a_sum_says_no_more_than_its_loosest_lot(cast: Cast) -> None:
    known, case = classes(), opened(cast)
    lot(cast, case, substance=known["leaf"], value=Decimal(1), unit=measure(), comparator="exact")
    lot(cast, case, substance=known["leaf"], value=Decimal(1), unit=measure(), comparator="over")
    told = total_under(SeizureLot.objects.filter(case=case), known["leaf"])
    assert str(told.by_dimension["mass"].comparator) == "over"


def test_a_sum_that_no_word_describes_says_its_bounds(cast: Cast) -> None:
    known, case = classes(), opened(cast)
    lot(cast, case, substance=known["leaf"], value=Decimal(1), unit=measure(), comparator="over")
    lot(cast, case, substance=known["leaf"], value=Decimal(2), unit=measure(), comparator="exact")
    lots = SeizureLot.objects.filter(case=case)
    assert total_under(lots, known["leaf"]).by_dimension["mass"].bounds is None
    lot(cast, case, substance=known["leaf"], value=Decimal(4), unit=measure(), comparator="nearly")
    bounds = total_under(lots, known["leaf"]).by_dimension["mass"].bounds
    assert bounds is not None
    assert (bounds.low, bounds.low_open, bounds.high) == (Decimal(3000), True, None)
    lot(cast, case, substance=known["leaf"], value=Decimal(4), unit=measure(), comparator="about")
    assert total_under(lots, known["leaf"]).by_dimension["mass"].bounds is None


def test_a_class_and_its_members_are_never_summed_side_by_side(cast: Cast) -> None:
    known, lots = classes(), SeizureLot.objects.filter(case=opened(cast))
    assert set(totals_of(lots, [known["middle"], known["apart"]])) == {known["middle"], known["apart"]}
    for codes in (("top", "leaf"), ("leaf", "top"), ("leaf", "leaf")):
        with pytest.raises(OverlapError):
            totals_of(lots, [known[code] for code in codes])


def brick() -> UnitOfMeasure:
    return UnitOfMeasure.objects.create(
        code="brick", name_vi="bánh", name_en="brick", symbol_vi="bánh", symbol_en="bricks", dimension="brick"
    )


def factor(text: str = "350", day: date = date(2024, 1, 1)) -> ConversionFactor:
    """A brick of heroin is about so many grams. Made up."""
    known = UnitOfMeasure.objects.filter(code="brick").first()
    return actions.set_factor(
        by=None,
        substance=Substance.objects.get(code="heroin"),
        from_measure=known if isinstance(known, UnitOfMeasure) else brick(),
        to_measure=measure("g"),
        factor=Decimal(text),
        valid_from=day,
        source="Số liệu giả lập.",
        synthetic=True,
    )


def test_an_estimate_is_labelled_with_its_factor_version_and_source(cast: Cast) -> None:
    made = factor()
    bricks = lot(cast, opened(cast), raw_text="12 bánh", value=Decimal(12), unit=made.from_measure)
    assert AuditEvent.objects.filter(action="conversion.set", actor="operator").count() == 1
    (one,) = estimates(bricks)
    assert (one.value, one.unit, one.factor, one.version) == (Decimal(4200), "g", Decimal(350), 1)
    assert "4.200" in one.label
    assert "Số liệu giả lập." in one.label
    assert SeizureLot.objects.get(pk=bricks.pk).normalised_value == 12


def test_a_better_factor_follows_and_the_former_one_stays(cast: Cast) -> None:
    first = factor()
    second = factor("340", date(2024, 7, 1))
    bricks = lot(cast, opened(cast), raw_text="10 bánh", value=Decimal(10), unit=second.from_measure)
    assert [one.value for one in estimates(bricks, on=date(2024, 6, 30))] == [Decimal(3500)]
    assert [one.value for one in estimates(bricks, on=date(2024, 7, 1))] == [Decimal(3400)]
    first.refresh_from_db()
    assert (first.version, first.valid_to, second.version) == (1, date(2024, 7, 1), 2)
    with pytest.raises(Invalid):
        factor("330", date(2024, 7, 1))


def test_what_is_weighed_in_no_such_unit_or_not_at_all_has_no_estimate(cast: Cast) -> None:
    factor()
    case = opened(cast)
    assert estimates(lot(cast, case, value=Decimal(1), unit=measure())) == []
    assert estimates(lot(cast, case, raw_text="chưa cân")) == []


def test_only_the_operator_sets_factors_and_never_within_a_dimension(cast: Cast) -> None:
    given = {
        "substance": Substance.objects.get(code="heroin"),
        "from_measure": measure("kg"),
        "to_measure": measure("g"),
        "factor": Decimal(999),
        "valid_from": date(2024, 1, 1),
        "source": "x",
    }
    with pytest.raises(Invalid) as caught:
        actions.set_factor(by=None, **given)  # type: ignore[arg-type]
    assert set(caught.value.fields) == {"to_measure"}
    with pytest.raises(NotPermitted):
        actions.set_factor(by=cast.secretariat, **given)  # type: ignore[arg-type]


def test_a_factor_keeps_its_rules(cast: Cast) -> None:
    made = factor()
    copy = (
        "INSERT INTO cases_conversionfactor SELECT (jsonb_populate_record(f, jsonb_build_object('id', gen_random_uuid(), {}))).*"
        " FROM cases_conversionfactor f WHERE id = %s"
    )
    later = "'valid_from', '2030-01-01', 'valid_to', '2031-01-01', 'version', 2"
    for change, rule in (
        ("'version', 2", "conversion_one_at_a_time"),
        (f"{later}, 'factor', 0", "conversion_factor_positive"),
        (f"{later}, 'source', ''", "conversion_has_source"),
        (f"{later}, 'to_measure_id', f.from_measure_id", "conversion_between_two"),
    ):
        refused(copy.format(change), made.pk, match=rule)
    refused("UPDATE cases_conversionfactor SET factor = 1 WHERE id = %s", made.pk, match="Cannot update")
    refused("DELETE FROM cases_conversionfactor", match="delete rows")


def test_estimates_and_factors_over_http(cast: Cast, api: Api) -> None:
    made = factor()
    bricks = lot(cast, opened(cast), raw_text="12 bánh", value=Decimal(12), unit=made.from_measure)
    (one,) = api("customs_officer").get(f"seizure-lots/{bricks.pk}/estimates").json()["estimates"]
    assert (one["value"], one["unit"], one["factor"], one["version"]) == ("4200", "g", "350", 1)
    assert api("coast_officer").get(f"seizure-lots/{bricks.pk}/estimates").status_code == 404
    (listed,) = api("auditor").get("conversion-factors?substance=heroin").json()["results"]
    assert (listed["factor"], listed["source"], listed["valid_to"]) == ("350", "Số liệu giả lập.", None)


def test_lots_are_listed_and_filtered(cast: Cast, api: Api) -> None:
    known, case = classes(), opened(cast)
    one = lot(cast, case, substance=known["leaf"], value=Decimal(1), unit=measure(), raw_text="1 kg")
    waiting = lot(cast, case, substance=known["apart"], raw_text="chưa cân")
    for query, found in (
        (f"case={case.pk}", {one, waiting}),
        ("under=top", {one}),
        ("under=nothing", set()),
        ("substance=apart", {waiting}),
        (f"case={case.pk}&dimension=mass", {one}),
        (f"case={case.pk}&weighed=false", {waiting}),
        (f"case={case.pk}&period=2024-Q2", {one, waiting}),
        (f"case={case.pk}&period=2024-Q1", set()),
    ):
        listed = api("police_officer").get(f"seizure-lots?{query}").json()["results"]
        assert {row["id"] for row in listed} == {str(lot.pk) for lot in found}, query
    assert api("coast_officer").get(f"seizure-lots?case={case.pk}").json()["results"] == []
