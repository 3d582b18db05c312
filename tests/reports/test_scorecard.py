"""The scorecard against counts made independently in SQL; who reads it, and that it leads nowhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from agencies.audit.models import AuditEvent
from agencies.refusals import Invalid, NotPermitted
from agencies.roles import Permission
from registry.information import actions, receipts
from registry.information.models import Delivery
from registry.periods import Period
from reports.build import quarterly_report
from reports.document import Figure
from reports.scorecard import Line, Scorecard, scorecard
from tests.cast import Cast, released

QUARTER = Period.parse("2024-Q2")
READERS = ("police_head", "customs_analyst", "secretariat", "customs_secretariat")
COUNTED = """
    SELECT count(*) FILTER (WHERE {})
    FROM information_delivery d JOIN information_informationitem i ON i.id = d.item_id
    JOIN agencies_unit u ON u.id = i.unit_id JOIN agencies_agency a ON a.id = u.agency_id
    JOIN agencies_unit v ON v.id = d.unit_id JOIN agencies_agency b ON b.id = v.agency_id
    LEFT JOIN information_evaluation e ON e.delivery_id = d.id
    WHERE i.released_at >= '2024-03-31T17:00Z' AND i.released_at < '2024-06-30T17:00Z'
      AND a.code = 'POLICE' AND b.code = 'CUSTOMS'
"""


def counted(condition: str) -> int:
    """From police to customs, in plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.format(condition))
        return int(cursor.fetchone()[0])


def line(card: Scorecard, giver: str, receiver: str) -> Line:
    found = [x for x in card.lines if x.giver and x.receiver and (x.giver.code, x.receiver.code) == (giver, receiver)]
    assert len(found) == 1
    return found[0]


def many(cast: Cast) -> None:
    """Each agency gives each other one four items more; of customs' the border guard acknowledges all and uses three."""
    for giver in ("police", "border", "coast", "customs"):
        others = tuple(unit for unit in ("police", "border", "coast", "customs") if unit != giver)
        for _number in range(4):
            released(cast, by=cast.people[f"{giver}_officer"], head=cast.people[f"{giver}_head"], unit=giver, to=others)


def test_counts_equal_an_independent_count(cast: Cast) -> None:
    given = line(scorecard(period=QUARTER, reader=cast.secretariat), "POLICE", "CUSTOMS")
    assert given.shared == counted("true") == 20
    assert counted("d.acknowledged_at <= d.due_at") == given.in_time == 6
    assert counted("e.usefulness IN ('new_line', 'contributed')") == given.useful == 4
    assert (counted("d.status = 'used'"), given.used) == (2, None)
    assert given.suppressed == ("used",)
    assert given.median_hours == 3


def test_the_total_is_the_sum_of_what_left_each_agency(cast: Cast) -> None:
    """Two deliveries within the police are none of them; where nothing is hidden the lines add up."""
    many(cast)
    card = scorecard(period=QUARTER, reader=cast.secretariat)
    assert card.total.shared == sum(x.shared or 0 for x in card.lines) == 24 + 12 * 4
    assert card.synthetic and card.threshold == 3


def test_whoever_reads_it_reads_the_same_of_all_agencies(cast: Cast) -> None:
    many(cast)
    cards = [scorecard(period=QUARTER, reader=cast.people[name]) for name in READERS]
    assert all((card.lines, card.total) == (cards[0].lines, cards[0].total) for card in cards)
    assert line(cards[0], "BORDERGUARD", "COASTGUARD").shared == 4


def test_time_is_the_middle_of_the_acknowledged_and_hidden_of_few(cast: Cast) -> None:
    made = [
        released(cast, by=cast.border_officer, head=cast.border_head, unit="border", to=("coast",)) for _n in range(5)
    ]
    for number, item in enumerate(made):
        delivery = Delivery.objects.get(item=item)
        when = delivery.delivered_at + timedelta(hours=number + 1)
        receipts.acknowledge_delivery(delivery=delivery, by=cast.coast_focal_point, at=when)
        given = line(scorecard(period=_now(made[0]), reader=cast.secretariat), "BORDERGUARD", "COASTGUARD")
        assert (given.median_hours is None) == ("median_hours" in given.suppressed) == (number + 1 < 5)
    assert (given.shared, given.in_time, given.median_hours) == (5, 5, 3)


def _now(item: Any) -> Period:
    """The quarter in which it was released."""
    return Period.parse(f"{item.released_at:%Y}-Q{(item.released_at.month + 2) // 3}")


def test_a_recalled_item_was_shared(cast: Cast) -> None:
    before = line(scorecard(period=QUARTER, reader=cast.secretariat), "POLICE", "CUSTOMS").shared
    actions.recall_item(item=cast.items["police_acknowledged"], by=cast.police_head, reason="Nguồn rút lại.")
    after = line(scorecard(period=QUARTER, reader=cast.secretariat), "POLICE", "CUSTOMS")
    assert after.shared == before


@pytest.mark.parametrize("name", ["police_officer", "customs_focal_point", "auditor", "police_admin", "operator"])
def test_who_has_no_need_of_it_does_not_read_it(cast: Cast, name: str) -> None:
    with pytest.raises(NotPermitted):
        scorecard(period=QUARTER, reader=cast.people[name])


@pytest.mark.parametrize("label", ["2024-H1", "2024-05"])
def test_it_is_of_quarters_alone(cast: Cast, label: str) -> None:
    with pytest.raises(Invalid) as refusal:
        scorecard(period=Period.parse(label), reader=cast.secretariat)
    assert set(refusal.value.fields) == {"period"}


def test_a_higher_threshold_is_a_setting(cast: Cast, settings: Any) -> None:
    settings.SCORECARD_THRESHOLD = 5
    given = line(scorecard(period=QUARTER, reader=cast.secretariat), "POLICE", "CUSTOMS")
    assert set(given.suppressed) == {"useful", "used"}


def test_the_number_of_queries_does_not_depend_on_the_number_of_deliveries(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    for _time in range(2):
        reader = cast.again("secretariat")
        assert reader.holds(Permission.SCORECARD_READ)
        with django_assert_num_queries(5):
            scorecard(period=QUARTER, reader=reader)
        many(cast)


# --- over HTTP and in the admin ----------------------------------------------------------------------------------


def test_the_api_says_numbers_definitions_and_what_is_hidden(cast: Cast, api: Any) -> None:
    body = api("customs_analyst").get("scorecards?period=2024-Q2", Accept_Language="en").json()
    assert set(body) == {"period", "threshold", "definitions", "synthetic", "results", "total"}
    assert len(body["results"]) == 12
    assert body["results"][2] == {
        "giver": "POLICE",
        "receiver": "CUSTOMS",
        "shared": 20,
        "in_time": 6,
        "useful": 4,
        "used": None,
        "median_hours": 3.0,
        "suppressed": ["used"],
    }
    assert set(body["definitions"]) == {"shared", "in_time", "useful", "used", "median_hours"}
    assert "recalled since" in body["definitions"]["shared"]
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.actor, event.object_ref) == ("scorecard.read", "customs_analyst", "2024-Q2")


@pytest.mark.parametrize("query", ["period=2024-Q9", "period=2024-H1", "period=", "quarter=2024-Q2", "agency=POLICE"])
def test_what_cannot_be_asked_is_refused_by_name(cast: Cast, api: Any, query: str) -> None:
    answer = api("secretariat").get(f"scorecards?{query}")
    assert answer.status_code == 400
    assert {error["pointer"] for error in answer.json()["errors"]} == {f"/{query.partition('=')[0]}"}


def test_nothing_leads_from_a_scorecard_to_an_item_or_a_case(cast: Cast, api: Any, desk: Any) -> None:
    """Not an id, a reference or a title; not an address of a list either."""
    shown = api("secretariat").get("scorecards?period=2024-Q2").content.decode()
    page = desk("secretariat").get("/admin/reports/report/scorecard/?period=2024-Q2").content.decode()
    words = [str(d.pk) for d in Delivery.objects.all()]
    for item in cast.items.values():
        words += [str(item.pk), *filter(None, [item.reference, item.current and item.current.title])]
    words += [str(case.pk) for case in cast.cases.values()] + ["information-items", "/deliveries"]
    assert [word for word in words if word in shown or word in page] == []


def test_the_page_shows_the_quarter_and_hides_the_small(cast: Cast, desk: Any) -> None:
    client = desk("police_head")
    assert "/admin/reports/report/scorecard/" in client.get("/admin/reports/report/").content.decode()
    page = client.get("/admin/reports/report/scorecard/?period=2024-Q2", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    text = page.content.decode()
    assert "<td>20</td><td>6</td><td>4</td><td>" in text
    empty = client.get("/admin/reports/report/scorecard/?period=2001-Q1")
    assert "<tbody>" not in empty.content.decode()
    assert client.get("/admin/reports/report/scorecard/?period=2001-H1").status_code == 400
    assert client.get("/admin/reports/report/scorecard/").status_code == 200
    assert AuditEvent.objects.filter(action="scorecard.read", actor="police_head").count() == 3


def test_the_page_is_closed_to_others(cast: Cast, desk: Any) -> None:
    for name in ("police_officer", "auditor", "operator"):
        assert desk(name).get("/admin/reports/report/scorecard/").status_code == 403
    listed = desk("police_officer").get("/admin/reports/report/").content.decode()
    assert "/scorecard/" not in listed
    assert desk(None).get("/admin/reports/report/scorecard/").status_code == 302


# --- in the report -----------------------------------------------------------------------------------------------


def test_the_report_that_counts_for_all_has_it_in_both_languages(cast: Cast) -> None:
    for reader in (None, cast.secretariat):
        table = quarterly_report(period=QUARTER, reader=reader).tables["scorecard"]
        first = table.rows[1]
        assert [cell.number if isinstance(cell, Figure) else cell.text.vi for cell in first.cells[:5]] == [
            "POLICE → CUSTOMS",
            20,
            6,
            4,
            None,
        ]
        assert all(cell.link is None for row in table.rows for cell in row.cells)
    for reader in (cast.police_officer, cast.police_head):
        assert "scorecard" not in quarterly_report(period=QUARTER, reader=reader).tables
    assert "scorecard" not in quarterly_report(period=Period.parse("2024-H1"), reader=None).tables
