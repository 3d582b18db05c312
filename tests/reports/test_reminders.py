"""Statements that are due soon or overdue are told of: once to each, by reference and page, never by content."""

from datetime import date
from typing import Any

import pytest
from django.test import override_settings

from registry.notices.models import Notice
from registry.periods import Period
from reports import jobs
from reports.actions import confirm_statement
from reports.reminders import remind_statements
from tests.cast import Cast
from tests.reports.stated import drafted

QUARTER = Period.parse("2026-Q1")
"""Ends on 31 March. With ten days the last day to confirm is 10 April."""


@pytest.fixture(autouse=True)
def ten_days() -> Any:
    with override_settings(STATEMENT_DUE_DAYS=10):
        yield


def told(agency: str = "POLICE") -> list[tuple[str, str]]:
    rows = Notice.objects.filter(reference=f"{agency}-2026-Q1").select_related("user")
    few = {"police_officer", "police_head", "customs_officer", "customs_head"}
    return sorted((one.kind, one.user.username) for one in rows if one.user.username in few)


SOON, LATE = "statement_due_soon", "statement_overdue"


def test_whoever_writes_the_statement_is_told_before_and_after_its_last_day(cast: Cast) -> None:
    for day, found in (
        (date(2026, 4, 6), []),
        (date(2026, 4, 7), [(SOON, "police_officer")]),
        (date(2026, 4, 10), [(SOON, "police_officer")]),
        (date(2026, 4, 11), [(SOON, "police_officer"), (LATE, "police_head"), (LATE, "police_officer")]),
    ):
        for _again in range(2):
            remind_statements(on=day)
        assert told() == found, day


def test_a_draft_is_told_to_the_head_who_must_confirm_it_and_leads_to_its_page(cast: Cast) -> None:
    draft = drafted(cast, period=QUARTER)
    remind_statements(on=date(2026, 4, 8))
    assert told() == [(SOON, "police_head"), (SOON, "police_officer")]
    notice = Notice.objects.filter(reference="POLICE-2026-Q1").first()
    assert notice is not None
    assert notice.path == f"/admin/reports/statement/{draft.pk}/change/"


def test_nobody_is_told_of_what_is_confirmed(cast: Cast) -> None:
    confirm_statement(statement=drafted(cast, period=QUARTER), by=cast.police_head)
    remind_statements(on=date(2026, 4, 12))
    assert told() == []
    assert told("CUSTOMS") != []


def test_a_draft_that_corrects_a_confirmed_statement_is_not_owed(cast: Cast) -> None:
    confirm_statement(statement=drafted(cast, period=QUARTER), by=cast.police_head)
    drafted(cast, period=QUARTER, reason="Đếm lại.")
    remind_statements(on=date(2026, 4, 12))
    assert told() == []


def test_after_a_long_standstill_nobody_is_told(cast: Cast) -> None:
    assert remind_statements(on=date(2026, 4, 25)) == 0
    assert remind_statements(on=date(2026, 4, 24)) > 0


def test_the_worker_tells(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-04-11T00:30:00+07:00", tick=False)
    jobs.remind_of_statements.func(0)
    assert (LATE, "police_head") in told()
