"""Every number of the report, against counts made independently in SQL; links lead to exactly what was counted."""

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection

from agencies.audit.models import AuditEvent
from registry.conferences.actions import add_action_item, convene_conference, create_conference
from registry.information import actions
from registry.periods import Period
from reports.build import quarterly_report
from reports.document import Figure, Label, QuarterlyReport, Row, change_in_percent
from tests.cast import Cast, released
from tests.clients import ApiClient
from tests.reports.stated import cases, confirmed, heroin

QUARTER = Period.parse("2024-Q2")
INSIDE = "i.released_at >= '2024-03-31T17:00Z' AND i.released_at < '2024-06-30T17:00Z'"
FROM = """
    FROM information_informationitem i
    JOIN agencies_unit u ON u.id = i.unit_id JOIN agencies_agency a ON a.id = u.agency_id
"""
SENT = f"""{FROM} JOIN information_delivery d ON d.item_id = i.id
    JOIN agencies_unit v ON v.id = d.unit_id JOIN agencies_agency b ON b.id = v.agency_id
"""


def scalar(statement: str, *values: Any) -> int:
    """One number in plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0])


def conference(period: Period = QUARTER) -> QuarterlyReport:
    """The edition that counts for all."""
    return quarterly_report(period=period, reader=None)


def line(report: QuarterlyReport, table: str, name: str) -> Row:
    """The line whose first cell reads so in English."""
    rows = report.tables[table].rows
    return next(r for r in rows if isinstance(r.cells[0], Label) and r.cells[0].text.en == name)


def numbers(row: Row) -> list[Any]:
    """The numbers of a line."""
    return [cell.number for cell in row.cells if isinstance(cell, Figure)]


def test_items_by_agency_equal_an_independent_count(cast: Cast) -> None:
    report = conference()
    police = scalar(
        f"SELECT count(*) {FROM} WHERE {INSIDE} AND a.code = 'POLICE' AND i.status IN ('released', 'recalled')"
    )
    recalled = scalar(f"SELECT count(*) {FROM} WHERE {INSIDE} AND a.code = 'POLICE' AND i.status = 'recalled'")
    valuable = scalar(
        f"""SELECT count(DISTINCT i.id) {SENT} JOIN information_evaluation e ON e.delivery_id = d.id
            WHERE {INSIDE} AND e.usefulness IN ('new_line', 'contributed')"""
    )
    assert police == 22
    assert numbers(line(report, "shared_by_agency", "Công an")) == [police, valuable, recalled]
    assert numbers(line(report, "shared_by_agency", "Total")) == [police, valuable, recalled]
    assert numbers(line(report, "shared_by_agency", "Hải quan")) == [0, 0, 0]


def test_the_matrix_equals_an_independent_count(cast: Cast) -> None:
    report = conference()
    expected = [
        scalar(f"SELECT count(*) {SENT} WHERE {INSIDE} AND a.code = 'POLICE' AND b.code = %s", code)
        for code in ("POLICE", "BORDERGUARD", "COASTGUARD", "CUSTOMS")
    ]
    assert numbers(line(report, "giver_receiver", "Công an")) == [*expected, sum(expected)]
    assert expected[3] > expected[1] > expected[2] == 0


def test_receipts_put_every_delivery_into_exactly_one_column(cast: Cast) -> None:
    report = conference()
    made, in_time, late, open_, recalled = numbers(line(report, "receipts", "Total"))
    assert made == in_time + late + open_ + recalled
    assert in_time == scalar(f"SELECT count(*) {SENT} WHERE {INSIDE} AND d.acknowledged_at <= d.due_at")
    assert recalled == scalar(
        f"SELECT count(*) {SENT} WHERE {INSIDE} AND d.acknowledged_at IS NULL AND d.status = 'recalled'"
    )
    assert late == 0
    assert open_ > 0


def test_topics_and_evaluations_equal_an_independent_count(cast: Cast) -> None:
    report = conference()
    methods = scalar(
        f"""SELECT count(*) {FROM} JOIN information_itemversion v ON v.id = i.current_id
            JOIN reference_topic t ON t.id = v.topic_id WHERE {INSIDE} AND t.code = 'methods'"""
    )
    assert numbers(line(report, "shared_by_topic", "Methods")) == [methods]
    assert numbers(line(report, "shared_by_topic", "Crime situation")) == [0]
    new_line = scalar(f"SELECT count(*) {SENT} JOIN information_evaluation e ON e.delivery_id = d.id WHERE {INSIDE}")
    assert numbers(report.tables["worth"].rows[2]) == [new_line]
    used = scalar(f"SELECT count(*) {SENT} WHERE {INSIDE} AND d.status = 'used'")
    assert numbers(report.tables["worth"].rows[-1]) == [used]


def test_cases_are_counted_by_kind_and_led_once(cast: Cast) -> None:
    report = conference()
    opened = scalar("SELECT count(*) FROM cases_jointcase WHERE opened_on >= '2024-04-01' AND opened_on < '2024-07-01'")
    by_kind = [numbers(row)[0] for row in report.tables["cases_by_kind"].rows]
    assert by_kind == [opened, 0, 0]
    led = [numbers(row)[0] for row in report.tables["cases_by_role"].rows]
    assert sum(led) == opened
    assert not any(row.total for row in report.tables["cases_by_kind"].rows)


def test_arrests_that_nobody_stated_are_not_zero(cast: Cast) -> None:
    row = conference().tables["cases_by_kind"].rows[0]
    persons = row.cells[2]
    assert isinstance(persons, Figure)
    assert (persons.number, persons.absent.en) == (None, "not stated")
    assert numbers(row)[2] == 4


def test_what_is_not_weighed_is_counted_as_such_and_has_no_mass(cast: Cast) -> None:
    row = conference().tables["seizures"].rows[0]
    assert numbers(row) == [None, None, 4]


def test_mass_and_tablets_stand_in_columns_of_their_own_without_a_total(cast: Cast) -> None:
    table = conference().tables["seizures"]
    assert [c.note.en for c in table.columns[1:3]] == ["kg", "tablets"]
    assert not any(row.total for row in table.rows)


def test_quarters_are_cut_at_midnight_in_viet_nam(cast: Cast) -> None:
    item = cast.items["police_released_to_customs"]
    before = numbers(line(conference(), "shared_by_agency", "Total"))[0]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE information_informationitem DISABLE TRIGGER USER")
        for moment, inside in (
            ("2024-03-31T16:59:59.999999Z", 0),
            ("2024-03-31T17:00:00Z", 1),
            ("2024-06-30T16:59:59.999999Z", 1),
            ("2024-06-30T17:00:00Z", 0),
        ):
            cursor.execute("UPDATE information_informationitem SET released_at = %s WHERE id = %s", [moment, item.pk])
            counted = numbers(line(conference(), "shared_by_agency", "Total"))[0]
            assert counted == before - 1 + inside, moment


def test_the_trend_gives_no_per_cent_of_nothing_and_no_zero_where_nothing_was_recorded(cast: Cast) -> None:
    row = line(conference(), "trend", "Items shared")
    year_before, before, now = row.cells[1:4]
    assert [c.number for c in (year_before, before) if isinstance(c, Figure)] == [None, None]
    assert isinstance(now, Figure)
    assert now.number == 22
    later = line(conference(Period.parse("2024-Q3")), "trend", "Items shared")
    assert numbers(later)[:3] == [None, 22, 0]
    assert numbers(later)[3:5] == [-22, Decimal("-100.0")]


@pytest.mark.parametrize(
    ("now", "before", "percent"),
    [(3, 2, "50.0"), (2, 3, "-33.3"), (0, 5, "-100.0"), (5, 0, None), (0, 0, None), (None, 4, None), (4, None, None)],
)
def test_per_cent_needs_a_base(now: int | None, before: int | None, percent: str | None) -> None:
    assert change_in_percent(now, before) == (Decimal(percent) if percent else None)


def test_statements_say_value_nil_missing_or_nothing(stating: Cast) -> None:
    confirmed(stating, cases(40), heroin(nil=True))
    confirmed(stating, cases(7, value=None, unit=None, missing="not_yet"), unit="customs")
    report = conference()
    of_cases, of_heroin = (r for r in report.tables["stated"].rows)
    assert numbers(of_cases) == [Decimal(40), None, None, None]
    assert numbers(of_heroin) == [0, None, None, None]
    missing, silent = of_cases.cells[4], of_cases.cells[2]
    assert isinstance(missing, Figure)
    assert isinstance(silent, Figure)
    assert missing.absent.vi.startswith("thiếu")
    assert silent.absent.en == "no statement"
    states = [r.cells[1].text.en for r in report.tables["statement_status"].rows if isinstance(r.cells[1], Label)]
    assert states == ["confirmed", "missing: not confirmed", "missing: not confirmed", "confirmed"]


def test_the_conference_of_the_period_stands_with_what_it_came_to(cast: Cast) -> None:
    content = {
        "kind": "quarterly_exchange",
        "title_vi": "Hội nghị quý II",
        "period_label": QUARTER.label,
        "period_start": QUARTER.start,
        "period_end": QUARTER.end,
        "period_missing": "",
        "held_on": date(2024, 8, 14),
        "host_agency": cast.units["police"].agency,
    }
    planned = create_conference(by=cast.secretariat, code="2024-q2", content=content, synthetic=True)
    held = convene_conference(conference=planned, by=cast.secretariat)
    add_action_item(conference=held, by=cast.secretariat, text_vi="Việc", assignee_agency=cast.units["police"].agency)
    table = conference().tables["conference_2024-q2"]
    words = [cell.text.en for row in table.rows for cell in row.cells[1:] if isinstance(cell, Label)]
    assert words[1:3] == ["14 August 2024", "Công an"]
    assert words[3].startswith("– (")
    assert [numbers(row) for row in table.rows[-4:]] == [[0], [0], [1], [0]]
    assert table.synthetic
    nothing = conference(Period.parse("2024-Q1"))
    assert not [key for key in nothing.tables if key.startswith("conference")]


def test_a_period_of_nothing_has_a_report_that_says_so(cast: Cast) -> None:
    report = conference(Period.parse("2019-Q1"))
    shared = next(s for s in report.parts() if s.key == "shared")
    assert shared.paragraphs[0].en == "The registry holds no item shared in this period."
    assert numbers(line(report, "shared_by_agency", "Total")) == [0, 0, 0]
    assert report.tables["published"].rows == ()
    assert not report.synthetic


def test_made_up_records_are_said_on_the_report_and_on_each_table_that_counts_them(cast: Cast) -> None:
    report = conference()
    assert report.synthetic
    assert report.banner.vi
    assert report.tables["shared_by_agency"].synthetic
    assert report.tables["cases_by_kind"].synthetic
    assert not report.tables["published"].synthetic


def linked(report: QuarterlyReport, *tables: str) -> list[Figure]:
    """Figures of these tables whose link is to be taken at its word."""
    rows = [row for key in tables for row in report.tables[key].rows]
    return [c for row in rows for c in row.cells if isinstance(c, Figure) and c.link and not c.signed]


@pytest.mark.parametrize("name", ["police_officer", "customs_analyst", "border_head", "secretariat"])
def test_links_lead_to_exactly_the_records_counted_where_the_reader_sees_them(cast: Cast, api: Any, name: str) -> None:
    item = released(
        cast, by=cast.customs_officer, head=cast.customs_head, unit="customs", title="Tin H", to=("police",)
    )
    actions.recall_item(item=item, by=cast.customs_head, reason="Thử")
    report = quarterly_report(period=QUARTER, reader=cast.people[name])
    own = report.edition.key == "own"
    client: ApiClient = api(name)
    figures = linked(report, "giver_receiver", "shared_by_topic")
    figures += [row.cells[place] for row in report.tables["shared_by_agency"].rows for place in (1, 3)]  # type: ignore[misc]
    figures += linked(report, "worth") + [row.cells[1] for row in report.tables["cases_by_kind"].rows]  # type: ignore[list-item]
    for figure in figures:
        address = figure.link.api if figure.link else ""
        if not own and "cases" in address:
            continue
        answer = client.get(f"{address}&count=true")
        assert answer.status_code == 200, address
        seen = answer.json()["count"]
        assert seen == figure.number if own else seen <= (figure.number or 0), address


def test_links_for_people_open_lists_of_the_admin(cast: Cast, desk: Any) -> None:
    report = quarterly_report(period=QUARTER, reader=cast.police_officer)
    pages = {f.link.page for f in report.figures() if f.link and f.link.page}
    assert len(pages) > 5
    for page in pages:
        answer = desk("police_officer").get(page)
        assert answer.status_code == 200, page
        if "informationitem" in page:
            assert dict(parse_qsl(urlsplit(page).query))["released_at__gte"].startswith("2024")


def test_building_reads_and_writes_nothing(cast: Cast) -> None:
    before = AuditEvent.objects.count()
    conference()
    assert AuditEvent.objects.count() == before
