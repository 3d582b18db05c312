"""Sealed reports over HTTP: asked for and watched, sealed by another, taken away, verified."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from agencies.audit.models import AuditEvent
from registry.information import actions
from reports.drafting import draft_report
from reports.making import make_report
from reports.models import SealedReport
from tests.cast import Cast
from tests.clients import ApiClient
from tests.reports.sealed import NOBODY_STATED, NOTE, prepared, sealed

pytestmark = pytest.mark.usefixtures("plain_files")

Api = Callable[[str | None], ApiClient]


def body(report: SealedReport, **changes: Any) -> dict[str, Any]:
    given = {"expected_sha256": report.document_sha256, "without": list(NOBODY_STATED), "note": NOTE}
    return given | changes


def test_a_report_is_asked_for_and_watched(cast: Cast, api: Api) -> None:
    answer = api("secretariat").post("sealed-reports", {"period": "2024-Q2"})
    assert answer.status_code == 202
    assert answer.json()["status"] == "queued"
    address = answer["Location"].partition("/api/v1/")[2]
    draft_report(report_id=answer.json()["id"])
    told = api("coast_officer").get(address).json()
    assert (told["status"], told["files_written"], told["files_wanted"], len(told["files"])) == ("prepared", 10, 10, 10)
    assert {lack["code"] for lack in told["missing"]} == {"statement_missing", "host_missing"}
    assert all(lack["text"] and lack["link"].startswith("/api/v1/") for lack in told["missing"])


def test_another_person_seals_what_they_read(cast: Cast, api: Api) -> None:
    report = prepared(cast)
    stale = api("police_head").post(f"sealed-reports/{report.pk}/seal", body(report, expected_sha256="0" * 64))
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert api("secretariat").post(f"sealed-reports/{report.pk}/seal", body(report)).status_code == 403
    unnamed = api("police_head").post(f"sealed-reports/{report.pk}/seal", body(report, without=[]))
    assert (unnamed.status_code, unnamed.json()["code"]) == (422, "statements_missing")
    done = api("police_head").post(
        f"sealed-reports/{report.pk}/seal", body(report, office_vi="Cục trưởng", office_en="Director")
    )
    assert done.status_code == 200
    assert (done.json()["status"], done.json()["paper"][:10]) == ("sealed", "01/BC-poli")
    again = api("police_head").post(f"sealed-reports/{report.pk}/seal", body(report))
    assert (again.status_code, again.json()["code"]) == (409, "wrong_status")


def test_files_are_taken_by_whoever_reads_reports_and_the_log_knows_first(cast: Cast, api: Api) -> None:
    report = sealed(cast)
    told = api("coast_officer").get(f"sealed-reports/{report.pk}").json()
    for file in told["files"]:
        path = file["url"].partition("/api/v1/")[2]
        answer = api("coast_officer").get(path)
        assert answer.status_code == 200
        assert hashlib.sha256(answer.content).hexdigest() == file["sha256"]
        assert answer["Cache-Control"] == "no-store"
    taken = AuditEvent.objects.filter(action="report.download", object_id=str(report.pk))
    assert taken.count() == 10
    assert api("coast_officer").get(f"sealed-reports/{report.pk}/files/fr/pdf").status_code == 409


def test_package_and_verification_are_for_those_who_may_know_the_records(cast: Cast, api: Api) -> None:
    report = sealed(cast)
    for verb in ("package", "verification"):
        assert api("coast_officer").get(f"sealed-reports/{report.pk}/{verb}").status_code == 403
    found = api("police_head").get(f"sealed-reports/{report.pk}/verification").json()
    assert (found["sound"], found["tampered"], found["files"]) == (True, [], 10)
    packed = api("secretariat").get(f"sealed-reports/{report.pk}/package")
    assert packed["Content-Type"] == "application/zip"
    names = zipfile.ZipFile(io.BytesIO(packed.content)).namelist()
    assert {"document.json", "manifest.json", "seal.json", "SHA256SUMS", "files/vi.pdf"} <= set(names)


def test_a_recall_after_the_seal_is_told_beside_the_report(cast: Cast, api: Api) -> None:
    report = sealed(cast)
    before = bytes(report.files.get(final=True, language="vi", file_format="pdf").content)
    item = cast.items["police_released_to_two"]
    actions.recall_item(item=item, by=cast.police_head, reason="Sai.")
    told = api("coast_officer").get(f"sealed-reports/{report.pk}").json()["errata"]
    assert [one["reference"] for one in told] == [item.reference]
    assert item.current is not None
    assert item.current.title not in told[0]["text"]
    assert bytes(report.files.get(final=True, language="vi", file_format="pdf").content) == before


def test_withdrawing_needs_a_reason(cast: Cast, api: Api) -> None:
    report = prepared(cast)
    assert api("secretariat").post(f"sealed-reports/{report.pk}/withdraw", {}).status_code == 400
    done = api("secretariat").post(f"sealed-reports/{report.pk}/withdraw", {"reason": "Sai."})
    assert (done.status_code, done.json()["status"]) == (200, "withdrawn")
    assert api("coast_officer").get(f"sealed-reports/{report.pk}").status_code == 404


def test_the_list_asks_as_often_for_many_as_for_one(cast: Cast, api: Api, django_assert_num_queries: Any) -> None:
    sealed(cast)
    client = api("coast_officer")
    client.get("sealed-reports")
    with django_assert_num_queries(3) as _few:
        assert len(client.get("sealed-reports").json()["results"]) == 1
    sealed(cast, reason="Muộn.")
    with django_assert_num_queries(3):
        assert len(client.get("sealed-reports").json()["results"]) == 2


def test_a_report_of_ones_own_edition_is_asked_for_watched_and_taken(cast: Cast, api: Api) -> None:
    given = {"period": "2024-Q2", "language": "en", "file_format": "html"}
    asked = api("customs_officer").post("report-builds", given)
    assert (asked.status_code, asked.json()["status"], asked.json()["content_url"]) == (202, "queued", None)
    address = asked["Location"].partition("/api/v1/")[2]
    assert api("customs_officer").get(f"{address}/content").status_code == 409
    make_report(report_id=asked.json()["id"])
    told = api("customs_officer").get(address).json()
    assert told["status"] == "complete"
    answer = api("customs_officer").get(told["content_url"].partition("/api/v1/")[2])
    assert hashlib.sha256(answer.content).hexdigest() == told["sha256"]
    assert api("customs_head").get(address).status_code == 404
    assert api("customs_head").get(f"{address}/content").status_code == 404


@pytest.mark.parametrize("file_format", ["pdf", "docx", "xlsx", "html"])
def test_small_reports_come_at_once_in_every_format(cast: Cast, api: Api, file_format: str) -> None:
    answer = api("customs_officer").get(f"reports/2024-Q2?file_format={file_format}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'-vi.{file_format}"')
