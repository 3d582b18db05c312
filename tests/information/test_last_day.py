"""The last day of use that an originator names holds for others to its end, and not for itself."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from registry.cases.actions import link_item
from registry.information import actions, receipts
from registry.information.models import InformationItem
from registry.information.uses import UseEnded, quotable
from tests.cast import SPRING, Cast, draft, release

LAST = date(2024, 5, 31)
LAST_MOMENT = datetime(2024, 5, 31, 16, 59, 59, tzinfo=timezone.get_fixed_timezone(0))
"""23:59:59 in Viet Nam."""


def limited(cast: Cast) -> InformationItem:
    """An item of the police that customs may use until LAST."""
    item = draft(cast, by=cast.police_officer, to=("customs",))
    actions.edit_item(
        item=item, by=cast.police_officer, content={"expires_on": LAST, "tlp": "TLP:CLEAR", "no_onward": False}
    )
    actions.submit_item(item=item, by=cast.police_officer, at=SPRING)
    item = release(item, by=cast.police_head, at=SPRING)
    delivery = receipts.acknowledge_delivery(delivery=item.deliveries.get(), by=cast.customs_focal_point, at=SPRING)
    receipts.evaluate_delivery(delivery=delivery, by=cast.customs_analyst, usefulness="contributed", at=SPRING)
    return item


def test_an_item_enters_a_case_until_the_end_of_its_last_day(cast: Cast) -> None:
    delivery = limited(cast).deliveries.get()
    asked = {"case": cast.cases["case_joint"], "by": cast.customs_officer, "delivery": delivery}
    with pytest.raises(UseEnded):
        link_item(**asked, at=LAST_MOMENT + timedelta(seconds=1))
    assert link_item(**asked, at=LAST_MOMENT).item_id == delivery.item_id


def test_an_item_is_passed_on_until_the_end_of_its_last_day(cast: Cast) -> None:
    delivery = limited(cast).deliveries.get()
    asked = {"delivery": delivery, "by": cast.customs_focal_point, "units": [cast.units["customs_north"]]}
    with pytest.raises(UseEnded):
        actions.pass_on(**asked, at=LAST_MOMENT + timedelta(seconds=1))
    assert actions.pass_on(**asked, at=LAST_MOMENT)


def test_a_title_is_quoted_until_the_end_of_the_last_day(cast: Cast) -> None:
    delivery = limited(cast).deliveries.get()
    consent = actions.ask_consent(
        delivery=delivery, by=cast.customs_analyst, kind="quote", purpose="Báo cáo.", at=SPRING
    )
    actions.grant_consent(consent=consent, by=cast.police_head, at=SPRING)
    items, units = InformationItem.objects.filter(pk=delivery.item_id), [cast.units["customs"]]
    assert quotable(items, by=units, at=LAST_MOMENT).exists()
    assert not quotable(items, by=units, at=LAST_MOMENT + timedelta(seconds=1)).exists()


def test_the_originator_uses_its_own_item_at_any_time(cast: Cast) -> None:
    item = limited(cast)
    attached = link_item(
        case=cast.cases["case_joint"], by=cast.police_officer, item=item, at=LAST_MOMENT + timedelta(9)
    )
    assert attached.item_id == item.pk
