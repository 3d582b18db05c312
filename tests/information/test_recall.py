"""A recall takes the content from every read path at once; number, date and reason stay as a tombstone."""

from collections.abc import Callable

import pytest
from django.test import Client

from agencies.audit.models import AuditEvent
from agencies.refusals import Conflict, Invalid
from registry.information import actions, receipts
from registry.information.models import Delivery, InformationItem
from tests.cast import Cast
from tests.clients import ApiClient
from tests.raw import refused

TITLE = "Tin released_to_two police"
BODY = "Nội dung của tin."
READERS = ("customs_officer", "customs_focal_point", "customs_analyst", "customs_secretariat", "border_officer")
Api = Callable[[str | None], ApiClient]
Desk = Callable[[str | None], Client]


def pages(api: Api, desk: Desk, cast: Cast, name: str) -> dict[str, str]:
    """Every page on which the person could read the item."""
    item, delivery = (
        cast.items["police_released_to_two"],
        cast.delivery("police_released_to_two", name.split("_", maxsplit=1)[0]),
    )
    api_paths = [
        f"information-items/{item.pk}",
        "information-items?page_size=200&count=true",
        "information-items?q=released_to_two",
        f"information-items?reference={item.reference}",
        f"deliveries/{delivery.pk}",
        "deliveries?page_size=200",
        f"deliveries?item={item.pk}",
    ]
    admin_paths = [
        f"/admin/information/informationitem/{item.pk}/change/",
        f"/admin/information/informationitem/{item.pk}/history/",
        "/admin/information/informationitem/",
        "/admin/information/informationitem/?q=released_to_two",
        f"/admin/information/delivery/{delivery.pk}/change/",
        f"/admin/information/delivery/{delivery.pk}/history/",
        "/admin/information/delivery/",
        f"/admin/information/delivery/?q={item.reference}",
        "/admin/",
    ]
    found = {path: api(name).get(path).content.decode() for path in api_paths}
    return found | {path: desk(name).get(path).content.decode() for path in admin_paths}


@pytest.mark.parametrize("name", READERS)
def test_every_read_path_loses_the_content(cast: Cast, api: Api, desk: Desk, name: str) -> None:
    before = pages(api, desk, cast, name)
    shows = {path for path, text in before.items() if TITLE in text}
    assert len(shows) >= 8, "the paths of this test must show the title while the item stands"
    actions.recall_item(item=cast.items["police_released_to_two"], by=cast.police_head, reason="Nguồn rút lại.")
    after = pages(api, desk, cast, name)
    assert [path for path, text in after.items() if TITLE in text] == []
    item = cast.items["police_released_to_two"]
    assert api(name).get(f"information-items/{item.pk}").status_code == 404
    assert BODY not in after[f"/admin/information/informationitem/{item.pk}/change/"]


def test_the_tombstone_keeps_number_dates_and_reason(cast: Cast, api: Api) -> None:
    item = cast.items["police_recalled"]
    stone = api("customs_focal_point").get(f"deliveries/{cast.delivery('police_recalled').pk}").json()
    assert stone["reference"] == item.reference
    assert stone["status"] == "recalled"
    assert stone["recall_reason"] == "Nguồn rút lại."
    assert stone["recalled_at"] == "2024-05-14T05:00:00Z"
    assert stone["title"] is None


def test_the_originator_still_reads_what_it_recalled(cast: Cast, api: Api) -> None:
    for name in ("police_officer", "police_head"):
        answer = api(name).get(f"information-items/{cast.items['police_recalled'].pk}")
        assert answer.status_code == 200
        assert answer.json()["title"] == "Tin thu hồi police"


@pytest.mark.parametrize("story", ["opened", "acknowledged", "evaluated", "used"])
def test_a_recall_reaches_deliveries_in_every_status(cast: Cast, story: str) -> None:
    actions.recall_item(item=cast.items[f"police_{story}"], by=cast.police_head, reason="Sai.")
    assert cast.delivery(f"police_{story}").status == "recalled"
    assert cast.items[f"police_{story}"] not in InformationItem.objects.visible_to(cast.customs_officer)


def test_a_recall_needs_a_reason(cast: Cast) -> None:
    for reason in ("", "  \n"):
        with pytest.raises(Invalid):
            actions.recall_item(item=cast.items["police_opened"], by=cast.police_head, reason=reason)
    item = cast.items["police_opened"]
    refused(
        "UPDATE information_informationitem SET status='recalled', recalled_at=now() WHERE id=%s",
        item.pk,
        match="reason",
    )


def test_a_recalled_delivery_takes_no_receipt_any_more(cast: Cast) -> None:
    delivery = cast.delivery("police_recalled")
    writes: list[Callable[[], Delivery]] = [
        lambda: receipts.open_delivery(delivery=delivery, by=cast.customs_officer),
        lambda: receipts.acknowledge_delivery(delivery=delivery, by=cast.customs_focal_point),
        lambda: receipts.evaluate_delivery(delivery=delivery, by=cast.customs_analyst, usefulness="known"),
        lambda: receipts.use_delivery(delivery=delivery, by=cast.customs_officer),
        lambda: receipts.assign_delivery(delivery=delivery, by=cast.customs_focal_point, username="customs_analyst"),
    ]
    for write in writes:
        with pytest.raises(Conflict):
            write()


# --- what holders answer for --------------------------------------------------------------------------------------


def test_a_holder_acknowledges_a_recall_once_and_says_what_became_of_its_copy(cast: Cast) -> None:
    client = ApiClient(cast.secrets["customs_focal_point"])
    delivery = cast.delivery("police_recalled")
    assert client.get(f"deliveries/{delivery.pk}").json()["recall"] is None
    assert client.post(f"deliveries/{delivery.pk}/acknowledge-recall", {}).status_code == 200
    assert client.post(f"deliveries/{delivery.pk}/acknowledge-recall", {}).status_code == 409
    answer = client.post(f"deliveries/{delivery.pk}/confirm-disposal", {"disposal": "retained"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/ground")
    answer = client.post(
        f"deliveries/{delivery.pk}/confirm-disposal", {"disposal": "retained", "ground": "Hồ sơ vụ án"}
    )
    assert answer.json()["recall"]["disposal"] == "retained"
    answer = client.post(f"deliveries/{delivery.pk}/confirm-disposal", {"disposal": "destroyed"})
    assert answer.json()["recall"]["disposal"] == "destroyed"
    assert client.post(f"deliveries/{delivery.pk}/confirm-disposal", {"disposal": "destroyed"}).status_code == 409
    own = ApiClient(cast.secrets["police_officer"]).get(f"deliveries/{delivery.pk}").json()
    assert own["recall"]["disposal"] == "destroyed"


def test_the_database_refuses_to_retain_a_recalled_item_without_a_ground(cast: Cast) -> None:
    delivery = cast.delivery("police_recalled")
    receipts.confirm_disposal(delivery=delivery, by=cast.customs_focal_point, disposal="destroyed")
    refused(
        "UPDATE information_recallreceipt SET disposal = 'retained', ground = '' WHERE delivery_id = %s",
        delivery.pk,
        match="recall_retained_on_a_ground",
    )


def test_an_evaluation_said_again_replaces_the_first_and_the_log_keeps_it(cast: Cast) -> None:
    delivery = cast.delivery("police_used")
    receipts.evaluate_delivery(delivery=delivery, by=cast.customs_analyst, usefulness="contributed")
    delivery.refresh_from_db()
    assert (delivery.status, delivery.evaluation.usefulness) == ("used", "contributed")
    event = AuditEvent.objects.filter(action="delivery.evaluate", object_id=str(delivery.pk)).latest("id")
    assert event.detail["before"] == "new_line"
