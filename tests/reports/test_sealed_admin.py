"""Sealed reports in the admin: prepared, watched, sealed by another, verified."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from registry.information import actions
from reports.drafting import draft_report
from reports.missing import Missing
from reports.models import SealedReport
from reports.preparing import prepare_report
from tests.cast import Cast
from tests.reports.sealed import NOBODY_STATED, NOTE, QUARTER, prepared, sealed
from tests.reports.test_verifying import behind

pytestmark = pytest.mark.usefixtures("plain_files")

Desk = Callable[[str | None], Client]
LIST = "/admin/reports/sealedreport/"


def page(desk: Desk, name: str, report: SealedReport) -> Any:
    return desk(name).get(f"{LIST}{report.pk}/change/")


def test_a_report_is_asked_for_watched_and_looked_at(cast: Cast, desk: Desk) -> None:
    answer = desk("secretariat").post(f"{LIST}add/", {"period_label": "2024-Q2", "reason": ""})
    report = SealedReport.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{report.pk}/change/")
    waiting = page(desk, "secretariat", report)
    assert waiting["Refresh"] == "3"
    draft_report(report_id=report.pk)
    shown = page(desk, "coast_officer", report)
    assert "Refresh" not in shown
    text = shown.content.decode()
    assert f"{LIST}{report.pk}/file/vi/html/" in text
    assert "/admin/reports/statement/?q=2024-Q2" in text
    file = desk("coast_officer").get(f"{LIST}{report.pk}/file/vi/pdf/")
    assert (file.status_code, file["Content-Type"]) == (200, "application/pdf")


def test_a_period_that_is_none_is_told_at_its_field(cast: Cast, desk: Desk) -> None:
    answer = desk("secretariat").post(f"{LIST}add/", {"period_label": "2024-Q9", "reason": ""})
    assert answer.status_code == 200
    assert not SealedReport.objects.exists()


@pytest.mark.parametrize("name", ["police_officer", "police_head", "auditor"])
def test_nobody_else_has_one_prepared(cast: Cast, desk: Desk, name: str) -> None:
    assert desk(name).get(f"{LIST}add/").status_code == 403


def test_the_button_stands_on_the_page_of_a_second_person_only(cast: Cast, desk: Desk) -> None:
    report = prepared(cast)
    button = f"{LIST}{report.pk}/step/seal/"
    assert button in page(desk, "police_head", report).content.decode()
    for name in ("secretariat", "customs_head", "north_head", "police_officer"):
        assert button not in page(desk, name, report).content.decode()
    assert desk("customs_head").get(button).status_code == 404


def test_the_seal_is_set_on_its_page_and_faults_are_told_there(cast: Cast, desk: Desk) -> None:
    report = prepared(cast)
    address = f"{LIST}{report.pk}/step/seal/"
    form = desk("police_head").get(address).content.decode()
    assert report.document_sha256 in form
    given = {"expected_sha256": report.document_sha256, "without": ["CUSTOMS"], "note": NOTE}
    refused = desk("police_head").post(address, given)
    assert refused.status_code == 200
    assert "POLICE" in refused.content.decode()
    done = desk("police_head").post(address, given | {"without": list(NOBODY_STATED)})
    assert done.status_code == 302
    report.refresh_from_db()
    assert report.status == "sealed"
    assert "01/BC-police" in page(desk, "coast_officer", report).content.decode()


def test_a_prepared_report_is_withdrawn_with_a_reason(cast: Cast, desk: Desk) -> None:
    report = prepared(cast)
    desk("secretariat").post(f"{LIST}{report.pk}/move/withdraw/", {"reason": "Sai."})
    report.refresh_from_db()
    assert (report.status, report.withdrawal_reason) == ("withdrawn", "Sai.")
    assert "Sai." in page(desk, "secretariat", report).content.decode()


def test_a_verification_names_what_was_changed_behind_the_registry(cast: Cast, desk: Desk) -> None:
    report = sealed(cast)
    address = f"{LIST}{report.pk}/step/verify/"
    assert "errorlist" not in desk("police_head").get(address).content.decode()
    case = cast.cases["case_joint"]
    behind("UPDATE cases_jointcase SET arrests = 99 WHERE id = %s", case.pk)
    told = desk("police_head").get(address).content.decode()
    assert "errorlist" in told
    assert case.reference in told
    assert "arrests" in told
    assert desk("coast_officer").get(address).status_code == 404


def test_what_was_recalled_since_stands_on_the_page(cast: Cast, desk: Desk) -> None:
    report = sealed(cast)
    item = cast.items["police_released_to_two"]
    actions.recall_item(item=item, by=cast.police_head, reason="Sai.")
    told = page(desk, "coast_officer", report).content.decode()
    assert str(item.reference) in told
    assert item.current is not None
    assert item.current.title not in told


def test_a_report_not_ready_has_no_files(cast: Cast, desk: Desk) -> None:
    report = prepare_report(period=QUARTER, by=cast.secretariat)
    assert desk("secretariat").get(f"{LIST}{report.pk}/file/vi/pdf/").status_code == 302
    assert desk("coast_officer").get(f"{LIST}{report.pk}/file/vi/pdf/").status_code == 404


def test_the_steps_of_a_quarter_say_where_each_stands_and_lead_to_it(cast: Cast, desk: Desk) -> None:
    report = prepared(cast)
    for name in ("secretariat", "police_head"):
        assert "/admin/reports/sealedreport/quarter/" in desk(name).get("/admin/").content.decode()
        shown = desk(name).get(f"{LIST}quarter/?period=2024-Q2")
        steps = {step.url: step.done for step in shown.context["steps"]}
        assert steps[f"{LIST}{report.pk}/change/"] is False, "prepared, not sealed"
        assert steps["/admin/reports/statement/?q=2024-Q2"] is False
        assert "/admin/reports/narrativetext/?period=2024-Q2" in steps
    assert desk("secretariat").get(f"{LIST}quarter/?period=x").status_code == 400
    assert desk("secretariat").get(f"{LIST}quarter/").status_code == 200
    for name in ("police_officer", "auditor"):
        assert desk(name).get(f"{LIST}quarter/").status_code == 403
        assert "sealedreport/quarter/" not in desk(name).get("/admin/").content.decode()


def test_what_is_missing_bears_names_and_no_codes(cast: Cast, desk: Desk) -> None:
    told = Missing.told("difference_open", "COASTGUARD", "2024-Q2.drugs_seized_mass.heroin", QUARTER)
    assert told.name.vi == "Cảnh sát biển"
    assert told.series_name.vi.endswith("Heroin")
    assert told.series == "2024-Q2.drugs_seized_mass.heroin"
