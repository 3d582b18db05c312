"""Corrections: a new version with a reason, other eyes, everybody who has the item; and item by item to further units."""

from collections.abc import Callable

import pytest
from django.test import Client

from agencies.models import User
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted
from registry.information import actions, receipts
from registry.information.models import CorrectionReceipt, Delivery, InformationItem, ItemVersion
from tests.cast import Cast, draft, released
from tests.clients import ApiClient
from tests.information.files import attach
from tests.raw import refused


def corrected(cast: Cast, item: InformationItem, *, by: User | None = None, **content: object) -> InformationItem:
    content = content or {"title": "Đã sửa"}
    return actions.correct_item(item=item, by=by or cast.police_officer, content=content, reason="Sai địa danh.")


def approve(cast: Cast, item: InformationItem, *, by: User | None = None) -> InformationItem:
    by = by or cast.police_head
    preview = actions.preview_release(item=item, by=by).hash
    return actions.release_correction(item=item, by=by, preview=preview)


def title(cast: Cast, item: InformationItem, name: str) -> str:
    answer = ApiClient(cast.secrets[name]).get(f"information-items/{item.pk}")
    assert answer.status_code == 200
    return str(answer.json()["title"])


def test_recipients_read_what_was_released_until_other_eyes_release_the_correction(cast: Cast) -> None:
    item = cast.items["police_released_to_two"]
    before = title(cast, item, "customs_officer")
    corrected(cast, item)
    assert title(cast, item, "customs_officer") == before
    approve(cast, item)
    assert title(cast, item, "customs_officer") == "Đã sửa"
    assert title(cast, item, "border_officer") == "Đã sửa"


def test_a_correction_needs_a_reason_and_a_difference(cast: Cast) -> None:
    item = cast.items["police_opened"]
    with pytest.raises(Invalid) as refusal:
        actions.correct_item(item=item, by=cast.police_officer, content={"title": "Khác"}, reason=" ")
    assert set(refusal.value.fields) == {"reason"}
    item = actions.correct_item(item=item, by=cast.police_officer, content={}, reason="Không có gì.")
    with pytest.raises(Conflict) as nothing:
        approve(cast, item)
    assert nothing.value.code == "unchanged"
    assert item.versions.filter(released_at__isnull=False).count() == 1


def test_a_correction_may_change_files_alone(cast: Cast) -> None:
    item = cast.items["police_opened"]
    item = actions.correct_item(item=item, by=cast.police_officer, content={}, reason="Bổ sung biên bản.")
    attach(item, cast.police_officer)
    approve(cast, cast.fresh("police_opened"))
    (receipt,) = CorrectionReceipt.objects.filter(delivery__item=item)
    assert receipt.version.reason == "Bổ sung biên bản."


def test_a_correction_is_written_on_until_it_is_released(cast: Cast) -> None:
    item = cast.items["police_opened"]
    corrected(cast, item, title="Một")
    corrected(cast, item, body="Nội dung mới")
    version = item.versions.get(number=2)
    assert (version.title, version.body) == ("Một", "Nội dung mới")
    assert set(version.places.all()) == set(item.current.places.all())


@pytest.mark.parametrize("name", ["police_officer_and_head", "police_officer"])
def test_whoever_wrote_a_correction_does_not_release_it(cast: Cast, name: str) -> None:
    item = corrected(cast, cast.items["police_opened"], by=cast.police_officer_and_head)
    with pytest.raises(NotPermitted):
        approve(cast, item, by=cast.people[name])
    refused(
        "UPDATE information_itemversion SET released_at = now(), released_by_id = %s, approved_hash = 'x'"
        " WHERE item_id = %s AND number = 2",
        cast.police_officer_and_head.pk,
        item.pk,
        match="whoever edited",
    )


def test_somebody_who_edited_between_others_does_not_release_it_either(cast: Cast) -> None:
    item = draft(cast, by=cast.police_officer, to=("customs",))
    actions.edit_item(item=item, by=cast.police_officer_and_head, content={"title": "Hai"})
    actions.edit_item(item=item, by=cast.police_officer_2, content={"title": "Ba"})
    actions.submit_item(item=item, by=cast.police_officer)
    both = cast.police_officer_and_head
    with pytest.raises(NotPermitted) as refusal:
        actions.release_item(item=item, by=both, preview=actions.preview_release(item=item, by=both).hash)
    assert refusal.value.code == "four_eyes"


def test_a_correction_that_changed_since_its_preview_needs_a_new_one(cast: Cast) -> None:
    item = corrected(cast, cast.items["police_opened"])
    seen = actions.preview_release(item=item, by=cast.police_head).hash
    corrected(cast, item, title="Lại sửa")
    with pytest.raises(Conflict) as refusal:
        actions.release_correction(item=item, by=cast.police_head, preview=seen)
    assert refusal.value.code == "preview_outdated"
    with pytest.raises(Incomplete) as incomplete:
        actions.release_correction(item=item, by=cast.police_head, preview="")
    assert incomplete.value.code == "preview_required"


def test_every_holder_gets_the_correction_with_a_clock_and_acknowledges_it(cast: Cast) -> None:
    item = corrected(cast, cast.items["police_released_to_two"])
    assert not CorrectionReceipt.objects.filter(version__item=item).exists()
    approve(cast, item)
    sent = CorrectionReceipt.objects.filter(version__item=item)
    assert sorted(r.delivery.unit.code for r in sent) == ["border", "customs"]
    delivery = cast.delivery("police_released_to_two")
    with pytest.raises(NotPermitted):
        receipts.acknowledge_correction(delivery=delivery, by=cast.border_focal_point)
    receipts.acknowledge_correction(delivery=delivery, by=cast.customs_focal_point)
    assert sent.get(delivery=delivery).acknowledged_by == cast.customs_focal_point
    with pytest.raises(Conflict):
        receipts.acknowledge_correction(delivery=delivery, by=cast.customs_focal_point)
    assert Delivery.objects.filter(item=item).count() == 2


def test_a_correction_given_up_leaves_what_was_released(cast: Cast) -> None:
    item = corrected(cast, cast.items["police_opened"])
    actions.withdraw_correction(item=item, by=cast.police_officer)
    assert actions.open_correction(item) is None
    with pytest.raises(Conflict):
        approve(cast, item)
    corrected(cast, item, title="Lần ba")
    assert item.versions.get(title="Lần ba").number == 3


def test_one_correction_waits_at_a_time_in_the_database_too(cast: Cast) -> None:
    item = corrected(cast, cast.items["police_opened"])
    waiting = item.versions.get(number=2)
    refused("UPDATE information_itemversion SET number = 1 WHERE id = %s", waiting.pk)
    again = ItemVersion(
        item=item, number=9, title="Thừa", topic=waiting.topic, edited_by=cast.police_officer, reason="x"
    )
    with pytest.raises(Exception, match="item_version_one_open"):
        again.save()


def test_only_the_originator_reads_old_versions_and_an_auditor_sees_that_they_exist(cast: Cast) -> None:
    item = approve(cast, corrected(cast, cast.items["police_released_to_two"]))
    own = ApiClient(cast.secrets["police_officer"]).get(f"item-versions?item={item.pk}").json()["results"]
    assert [v["number"] for v in own] == [2, 1]
    told = [(d["field"], d["before"], d["after"]) for d in own[0]["differences"]]
    assert told == [("title", "Tin released_to_two police", "Đã sửa")]
    assert own[1]["content"]["title"] == "Tin released_to_two police"
    seen = ApiClient(cast.secrets["auditor"]).get(f"item-versions?item={item.pk}").json()["results"]
    assert [(v["number"], v["content"], v["differences"]) for v in seen] == [(2, None, None), (1, None, None)]
    assert seen[0]["changed"] == ["title"]
    assert ApiClient(cast.secrets["customs_officer"]).get(f"item-versions?item={item.pk}").json()["results"] == []


def test_the_log_names_a_version_by_number_not_by_title(cast: Cast) -> None:
    item = cast.items["police_opened"]
    assert item.current.audit_reference() == f"{item.reference} v1"


def test_a_recipient_is_not_told_that_a_correction_waits(
    cast: Cast, api: Callable[[str | None], ApiClient], desk: Callable[[str | None], Client]
) -> None:
    item = cast.items["police_released_to_two"]

    def told(name: str) -> tuple[str, bytes, bool]:
        answer = api(name).get(f"information-items/{item.pk}")
        page = desk(name).get(f"/admin/information/informationitem/{item.pk}/change/").content
        return answer["ETag"], answer.content, b"item-files" in page

    told("customs_officer"), told("police_officer")
    recipient, own = told("customs_officer"), told("police_officer")
    actions.correct_item(item=item, by=cast.police_officer, content={"title": "Tin sửa"}, reason="Sai.")
    assert told("customs_officer") == recipient
    assert told("police_officer") != own
    share(cast, cast.fresh("police_released_to_two"), "coast")
    assert told("customs_officer") == recipient
    approve(cast, cast.fresh("police_released_to_two"))
    assert told("customs_officer")[0] != recipient[0]


# --- further units ------------------------------------------------------------------------------------------------


def share(cast: Cast, item: InformationItem, *codes: str, by: User | None = None) -> InformationItem:
    """The head of central police has looked, whoever shares."""
    units = [cast.units[code] for code in codes]
    preview = actions.preview_release(item=item, by=cast.police_head, recipients=units).hash
    return actions.share_item(item=item, by=by or cast.police_head, recipients=units, preview=preview)


def test_a_unit_that_joins_later_gets_an_old_item_by_an_act_of_its_own(cast: Cast) -> None:
    item = cast.items["police_opened"]
    assert ApiClient(cast.secrets["coast_officer"]).get(f"information-items/{item.pk}").status_code == 404
    share(cast, item, "coast")
    assert item.deliveries.get(unit__code="coast").status == "delivered"
    assert title(cast, item, "coast_officer") == item.current.title


def test_a_unit_that_has_the_item_does_not_get_it_twice(cast: Cast) -> None:
    with pytest.raises(Conflict) as refusal:
        share(cast, cast.items["police_opened"], "customs", "coast")
    assert refusal.value.code == "already_delivered"


def test_a_further_unit_gets_the_version_that_stands(cast: Cast) -> None:
    item = share(cast, cast.items["police_corrected"], "coast")
    delivery = item.deliveries.get(unit__code="coast")
    assert (delivery.version.number, delivery.corrections.count()) == (2, 0)


@pytest.mark.parametrize("name", ["police_officer", "police_analyst", "customs_head", "north_head"])
def test_only_a_head_of_the_very_unit_shares_further(cast: Cast, name: str) -> None:
    with pytest.raises(NotPermitted) as refusal:
        share(cast, cast.items["police_opened"], "coast", by=cast.people[name])
    assert refusal.value.code == "not_permitted"


def test_sharing_further_is_a_release_nobody_makes_of_an_item_of_their_own(cast: Cast) -> None:
    both = cast.police_officer_and_head
    item = released(cast, by=both, head=cast.police_head)
    with pytest.raises(NotPermitted) as refusal:
        share(cast, item, "coast", by=both)
    assert refusal.value.code == "four_eyes"
    assert not item.deliveries.filter(unit=cast.units["coast"]).exists()
    share(cast, item, "coast", by=cast.police_head)
