"""Who sees a case, what was seized in it, and which items served it."""

from datetime import date

import pytest

from registry.cases import actions
from registry.cases.models import CaseItem, JointCase, Participation, SeizureLot
from registry.information import actions as information
from registry.information.receipts import acknowledge_delivery
from tests.cases.stories import area, delivered, lot, opened, own_item, row
from tests.cast import Cast, released

SEES = ("police_officer", "police_head", "police_analyst", "customs_officer", "border_focal_point", "police_system")
SEES_NOT = (
    "north_officer",  # below the lead: a chain of command sees downwards
    "customs_north_officer",
    "coast_officer",
    "secretariat",
    "auditor",
    "police_admin",
    "operator",
    "disabled",
    "former",
)


@pytest.mark.parametrize("name", SEES)
def test_whoever_takes_part_sees_the_case(cast: Cast, name: str) -> None:
    case = opened(cast)
    lot(cast, case)
    assert case in JointCase.objects.visible_to(cast.people[name])
    assert Participation.objects.visible_to(cast.people[name]).filter(case=case).count() == 3
    assert SeizureLot.objects.visible_to(cast.people[name]).filter(case=case).count() == 1


@pytest.mark.parametrize("name", SEES_NOT)
def test_nobody_else_sees_it(cast: Cast, name: str) -> None:
    case = opened(cast)
    lot(cast, case)
    actions.link_item(case=case, by=cast.police_officer, item=own_item(cast))
    assert case not in JointCase.objects.visible_to(cast.people[name])
    for model in (Participation, SeizureLot, CaseItem):
        assert not model.objects.visible_to(cast.people[name]).filter(case=case).exists()


def test_the_unit_above_sees_the_cases_of_the_units_below(cast: Cast) -> None:
    case = opened(cast, by=cast.north_officer, unit=cast.units["police_north"], participants=[])
    assert case in JointCase.objects.visible_to(cast.police_officer)
    assert case not in JointCase.objects.visible_to(cast.south_officer)


def test_a_unit_that_left_still_sees_the_case(cast: Cast) -> None:
    case = opened(cast)
    actions.end_participation(participation=row(case, "border"), by=cast.police_officer, on=date(2024, 6, 1))
    assert case in JointCase.objects.visible_to(cast.border_officer)


def test_a_key_without_the_read_scope_sees_nothing(cast: Cast) -> None:
    opened(cast)
    user = cast.police_officer
    user.api_key = user.api_keys.get(name="write_only")
    assert not JointCase.objects.visible_to(user).exists()


def test_whoever_counts_for_all_counts_every_case_and_others_what_they_see(cast: Cast) -> None:
    case = opened(cast)
    lot(cast, case)
    for name, counts in {"secretariat": 1, "customs_secretariat": 1, "border_officer": 1, "coast_officer": 0}.items():
        assert JointCase.objects.countable_by(cast.people[name]).filter(pk=case.pk).count() == counts, name
        assert SeizureLot.objects.countable_by(cast.people[name]).filter(case=case).count() == counts, name


def test_a_case_reveals_no_item(cast: Cast) -> None:
    case = opened(cast)
    actions.link_item(case=case, by=cast.police_officer, item=own_item(cast))
    assert CaseItem.objects.visible_to(cast.police_officer).count() == 1
    assert CaseItem.objects.visible_to(cast.customs_officer).count() == 1, "it was delivered to customs"
    assert CaseItem.objects.visible_to(cast.border_officer).count() == 0, "border takes part and never got the item"


def test_a_recipient_does_not_learn_of_another_by_the_case(cast: Cast) -> None:
    case = opened(cast)
    both = released(cast, by=cast.police_officer, head=cast.police_head, to=("customs", "border"))
    delivery = both.deliveries.get(unit__code="customs")
    acknowledge_delivery(delivery=delivery, by=cast.customs_focal_point)
    actions.link_item(case=case, by=cast.customs_officer, delivery=delivery)
    assert CaseItem.objects.visible_to(cast.customs_officer).count() == 1
    assert CaseItem.objects.visible_to(cast.police_officer).count() == 1, "the originator knows its deliveries"
    assert CaseItem.objects.visible_to(cast.border_officer).count() == 0, "border got the item too"


def test_an_item_reveals_no_case(cast: Cast) -> None:
    """Customs uses what police sent in a case of its own: police know the item and the delivery, not the case."""
    case = opened(cast, by=cast.customs_officer, unit=cast.units["customs"], area=area("customs"), participants=[])
    actions.link_item(case=case, by=cast.customs_officer, delivery=delivered(cast))
    assert CaseItem.objects.visible_to(cast.customs_officer).filter(case=case).count() == 1
    assert CaseItem.objects.visible_to(cast.police_officer).filter(case=case).count() == 0


def test_a_recall_takes_the_link_from_recipients(cast: Cast) -> None:
    case = opened(cast)
    delivery = delivered(cast)
    actions.link_item(case=case, by=cast.customs_officer, delivery=delivery)
    information.recall_item(item=delivery.item, by=cast.police_head, reason="Rút lại.")
    assert not CaseItem.objects.visible_to(cast.customs_officer).exists()
    assert CaseItem.objects.visible_to(cast.police_officer).exists()
