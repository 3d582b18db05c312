"""What the database itself holds of sealed reports, whoever writes to it."""

import pytest

from reports.preparing import prepare_report, withdraw_report
from tests.cast import Cast
from tests.raw import refused, sql
from tests.reports.numbered import numbered
from tests.reports.sealed import QUARTER, prepared, sealed

pytestmark = pytest.mark.usefixtures("plain_files")

TABLE = "UPDATE reports_sealedreport SET"


def test_a_sealed_report_and_its_files_never_change(cast: Cast) -> None:
    report = sealed(cast)
    file = report.files.filter(final=True).first()
    assert file is not None
    for change in ("note = 'x'", "status = 'prepared'", "sealed_at = now()", "document = 'x'"):
        refused(f"{TABLE} {change} WHERE id = %s", report.pk, match="pgtrigger")
    refused("DELETE FROM reports_sealedreport WHERE id = %s", report.pk, match="pgtrigger")
    refused("UPDATE reports_sealedfile SET content = 'x' WHERE id = %s", file.pk, match="pgtrigger")
    refused("DELETE FROM reports_sealedfile WHERE id = %s", file.pk, match="pgtrigger")


def test_what_was_prepared_is_frozen(cast: Cast) -> None:
    report = prepared(cast)
    for change in ("document = 'x'", "manifest = 'x'", "snapshot_at = now() - interval '1 day'", "number = 2"):
        refused(f"{TABLE} {change} WHERE id = %s", report.pk)


def test_no_report_is_prepared_or_sealed_without_all_its_files(cast: Cast) -> None:
    report = prepare_report(period=QUARTER, by=cast.secretariat)
    refused(f"{TABLE} status = 'prepared' WHERE id = %s", report.pk, match="pgtrigger")
    refused(f"{TABLE} status = 'sealed' WHERE id = %s", report.pk, match="pgtrigger")
    assert sql(f"{TABLE} status = 'building' WHERE id = %s", report.pk) == 1
    refused(f"{TABLE} status = 'prepared' WHERE id = %s", report.pk, match="not all its files")


def test_whoever_prepared_a_report_is_never_its_sealer(cast: Cast) -> None:
    report = prepared(cast)
    paper = numbered(cast)
    change = f"{TABLE} status = 'sealed', sealed_by_id = prepared_by_id, sealed_at = now(), paper_id = %s WHERE id = %s"
    refused(change, paper.pk, report.pk)


def test_files_come_with_their_report_and_at_no_other_time(cast: Cast) -> None:
    report = sealed(cast)
    born = (
        "INSERT INTO reports_sealedfile (id, report_id, final, language, file_format, content, sha256, size)"
        " VALUES (gen_random_uuid(), %s, %s, 'vi', 'pdf', 'x', encode(sha256('x'), 'hex'), 1)"
    )
    for final in (True, False):
        refused(born, report.pk, final, match="files come with their report")


def test_a_report_is_born_queued_and_one_of_a_period_is_open(cast: Cast) -> None:
    report = prepared(cast)
    columns = (
        "period_label, unit_id, number, reason, prepared_by_id, created_at, rendered, fault, synthetic, without, note"
    )
    born = (
        f"INSERT INTO reports_sealedreport (id, status, document_sha256, manifest_sha256, withdrawal_reason, {columns})"
        f" SELECT gen_random_uuid(), %s, '', '', '', {columns} FROM reports_sealedreport WHERE id = %s"
    )
    refused(born, "prepared", report.pk, match="pgtrigger")
    refused(born, "queued", report.pk)
    withdraw_report(report=report, reason="Sai.", by=cast.secretariat)
    refused(f"{TABLE} status = 'prepared' WHERE id = %s", report.pk, match="pgtrigger")


def test_a_later_version_says_why(cast: Cast) -> None:
    report = prepare_report(period=QUARTER, by=cast.secretariat)
    refused(f"{TABLE} number = 2 WHERE id = %s", report.pk)
