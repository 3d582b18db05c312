"""Seizure lots and items used in a case."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from agencies.models import today
from agencies.refusals import Conflict, Invalid, NotPermitted
from registry.cases import actions
from registry.cases.models import CaseItem, SeizureLot
from registry.information.models import Delivery
from registry.reference.models import UnitOfMeasure
from registry.workflow import TransitionError
from tests.cases.stories import closed, delivered, fresh, lot, measure, opened, own_item
from tests.cast import Cast


def test_a_quantity_is_normalised_in_its_own_dimension_and_kept_as_typed(cast: Cast) -> None:
    case = opened(cast)
    mass = lot(cast, case, raw_text=" 1,5 kg ", value=Decimal("1.5"), unit=measure("kg"))
    pills = lot(cast, case, raw_text="2.000 viên", value=Decimal(2000), unit=measure("tablet"), comparator="over")
    kept = SeizureLot.objects.get(pk=mass.pk)
    assert (kept.raw_text, kept.value, kept.normalised_value) == ("1,5 kg", Decimal("1.5"), Decimal(1500))
    assert SeizureLot.objects.get(pk=pills.pk).normalised_value == Decimal(2000)


def test_a_lot_not_weighed_has_no_value_and_gets_it_once(cast: Cast) -> None:
    bundle = lot(cast, opened(cast), raw_text="3 bánh, chưa cân")
    assert (bundle.weighed, bundle.value, bundle.normalised_value) == (False, None, None)
    weigh: dict[str, Any] = {"lot": bundle, "by": cast.police_officer, "raw_text": "1 kg", "value": Decimal(1)}
    assert actions.weigh_lot(**weigh, unit=measure()).normalised_value == Decimal(1000)
    with pytest.raises(Conflict):
        actions.weigh_lot(**weigh, unit=measure())


@pytest.mark.parametrize("value", ["0", "-1", "0.0000001", "1000000000000", "NaN", "Infinity", "1E+40"])
def test_a_quantity_that_cannot_be_is_refused(cast: Cast, value: str) -> None:
    with pytest.raises(Invalid) as caught:
        lot(cast, opened(cast), value=Decimal(value), unit=measure())
    assert set(caught.value.fields) == {"value"}


def test_the_largest_quantity_is_kept(cast: Cast) -> None:
    big = lot(cast, opened(cast), value=Decimal("999999999999.999999"), unit=measure())
    assert SeizureLot.objects.get(pk=big.pk).normalised_value == Decimal("999999999999999.999")


def test_a_quantity_has_a_unit_in_which_drugs_are_measured(cast: Cast) -> None:
    person = UnitOfMeasure.objects.create(
        code="person", name_vi="người", name_en="person", symbol_vi="người", symbol_en="person", dimension="count"
    )
    for unit in (None, person):
        with pytest.raises(Invalid) as caught:
            lot(cast, opened(cast), value=Decimal(1), unit=unit)
        assert set(caught.value.fields) == {"unit"}


@pytest.mark.parametrize(
    "fault", [{"raw_text": "  "}, {"comparator": "maybe"}, {"seized_on": today() + timedelta(days=1)}]
)
def test_a_lot_with_a_fault_is_refused_by_name(cast: Cast, fault: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as caught:
        lot(cast, opened(cast), **fault)
    assert set(caught.value.fields) == set(fault)


@pytest.mark.parametrize("story", ["police_acknowledged", "police_evaluated", "police_used"])
def test_linking_a_delivery_marks_it_as_used(cast: Cast, story: str) -> None:
    delivery = delivered(cast, story)
    link = actions.link_item(case=opened(cast), by=cast.customs_officer, delivery=delivery)
    assert (link.item_id, link.unit.code) == (delivery.item_id, "customs")
    assert Delivery.objects.get(pk=delivery.pk).status == "used"


@pytest.mark.parametrize("story", ["police_opened", "police_released_to_customs"])
def test_a_delivery_is_acknowledged_before_it_is_used(cast: Cast, story: str) -> None:
    case = opened(cast)
    with pytest.raises(TransitionError):
        actions.link_item(case=case, by=cast.customs_officer, delivery=delivered(cast, story))
    assert not CaseItem.objects.filter(case=case).exists()


def test_the_originator_links_its_own_released_item(cast: Cast) -> None:
    link = actions.link_item(case=opened(cast), by=cast.police_officer, item=own_item(cast))
    assert (link.delivery, link.unit.code) == (None, "police")


@pytest.mark.parametrize("story", ["police_draft", "police_recalled"])
def test_only_a_released_item_is_linked(cast: Cast, story: str) -> None:
    with pytest.raises(Conflict):
        actions.link_item(case=opened(cast), by=cast.police_officer, item=cast.items[story])


def test_a_recalled_delivery_is_not_linked(cast: Cast) -> None:
    with pytest.raises(Conflict):
        actions.link_item(case=opened(cast), by=cast.customs_officer, delivery=delivered(cast, "police_recalled"))


def test_what_one_may_not_read_is_not_linked(cast: Cast) -> None:
    writer = cast.again("police_officer")
    writer.api_key = cast.keys["write_only"]
    with pytest.raises(Conflict):
        actions.link_item(case=opened(cast), by=writer, item=own_item(cast))


def test_an_item_is_linked_once_per_unit_and_case(cast: Cast) -> None:
    case, delivery = opened(cast), delivered(cast)
    actions.link_item(case=case, by=cast.customs_officer, delivery=delivery)
    with pytest.raises(Conflict):
        actions.link_item(case=case, by=cast.customs_officer, delivery=delivery)
    actions.link_item(case=opened(cast), by=cast.customs_officer, delivery=delivery)


@pytest.mark.parametrize(
    "person", ["police_officer", "border_officer", "customs_analyst", "customs_north_officer", "coast_officer"]
)
def test_a_delivery_is_linked_only_by_a_writer_of_the_unit_that_got_it(cast: Cast, person: str) -> None:
    with pytest.raises(NotPermitted):
        actions.link_item(case=opened(cast), by=cast.people[person], delivery=delivered(cast))


def test_a_unit_that_takes_no_part_links_nothing(cast: Cast) -> None:
    case = opened(cast, participants=[])
    with pytest.raises(NotPermitted):
        actions.link_item(case=case, by=cast.customs_officer, delivery=delivered(cast))


def test_exactly_one_of_delivery_and_item_is_named(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.link_item(case=opened(cast), by=cast.customs_officer)
    with pytest.raises(Invalid):
        actions.link_item(case=opened(cast), by=cast.customs_officer, delivery=delivered(cast), item=own_item(cast))


def test_a_closed_case_takes_no_more(cast: Cast) -> None:
    case = closed(cast)
    with pytest.raises(Conflict):
        actions.link_item(case=case, by=cast.customs_officer, delivery=delivered(cast))
    with pytest.raises(Conflict):
        lot(cast, case)
    assert fresh(case).lots.count() == 0
