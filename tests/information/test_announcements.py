"""Who is told of what happens to an item, and that nobody is told what it says."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from agencies.refusals import NotPermitted
from registry.information import actions, announcements, receipts
from registry.information.models import InformationItem
from registry.notices.models import Notice
from tests.cast import Cast, content, draft, release
from tests.stories import TOLD

TITLE = "Đường dây ma túy tuyệt đối không được lộ"


def told(event: str) -> dict[str, tuple[str, str]]:
    """By username: kind and reference of the notices of an event."""
    rows = Notice.objects.filter(key__contains=f":{event}").exclude(key__startswith="story")
    return {n.user.username: (n.kind, n.reference) for n in rows}


def submitted(cast: Cast, *, to: tuple[str, ...] = ("customs",)) -> InformationItem:
    item = draft(cast, by=cast.police_officer, title=TITLE, to=to)
    return actions.submit_item(item=item, by=cast.police_officer)


def released(cast: Cast, *, to: tuple[str, ...] = ("customs",)) -> InformationItem:
    return release(submitted(cast, to=to), by=cast.police_head)


def test_the_heads_of_the_unit_are_told_of_what_waits_for_them(cast: Cast) -> None:
    item = submitted(cast)
    number = str(item.pk)[:8]
    assert told("submitted") == {
        "police_head": ("item_submitted", number),
        "police_officer_and_head": ("item_submitted", number),
    }


def test_an_author_who_is_also_head_is_not_told_of_the_own_item(cast: Cast) -> None:
    item = draft(cast, by=cast.police_officer_and_head, to=("customs",))
    actions.submit_item(item=item, by=cast.police_officer_and_head)
    assert set(told("submitted")) == {"police_head"}


def test_the_author_is_told_each_time_it_comes_back(cast: Cast) -> None:
    item = submitted(cast)
    for _time in range(2):
        item = actions.return_item(item=item, by=cast.police_head, reason="Thiếu nguồn.")
        item = actions.submit_item(item=item, by=cast.police_officer)
    back = Notice.objects.filter(kind="item_returned")
    assert [n.user.username for n in back] == ["police_officer", "police_officer"]
    assert Notice.objects.filter(kind="item_submitted", user=cast.police_head).count() == 3


def test_the_focal_points_of_each_recipient_are_told_and_nobody_else(cast: Cast) -> None:
    item = released(cast, to=("customs", "border"))
    assert told("delivered") == {
        "customs_focal_point": ("item_delivered", item.reference),
        "border_focal_point": ("item_delivered", item.reference),
    }
    notice = Notice.objects.get(kind="item_delivered", user=cast.customs_focal_point, reference=item.reference)
    delivery = item.deliveries.get(unit=cast.units["customs"])
    assert notice.path == f"/admin/information/delivery/{delivery.pk}/change/"
    assert (notice.unit, notice.flash) == (cast.units["customs"], False)


def test_those_it_is_passed_on_to_are_told_and_nobody_a_second_time(cast: Cast) -> None:
    item = draft(cast, by=cast.police_officer, title=TITLE, to=("customs", "border"))
    marks = {"no_onward": False, "tlp": "TLP:GREEN"}
    actions.edit_item(item=item, by=cast.police_officer, content=marks)
    actions.submit_item(item=item, by=cast.police_officer)
    release(item, by=cast.police_head)
    before = Notice.objects.count()
    delivery = item.deliveries.get(unit=cast.units["customs"])
    units = [cast.units["coast"], cast.units["border"]]
    (made,) = actions.pass_on(delivery=delivery, by=cast.customs_focal_point, units=units)
    (notice,) = Notice.objects.filter(path__contains=str(made.pk))
    assert (notice.user, notice.kind, notice.unit) == (cast.coast_focal_point, "item_delivered", cast.units["coast"])
    assert Notice.objects.count() == before + 1


def test_a_flash_passes_quiet_hours(cast: Cast) -> None:
    item = draft(cast, by=cast.police_officer, to=("customs",))
    actions.edit_item(item=item, by=cast.police_officer, content={"urgency": "flash"})
    actions.submit_item(item=item, by=cast.police_officer)
    release(item, by=cast.police_head)
    assert Notice.objects.get(kind="item_delivered", user=cast.customs_focal_point, flash=True)


def test_of_a_recall_focal_points_are_told_and_whoever_opened_it(cast: Cast) -> None:
    item = released(cast, to=("customs", "border"))
    receipts.open_delivery(delivery=item.deliveries.get(unit=cast.units["customs"]), by=cast.customs_officer)
    actions.recall_item(item=item, by=cast.police_head, reason="Nguồn rút lại.")
    assert set(told("recalled")) == {"customs_focal_point", "customs_officer", "border_focal_point"}


def test_of_a_correction_those_are_told_who_still_have_it(cast: Cast) -> None:
    item = released(cast, to=("customs", "border"))
    receipts.open_delivery(delivery=item.deliveries.get(unit=cast.units["customs"]), by=cast.customs_officer)
    announcements.corrected(item, version=2)
    announcements.corrected(item, version=2)
    assert set(told("corrected:2")) == {"customs_focal_point", "customs_officer", "border_focal_point"}
    announcements.corrected(item, version=3)
    assert Notice.objects.filter(kind="item_corrected").count() == 6


def test_the_author_is_told_of_an_evaluation(cast: Cast) -> None:
    item = released(cast)
    delivery = receipts.acknowledge_delivery(delivery=item.deliveries.get(), by=cast.customs_focal_point)
    receipts.evaluate_delivery(delivery=delivery, by=cast.customs_analyst, usefulness="new_line", note=TITLE)
    assert told("evaluated") == {"police_officer": ("delivery_evaluated", item.reference)}


def test_no_notice_holds_a_word_of_the_content(cast: Cast) -> None:
    item = release(submitted(cast), by=cast.police_head)
    actions.recall_item(item=item, by=cast.police_head, reason=TITLE)
    texts = str(list(Notice.objects.values()))
    for word in (TITLE, "Đường", "tuyệt", "không", content("x")["body"], "methods"):
        assert word not in texts


def test_what_happened_long_ago_is_told_to_nobody(cast: Cast) -> None:
    """The stories of the cast are two years old."""
    assert Notice.objects.count() == len(TOLD)
    item = draft(cast, by=cast.police_officer, to=("customs",))
    month_ago = timezone.now() - announcements.HISTORY - timedelta(minutes=1)
    actions.submit_item(item=item, by=cast.police_officer, at=month_ago)
    release(item, by=cast.police_head, at=month_ago)
    assert Notice.objects.count() == len(TOLD)


def test_what_was_refused_or_undone_is_told_to_nobody(cast: Cast) -> None:
    item = submitted(cast)
    before = Notice.objects.count()
    seen = actions.preview_release(item=item, by=cast.police_head).hash
    with pytest.raises(NotPermitted):
        actions.release_item(item=item, by=cast.customs_head, preview=seen)
    with transaction.atomic():
        release(item, by=cast.police_head)
        transaction.set_rollback(True)
    assert Notice.objects.count() == before


def test_a_notice_leads_to_a_page_its_reader_may_open(cast: Cast, desk: Any) -> None:
    item = released(cast)
    actions.recall_item(item=item, by=cast.police_head, reason="Nguồn rút lại.")
    notices = Notice.objects.exclude(key__startswith="story")
    assert {notice.kind for notice in notices} == {"item_submitted", "item_delivered", "item_recalled"}
    for notice in notices:
        assert desk(notice.user.username).get(notice.path).status_code == 200, notice
