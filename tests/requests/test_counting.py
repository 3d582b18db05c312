"""Figures per agency and period: by hand, and equal to the lists they count."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.periods import Period
from registry.requests import actions
from registry.requests.counting import request_figures
from registry.requests.models import InformationRequest
from tests.cast import Cast
from tests.clients import ApiClient
from tests.requests.stories import answered, hours, prepared, refused, sent

Api = Callable[[str | None], ApiClient]
SPRING, SUMMER = Period.parse("2024-Q2"), Period.parse("2024-Q3")


def figures(cast: Cast, name: str, period: Period = SPRING) -> dict[str, Any]:
    return {row.agency.code: row for row in request_figures(reader=cast.people[name], period=period)}


def test_the_stories_counted_by_hand(cast: Cast) -> None:
    """Police sent eight, customs one. Customs answered two, one of them with nothing, and refused one."""
    rows = figures(cast, "secretariat")
    assert list(rows) == ["POLICE", "BORDERGUARD", "COASTGUARD", "CUSTOMS"]
    assert {code: (row.asked, row.received) for code, row in rows.items()} == {
        "POLICE": (8, 1),
        "BORDERGUARD": (0, 0),
        "COASTGUARD": (0, 0),
        "CUSTOMS": (1, 8),
    }
    customs = rows["CUSTOMS"]
    assert (customs.answered, customs.no_information, customs.refused, customs.withdrawn) == (2, 1, 1, 1)
    assert {reason: n for reason, n in customs.refused_by_reason.items() if n} == {"secrecy": 1}
    assert (customs.in_time, customs.overdue) == (3, 4)
    assert customs.median_hours == 3.0, "each was answered at the fourth hour and sent at the first"
    assert rows["POLICE"].median_hours is None, "missing is not zero"


def test_the_median_runs_from_sending_or_reopening_to_what_stands(cast: Cast) -> None:
    rows = figures(cast, "secretariat", SUMMER)
    assert all(row.received == 0 and row.median_hours is None for row in rows.values())
    answered(cast, at=hours(2))
    refused(cast, at=hours(11))
    again = actions.reopen_request(request=answered(cast, at=hours(2)), by=cast.police_head, reason="x", at=hours(40))
    prepared(cast, again)
    actions.give_answer(request=again, by=cast.customs_head, at=hours(60))
    assert figures(cast, "secretariat")["CUSTOMS"].median_hours == 3.0, "3, 3, 3 of the stories, 1, 10 and 20"


def test_a_late_answer_is_answered_and_not_in_time(cast: Cast) -> None:
    before = figures(cast, "secretariat")["CUSTOMS"]
    answered(cast, urgency="urgent", at=hours(20))
    after = figures(cast, "secretariat")["CUSTOMS"]
    assert (after.answered - before.answered, after.in_time - before.in_time) == (1, 0)


def test_a_request_counts_in_the_period_it_was_sent_in(cast: Cast) -> None:
    request = sent(cast, urgency="routine")
    moved = InformationRequest.objects.sent_in(SPRING).filter(pk=request.pk)
    assert moved.exists()
    assert not InformationRequest.objects.sent_in(SUMMER).filter(pk=request.pk).exists()


def test_others_count_what_they_may_see(cast: Cast) -> None:
    assert {code: row.received for code, row in figures(cast, "customs_north_officer").items()} == {
        "POLICE": 0,
        "BORDERGUARD": 0,
        "COASTGUARD": 0,
        "CUSTOMS": 1,
    }
    assert all(row.asked == row.received == 0 for row in figures(cast, "coast_officer").values())


def test_drafts_are_counted_by_nobody(cast: Cast) -> None:
    before = figures(cast, "police_officer")["POLICE"].asked
    actions.create_request(
        unit=cast.units["police"],
        by=cast.police_officer,
        content={"addressee": cast.units["customs"], "subject": "x", "question": "x"},
    )
    assert figures(cast, "police_officer")["POLICE"].asked == before == 8


LISTS = {
    "asked": "asking_agency={agency}",
    "received": "addressee_agency={agency}",
    "answered": "addressee_agency={agency}&status=answered",
    "no_information": "addressee_agency={agency}&answer=no_information",
    "refused": "addressee_agency={agency}&status=refused",
    "withdrawn": "addressee_agency={agency}&status=withdrawn",
    "in_time": "addressee_agency={agency}&in_time=true",
    "overdue": "addressee_agency={agency}&overdue=true",
}


@pytest.mark.parametrize("name", ["police_officer", "customs_officer", "north_officer", "coast_officer"])
def test_every_number_is_the_length_of_its_list(cast: Cast, api: Api, name: str) -> None:
    answered(cast, urgency="urgent", at=hours(50))
    body = api(name).get("request-statistics?period=2024-Q2").json()
    assert (body["period"], body["scope"]) == ("2024-Q2", "visible")
    for row in body["results"]:
        for number, query in LISTS.items():
            asked = f"requests?count=true&period=2024-Q2&{query.format(agency=row['agency'])}"
            assert row[number] == api(name).get(asked).json()["count"], (row["agency"], number)
        for reason, count in row["refused_by_reason"].items():
            asked = f"requests?count=true&period=2024-Q2&addressee_agency={row['agency']}&refusal={reason}"
            assert count == api(name).get(asked).json()["count"], (row["agency"], reason)


def test_the_secretariat_counts_for_all_without_reading_any(cast: Cast, api: Api) -> None:
    body = api("secretariat").get("request-statistics?period=2024-Q2").json()
    assert body["scope"] == "all"
    assert [row["asked"] for row in body["results"]] == [8, 0, 0, 1]
    assert api("secretariat").get("requests").status_code == 403


def test_a_period_that_is_none_is_refused_and_none_means_this_quarter(cast: Cast, api: Api) -> None:
    assert api("police_officer").get("request-statistics?period=spring").json()["errors"][0]["pointer"] == "/period"
    assert api("police_officer").get("request-statistics?quarter=1").status_code == 400
    assert api("police_officer").get("request-statistics").json()["period"][5] == "Q"


def test_counting_takes_as_many_queries_for_many_requests_as_for_few(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            figures(cast, "secretariat")
        return len(seen)

    queries()
    few = queries()
    for _number in range(3):
        refused(cast)
    assert queries() == few
