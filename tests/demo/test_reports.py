"""The demo's reports: one sealed and sound, one prepared with what is missing."""

import pytest

from reports.models import SealedReport
from reports.sealing import lacks_of
from reports.verifying import verify_report

pytestmark = pytest.mark.usefixtures("demo")


def test_the_first_quarter_is_sealed_and_sound() -> None:
    report = SealedReport.objects.get(period_label="2024-Q1")
    assert (report.status, report.synthetic, report.files.count()) == ("sealed", True, 20)
    found = verify_report(report)
    assert (found.sound, found.wrong_files, found.tampered) == (True, [], [])


def test_the_second_quarter_is_prepared_and_says_what_is_missing() -> None:
    report = SealedReport.objects.get(period_label="2024-Q2")
    assert report.status == "prepared"
    assert {(one.code, one.agency) for one in lacks_of(report)} >= {
        ("statement_missing", "CUSTOMS"),
        ("difference_open", "COASTGUARD"),
    }
