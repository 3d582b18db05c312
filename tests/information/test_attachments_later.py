"""What happens to files after they were taken: found infected, recalled, counted, swept."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.audit.models import AuditEvent
from agencies.refusals import Conflict, Incomplete
from registry.information import actions, attachments, scanner
from registry.information.attachments import remove_attachment, sweep_orphans
from registry.information.impact import impact
from registry.information.models import Attachment, InformationItem
from tests.cast import Cast, draft
from tests.clients import ApiClient
from tests.information.files import attach, sent_with
from tests.information.samples import PDF, TEXT

Api = Callable[[str | None], ApiClient]


def test_bytes_that_the_scanner_knows_now_are_given_to_nobody_any_more(
    cast: Cast, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = sent_with(cast)
    theirs = attach(draft(cast, by=cast.customs_officer, unit="customs"), cast.customs_officer)
    other = sent_with(cast, PDF, "a.pdf")
    monkeypatch.setattr(attachments, "scan", lambda _file: scanner.Verdict(scanner.Scan.INFECTED, "Eicar"))
    with pytest.raises(Incomplete):
        attach(cast.items["police_draft"], cast.police_officer)
    answers = {
        name: api(name).get(f"attachments/{file.pk}/content").status_code
        for name, file in (("customs_analyst", one), ("police_head", one), ("customs_officer", theirs))
    }
    assert answers == dict.fromkeys(answers, 422)
    assert api("customs_analyst").get(f"attachments/{other.pk}/content").status_code == 200
    told = AuditEvent.objects.filter(action="attachment.found_infected")
    assert {(e.object_id, e.owner_unit_id, e.actor, e.detail["found"]) for e in told} == {
        (str(file.pk), file.item.unit_id, "operator", "Eicar") for file in (one, theirs)
    }
    with pytest.raises(Incomplete):
        attach(cast.items["police_draft"], cast.police_officer)
    assert told.count() == 2


def test_a_correction_of_what_was_recalled_meanwhile_takes_no_files(cast: Cast) -> None:
    item = sent_with(cast).item
    actions.correct_item(item=item, by=cast.police_officer, content={"title": "Khác"}, reason="Sai.")
    copy = Attachment.objects.get(item=item, version__number=2)
    actions.recall_item(item=item, by=cast.police_head, reason="Sai nguồn.")
    for write in (
        lambda: attach(item, cast.police_officer, PDF, "a.pdf"),
        lambda: remove_attachment(attachment=copy, by=cast.police_officer),
    ):
        with pytest.raises(Conflict) as refusal:
            write()
        assert refusal.value.code == "wrong_status"


def test_a_download_counts_among_what_a_holder_took_out(cast: Cast, api: Api) -> None:
    one = sent_with(cast, to=("customs", "border"))
    for _time in range(2):
        api("customs_officer").get(f"attachments/{one.pk}/content")
    assert {holder.unit: holder.taken_out for holder in impact(one.item)} == {"border": 0, "customs": 2}


def test_a_list_of_versions_costs_the_same_however_many_have_files(cast: Cast, api: Api) -> None:
    client, item = api("police_officer"), sent_with(cast).item

    def correct(title: str) -> None:
        actions.correct_item(item=item, by=cast.police_officer, content={"title": title}, reason="Sai.")
        fresh = InformationItem.objects.get(pk=item.pk)
        approved = actions.preview_release(item=fresh, by=cast.police_head).hash
        actions.release_correction(item=fresh, by=cast.police_head, preview=approved)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"item-versions?item={item.pk}").status_code == 200
        return len(queries)

    correct("Hai")
    cost()
    first = cost()
    for title in ("Ba", "Bốn", "Năm"):
        correct(title)
    assert cost() == first


def test_a_sweep_asks_once_and_leaves_alone_what_it_did_not_store(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FileSystemStorage(location=tmp_path)
    monkeypatch.setattr(attachments, "store", lambda: disk)
    for number in range(4):
        attach(cast.items["police_draft"], cast.police_officer, TEXT + str(number).encode(), f"{number}.txt")
    orphan = disk.save("ab/" + "ab" * 16, BytesIO(b"x"))
    strange = [disk.save(name, BytesIO(b"x")) for name in ("backup.tar", "ab/notes.txt", "lost+found/1")]
    with CaptureQueriesContext(connection) as queries:
        assert sweep_orphans(older_than=timedelta(0)) == 1
    assert len(queries) == 1
    assert not disk.exists(orphan)
    assert all(disk.exists(name) for name in strange)
    stored = Attachment.objects.filter(item=cast.items["police_draft"]).values_list("stored__stored_name", flat=True)
    assert len(stored) == 4 and all(disk.exists(name) for name in stored)


class WatchedDisk(FileSystemStorage):
    """Counts the locks taken before a file is copied."""

    queries: CaptureQueriesContext
    locks: list[int]

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        self.locks.append(sum("FOR UPDATE" in query["sql"] for query in self.queries.captured_queries))
        return super().save(name, content, max_length)


def test_a_file_is_copied_before_anything_is_locked(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = WatchedDisk(location=tmp_path)
    disk.locks = []
    monkeypatch.setattr(attachments, "store", lambda: disk)
    with CaptureQueriesContext(connection) as disk.queries:
        attach(cast.items["police_draft"], cast.police_officer)
    assert disk.locks == [0]
    assert any("FOR UPDATE" in query["sql"] for query in disk.queries.captured_queries), "the item is locked later"


def test_what_was_copied_for_nothing_does_not_stay(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = FileSystemStorage(location=tmp_path)
    monkeypatch.setattr(attachments, "store", lambda: disk)
    with pytest.raises(Conflict):
        attach(cast.items["police_released_to_customs"], cast.police_officer)
    attach(cast.items["police_draft"], cast.police_officer)
    attach(cast.items["police_draft"], cast.police_officer, TEXT, "nữa.txt")
    lying = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(lying) == 1
