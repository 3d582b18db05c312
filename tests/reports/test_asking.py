"""Reports people ask for: one job each, complete with its bytes or not at all, for the eyes of who asked."""

import hashlib
from typing import Any
from unittest.mock import Mock
from uuid import uuid4

import pytest
from django.db import OperationalError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from agencies.actions import end_role, set_active
from agencies.audit.models import AuditEvent
from agencies.refusals import Conflict, Invalid, NotPermitted
from registry.periods import Period
from reports import making
from reports.asking import MOST_WAITING, ask_report, take_report
from reports.making import MOST_STARTS, make_report
from reports.models import Report
from tests.cast import Cast
from tests.raw import refused

QUARTER = Period.parse("2024-Q2")


def asked(cast: Cast, name: str = "police_officer", **changes: Any) -> Report:
    """A report somebody asked for."""
    given = {"language": "vi", "file_format": "html", **changes}
    return ask_report(period=QUARTER, by=cast.people[name], **given)


def queued() -> list[dict[str, Any]]:
    """Arguments of the jobs that build reports."""
    jobs = ProcrastinateJob.objects.filter(task_name="reports.build_report")
    return list(jobs.values_list("args", flat=True))


def actions_on(report: Report) -> list[str]:
    """What the audit log tells of it."""
    return list(AuditEvent.objects.filter(object_id=str(report.pk)).order_by("pk").values_list("action", flat=True))


def test_asking_queues_one_job_with_the_row(cast: Cast) -> None:
    report = asked(cast)
    assert (report.status, report.content) == ("queued", None)
    assert queued() == [{"report_id": str(report.pk)}]


def test_what_is_rolled_back_leaves_no_job(cast: Cast) -> None:
    with transaction.atomic():
        asked(cast)
        transaction.set_rollback(True)
    assert queued() == []
    assert not Report.objects.exists()


def test_unknown_languages_and_formats_are_named_together(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        asked(cast, language="fr", file_format="doc")
    assert set(refusal.value.fields) == {"language", "file_format"}


def test_whoever_may_not_read_reports_does_not_ask_for_one(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        asked(cast, "operator")


@pytest.mark.parametrize("file_format", ["html", "json"])
def test_building_stores_bytes_digest_and_status_together(cast: Cast, file_format: str) -> None:
    report = make_report(report_id=asked(cast, file_format=file_format).pk)
    assert report.status == "complete"
    assert report.content is not None
    assert report.sha256 == hashlib.sha256(report.content).hexdigest()
    assert report.size == len(report.content)
    assert report.synthetic
    assert actions_on(report) == ["report.ask", "report.build"]


def test_building_twice_changes_nothing(cast: Cast) -> None:
    report = make_report(report_id=asked(cast).pk)
    again = make_report(report_id=report.pk)
    assert (again.sha256, again.finished_at) == (report.sha256, report.finished_at)
    assert actions_on(report) == ["report.ask", "report.build"]


def test_a_build_that_died_is_taken_up_again(cast: Cast) -> None:
    report = asked(cast)
    making._start(report.pk)
    assert Report.objects.get(pk=report.pk).status == "running"
    assert make_report(report_id=report.pk, starts=2).status == "complete"


def test_a_build_that_keeps_killing_the_worker_is_given_up(cast: Cast) -> None:
    report = make_report(report_id=asked(cast).pk, starts=MOST_STARTS + 1)
    assert report.status == "failed"
    assert report.fault
    assert report.content is None


def test_a_fault_stands_on_the_row_and_is_raised(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "render", Mock(side_effect=ValueError("broken")))
    report = asked(cast)
    with pytest.raises(ValueError, match="broken"):
        make_report(report_id=report.pk)
    report.refresh_from_db()
    assert (report.status, report.fault) == ("failed", "ValueError: broken")
    assert actions_on(report) == ["report.ask", "report.fail"]


def test_a_database_that_does_not_answer_is_asked_again_before_the_report_is_given_up(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "render", Mock(side_effect=OperationalError("gone")))
    report = asked(cast)
    for starts, status in ((1, "running"), (2, "running"), (3, "failed")):
        with pytest.raises(OperationalError):
            make_report(report_id=report.pk, starts=starts)
        report.refresh_from_db()
        assert report.status == status


def test_somebody_shut_out_gets_no_report_any_more(cast: Cast) -> None:
    report = asked(cast)
    set_active(user=cast.police_officer, active=False, by=None)
    assert make_report(report_id=report.pk).status == "failed"


def test_whoever_holds_no_role_any_more_gets_no_report(cast: Cast) -> None:
    waiting, made = asked(cast), make_report(report_id=asked(cast).pk)
    end_role(membership=cast.police_officer.memberships.get(), by=None)
    assert make_report(report_id=waiting.pk).status == "failed"
    assert not Report.objects.visible_to(cast.again("police_officer")).exists()
    with pytest.raises(NotPermitted):
        take_report(report=made, by=cast.again("police_officer"))


def test_only_who_asked_sees_and_takes_it(cast: Cast) -> None:
    report = make_report(report_id=asked(cast).pk)
    assert take_report(report=report, by=cast.police_officer) == bytes(report.content or b"")
    assert actions_on(report)[-1] == "report.download"
    for name in ("police_officer_2", "police_head", "secretariat", "auditor", "operator"):
        assert not Report.objects.visible_to(cast.people[name]).exists()
        with pytest.raises(NotPermitted):
            take_report(report=report, by=cast.people[name])


def test_there_is_nothing_to_take_before_it_is_complete(cast: Cast) -> None:
    with pytest.raises(Conflict):
        take_report(report=asked(cast), by=cast.police_officer)


# --- around the application -------------------------------------------------------------------------------------


def test_the_database_knows_no_complete_report_without_its_very_bytes(cast: Cast) -> None:
    report = asked(cast)
    making._start(report.pk)
    bytes_ = hashlib.sha256(b"abc").hexdigest()
    change = (
        "UPDATE reports_report SET status = 'complete', finished_at = now(), "
        "content = %s, sha256 = %s, size = %s WHERE id = %s"
    )
    refused(change, None, bytes_, 3, report.pk, match="complete_with_its_bytes")
    refused(change, b"abd", bytes_, 3, report.pk, match="complete_with_its_bytes")
    refused(change, b"abc", bytes_, 4, report.pk, match="complete_with_its_bytes")
    refused(change, b"abc", bytes_, None, report.pk, match="complete_with_its_bytes")
    refused("UPDATE reports_report SET content = 'x' WHERE id = %s", report.pk, match="complete_with_its_bytes")
    refused("UPDATE reports_report SET status = 'failed', finished_at = now() WHERE id = %s", report.pk)


def test_the_database_keeps_finished_reports_and_the_order_of_things(cast: Cast) -> None:
    report = asked(cast)
    refused("UPDATE reports_report SET status = 'complete' WHERE id = %s", report.pk)
    done = make_report(report_id=report.pk)
    refused("UPDATE reports_report SET fault = 'x' WHERE id = %s", done.pk, match="pgtrigger")
    refused("UPDATE reports_report SET status = 'queued' WHERE id = %s", done.pk, match="pgtrigger")
    refused("DELETE FROM reports_report WHERE id = %s", done.pk, match="pgtrigger")
    columns = (
        "status, period_label, language, file_format, base_url, requested_by_id, content, sha256, size, created_at, "
        "fault, synthetic, finished_at"
    )
    born = f"INSERT INTO reports_report (id, {columns}) SELECT %s, {columns} FROM reports_report WHERE id = %s"
    refused(born, uuid4(), done.pk, match="pgtrigger")
    queued_row = asked(cast)
    for wrong in ("language = 'fr'", "file_format = 'doc'"):
        refused(f"UPDATE reports_report SET {wrong} WHERE id = %s", queued_row.pk, match="known")


def test_nobody_fills_the_queue_in_which_all_reports_wait(cast: Cast) -> None:
    for _number in range(MOST_WAITING):
        asked(cast)
    with pytest.raises(Conflict) as refusal:
        asked(cast)
    assert refusal.value.code == "too_many_waiting"
    asked(cast, "customs_head")
    make_report(report_id=Report.objects.filter(requested_by=cast.police_officer).latest("created_at").pk)
    asked(cast)
