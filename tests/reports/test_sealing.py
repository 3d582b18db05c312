"""The way of a report to its seal: two people, one document, nothing unexplained, a number that belongs to it."""

import hashlib
from dataclasses import replace
from decimal import Decimal
from typing import Any
from unittest.mock import Mock

import pytest
from django.db import OperationalError
from procrastinate.contrib.django.models import ProcrastinateJob

from agencies.actions import end_role, grant_role
from agencies.audit.models import AuditEvent
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted, Stale
from agencies.roles import Role
from registry.conferences.actions import create_conference
from registry.notices.models import Notice
from registry.periods import Period
from registry.workflow import TransitionError
from reports import drafting
from reports.drafting import draft_report
from reports.freezing import load
from reports.missing import missing
from reports.models import PaperRegister, RegisteredPaper, SealedFile, SealedReport
from reports.narrating import write_narrative
from reports.preparing import prepare_report, withdraw_report
from tests.cast import Cast
from tests.reports.sealed import NOBODY_STATED, QUARTER, prepared, seal, sealed
from tests.reports.test_sums import kilograms

pytestmark = pytest.mark.usefixtures("plain_files")

SPRING_2025 = Period.parse("2025-Q1")


def actions_on(report: SealedReport) -> list[str]:
    events = AuditEvent.objects.filter(object_id=str(report.pk)).order_by("pk")
    return list(events.values_list("action", flat=True))


def both(cast: Cast) -> Any:
    """The head of the police, who is of its secretariat too."""
    grant_role(user=cast.police_head, unit=cast.units["police"], role=Role.SECRETARIAT, by=None)
    return cast.again("police_head")


# --- preparing ----------------------------------------------------------------------------------------------------


def test_preparing_queues_one_job_and_builds_ten_drafts(cast: Cast) -> None:
    asked = prepare_report(period=QUARTER, by=cast.secretariat)
    jobs = ProcrastinateJob.objects.filter(task_name="reports.build_sealed_report")
    assert list(jobs.values_list("args", flat=True)) == [{"report_id": str(asked.pk)}]
    assert (asked.status, asked.number, asked.unit.code) == ("queued", 1, "police")
    report = draft_report(report_id=asked.pk)
    assert (report.status, report.rendered) == ("prepared", 10)
    assert report.document is not None
    assert report.document_sha256 == hashlib.sha256(report.document).hexdigest()
    assert report.files.filter(final=False).count() == 10
    assert report.synthetic
    assert actions_on(report) == ["sealed_report.prepare", "sealed_report.build"]


def test_building_again_changes_nothing(cast: Cast) -> None:
    report = prepared(cast)
    again = draft_report(report_id=report.pk)
    assert (again.prepared_at, again.document_sha256) == (report.prepared_at, report.document_sha256)


@pytest.mark.parametrize("name", ["police_officer", "police_head", "auditor", "operator", "police_admin"])
def test_only_a_secretariat_prepares(cast: Cast, name: str) -> None:
    with pytest.raises(NotPermitted):
        prepare_report(period=QUARTER, by=cast.people[name])


def test_the_host_of_the_conference_issues_the_report(cast: Cast) -> None:
    content = {
        "kind": "quarterly_exchange",
        "title_vi": "Hội nghị",
        "period_label": "2024-Q2",
        "host_agency": cast.units["customs"].agency,
    }
    create_conference(by=cast.customs_secretariat, code="q2", content=content, synthetic=True)
    with pytest.raises(NotPermitted):
        prepare_report(period=QUARTER, by=cast.secretariat)
    assert prepared(cast, by=cast.customs_secretariat).unit.code == "customs"


def test_one_report_of_a_period_is_prepared_at_a_time(cast: Cast) -> None:
    first = prepared(cast)
    with pytest.raises(Conflict):
        prepare_report(period=QUARTER, by=cast.secretariat)
    withdraw_report(report=first, reason="Sai.", by=cast.secretariat)
    assert prepared(cast).number == 1


def test_counts_that_disagree_are_named_and_nothing_is_prepared(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    right = drafting.counted_again
    monkeypatch.setattr(drafting, "counted_again", lambda period: right(period) | {"items_shared": Decimal(9999)})
    report = prepared(cast)
    assert report.status == "failed"
    assert "items_shared" in report.fault
    assert "9999" in report.fault
    assert not report.files.exists()


def test_both_ways_of_counting_agree_on_weights_too(cast: Cast) -> None:
    kilograms(cast, ("exact", "1.5", "kg"), ("over", "250", "g"))
    assert prepared(cast).status == "prepared"


def test_a_fault_stands_on_the_row_and_is_raised(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "render", Mock(side_effect=ValueError("broken")))
    with pytest.raises(ValueError, match="broken"):
        prepared(cast)
    report = SealedReport.objects.get()
    assert (report.status, report.fault) == ("failed", "ValueError: broken")


def test_a_database_that_does_not_answer_is_asked_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "render", Mock(side_effect=OperationalError("gone")))
    report = prepare_report(period=QUARTER, by=cast.secretariat)
    for starts, status in ((1, "building"), (2, "building"), (3, "failed")):
        with pytest.raises(OperationalError):
            draft_report(report_id=report.pk, starts=starts)
        report.refresh_from_db()
        assert report.status == status


def test_a_build_that_keeps_killing_the_worker_is_given_up(cast: Cast) -> None:
    report = prepare_report(period=QUARTER, by=cast.secretariat)
    assert draft_report(report_id=report.pk, starts=4).status == "failed"


def test_whoever_lost_the_role_prepares_no_more(cast: Cast) -> None:
    report = prepare_report(period=QUARTER, by=cast.secretariat)
    end_role(membership=cast.secretariat.memberships.get(), by=None)
    assert draft_report(report_id=report.pk).status == "failed"


# --- sealing ------------------------------------------------------------------------------------------------------


def test_a_seal_gives_number_day_and_signer_to_the_approved_document(cast: Cast) -> None:
    before = prepared(cast)
    report = seal(cast, before)
    assert report.status == "sealed"
    assert report.paper is not None
    assert (report.paper.number, report.paper.symbol, report.paper.signer) == (1, "BC-police", "Police head")
    assert report.document_sha256 == before.document_sha256
    assert report.files.filter(final=True).count() == 10
    assert actions_on(report)[-1] == "sealed_report.seal"


@pytest.mark.parametrize(
    "name", ["secretariat", "police_officer", "north_head", "customs_head", "customs_secretariat", "auditor"]
)
def test_only_a_head_of_the_issuing_unit_seals(cast: Cast, name: str) -> None:
    report = prepared(cast)
    with pytest.raises(NotPermitted):
        seal(cast, report, by=cast.people[name])
    assert not RegisteredPaper.objects.exists()


def test_whoever_prepared_it_never_seals_it(cast: Cast) -> None:
    head = both(cast)
    report = prepared(cast, by=head)
    with pytest.raises(NotPermitted) as refusal:
        seal(cast, report, by=head)
    assert refusal.value.code == "four_eyes"


def test_whoever_wrote_a_text_of_it_never_seals_it(cast: Cast) -> None:
    """Not the last version alone: whoever wrote any of them. Texts of another period bar nothing."""
    head = both(cast)
    written = {"period": QUARTER, "part": "situation", "language": "vi"}
    write_narrative(**written, text="Tình hình ổn định.", by=head)
    write_narrative(**written, text="Tình hình phức tạp.", by=cast.again("secretariat"))
    with pytest.raises(NotPermitted) as refusal:
        seal(cast, prepared(cast), by=head)
    assert refusal.value.code == "four_eyes"
    assert not RegisteredPaper.objects.exists()


def test_whoever_wrote_a_text_of_another_period_seals(cast: Cast) -> None:
    head = both(cast)
    write_narrative(period=SPRING_2025, part="situation", language="vi", text="Tình hình.", by=head)
    assert seal(cast, prepared(cast), by=head).sealed_by == head


def test_another_document_than_the_approved_one_is_not_sealed(cast: Cast) -> None:
    report = prepared(cast)
    with pytest.raises(Stale):
        seal(cast, report, expected_sha256="0" * 64)
    withdraw_report(report=report, reason="Sai.", by=cast.police_head)
    fresh = prepared(cast)
    with pytest.raises(Stale):
        seal(cast, fresh, expected_sha256=report.document_sha256)


def test_agencies_without_confirmed_figures_are_named_one_by_one(cast: Cast) -> None:
    report = prepared(cast)
    with pytest.raises(Incomplete, match="CUSTOMS") as refusal:
        seal(cast, report, without=NOBODY_STATED[:2])
    assert refusal.value.code == "statements_missing"
    assert "BORDERGUARD" not in str(refusal.value.message)


def test_a_seal_without_figures_says_why(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        seal(cast, prepared(cast), without=(*NOBODY_STATED, "NAVY"), note=" ")
    assert set(refusal.value.fields) == {"without", "note"}


def test_unexplained_differences_bar_the_seal(cast: Cast) -> None:
    """In 2025-Q1 central police and customs state two cases that they led, and count none."""
    report = prepared(cast, SPRING_2025)
    with pytest.raises(Incomplete, match="CUSTOMS") as refusal:
        seal(cast, report, without=("BORDERGUARD", "COASTGUARD"))
    assert refusal.value.code == "differences_open"


def test_what_is_missing_is_said_with_a_link(cast: Cast) -> None:
    found = {(one.code, one.agency): one for one in missing(SPRING_2025)}
    assert set(found) == {
        ("statement_missing", "BORDERGUARD"),
        ("statement_missing", "COASTGUARD"),
        ("difference_open", "POLICE"),
        ("difference_open", "CUSTOMS"),
        ("host_missing", ""),
    }
    for one in found.values():
        assert one.text
        assert one.link is not None
        assert one.link.api.startswith("/api/v1/")
    assert "2025-Q1.drug_cases" in (found["difference_open", "POLICE"].link or Mock()).api


def test_what_is_missing_costs_as_many_queries_however_many_agencies_state(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(30):
        missing(SPRING_2025)


def test_sealing_twice_is_refused_and_takes_no_number(cast: Cast) -> None:
    report = sealed(cast)
    with pytest.raises(TransitionError):
        seal(cast, report)
    assert PaperRegister.objects.get().last == 1


def test_a_withdrawn_report_says_why_and_is_not_sealed(cast: Cast) -> None:
    report = prepared(cast)
    with pytest.raises(Invalid):
        withdraw_report(report=report, reason=" ", by=cast.secretariat)
    for name in ("police_officer", "customs_secretariat", "north_head"):
        with pytest.raises(NotPermitted):
            withdraw_report(report=report, reason="Sai.", by=cast.people[name])
    withdrawn = withdraw_report(report=report, reason="Sai.", by=cast.police_head)
    assert (withdrawn.status, withdrawn.withdrawal_reason) == ("withdrawn", "Sai.")
    with pytest.raises(TransitionError):
        seal(cast, report)


# --- who sees it --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["coast_officer", "customs_head", "auditor", "customs_secretariat"])
def test_all_agencies_see_prepared_and_sealed_reports_and_nothing_before(cast: Cast, name: str) -> None:
    def seen() -> list[str]:
        found = SealedReport.objects.visible_to(cast.people[name]).values_list("status", flat=True)
        return sorted(found)

    report = prepare_report(period=QUARTER, by=cast.secretariat)
    assert seen() == []
    report = draft_report(report_id=report.pk)
    assert seen() == ["prepared"]
    seal(cast, report)
    assert seen() == ["sealed"]
    assert SealedFile.objects.visible_to(cast.people[name]).count() == 20
    gone = prepared(cast, SPRING_2025)
    withdraw_report(report=gone, reason="Sai.", by=cast.secretariat)
    assert seen() == ["sealed"]
    assert SealedReport.objects.visible_to(cast.secretariat).count() == 2


def test_whoever_reads_no_reports_sees_none(cast: Cast) -> None:
    sealed(cast)
    assert not SealedReport.objects.visible_to(cast.operator).exists()
    assert not SealedFile.objects.visible_to(cast.operator).exists()


def test_no_title_of_an_item_stands_in_it(cast: Cast) -> None:
    report = prepared(cast)
    document = bytes(report.document or b"").decode()
    for item in cast.items.values():
        assert item.current.title not in document
        assert item.current.title not in bytes(report.manifest or b"").decode()
    assert load(bytes(report.document or b"")).quoted == ()


# --- later versions -----------------------------------------------------------------------------------------------


def test_a_second_version_needs_a_reason(cast: Cast) -> None:
    sealed(cast)
    with pytest.raises(Invalid):
        prepare_report(period=QUARTER, by=cast.secretariat)
    second = prepared(cast, reason="Số liệu muộn.")
    assert (second.number, second.reason) == (2, "Số liệu muộn.")


def test_numbers_follow_each_other_over_versions(cast: Cast) -> None:
    first = sealed(cast)
    second = sealed(cast, reason="Số liệu muộn.")
    assert [one.paper.number for one in (first, second) if one.paper] == [1, 2]
    assert replace(load(bytes(second.document or b""))).sections[-1].key == "revision"


def test_those_who_may_seal_are_told_and_all_agencies_when_it_is_sealed(cast: Cast) -> None:
    def told(kind: str) -> set[str]:
        return set(Notice.objects.filter(kind=kind).values_list("user__username", flat=True))

    report = prepared(cast)
    assert told("report_prepared") == {"police_head", "police_officer_and_head"}
    assert told("report_sealed") == set()
    seal(cast, report)
    assert told("report_sealed") >= {"secretariat", "customs_head", "customs_secretariat", "border_head"}
    assert "police_head" not in told("report_sealed")
    notice = Notice.objects.filter(kind="report_sealed").first()
    assert notice is not None
    assert set(Notice.objects.filter(user__username="customs_head").values_list("unit__code", flat=True)) == {"customs"}
    assert (notice.reference, notice.path) == (
        f"2024-Q2-{report.unit.code}-1",
        f"/admin/reports/sealedreport/{report.pk}/change/",
    )
