"""Attaching and removing files: who, when, what is kept, what a failure leaves behind."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import DatabaseError, transaction

from agencies.audit.models import AuditEvent, Outcome
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted, Refusal, Stale
from registry.information import actions, attachments, scanner
from registry.information.attachments import (
    Handling,
    attach_file,
    remove_attachment,
    sweep_orphans,
)
from registry.information.differences import differences
from registry.information.manifests import manifest
from registry.information.models import Attachment, InformationItem, ItemVersion, StoredFile
from registry.received import ReceivedFile
from tests.cast import Cast, draft, release
from tests.information.files import attach, fake_clamd, sent_with
from tests.information.people import ROLES, somebody
from tests.information.samples import PDF, TEXT, eicar
from tests.raw import sql


@pytest.fixture
def folder(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> FileSystemStorage:
    """The store on a disk, as an office has it by default."""
    disk = FileSystemStorage(
        location=tmp_path / "attachments", file_permissions_mode=0o600, directory_permissions_mode=0o700
    )
    monkeypatch.setattr(attachments, "store", lambda: disk)
    return disk


def kept(disk: FileSystemStorage) -> list[Any]:
    top = disk.path("")
    return sorted(path for path in Path(top).rglob("*") if path.is_file())


def test_a_file_is_stored_under_a_name_of_its_own_for_the_server_alone(cast: Cast, folder: FileSystemStorage) -> None:
    made = attach(cast.items["police_draft"], cast.police_officer, PDF, "biên bản.pdf")
    (path,) = kept(folder)
    assert path.read_bytes() == PDF
    assert path.stat().st_mode & 0o777 == 0o600
    assert {parent.stat().st_mode & 0o777 for parent in (path.parent, path.parent.parent)} == {0o700}
    assert "biên" not in str(path) and made.stored.sha256 not in str(path)
    assert (made.name, made.number, made.stored.media_type, made.stored.size) == (
        "biên bản.pdf", 1, "application/pdf", len(PDF),
    )  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("unit", ["police", "police_north", "customs"])
def test_only_who_drafts_for_the_unit_attaches_and_removes(cast: Cast, role: str, unit: str) -> None:
    one = attach(cast.items["police_draft"], cast.police_officer)
    by = somebody(cast, role=role, unit=unit)
    if unit == "police" and role in {"officer", "system"}:
        assert attach(cast.items["police_draft"], by).number == 2
        assert remove_attachment(attachment=one, by=by).removed_by == by
        return
    with pytest.raises(NotPermitted):
        attach(cast.items["police_draft"], by)
    with pytest.raises(NotPermitted):
        remove_attachment(attachment=one, by=by)


@pytest.mark.parametrize("story", ["submitted", "released_to_customs", "recalled"])
def test_only_a_draft_takes_files(cast: Cast, story: str) -> None:
    before = StoredFile.objects.count()
    with pytest.raises(Conflict) as refusal:
        attach(cast.items[f"police_{story}"], cast.police_officer)
    assert refusal.value.code == "wrong_status"
    assert StoredFile.objects.count() == before
    assert attach(cast.items["police_returned"], cast.police_officer).number == 1


def test_a_released_item_keeps_its_files(cast: Cast) -> None:
    with pytest.raises(Conflict):
        remove_attachment(attachment=sent_with(cast), by=cast.police_officer)


def test_attaching_and_removing_are_edits_for_four_eyes_and_for_who_was_faster(cast: Cast) -> None:
    both = cast.police_officer_and_head
    item = draft(cast, by=cast.police_officer, to=("customs",))
    one = attach(item, both)
    changed = InformationItem.objects.get(pk=item.pk)
    assert changed.revision == item.revision + 1
    assert ItemVersion.objects.get(item=item).edited_by == both
    with pytest.raises(Stale), ReceivedFile.of(TEXT, "a.txt") as file:
        attach_file(item=item, by=both, file=file, expected_revision=item.revision)
    with pytest.raises(Stale):
        remove_attachment(attachment=one, by=both, expected_revision=item.revision)
    actions.submit_item(item=item, by=cast.police_officer)
    with pytest.raises(NotPermitted) as refusal:
        release(item, by=both)
    assert refusal.value.code == "four_eyes"


def test_a_removed_file_is_gone_for_everybody_and_its_row_stays(cast: Cast) -> None:
    item = draft(cast, by=cast.police_officer, to=("customs",))
    one, other = attach(item, cast.police_officer), attach(item, cast.police_officer, PDF, "a.pdf")
    remove_attachment(attachment=one, by=cast.police_officer)
    assert list(Attachment.objects.visible_to(cast.police_head).filter(item=item)) == [other]
    assert Attachment.objects.filter(item=item).count() == 2
    with pytest.raises(Conflict):
        remove_attachment(attachment=one, by=cast.police_officer)
    assert [row["name"] for row in manifest(other.version)] == ["a.pdf"]
    assert attach(item, cast.police_officer).number == 3


def test_an_item_has_so_many_files_and_no_more(cast: Cast, settings: Any) -> None:
    settings.ATTACHMENT_MAX_FILES = 2
    item = cast.items["police_draft"]
    one = attach(item, cast.police_officer)
    attach(item, cast.police_officer)
    with pytest.raises(Conflict) as refusal:
        attach(item, cast.police_officer)
    assert refusal.value.code == "too_many_files"
    remove_attachment(attachment=one, by=cast.police_officer)
    assert attach(item, cast.police_officer).number == 3


def test_every_fault_of_a_file_is_told_at_once(cast: Cast) -> None:
    for content, name, fields, code in (
        (b"<html>", "TỐI MẬT.html", {"file", "name"}, "above_ceiling"),
        (PDF, "a.txt", {"name"}, "name_does_not_fit"),
        (PDF, "pdf", {"name"}, "name_does_not_fit"),
        (TEXT, "..", {"name"}, "invalid_name"),
        (b"MZ\0", "a.exe", {"file"}, "type_not_allowed"),
        ("MẬT\nnội dung".encode(), "a.txt", {"file"}, "above_ceiling"),
    ):
        with pytest.raises(Invalid) as refusal:
            attach(cast.items["police_draft"], cast.police_officer, content, name)
        assert (set(refusal.value.fields), refusal.value.code) == (fields, code), name


def test_the_same_bytes_lie_once_in_an_agency_and_again_in_another(cast: Cast, folder: FileSystemStorage) -> None:
    mine = attach(cast.items["police_draft"], cast.police_officer)
    below = attach(cast.items["north_draft"], cast.north_officer, name="khác.csv")
    theirs = attach(draft(cast, by=cast.customs_officer, unit="customs"), cast.customs_officer)
    assert mine.stored == below.stored != theirs.stored
    assert mine.stored.sha256 == theirs.stored.sha256
    assert len(kept(folder)) == 2


def test_a_failure_leaves_no_file_behind(
    cast: Cast, folder: FileSystemStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: Any, **_kwargs: Any) -> None:
        raise DatabaseError("no")

    monkeypatch.setattr(Attachment, "save", fails)
    with pytest.raises(DatabaseError):
        attach(cast.items["police_draft"], cast.police_officer)
    assert kept(folder) == []
    assert not StoredFile.objects.exists()


def test_a_failure_keeps_the_bytes_that_lay_there_before(
    cast: Cast, folder: FileSystemStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(cast.items["police_draft"], cast.police_officer)
    monkeypatch.setattr(attachments, "record", lambda **_kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        attach(cast.items["police_draft"], cast.police_officer)
    assert len(kept(folder)) == 1


def test_somebody_who_stored_the_same_bytes_a_moment_ago_wins(
    cast: Cast, folder: FileSystemStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = attach(cast.items["police_draft"], cast.police_officer)
    monkeypatch.setattr(StoredFile.objects, "filter", lambda **_kwargs: StoredFile.objects.none())
    second = attach(cast.items["police_draft"], cast.police_officer)
    assert second.stored == first.stored
    assert len(kept(folder)) == 1


def test_files_without_a_row_are_swept_when_nobody_can_still_need_them(cast: Cast, folder: FileSystemStorage) -> None:
    assert sweep_orphans() == 0
    with transaction.atomic():
        attach(cast.items["police_draft"], cast.police_officer)
        transaction.set_rollback(True)
    attach(cast.items["police_draft"], cast.police_officer, PDF, "a.pdf")
    assert len(kept(folder)) == 2
    assert sweep_orphans() == 0, "a transaction may still be under way"
    assert sweep_orphans(older_than=timedelta(seconds=-5)) == 1
    assert [path.read_bytes() for path in kept(folder)] == [PDF]


# --- the scanner -----------------------------------------------------------------------------------------------------


def test_without_a_scanner_a_file_says_that_it_was_not_scanned(cast: Cast) -> None:
    stored = attach(cast.items["police_draft"], cast.police_officer, eicar(), "a.txt").stored
    assert (stored.scan, stored.scanned_at) == ("not_scanned", None)


def test_a_scanned_file_says_so_and_is_sent_whole(cast: Cast, settings: Any) -> None:
    content = TEXT * 5000
    with fake_clamd(settings) as given:
        stored = attach(cast.items["police_draft"], cast.police_officer, content).stored
    assert given == [content]
    assert stored.scan == "clean" and stored.scanned_at is not None


def test_malware_is_refused_and_the_attempt_is_kept_in_the_log(
    cast: Cast, settings: Any, folder: FileSystemStorage
) -> None:
    item = cast.items["police_draft"]
    with fake_clamd(settings), pytest.raises(Incomplete) as refusal:
        attach(item, cast.police_officer, eicar(), "a.txt")
    assert refusal.value.code == "infected"
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.outcome, event.object_id) == ("attachment.add", Outcome.DENIED, str(item.pk))
    assert (event.detail["code"], event.detail["found"]) == ("infected", "Eicar-Signature")
    assert kept(folder) == [] and cast.fresh("police_draft").revision == item.revision


@pytest.mark.parametrize("answer", [b"stream: size limit exceeded. ERROR\0", b"", b"nonsense\0", b"OKAY\0"])
def test_no_verdict_is_no_scan(cast: Cast, settings: Any, answer: bytes) -> None:
    settings.CLAMAV_TIMEOUT = 5
    with fake_clamd(settings, answer=answer):
        assert attach(cast.items["police_draft"], cast.police_officer).stored.scan == "not_scanned"


def test_a_required_scanner_that_is_down_lets_nothing_in(cast: Cast, settings: Any) -> None:
    settings.CLAMAV_REQUIRED = True
    for address in ("", "127.0.0.1:1", "/no/such/socket"):
        settings.CLAMAV_ADDRESS = address
        with pytest.raises(Conflict) as refusal:
            attach(cast.items["police_draft"], cast.police_officer)
        assert refusal.value.code == "scanner_unavailable"
    assert not Attachment.objects.filter(item=cast.items["police_draft"]).exists()


def test_bytes_stored_unscanned_are_judged_when_they_come_again(cast: Cast, settings: Any, monkeypatch: Any) -> None:
    item = cast.items["police_draft"]
    first = attach(item, cast.police_officer).stored
    with fake_clamd(settings):
        attach(item, cast.police_officer)
    first.refresh_from_db()
    assert first.scan == "clean"
    sql("UPDATE information_storedfile SET scan = 'infected' WHERE id = %s", first.pk)
    monkeypatch.setattr(attachments, "scan", lambda _file: scanner.Verdict(scanner.Scan.NOT_SCANNED))
    with pytest.raises(Incomplete):
        attach(item, cast.police_officer)


# --- corrections and previews ------------------------------------------------------------------------------------------


def correction(item: InformationItem) -> ItemVersion:
    """The version that waits."""
    found = actions.open_correction(item)
    assert found is not None
    return found


def test_a_correction_takes_the_files_over_and_may_change_them(cast: Cast) -> None:
    one, by = sent_with(cast, no_onward=True), cast.police_officer
    item, customs = one.item, cast.customs_officer
    actions.correct_item(item=item, by=by, content={"title": "Khác"}, reason="Sai tên.")
    waiting = correction(item)
    assert manifest(waiting) == manifest(one.version)
    (copy,) = Attachment.objects.filter(version=waiting)
    assert (copy.stored, copy.no_onward, copy.pk != one.pk) == (one.stored, True, True)
    attach(item, by, PDF, "mới.pdf")
    remove_attachment(attachment=copy, by=by)
    with pytest.raises(Conflict):
        remove_attachment(attachment=one, by=by)
    assert list(Attachment.objects.visible_to(customs).filter(item=item)) == [one], "as released before"
    changed = {d.field: (d.before, d.after) for d in differences(one.version, waiting)}
    assert changed["files"] == ("biên bản.txt (không chuyển tiếp)", "mới.pdf")
    hash_ = actions.preview_release(item=item, by=cast.police_head).hash
    actions.release_correction(item=item, by=cast.police_head, preview=hash_)
    assert [a.name for a in Attachment.objects.visible_to(customs).filter(item=item)] == ["mới.pdf"]
    with pytest.raises(Conflict):
        attach(item, by)


def test_whoever_changes_the_files_of_a_correction_does_not_release_it(cast: Cast) -> None:
    item, both = sent_with(cast).item, cast.police_officer_and_head
    actions.correct_item(item=item, by=cast.police_officer, content={"title": "Khác"}, reason="Sai tên.")
    attach(item, both, PDF, "mới.pdf")
    hash_ = actions.preview_release(item=item, by=cast.police_head).hash
    with pytest.raises(NotPermitted) as refusal:
        actions.release_correction(item=item, by=both, preview=hash_)
    assert refusal.value.code == "four_eyes"
    with pytest.raises(NotPermitted):
        attach(item, cast.police_head)


def test_a_release_is_approved_with_its_files(cast: Cast) -> None:
    item, by, head = draft(cast, by=cast.police_officer, to=("customs",)), cast.police_officer, cast.police_head
    before = actions.preview_release(item=item, by=head)
    attach(item, by, TEXT, "a.txt")
    attach(item, by, PDF, "b.pdf", originator_only=True)
    actions.submit_item(item=item, by=by)
    seen = actions.preview_release(item=item, by=head)
    assert [row["name"] for row in seen.files] == ["a.txt"]
    assert seen.hash != before.hash
    assert any("1" in line for line in seen.withheld)
    with pytest.raises(Refusal):
        actions.release_item(item=item, by=head, preview=before.hash)


def test_a_manifest_says_what_a_release_would_deliver(cast: Cast) -> None:
    one = attach(cast.items["police_draft"], cast.police_officer, TEXT, "a.txt", originator_only=True)
    assert manifest(one.version) == [
        {
            "number": 1,
            "name": "a.txt",
            "sha256": sha256(TEXT).hexdigest(),
            "size": len(TEXT),
            "type": "text/plain",
            "scan": "not_scanned",
            "handling": {"no_onward": False, "no_judicial_use": False, "originator_only": True},
        }
    ]


def test_handling_is_open_unless_said() -> None:
    assert Handling() == Handling(no_onward=False, no_judicial_use=False, originator_only=False)


def test_the_log_tells_of_a_file_without_its_name(cast: Cast) -> None:
    one = attach(cast.items["police_draft"], cast.police_officer, name="tên riêng.txt")
    remove_attachment(attachment=one, by=cast.police_officer)
    events = AuditEvent.objects.filter(object_id=str(one.pk)).order_by("id")
    assert [event.action for event in events] == ["attachment.add", "attachment.remove"]
    assert all("riêng" not in f"{event.object_ref} {event.detail}" for event in events)
    assert {event.owner_unit_id for event in events} == {cast.units["police"].pk}
