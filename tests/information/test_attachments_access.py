"""Who sees a file, what is written of it, and that nobody learns of another agency's."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.audit.models import AuditEvent
from registry.information import actions
from registry.information.models import Attachment, Delivery, StoredFile
from tests.cast import Cast, draft, release
from tests.clients import ApiClient
from tests.information.files import attach, sent_with, upload
from tests.information.samples import TEXT
from tests.logged import last
from tests.raw import refused, sql

Api = Callable[[str | None], ApiClient]
ALLOWED = ("police_officer", "police_head", "police_analyst", "customs_officer", "customs_analyst")
OTHERS = ("border_officer", "coast_officer", "north_officer", "customs_north_officer")


def everything(api: Api, name: str, one: Attachment) -> tuple[int, int, int]:
    """Detail, bytes, rows of the list."""
    client = api(name)
    listed = client.get(f"attachments?item={one.item_id}")
    detail, got = client.get(f"attachments/{one.pk}"), client.get(f"attachments/{one.pk}/content")
    return detail.status_code, got.status_code, len(listed.json()["results"])


def test_a_file_is_seen_with_its_item(cast: Cast, api: Api) -> None:
    one = sent_with(cast)
    assert {name: everything(api, name, one) for name in ALLOWED} == dict.fromkeys(ALLOWED, (200, 200, 1))
    assert {name: everything(api, name, one) for name in OTHERS} == dict.fromkeys(OTHERS, (404, 404, 0))
    for name in ("auditor", "police_admin"):
        assert api(name).get(f"attachments/{one.pk}/content").status_code == 403


def test_a_draft_keeps_its_files_at_home(cast: Cast, api: Api) -> None:
    one = attach(cast.items["police_draft"], cast.police_officer)
    assert everything(api, "police_head", one) == (200, 200, 1)
    assert everything(api, "customs_officer", one) == (404, 404, 0)


def test_what_the_originator_keeps_no_recipient_sees(cast: Cast, api: Api) -> None:
    one = sent_with(cast, originator_only=True)
    assert everything(api, "police_analyst", one) == (200, 200, 1)
    assert everything(api, "customs_officer", one) == (404, 404, 0)


def test_a_recall_takes_the_files_back(cast: Cast, api: Api) -> None:
    one = sent_with(cast)
    actions.recall_item(item=one.item, by=cast.police_head, reason="Sai.")
    assert everything(api, "customs_officer", one) == (404, 404, 0)
    assert everything(api, "police_officer", one) == (200, 200, 1)


def test_hidden_and_absent_files_get_the_same_answer(cast: Cast, api: Api) -> None:
    one = sent_with(cast)
    for verb in ("", "/content"):
        hidden = api("coast_officer").get(f"attachments/{one.pk}{verb}")
        absent = api("coast_officer").get(f"attachments/{uuid4()}{verb}")
        assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content) == (404, absent.content)


def test_an_upload_says_nothing_of_what_others_store(cast: Cast, api: Api) -> None:
    mine = draft(cast, by=cast.customs_officer, unit="customs")
    client = api("customs_officer")

    def told(sent: bytes) -> tuple[Any, ...]:
        with CaptureQueriesContext(connection) as queries:
            answer = upload(client, mine, sent, "a.txt")
        body = answer.json()
        for own in ("id", "content_url", "added_at", "sha256"):
            body.pop(own)
        statements = [re.sub("[^a-zA-Z_ ].*", "", query["sql"]) for query in queries]
        return answer.status_code, body, sorted(answer.headers), statements

    theirs, nobodys = b"a" * 50, b"b" * 50
    attach(cast.items["police_draft"], cast.police_officer, theirs)
    told(b"c" * 50)
    assert told(theirs) == told(nobodys)
    assert StoredFile.objects.filter(size=50).count() == 4


def test_a_download_is_in_the_log_and_opens_the_delivery(cast: Cast, api: Api) -> None:
    one = sent_with(cast)
    got = api("customs_officer").get(f"attachments/{one.pk}/content")
    event = last("download")
    assert (event.object_id, event.actor, [str(s) for s in event.subjects]) == (
        str(one.pk), "customs_officer", [str(one.item_id)],
    )  # fmt: skip
    assert event.object_ref == f"{one.item.reference} / {str(one.pk)[:8]}"
    assert Delivery.objects.get(item=one.item).status == "opened"
    assert b"".join(got.streaming_content) == TEXT
    shown = api("police_officer").get(f"information-items/{one.item_id}/readers").json()["results"]
    assert ("customs", "file") in {(row["unit"], row["how"]) for row in shown}


def test_another_agencys_red_item_asks_what_its_file_is_read_for(cast: Cast, api: Api) -> None:
    item = draft(cast, by=cast.police_officer, to=("customs",))
    actions.edit_item(item=item, by=cast.police_officer, content={"tlp": "TLP:RED"})
    one = attach(item, cast.police_officer)
    actions.submit_item(item=item, by=cast.police_officer)
    release(item, by=cast.police_head)
    path = f"attachments/{one.pk}/content"
    assert api("customs_officer").get(path).status_code == 428
    assert api("customs_officer").get(path, X_Purpose=quote("Đối chiếu hồ sơ")).status_code == 200
    assert last("download").purpose == "Đối chiếu hồ sơ"
    assert api("police_analyst").get(path).status_code == 200


def test_a_missing_file_is_nobodys_reading(cast: Cast, api: Api) -> None:
    one = sent_with(cast)
    storages["attachments"].delete(one.stored.stored_name)
    assert api("customs_officer").get(f"attachments/{one.pk}/content").status_code == 500
    assert not AuditEvent.objects.filter(action="download").exists()


def test_a_list_costs_the_same_however_long_it_is(cast: Cast, api: Api) -> None:
    client, item = api("police_officer"), cast.items["police_draft"]

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("attachments?count=true").status_code == 200
        return len(queries)

    attach(item, cast.police_officer)
    cost()
    first = cost()
    for number in range(5):
        attach(item, cast.police_officer, TEXT + str(number).encode(), f"{number}.txt")
    assert cost() == first


def test_an_item_says_where_its_files_are(cast: Cast, api: Api) -> None:
    one = sent_with(cast)
    address = api("customs_officer").get(f"information-items/{one.item_id}").json()["attachments_url"]
    (row,) = api("customs_officer").get(re.sub("^https?://[^/]+", "", address)).json()["results"]
    assert row["content_url"].endswith(f"/api/v1/attachments/{one.pk}/content")


# --- around the application ---------------------------------------------------------------------------------------------

COLUMNS = {
    "name": "'khác.txt'",
    "number": "9",
    "no_onward": "NOT no_onward",
    "no_judicial_use": "NOT no_judicial_use",
    "originator_only": "NOT originator_only",
    "added_at": "now() - interval '1 day'",
    "removed_at": "now(), removed_by_id = added_by_id",
}


@pytest.mark.parametrize("column", COLUMNS)
def test_the_file_of_a_released_version_never_changes(cast: Cast, column: str) -> None:
    one = sent_with(cast)
    refused(f"UPDATE information_attachment SET {column} = {COLUMNS[column]} WHERE id = %s", one.pk, match="final")


def test_a_draft_only_drops_its_files_and_only_once(cast: Cast) -> None:
    one = attach(cast.items["police_draft"], cast.police_officer)
    for column in set(COLUMNS) - {"removed_at"}:
        refused(f"UPDATE information_attachment SET {column} = {COLUMNS[column]} WHERE id = %s", one.pk, match="final")
    refused("UPDATE information_attachment SET removed_at = now() WHERE id = %s", one.pk, match="removed_by_somebody")
    drop = f"UPDATE information_attachment SET removed_at = {COLUMNS['removed_at']} WHERE id = %s"
    assert sql(drop, one.pk) == 1
    refused(drop, one.pk, match="final")


def test_neither_a_file_nor_its_bytes_are_deleted(cast: Cast) -> None:
    attach(cast.items["police_draft"], cast.police_officer)
    refused("DELETE FROM information_attachment", match="pgtrigger")
    refused("DELETE FROM information_storedfile", match="pgtrigger|foreign key")


COPY = (
    "INSERT INTO information_attachment (id, item_id, version_id, stored_id, number, name, no_onward,"
    " no_judicial_use, originator_only, added_by_id, added_at)"
    " SELECT gen_random_uuid(), %s, %s, %s, 9, %s, no_onward, no_judicial_use, originator_only, added_by_id, added_at"
    " FROM information_attachment WHERE id = %s"
)


def test_a_file_fits_its_item_version_and_agency(cast: Cast) -> None:
    own, final = attach(cast.items["police_draft"], cast.police_officer), sent_with(cast)
    theirs = attach(draft(cast, by=cast.customs_officer, unit="customs"), cast.customs_officer)
    fits = (own.item_id, own.version_id, own.stored_id, "a.txt", own.pk)
    for wrong in (
        (final.item_id, final.version_id, *fits[2:]),
        (final.item_id, *fits[1:]),
        (*fits[:2], theirs.stored_id, *fits[3:]),
    ):
        refused(COPY, *wrong, match="from the store of its own agency")
    for name in ("", "a/b", "a\\b", "a\nb", ".a", "ba\u0301o.txt"):
        refused(COPY, *fits[:3], name, own.pk, match="name_is_safe")
    assert sql(COPY, *fits) == 1


@pytest.mark.parametrize(
    "change",
    [
        "sha256 = repeat('0', 64)", "size = 1", "media_type = 'image/png'", "stored_name = 'x'",
        "agency_id = (SELECT id FROM agencies_agency WHERE code = 'CUSTOMS')",
        "scan = 'clean'", "scan = 'fine', scanned_at = now()", "scanned_at = now()",
    ],
)  # fmt: skip
def test_stored_bytes_stay_what_they_are(cast: Cast, change: str) -> None:
    attach(cast.items["police_draft"], cast.police_officer)
    refused(f"UPDATE information_storedfile SET {change}", match="pgtrigger|check constraint")


@pytest.mark.parametrize(
    "values", ["'x', 1, 'text/plain'", "repeat('0', 64), 0, 'text/plain'", "repeat('0', 64), 1, 'text/html'"]
)
def test_what_is_stored_is_hashed_not_empty_and_of_a_kind_that_is_taken(cast: Cast, values: str) -> None:
    refused(
        "INSERT INTO information_storedfile (agency_id, sha256, size, media_type, stored_name, scan)"
        f" SELECT id, {values}, 'x', 'not_scanned' FROM agencies_agency LIMIT 1",
        match="check constraint",
    )


def test_an_agency_holds_the_same_bytes_once(cast: Cast) -> None:
    attach(cast.items["police_draft"], cast.police_officer)
    refused(
        "INSERT INTO information_storedfile (agency_id, sha256, size, media_type, stored_name, scan)"
        " SELECT agency_id, sha256, size, media_type, 'x', 'not_scanned' FROM information_storedfile LIMIT 1",
        match="once_per_agency",
    )
