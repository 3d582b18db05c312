"""Statements and reports in the admin."""

from typing import Any

import pytest
from django.test import Client

from agencies.audit.models import AuditEvent
from reports.asking import ask_report
from reports.making import make_report
from reports.models import Report, Statement
from tests.cast import Cast
from tests.reports.stated import QUARTER, cases, confirmed, drafted

REPORTS, STATEMENTS = "/admin/reports/report/", "/admin/reports/statement/"


def built(cast: Cast, name: str = "police_officer", file_format: str = "html") -> Report:
    """A complete report of that person."""
    asked = ask_report(period=QUARTER, language="vi", file_format=file_format, by=cast.people[name])
    return make_report(report_id=asked.pk)


def test_a_report_is_asked_for_on_a_form_and_waits_in_the_list(cast: Cast, desk: Any) -> None:
    client: Client = desk("police_officer")
    sent = {"period_label": "2024-Q2", "language": "vi", "file_format": "html"}
    answer = client.post(f"{REPORTS}add/", sent)
    assert answer.status_code == 302, answer.context and answer.context["errors"]
    report = Report.objects.get()
    assert (report.status, report.base_url, report.requested_by) == (
        "queued",
        "http://testserver/",
        cast.police_officer,
    )
    assert "badge--queued" in client.get(REPORTS).content.decode()


def test_a_period_that_is_none_is_told_at_its_field(cast: Cast, desk: Any) -> None:
    answer = desk("police_officer").post(
        f"{REPORTS}add/", {"period_label": "2024-Q7", "language": "vi", "file_format": "html"}
    )
    assert answer.status_code == 200
    assert "period_label" in answer.context["adminform"].form.errors
    assert not Report.objects.exists()


def test_a_complete_report_is_taken_away_as_a_file_and_written_down(cast: Cast, desk: Any) -> None:
    report = built(cast)
    client: Client = desk("police_officer")
    assert "badge--complete" in client.get(REPORTS).content.decode()
    answer = client.get(f"{REPORTS}{report.pk}/download/")
    assert answer.status_code == 200
    assert answer.content == bytes(report.content or b"")
    assert answer["Content-Disposition"] == 'attachment; filename="report-2024-Q2-vi.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.object_id) == ("report.download", str(report.pk))


def test_a_page_may_be_looked_at_under_its_own_policy(cast: Cast, desk: Any) -> None:
    report = built(cast)
    answer = desk("police_officer").get(f"{REPORTS}{report.pk}/download/?view=1")
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")


@pytest.mark.parametrize("name", ["police_officer_2", "police_head", "secretariat", "operator"])
def test_nobody_else_sees_the_report(cast: Cast, desk: Any, name: str) -> None:
    report = built(cast)
    client: Client = desk(name)
    assert client.get(f"{REPORTS}{report.pk}/download/").status_code == 404
    assert str(report.pk) not in client.get(REPORTS).content.decode()
    assert client.get(f"{REPORTS}{report.pk}/change/").status_code in {302, 403, 404}


def test_there_is_no_file_before_it_is_complete(cast: Cast, desk: Any) -> None:
    report = ask_report(period=QUARTER, language="vi", file_format="json", by=cast.police_officer)
    client: Client = desk("police_officer")
    assert client.get(f"{REPORTS}{report.pk}/download/").status_code == 404
    assert client.get(f"{REPORTS}{report.pk}/change/").status_code == 200
    assert client.post(f"{REPORTS}{report.pk}/delete/").status_code == 403


def test_a_statement_is_drafted_filled_and_confirmed(stating: Cast, desk: Any) -> None:
    officer: Client = desk("police_officer")
    answer = officer.post(f"{STATEMENTS}add/", {"unit": stating.units["police"].pk, "period_label": "2024-Q2"})
    assert answer.status_code == 302, answer.context and answer.context["errors"]
    statement = Statement.objects.get(period_start=QUARTER.start)
    address = f"{STATEMENTS}{statement.pk}/change/"
    page = officer.get(address)
    assert page.status_code == 200
    figure = cases(9)
    row = {
        "metric": figure.metric.pk,
        "role": "own",
        "comparator": "exact",
        "value": "9",
        "unit": figure.unit.pk if figure.unit else "",
    }
    sent = {f"figures-0-{name}": value for name, value in {**row, "note": "", "substance": "", "missing": ""}.items()}
    sent |= {"figures-TOTAL_FORMS": 1, "figures-INITIAL_FORMS": 0, "read_revision": statement.revision}
    answer = officer.post(address, sent)
    assert answer.status_code == 302, answer.context and answer.context["errors"]
    assert statement.figures.get().value == 9
    assert "move/confirm" not in officer.get(address).content.decode()
    head: Client = desk("police_head")
    assert "move/confirm" in head.get(address).content.decode()
    head.post(f"{STATEMENTS}{statement.pk}/move/confirm/")
    statement.refresh_from_db()
    assert statement.status == "confirmed"


def test_a_line_that_says_nothing_is_told_on_the_page(stating: Cast, desk: Any) -> None:
    statement = drafted(stating)
    figure = statement.figures.get()
    sent = {
        "figures-TOTAL_FORMS": 1,
        "figures-INITIAL_FORMS": 1,
        "figures-0-id": figure.pk,
        "figures-0-statement": statement.pk,
        "figures-0-metric": figure.metric_id,
        "figures-0-role": "own",
        "read_revision": statement.revision,
    }
    answer = desk("police_officer").post(f"{STATEMENTS}{statement.pk}/change/", sent)
    assert answer.status_code == 200
    assert statement.figures.get().value == 12


def test_what_others_state_is_read_only_or_not_there(stating: Cast, desk: Any) -> None:
    final, draft = confirmed(stating), drafted(stating, unit="customs")
    secretariat: Client = desk("secretariat")
    page = secretariat.get(f"{STATEMENTS}{final.pk}/change/")
    assert page.status_code == 200
    assert "_save" not in page.content.decode()
    assert str(draft.pk) not in secretariat.get(STATEMENTS).content.decode()
    assert secretariat.get(f"{STATEMENTS}{draft.pk}/change/").status_code == 302
