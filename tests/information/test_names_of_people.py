"""People of the recipient are the recipient's own affair: its originator reads units and times."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from registry.information import actions, receipts
from registry.information.models import Delivery, InformationItem
from tests.cast import Cast
from tests.information.files import sent_with

Desk = Callable[[str | None], Client]


@pytest.fixture
def delivery(cast: Cast) -> Delivery:
    """Assigned to an analyst; its correction acknowledged by the focal point."""
    item = sent_with(cast).item
    actions.correct_item(item=item, by=cast.police_officer, content={"title": "Khác"}, reason="Sai.")
    item = InformationItem.objects.get(pk=item.pk)
    approved = actions.preview_release(item=item, by=cast.police_head).hash
    actions.release_correction(item=item, by=cast.police_head, preview=approved)
    made = Delivery.objects.get(item=item)
    receipts.assign_delivery(delivery=made, username="customs_analyst", by=cast.customs_focal_point)
    return receipts.acknowledge_correction(delivery=made, by=cast.customs_focal_point)


@pytest.mark.parametrize(("reader", "told"), [("customs_officer", True), ("police_officer", False)])
def test_the_page_of_a_delivery_names_people_to_the_recipient_alone(
    cast: Cast, desk: Desk, delivery: Delivery, reader: str, told: bool
) -> None:
    page = desk(reader).get(reverse("admin:information_delivery_change", args=[delivery.pk]))
    assert page.status_code == 200
    text = page.content.decode()
    for person in (cast.customs_analyst, cast.customs_focal_point):
        assert (str(person) in text) is told, person
