"""What the database refuses to whoever goes around the application."""

from itertools import product

import pytest
from django.db import transaction

from registry.information.models import Delivery, InformationItem, ItemVersion
from registry.information.terms import DeliveryStatus, Status
from tests.cast import Cast
from tests.raw import refused, sql

ITEM_MOVES = {
    ("draft", "submitted"),
    ("submitted", "returned"),
    ("returned", "submitted"),
    ("submitted", "released"),
    ("released", "recalled"),
}
DELIVERY_MOVES = {
    ("delivered", "opened"),
    ("delivered", "acknowledged"),
    ("opened", "acknowledged"),
    ("acknowledged", "evaluated"),
    ("acknowledged", "used"),
    ("evaluated", "used"),
} | {(status, "recalled") for status in ("delivered", "opened", "acknowledged", "evaluated", "used")}
DELIVERY_STORIES = {"delivered": "police_released_to_customs"} | {
    status: f"police_{status}" for status in ("opened", "acknowledged", "evaluated", "used", "recalled")
}
COMPLETE = "released_at = now(), released_by_id = %s, reference = 'X-1', recalled_at = now(), recall_reason = 'x'"
FREEZE = (
    "UPDATE information_itemversion SET released_at = now(), source_grade = 'B', information_grade = '2',"
    " approved_hash = 'x', released_by_id = (SELECT id FROM agencies_user WHERE username = 'police_head')"
    " WHERE item_id = %s"
)
INCOMPLETE = "released_at = NULL, released_by_id = NULL"


@pytest.mark.parametrize(("before", "after"), [p for p in product(Status.values, repeat=2) if p[0] != p[1]])
def test_an_item_takes_only_the_steps_of_the_table(cast: Cast, before: str, after: str) -> None:
    story = {"released": "police_released_to_customs"}.get(before, f"police_{before}")
    if (before, after) == ("released", "recalled"):
        values: tuple[object, ...] = (after, cast.items[story].pk)
        statement = "UPDATE information_informationitem SET status=%s, recalled_at=now(), recall_reason='x' WHERE id=%s"
    elif after in {"released", "recalled"}:
        values = (after, cast.police_head.pk, cast.items[story].pk)
        statement = f"UPDATE information_informationitem SET status = %s, {COMPLETE} WHERE id = %s"
    else:
        values = (after, cast.items[story].pk)
        statement = f"UPDATE information_informationitem SET status = %s, {INCOMPLETE} WHERE id = %s"
    if (before, after) == ("submitted", "released"):
        sql(FREEZE, cast.items[story].pk)
    if (before, after) in ITEM_MOVES:
        assert sql(statement, *values) == 1
    else:
        refused(statement, *values, match="Invalid transition|pgtrigger")


@pytest.mark.parametrize(("before", "after"), [p for p in product(DeliveryStatus.values, repeat=2) if p[0] != p[1]])
def test_a_delivery_takes_only_the_steps_of_the_table(cast: Cast, before: str, after: str) -> None:
    delivery = cast.delivery(DELIVERY_STORIES[before])
    statement = "UPDATE information_delivery SET status = %s, used_at = now() WHERE id = %s"
    if (before, after) in DELIVERY_MOVES:
        assert sql(statement, after, delivery.pk) == 1
    else:
        refused(statement, after, delivery.pk, match="Invalid transition")


@pytest.mark.parametrize("table", ["information_informationitem", "information_delivery"])
def test_a_status_nobody_knows_is_refused(cast: Cast, table: str) -> None:
    refused(f"UPDATE {table} SET status = 'open'")


COLUMNS = {
    "title": "'Khác'",
    "body": "'Khác'",
    "tlp": "'TLP:CLEAR'",
    "secrecy": "'none'",
    "no_onward": "false",
    "source_grade": "'A'",
    "information_grade": "'1'",
    "urgency": "'flash'",
    "number": "9",
    "facts_from": "'2020-01-01'",
    "expires_on": "'2030-01-01'",
    "released_at": "NULL",
    "edited_by_id": "(SELECT id FROM agencies_user LIMIT 1)",
    "topic_id": "(SELECT id FROM reference_topic LIMIT 1)",
}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("story", ["police_released_to_customs", "police_recalled"])
def test_a_released_version_never_changes(cast: Cast, story: str, column: str) -> None:
    refused(
        f"UPDATE information_itemversion SET {column} = {COLUMNS[column]} WHERE item_id = %s",
        cast.items[story].pk,
        match="pgtrigger",
    )


@pytest.mark.parametrize(
    ("relation", "column", "target"),
    [("places", "place_id", "agencies_place"), ("substances", "substance_id", "reference_substance")],
)
def test_places_and_substances_of_a_released_version_are_final(
    cast: Cast, relation: str, column: str, target: str
) -> None:
    draft, final = cast.items["police_draft"].current_id, cast.items["police_opened"].current_id
    table = f"information_itemversion_{relation}"
    insert = f"INSERT INTO {table} (itemversion_id, {column}) SELECT %s, id FROM {target} ORDER BY id LIMIT 1"
    assert sql(insert, draft) == 1
    refused(insert, final, match="released and final")
    refused(f"UPDATE {table} SET itemversion_id = %s WHERE itemversion_id = %s", final, draft, match="final")
    sql(FREEZE.replace("item_id", "id"), draft)
    refused(f"DELETE FROM {table} WHERE itemversion_id = %s", draft, match="final")
    refused(
        f"UPDATE {table} SET itemversion_id = %s WHERE itemversion_id = %s",
        cast.items["police_returned"].current_id,
        draft,
        match="final",
    )


@pytest.mark.parametrize("table", ["information_informationitem", "information_itemversion", "information_delivery"])
def test_no_record_is_deleted(cast: Cast, table: str) -> None:
    refused(f"DELETE FROM {table}", match="pgtrigger|foreign key")


@pytest.mark.parametrize("table", ["information_evaluation", "information_referenceregister"])
def test_neither_an_evaluation_nor_a_register_is_deleted(cast: Cast, table: str) -> None:
    refused(f"DELETE FROM {table}", match="pgtrigger|foreign key")


def test_querysets_of_records_refuse_to_write_behind_the_actions(cast: Cast) -> None:
    for model in (InformationItem, ItemVersion, Delivery):
        for write in (
            lambda m=model: m.objects.update(id=None),
            lambda m=model: m.objects.all().delete(),
            lambda m=model: m.objects.bulk_create([]),
            lambda m=model: m.objects.bulk_update([], ["id"]),
        ):
            with pytest.raises(RuntimeError, match="skips the rules"), transaction.atomic():
                write()


def test_a_released_item_has_number_moment_and_releaser(cast: Cast) -> None:
    for column in ("reference", "released_at", "released_by_id"):
        refused(
            f"UPDATE information_informationitem SET {column} = NULL WHERE id = %s",
            cast.items["police_opened"].pk,
        )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reference", "'POLICE-2024-777777'"),
        ("released_at", "now()"),
        ("unit_id", "(SELECT id FROM agencies_unit WHERE code = 'customs')"),
        ("author_id", "(SELECT id FROM agencies_user WHERE username = 'coast_officer')"),
        ("current_id", "(SELECT id FROM information_itemversion WHERE released_at IS NULL LIMIT 1)"),
    ],
)
def test_what_identifies_a_released_item_is_final(cast: Cast, column: str, value: str) -> None:
    item = cast.items["police_opened"]
    refused(f"UPDATE information_informationitem SET {column} = {value} WHERE id = %s", item.pk, match="pgtrigger")


@pytest.mark.parametrize("column", ["item_id", "version_id", "unit_id", "delivered_at", "due_at"])
def test_what_was_delivered_to_whom_and_when_is_final(cast: Cast, column: str) -> None:
    mine, other = cast.delivery("police_opened"), cast.delivery("north_released_to_two", "border")
    refused(
        f"UPDATE information_delivery SET {column} = (SELECT {column} FROM information_delivery WHERE id = %s)"
        f"{' + interval %s' if column.endswith('_at') else ''} WHERE id = %s",
        *((other.pk, "1 day", mine.pk) if column.endswith("_at") else (other.pk, mine.pk)),
        match="pgtrigger",
    )


def test_an_item_begins_as_a_draft(cast: Cast) -> None:
    source = cast.items["police_opened"].pk
    refused(
        "INSERT INTO information_informationitem (id, unit_id, author_id, status, return_reason, recall_reason,"
        " created_at, updated_at, revision, synthetic, reference, released_at, released_by_id)"
        " SELECT gen_random_uuid(), unit_id, author_id, 'released', '', '', now(), now(), 1, true, 'X-1', now(),"
        " released_by_id FROM information_informationitem WHERE id = %s",
        source,
        match="pgtrigger",
    )


def test_a_register_never_goes_back(cast: Cast) -> None:
    refused("UPDATE information_referenceregister SET last = last - 1", match="pgtrigger")


def test_an_acknowledgement_has_somebody_and_does_not_precede_the_delivery(cast: Cast) -> None:
    delivery = cast.delivery("police_opened")
    refused("UPDATE information_delivery SET acknowledged_at = now() WHERE id = %s", delivery.pk)
    refused(
        "UPDATE information_delivery SET acknowledged_at = '2001-01-01', acknowledged_by_id = %s WHERE id = %s",
        cast.customs_focal_point.pk,
        delivery.pk,
    )


def test_a_unit_gets_a_version_once(cast: Cast) -> None:
    refused(
        "INSERT INTO information_delivery (id, item_id, version_id, unit_id, status, delivered_at, due_at, revision,"
        " synthetic) SELECT gen_random_uuid(), item_id, version_id, unit_id, 'delivered', now(), now(), 1, true"
        " FROM information_delivery WHERE id = %s",
        cast.delivery("police_opened").pk,
        match="delivery_version_unit_once",
    )
