"""Who sees which items, deliveries and evaluations: written out by hand for people who differ in one thing."""

from collections.abc import Callable
from typing import Any

import pytest

from registry.information.access import keep_access
from registry.information.models import Delivery, Evaluation, InformationItem
from tests.cast import Cast
from tests.clients import ApiClient

ANY = ("draft", "submitted", "returned", "released_to_customs", "released_to_two", "released_below")
ANY += ("correcting", "corrected", "released_inside", "recalled", "opened", "acknowledged", "evaluated", "used")
TO_CUSTOMS = (
    "correcting",
    "corrected",
    "released_to_customs",
    "released_to_two",
    "opened",
    "acknowledged",
    "evaluated",
    "used",
)
BOTH = ("police", "north")

ITEMS: dict[str, set[str]] = {
    "police_officer": {f"{owner}_{story}" for owner in BOTH for story in ANY},
    "police_analyst": {f"{owner}_{story}" for owner in BOTH for story in ANY},
    "two_units": {f"{owner}_{story}" for owner in BOTH for story in ANY},
    "north_officer": {f"north_{story}" for story in ANY},
    "south_officer": {f"{owner}_released_inside" for owner in BOTH},
    "customs_officer": {f"{owner}_{story}" for owner in BOTH for story in (*TO_CUSTOMS, "released_below")},
    "customs_secretariat": {f"{owner}_{story}" for owner in BOTH for story in (*TO_CUSTOMS, "released_below")},
    "customs_north_officer": {f"{owner}_released_below" for owner in BOTH},
    "border_officer": {f"{owner}_released_to_two" for owner in BOTH},
    "secretariat": {f"{owner}_released_inside" for owner in BOTH},
    "coast_officer": set(),
    "auditor": set(),
    "police_admin": set(),
    "operator": set(),
}
"""What each of them sees. The secretariat sits in central police and reads what was delivered, never drafts."""


@pytest.mark.parametrize("name", ITEMS)
def test_each_sees_these_items_and_no_other(cast: Cast, name: str) -> None:
    keep_access()
    user, items = cast.again(name), InformationItem.objects
    for records in (items.visible_to(user), items.visible_by_definition(user)):
        shown = {item.pk for item in records}
        assert {story for story, item in cast.items.items() if item.pk in shown} == ITEMS[name]


def deliveries(cast: Cast, name: str) -> set[tuple[str, str]]:
    """(story, recipient) of what the person sees."""
    stories = {item.pk: story for story, item in cast.items.items()}
    shown = Delivery.objects.visible_to(cast.people[name])
    return {(stories[one.item_id], one.unit.code) for one in shown if stories[one.item_id].startswith("police")}


def test_a_recipient_sees_its_own_deliveries_and_the_originator_all(cast: Cast) -> None:
    two = {("police_released_to_two", "customs"), ("police_released_to_two", "border")}
    assert deliveries(cast, "police_officer") >= two
    assert deliveries(cast, "customs_officer") & two == {("police_released_to_two", "customs")}
    assert deliveries(cast, "border_officer") == {("police_released_to_two", "border"), ("police_recalled", "border")}
    assert deliveries(cast, "south_officer") == {("police_released_inside", "police_south")}
    assert deliveries(cast, "north_officer") == set()
    assert deliveries(cast, "secretariat") == {("police_released_inside", "police_south")}
    assert deliveries(cast, "coast_officer") == set()


def test_an_evaluation_is_seen_with_its_delivery(cast: Cast) -> None:
    mine = Evaluation.objects.filter(delivery__item__unit=cast.units["police"])
    assert mine.count() == 2
    for name, sees in {"police_officer": 2, "customs_officer": 2, "border_officer": 0, "coast_officer": 0}.items():
        assert mine.visible_to(cast.people[name]).count() == sees, name


def test_whoever_counts_for_all_counts_what_was_shared_and_nothing_else(cast: Cast) -> None:
    counted = InformationItem.objects.countable_by(cast.secretariat)
    assert set(counted.values_list("status", flat=True)) == {"released", "recalled"}
    assert counted.count() == 22
    own = InformationItem.objects.countable_by(cast.customs_officer)
    assert own.count() == len(ITEMS["customs_officer"])
    assert not InformationItem.objects.countable_by(cast.coast_officer).exists()


def test_value_is_told_as_far_as_the_evaluation_is_seen(cast: Cast, api: Callable[[str | None], ApiClient]) -> None:
    def found(name: str) -> Any:
        return api(name).get("information-items?valuable=true&count=true").json()

    assert found("police_officer")["count"] == found("customs_officer")["count"] == 4
    item = cast.items["police_released_to_two"]
    valuable = Evaluation(
        delivery=cast.delivery("police_released_to_two", "border"),
        usefulness="contributed",
        evaluated_by=cast.border_analyst,
    )
    valuable.save()
    assert str(item.pk) in {row["id"] for row in found("police_officer")["results"]}
    assert str(item.pk) not in {row["id"] for row in found("customs_officer")["results"]}
