"""What an action on an item or a delivery checks beyond who and when."""

from datetime import date
from typing import Any

import pytest

from agencies.actions import grant_role
from agencies.refusals import Invalid, Stale
from agencies.roles import Role
from registry.information import actions, receipts
from registry.information.models import Delivery, Evaluation
from tests.cast import LONG_AGO, Cast, draft


@pytest.mark.parametrize("reason", ["", " \n"])
def test_an_item_is_returned_with_a_reason(cast: Cast, reason: str) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.return_item(item=cast.items["police_submitted"], by=cast.police_head, reason=reason)
    assert set(refusal.value.fields) == {"reason"}
    assert cast.fresh("police_submitted").status == "submitted"


@pytest.mark.parametrize(
    "content", [{"status": "released"}, {"number": 2}, {"released_at": "2024-05-14"}, {"reference": "X", "unit": "x"}]
)
def test_only_what_an_author_writes_is_written(cast: Cast, content: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.edit_item(item=cast.items["police_draft"], by=cast.police_officer, content=content)
    assert set(refusal.value.fields) == set(content)


def test_every_fault_of_the_content_is_named(cast: Cast) -> None:
    wrong = {"title": "", "tlp": "TLP:PURPLE", "source_grade": "Z", "urgency": "slow"}
    with pytest.raises(Invalid) as refusal:
        actions.edit_item(item=cast.items["police_draft"], by=cast.police_officer, content=wrong)
    assert set(refusal.value.fields) == set(wrong)


@pytest.mark.parametrize("story", ["north_draft", "coast"])
def test_an_item_is_based_on_what_its_writer_sees(cast: Cast, story: str) -> None:
    unseen = cast.items["north_draft"] if story == "north_draft" else draft(cast, by=cast.coast_officer, unit="coast")
    item = draft(cast, by=cast.south_officer, unit="police_south")
    for sources in ([unseen], [cast.items["police_released_inside"], unseen]):
        with pytest.raises(Invalid) as refusal:
            actions.edit_item(item=item, by=cast.south_officer, content={"sources": sources})
        assert set(refusal.value.fields) == {"sources"}
    actions.edit_item(item=item, by=cast.south_officer, content={"sources": [cast.items["police_released_inside"]]})


# --- deliveries ---------------------------------------------------------------------------------------------------


def test_a_receipt_over_somebody_elses_is_stale(cast: Cast) -> None:
    delivery = cast.delivery("police_opened")
    receipts.assign_delivery(delivery=delivery, by=cast.customs_focal_point, username="customs_analyst")
    for write in (
        lambda: receipts.acknowledge_delivery(
            delivery=delivery, by=cast.customs_focal_point, expected_revision=delivery.revision
        ),
        lambda: receipts.assign_delivery(
            delivery=delivery, by=cast.customs_focal_point, username="customs_head", expected_revision=delivery.revision
        ),
    ):
        with pytest.raises(Stale):
            write()
    assert cast.delivery("police_opened").status == "opened"
    assert cast.delivery("police_opened").assigned_to == cast.customs_analyst


def test_work_is_not_given_to_somebody_who_was_of_the_recipient(cast: Cast) -> None:
    customs = cast.units["customs"]
    grant_role(
        user=cast.former, unit=customs, role=Role.ANALYST, by=None, valid_from=LONG_AGO, valid_to=date(2021, 1, 1)
    )
    with pytest.raises(Invalid) as refusal:
        receipts.assign_delivery(
            delivery=cast.delivery("police_acknowledged"), by=cast.customs_focal_point, username="former"
        )
    assert set(refusal.value.fields) == {"to"}


def test_reading_by_the_unit_above_does_not_open_a_delivery(cast: Cast) -> None:
    receipts.note_opening(item=cast.items["police_released_below"], by=cast.customs_officer)
    assert cast.delivery("police_released_below", "customs_north").status == "delivered"
    receipts.note_opening(item=cast.items["police_released_below"], by=cast.customs_north_officer)
    assert cast.delivery("police_released_below", "customs_north").status == "opened"


@pytest.mark.parametrize("name", ["customs_auditor", "customs_admin"])
def test_whoever_reads_no_items_opens_none(cast: Cast, name: str) -> None:
    receipts.note_opening(item=cast.items["police_released_to_two"], by=cast.people[name])
    assert cast.delivery("police_released_to_two").status == "delivered"


def test_every_fault_of_an_evaluation_is_named(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        receipts.evaluate_delivery(
            delivery=cast.delivery("police_acknowledged"),
            by=cast.customs_analyst,
            usefulness="great",
            source_grade="Z",
            information_grade="9",
        )
    assert set(refusal.value.fields) == {"usefulness", "source_grade", "information_grade"}
    assert not Evaluation.objects.filter(delivery=cast.delivery("police_acknowledged")).exists()


def test_an_evaluation_stands_beside_the_originators_grade(cast: Cast) -> None:
    receipts.evaluate_delivery(
        delivery=cast.delivery("police_acknowledged"),
        by=cast.customs_analyst,
        usefulness="contributed",
        source_grade="C",
        information_grade="3",
    )
    delivery = Delivery.objects.get(pk=cast.delivery("police_acknowledged").pk)
    assert (delivery.evaluation.source_grade, delivery.version.source_grade) == ("C", "B")
