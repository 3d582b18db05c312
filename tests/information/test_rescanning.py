"""Files taken while no scanner answered are judged when one does."""

from typing import Any

import pytest

from agencies.audit.models import AuditEvent
from registry.information import jobs
from registry.information.models import Attachment, StoredFile
from registry.information.rescanning import SILENT, scan_again
from registry.notices.models import Notice
from tests.cast import Cast
from tests.clients import api_client
from tests.information.files import attach, fake_clamd, sent_with
from tests.information.samples import TEXT, eicar


def scans() -> list[str]:
    return sorted(StoredFile.objects.values_list("scan", flat=True))


def test_without_a_scanner_nothing_is_judged(cast: Cast) -> None:
    attach(cast.items["police_draft"], cast.police_officer)
    assert scan_again() == 0
    assert scans() == ["not_scanned"]


def test_what_was_taken_unscanned_is_judged_once(cast: Cast, settings: Any) -> None:
    one = attach(cast.items["police_draft"], cast.police_officer)
    with fake_clamd(settings) as given:
        jobs.scan_files_again.func(0)
        assert scan_again() == 0
    assert given == [TEXT]
    row = StoredFile.objects.get()
    assert row.scan == "clean" and row.scanned_at is not None
    event = AuditEvent.objects.get(action="attachment.scan")
    assert (event.object_id, event.actor, event.detail["scan"]) == (str(one.pk), "operator", "clean")
    assert not Notice.objects.filter(kind="file_infected").exists()


def test_malware_found_later_is_given_to_nobody_and_told(cast: Cast, settings: Any) -> None:
    one = sent_with(cast, eicar(), "a.txt")
    client = api_client(cast, "customs_analyst")
    assert client.get(f"attachments/{one.pk}/content").status_code == 200
    with fake_clamd(settings):
        assert scan_again() == 1
    answer = client.get(f"attachments/{one.pk}/content")
    assert (answer.status_code, answer.json()["code"]) == (422, "infected")
    assert client.get(f"attachments/{one.pk}").json()["scan"] == "infected"
    told = Notice.objects.filter(kind="file_infected")
    assert sorted(n.user.username for n in told) == [
        "customs_focal_point",
        "police_head",
        "police_officer",
        "police_officer_and_head",
    ]
    assert {n.reference for n in told} == {one.item.reference}
    event = AuditEvent.objects.get(action="attachment.scan")
    assert (event.detail["scan"], event.detail["found"]) == ("infected", "Eicar-Signature")


def test_what_is_kept_from_recipients_is_not_told_to_them(cast: Cast, settings: Any) -> None:
    sent_with(cast, eicar(), "a.txt", originator_only=True)
    with fake_clamd(settings):
        assert scan_again() == 1
    assert not Notice.objects.filter(kind="file_infected", user=cast.customs_focal_point).exists()


def test_a_file_it_will_not_judge_does_not_keep_others_waiting(cast: Cast, settings: Any) -> None:
    for number in range(SILENT + 1):
        attach(cast.items["police_draft"], cast.police_officer, TEXT + b"x" * number)
    with fake_clamd(settings, answer=b"stream: size limit exceeded. ERROR\0", files=SILENT + 1) as given:
        assert scan_again() == 0
    assert len(given) == SILENT + 1
    with fake_clamd(settings, files=SILENT + 1):
        assert scan_again() == SILENT + 1
    assert scans() == ["clean"] * (SILENT + 1)


def test_a_scanner_that_is_away_is_asked_again_at_the_next_run(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def away(_file: Any) -> Any:
        asked.append(1)
        raise ConnectionRefusedError

    for number in range(SILENT + 2):
        attach(cast.items["police_draft"], cast.police_officer, TEXT + b"x" * number)
    settings.CLAMAV_ADDRESS = "127.0.0.1:1"
    monkeypatch.setattr("registry.information.rescanning.verdict_on", away)
    assert scan_again() == 0
    assert len(asked) == SILENT
    assert Attachment.objects.filter(stored__scan="not_scanned").count() == SILENT + 2
