"""Files on an item's page: seen, saved, added and taken off by those who may."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agencies.audit.models import AuditEvent, Outcome
from registry.information import actions
from registry.information.models import Attachment
from tests.cast import Cast, draft, release
from tests.information.files import attach, sent_with
from tests.information.samples import PDF, TEXT

Desk = Callable[[str | None], Client]


def page(item: Any) -> str:
    return reverse("admin:information_informationitem_change", args=[item.pk])


def add(item: Any) -> str:
    return reverse("admin:information_informationitem_attach", args=[item.pk])


def posted(content: bytes = TEXT, name: str = "biên bản.txt", **held: str) -> dict[str, Any]:
    fields = {f"attachment-{key}": value for key, value in held.items()}
    return {"attachment-file": SimpleUploadedFile(name, content), **fields}


def test_an_officer_attaches_saves_and_removes(cast: Cast, desk: Desk) -> None:
    browser, item = desk("police_officer"), cast.items["police_draft"]
    shown = browser.get(page(item)).content.decode()
    assert add(item) in shown and 'enctype="multipart/form-data"' in shown
    assert browser.post(add(item), posted(originator_only="on")).status_code == 302
    one = Attachment.objects.get(item=item)
    assert (one.name, one.originator_only, one.no_onward) == ("biên bản.txt", True, False)
    shown = browser.get(page(item)).content.decode()
    for text in ("biên bản.txt", one.stored.sha256[:12], "TXT", "badge--not_scanned"):
        assert text in shown
    address = reverse("admin:information_informationitem_file", args=[item.pk, one.pk])
    assert address in shown
    got = browser.get(address)
    assert b"".join(got.streaming_content) == TEXT
    assert got["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert got["Content-Disposition"].startswith("attachment;")
    remove = reverse("admin:information_informationitem_detach", args=[item.pk, one.pk])
    assert browser.get(remove).status_code == 405
    assert browser.post(remove).status_code == 302
    assert one.name not in browser.get(page(item)).content.decode().split('id="files-title"')[1]
    assert browser.get(address).status_code == 404


def test_a_recipient_sees_and_saves_and_cannot_change(cast: Cast, desk: Desk) -> None:
    one, kept = sent_with(cast), sent_with(cast, originator_only=True)
    browser = desk("customs_officer")
    shown = browser.get(page(one.item)).content.decode()
    assert one.name in shown and add(one.item) not in shown
    assert kept.name not in browser.get(page(kept.item)).content.decode()
    address = reverse("admin:information_informationitem_file", args=[one.item_id, one.pk])
    assert b"".join(browser.get(address).streaming_content) == TEXT
    assert (
        browser.get(reverse("admin:information_informationitem_file", args=[kept.item_id, kept.pk])).status_code == 404
    )
    assert (
        browser.get(reverse("admin:information_informationitem_file", args=[kept.item_id, one.pk])).status_code == 404
    )
    browser.post(add(one.item), posted())
    assert Attachment.objects.filter(item=one.item).count() == 1
    assert AuditEvent.objects.latest("id").outcome == Outcome.DENIED


@pytest.mark.parametrize("name", ["coast_officer", "auditor", "operator"])
def test_a_stranger_finds_no_file_of_an_item(cast: Cast, desk: Desk, name: str) -> None:
    one = attach(cast.items["police_draft"], cast.police_officer)
    browser = desk(name)
    for what, verb in (("file", "get"), ("detach", "post")):
        address = reverse(f"admin:information_informationitem_{what}", args=[one.item_id, one.pk])
        assert getattr(browser, verb)(address).status_code in {403, 404}
    assert browser.post(add(one.item), posted()).status_code in {403, 404}
    assert Attachment.objects.get(item=one.item).removed_at is None


def test_nobody_signed_in_is_sent_to_the_login(cast: Cast, desk: Desk) -> None:
    one = sent_with(cast)
    answer = desk(None).get(reverse("admin:information_informationitem_file", args=[one.item_id, one.pk]))
    assert answer.status_code == 302 and "login" in answer["Location"]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (posted(b"<html>", "a.html"), "name"),
        (posted(PDF, "a.txt"), "a.txt"),
        (posted(TEXT, "TỐI MẬT.txt"), "TỐI MẬT"),
        ({}, "file"),
    ],
)
def test_a_refusal_is_told_on_the_page(cast: Cast, desk: Desk, sent: dict[str, Any], told: str) -> None:
    browser, item = desk("police_officer"), cast.items["police_draft"]
    answer = browser.post(add(item), sent, follow=True)
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode() or "messagelist" in answer.content.decode()
    assert not Attachment.objects.filter(item=item).exists()


def test_an_item_without_files_says_so_in_words(cast: Cast, desk: Desk) -> None:
    def part(name: str, story: str, mark: str) -> str:
        return desk(name).get(page(cast.items[story])).content.decode().split(mark)[1][:600]

    assert 'class="empty"' in part("police_officer", "police_draft", 'id="files-title"')
    assert 'class="empty"' in part("police_head", "police_submitted", 'id="files-title"')
    assert "rows-none" in part("customs_officer", "police_released_to_customs", 'id="attachments-heading"')


def test_the_head_sees_what_would_be_released_and_cannot_change_it(cast: Cast, desk: Desk) -> None:
    item = draft(cast, by=cast.police_officer, to=("customs",))
    one = attach(item, cast.police_officer)
    actions.submit_item(item=item, by=cast.police_officer)
    shown = desk("police_head").get(page(item)).content.decode()
    assert one.name in shown and one.stored.sha256[:12] in shown
    assert add(item) not in shown and "/remove/" not in shown


def test_a_correction_that_waits_takes_files_on_the_page(cast: Cast, desk: Desk) -> None:
    item = sent_with(cast).item
    assert add(item) not in desk("police_officer").get(page(item)).content.decode()
    actions.correct_item(item=item, by=cast.police_officer, content={"title": "Khác"}, reason="Sai.")
    browser = desk("police_officer")
    assert add(item) in browser.get(page(item)).content.decode()
    browser.post(add(item), posted(PDF, "mới.pdf"))
    assert Attachment.objects.filter(item=item, name="mới.pdf", version__number=2).exists()


def test_another_agencys_red_item_asks_on_the_way_to_its_file(cast: Cast, desk: Desk) -> None:
    item = draft(cast, by=cast.police_officer, to=("customs",))
    actions.edit_item(item=item, by=cast.police_officer, content={"tlp": "TLP:RED"})
    one = attach(item, cast.police_officer)
    actions.submit_item(item=item, by=cast.police_officer)
    release(item, by=cast.police_head)
    answer = desk("customs_officer").get(reverse("admin:information_informationitem_file", args=[item.pk, one.pk]))
    assert answer.status_code == 200
    assert "purpose" in answer.content.decode()
    assert not AuditEvent.objects.filter(action="download").exists()
