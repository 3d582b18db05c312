"""Every list that takes a period takes every kind of period, and means the same days by it."""

import pytest

from tests.cast import Cast
from tests.clients import ApiClient

LISTS = (
    "information-items", "deliveries", "requests", "cases", "statements", "conferences", "published-figures",
    "published-events",
)  # fmt: skip
KINDS = (
    "2024-Q2",
    "2024-H1",
    "2024-05",
    "2024-Q2@statutory",
    "2024-H1@statutory",
    "2024-05@statutory",
    "2024-05-01/2024-05-20",
    "2024-05-01--2024-05-20",
)


@pytest.fixture
def client(cast: Cast) -> ApiClient:
    """Of central police: sees items, requests and cases of the spring."""
    return ApiClient(cast.secrets["police_officer"])


def count(client: ApiClient, path: str, period: str) -> int:
    answer = client.get(f"{path}?count=true&page_size=1&period={period}")
    assert answer.status_code == 200, (path, period, answer.content)
    return int(answer.json()["count"])


@pytest.mark.parametrize("path", LISTS)
def test_a_list_takes_every_kind_of_period_and_refuses_what_is_none(client: ApiClient, path: str) -> None:
    for period in KINDS:
        count(client, path, period)
    answer = client.get(f"{path}?period=2024-Q2@lunar")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "invalid_period"


def test_statistics_and_reports_take_every_kind_and_say_its_basis(client: ApiClient) -> None:
    bases = {"2024-Q2": "calendar", "2024-Q2@statutory": "statutory_15_14", "2024-05-01--2024-05-20": "custom"}
    for period, basis in bases.items():
        assert client.get(f"request-statistics?period={period}").json()["basis"] == basis
        report = client.get(f"reports/{period}").json()
        assert (report["period"]["label"], report["period"]["basis"]) == (period, basis)
        page = client.get(f"reports/{period}?file_format=html").content.decode()
        assert report["period"]["basis_text"] in page


def test_items_of_the_14th_of_may_lie_in_every_period_that_holds_it(client: ApiClient) -> None:
    """The cast's items are released on 14 May 2024, 11:00 in Viet Nam."""
    whole = count(client, "information-items", "2024-Q2")
    assert whole > 0
    inside = ("2024-05", "2024-05@statutory", "2024-Q2@statutory", "2024-05-14/2024-05-15")
    outside = ("2024-04", "2024-06@statutory", "2024-Q3@statutory", "2024-05-15/2024-06-01", "2024-05-01/2024-05-14")
    assert {period: count(client, "information-items", period) for period in inside} == dict.fromkeys(inside, whole)
    assert {period: count(client, "information-items", period) for period in outside} == dict.fromkeys(outside, 0)


def test_a_conference_is_found_by_its_days_under_any_spelling(client: ApiClient) -> None:
    assert count(client, "conferences", "2024-04-01/2024-07-01") == count(client, "conferences", "2024-Q2")
