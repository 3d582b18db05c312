"""Release: four eyes, a number without a gap, somebody to send to, grades."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from agencies.models import User
from agencies.refusals import Incomplete, Invalid, NotPermitted, Stale
from registry.information import actions
from registry.information.models import Delivery, InformationItem, ReferenceRegister
from registry.information.terms import Urgency
from registry.reference.actions import load_vocabularies
from tests.cast import SPRING, Cast, content, draft, release
from tests.clients import ApiClient
from tests.raw import refused, sql


def submitted(cast: Cast, *, by: User, to: tuple[str, ...] = ("customs",)) -> InformationItem:
    return actions.submit_item(item=draft(cast, by=by, to=to), by=by)


# --- four eyes ------------------------------------------------------------------------------------------------


def test_whoever_wrote_an_item_does_not_release_it_though_also_head(cast: Cast) -> None:
    both = cast.police_officer_and_head
    item = submitted(cast, by=both)
    with pytest.raises(NotPermitted) as refusal:
        release(item, by=both)
    assert refusal.value.code == "four_eyes"
    assert release(item, by=cast.police_head).status == "released"


def test_whoever_edited_an_item_last_does_not_release_it(cast: Cast) -> None:
    both = cast.police_officer_and_head
    item = draft(cast, by=cast.police_officer, to=("customs",))
    actions.edit_item(item=item, by=both, content={"title": "Sửa lại"})
    actions.submit_item(item=item, by=cast.police_officer)
    with pytest.raises(NotPermitted) as refusal:
        release(item, by=both)
    assert refusal.value.code == "four_eyes"


def test_whoever_wrote_an_item_does_not_release_it_though_another_edited_it_last(cast: Cast) -> None:
    both = cast.police_officer_and_head
    item = draft(cast, by=both, to=("customs",))
    actions.edit_item(item=item, by=cast.police_officer, content={"title": "Sửa lại"})
    actions.submit_item(item=item, by=cast.police_officer)
    with pytest.raises(NotPermitted) as refusal:
        release(item, by=both)
    assert refusal.value.code == "four_eyes"


def test_a_change_of_the_recipients_alone_is_an_edit_too(cast: Cast) -> None:
    both = cast.police_officer_and_head
    item = draft(cast, by=cast.police_officer, to=("customs",))
    actions.edit_item(item=item, by=both, content={}, recipients=[cast.units["coast"]])
    actions.submit_item(item=item, by=cast.police_officer)
    with pytest.raises(NotPermitted):
        release(item, by=both)


def test_a_key_of_the_same_person_is_the_same_person(cast: Cast) -> None:
    item = submitted(cast, by=cast.police_officer_and_head)
    client = ApiClient(cast.secrets["police_officer_and_head"])
    answer = client.post(f"information-items/{item.pk}/release", {})
    assert (answer.status_code, answer.json()["code"]) == (403, "four_eyes")
    assert cast.delivery("police_released_to_two") is not None
    assert not Delivery.objects.filter(item=item).exists()


def test_the_database_refuses_a_release_by_the_author(cast: Cast) -> None:
    item = cast.items["police_submitted"]
    refused(
        "UPDATE information_informationitem SET status = 'released', released_at = now(), released_by_id = author_id,"
        " reference = 'POLICE-2024-999999' WHERE id = %s",
        item.pk,
        match="item_four_eyes|whoever edited",
    )


def test_the_database_refuses_a_release_by_an_editor(cast: Cast) -> None:
    item = draft(cast, by=cast.police_officer, to=("customs",))
    actions.edit_item(item=item, by=cast.police_officer_and_head, content={"title": "Sửa lại"})
    actions.submit_item(item=item, by=cast.police_officer)
    refused(
        "UPDATE information_informationitem SET status = 'released', released_at = now(), released_by_id = %s,"
        " reference = 'POLICE-2024-999999' WHERE id = %s",
        cast.police_officer_and_head.pk,
        item.pk,
        match="whoever edited",
    )


# --- numbers --------------------------------------------------------------------------------------------------


def test_numbers_follow_each_other_without_a_gap_in_each_agency_and_year(cast: Cast) -> None:
    for agency in ("POLICE", "CUSTOMS"):
        used = InformationItem.objects.filter(reference__startswith=f"{agency}-2024-").order_by("reference")
        numbers = [int(item.reference[-6:]) for item in used if item.reference]
        assert numbers == list(range(1, len(numbers) + 1))
        register = ReferenceRegister.objects.filter(agency__code=agency, year=2024).first()
        assert (register.last if register else 0) == len(numbers)


def test_units_of_one_agency_share_its_register(cast: Cast) -> None:
    references = {i.reference for i in InformationItem.objects.filter(reference__isnull=False)}
    north = {i.reference for i in InformationItem.objects.filter(unit__code="police_north", reference__isnull=False)}
    assert len(references) == 22
    assert len(north) == 11
    assert all(reference and reference.startswith("POLICE-2024-") for reference in references)


def test_a_refused_release_leaves_no_gap(cast: Cast) -> None:
    register = ReferenceRegister.objects.get(agency__code="POLICE", year=2024)
    item = submitted(cast, by=cast.police_officer)
    with pytest.raises(Incomplete):
        release(item, by=cast.police_head, recipients=[], at=SPRING)
    with pytest.raises(RuntimeError), transaction.atomic():
        release(item, by=cast.police_head, at=SPRING)
        raise RuntimeError
    done = release(item, by=cast.police_head, at=SPRING)
    assert done.reference == f"POLICE-2024-{register.last + 1:06d}"


@pytest.mark.parametrize(
    ("moment", "year"),
    [
        (datetime(2024, 12, 31, 16, 59, 59, 999999, tzinfo=UTC), 2024),
        (datetime(2024, 12, 31, 17, 0, tzinfo=UTC), 2025),
    ],
)
def test_the_year_of_a_number_turns_at_midnight_in_viet_nam(cast: Cast, moment: datetime, year: int) -> None:
    done = release(submitted(cast, by=cast.police_officer), by=cast.police_head, at=moment)
    assert done.reference
    assert done.reference.startswith(f"POLICE-{year}-")


def test_the_database_refuses_a_number_twice(cast: Cast) -> None:
    other = cast.items["police_opened"].reference
    sql(
        "UPDATE information_itemversion SET released_at = now(), released_by_id = %s, approved_hash = 'x',"
        " source_grade = 'B', information_grade = '2' WHERE item_id = %s",
        cast.police_head.pk,
        cast.items["police_submitted"].pk,
    )
    refused(
        "UPDATE information_informationitem SET status = 'released', released_at = now(), reference = %s,"
        " released_by_id = %s WHERE id = %s",
        other,
        cast.police_head.pk,
        cast.items["police_submitted"].pk,
        match="reference",
    )


# --- somebody to send to, grades ---------------------------------------------------------------------------------


def test_a_release_to_nobody_is_refused(cast: Cast) -> None:
    item = submitted(cast, by=cast.police_officer, to=())
    with pytest.raises(Incomplete) as refusal:
        release(item, by=cast.police_head)
    assert refusal.value.code == "no_recipients"
    answer = ApiClient(cast.secrets["police_head"]).post(f"information-items/{item.pk}/release", {})
    assert (answer.status_code, answer.json()["code"]) == (422, "no_recipients")
    assert InformationItem.objects.get(pk=item.pk).status == "submitted"


def test_a_head_who_names_nobody_does_not_fall_back_on_the_draft(cast: Cast) -> None:
    item = submitted(cast, by=cast.police_officer, to=("customs",))
    answer = ApiClient(cast.secrets["police_head"]).post(f"information-items/{item.pk}/release", {"recipients": []})
    assert (answer.status_code, answer.json()["code"]) == (422, "no_recipients")
    assert [u.code for u in InformationItem.objects.get(pk=item.pk).recipients.all()] == ["customs"]


def test_a_unit_does_not_send_to_itself(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        draft(cast, by=cast.police_officer, to=("police", "customs"))
    assert set(refusal.value.fields) == {"recipients"}


@pytest.mark.parametrize("missing", ["source_grade", "information_grade"])
def test_both_grades_are_given_before_a_release(cast: Cast, missing: str) -> None:
    item = actions.create_item(
        unit=cast.units["police"],
        by=cast.police_officer,
        content=content("Chưa đánh giá", **{missing: ""}),
        recipients=[cast.units["customs"]],
    )
    actions.submit_item(item=item, by=cast.police_officer)
    with pytest.raises(Incomplete) as refusal:
        release(item, by=cast.police_head)
    assert refusal.value.code == "not_graded"
    refused(
        "UPDATE information_itemversion SET released_at = now(), released_by_id = %s, approved_hash = 'x'"
        " WHERE item_id = %s",
        cast.police_head.pk,
        item.pk,
        match="graded",
    )


APRIL_2024 = {
    day: {"name_vi": "Nghỉ", "name_en": "Off", "kind": kind}
    for day, kind in (
        ("2024-04-29", "swapped_rest"),
        ("2024-04-30", "public_holiday"),
        ("2024-05-01", "public_holiday"),
        ("2024-05-04", "working_saturday"),
    )
}

DUE = {
    "routine": datetime(2024, 5, 17, 4, 0, tzinfo=UTC),
    "urgent": datetime(2024, 5, 15, 4, 0, tzinfo=UTC),
    "very_urgent": datetime(2024, 5, 14, 12, 0, tzinfo=UTC),
    "flash": datetime(2024, 5, 14, 6, 0, tzinfo=UTC),
}
"""Released at 11:00 on a Tuesday in Viet Nam: three working days later is Friday."""


def test_each_recipient_gets_one_delivery_with_the_clock_of_the_urgency(cast: Cast) -> None:
    assert set(DUE) == set(Urgency.values)
    for urgency in Urgency.values:
        item = draft(cast, by=cast.police_officer, to=("customs", "border"))
        actions.edit_item(item=item, by=cast.police_officer, content={"urgency": urgency})
        actions.submit_item(item=item, by=cast.police_officer)
        release(item, by=cast.police_head, at=SPRING + timedelta(hours=2))
        deliveries = Delivery.objects.filter(item=item)
        assert sorted(d.unit.code for d in deliveries) == ["border", "customs"]
        assert {d.due_at for d in deliveries} == {DUE[urgency]}


def test_the_routine_clock_stands_still_over_holidays_and_the_urgent_one_does_not(cast: Cast) -> None:
    load_vocabularies(data={"non_working_days": APRIL_2024})
    friday = datetime(2024, 4, 26, 9, 0, tzinfo=UTC)
    due = {}
    for urgency in ("routine", "urgent"):
        item = draft(cast, by=cast.police_officer, to=("customs",))
        actions.edit_item(item=item, by=cast.police_officer, content={"urgency": urgency})
        actions.submit_item(item=item, by=cast.police_officer, at=friday)
        release(item, by=cast.police_head, at=friday)
        due[urgency] = item.deliveries.get().due_at
    assert due["routine"] == datetime(2024, 5, 4, 9, 0, tzinfo=UTC)
    assert due["urgent"] == datetime(2024, 4, 27, 9, 0, tzinfo=UTC)


def test_a_change_of_what_is_no_longer_as_it_was_read_is_refused(cast: Cast) -> None:
    item = cast.items["police_draft"]
    actions.edit_item(item=item, by=cast.police_officer, content={"title": "Một"}, expected_revision=item.revision)
    for write in (
        lambda: actions.edit_item(
            item=item, by=cast.police_officer, content={"title": "Hai"}, expected_revision=item.revision
        ),
        lambda: actions.submit_item(item=item, by=cast.police_officer, expected_revision=item.revision),
    ):
        with pytest.raises(Stale):
            write()
    assert cast.fresh("police_draft").current.title == "Một"
