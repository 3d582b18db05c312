"""The log is searched as far as it is shown: it does not tell what another unit was shown beside a record of theirs."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from registry.cases import actions as case_actions
from registry.information import actions, receipts
from registry.information.models import Delivery, InformationItem
from tests.cast import Cast, draft, release
from tests.clients import ApiClient

Api = Callable[[str | None], ApiClient]
Desk = Callable[[str | None], Client]


def used_by_customs(cast: Cast, api: Api, *recipients: str) -> InformationItem:
    """An item of the border that customs has used in a case led by the police, and has looked at there."""
    case = cast.cases["case_joint"]
    item = draft(cast, by=cast.border_officer, unit="border", to=recipients)
    actions.submit_item(item=item, by=cast.border_officer)
    item = release(item, by=cast.border_head)
    delivery = Delivery.objects.get(item=item, unit=cast.units["customs"])
    receipts.acknowledge_delivery(delivery=delivery, by=cast.customs_focal_point)
    case_actions.link_item(case=case, by=cast.customs_officer, delivery=delivery)
    shown = api("customs_officer").get(f"cases/{case.pk}").json()["items"]
    assert str(item.pk) in {row["item"] for row in shown}
    return item


@pytest.mark.parametrize("asked", ["object_ref={0.reference}", "object_id={0.pk}"])
def test_an_auditor_does_not_find_the_case_that_a_hidden_item_served(
    cast: Cast, api: Api, desk: Desk, asked: str
) -> None:
    item = used_by_customs(cast, api, "customs")
    query = asked.format(item)
    assert api("auditor").get(f"audit-events?{query}&count=true").json()["count"] == 0
    page = desk("auditor").get(f"{reverse('admin:audit_auditevent_changelist')}?{query}").content.decode()
    assert cast.cases["case_joint"].reference not in page


def test_the_history_of_an_item_does_not_tell_a_recipient_of_another_one(cast: Cast, api: Api, desk: Desk) -> None:
    item = used_by_customs(cast, api, "customs", "police")
    page = desk("police_officer").get(reverse("admin:information_informationitem_history", args=[item.pk]))
    assert page.status_code == 200
    assert "JointCase" not in {event.object_type for event in page.context["events"]}


def test_an_auditor_finds_who_was_shown_an_item_of_theirs_and_what_their_own_people_were_shown(
    cast: Cast, api: Api
) -> None:
    own = cast.items["police_released_to_two"]
    api("customs_officer").get(f"deliveries/{cast.delivery('police_released_to_two', 'customs').pk}")
    found = api("auditor").get(f"audit-events?object_ref={own.reference}").json()["results"]
    assert ("read", "Delivery", "customs") in {(e["action"], e["object_type"], e["actor_unit"]) for e in found}
    theirs = used_by_customs(cast, api, "customs", "police")
    api("police_officer").get("information-items?page_size=200")
    found = api("auditor").get(f"audit-events?object_ref={theirs.reference}").json()["results"]
    assert ("list", "police_officer") in {(e["action"], e["actor"]) for e in found}
