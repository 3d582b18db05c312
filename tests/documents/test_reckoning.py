"""Published figures as intervals: three answers to a question, and values of one series side by side."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.roles import Role
from registry.documents.models import PublishedFigure
from registry.documents.reckoning import answer_at_least, reckoned
from registry.reference.models import UnitOfMeasure
from tests.documents.disputed import disputed, other_paper, read_as
from tests.documents.loaded import documents, documents_data, figure, key_of, person

__all__ = ["disputed", "documents", "documents_data"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("documents")]

Q2 = "2024-q2-conference"
LIST = "/api/v1/published-figures"


@pytest.fixture
def client() -> Client:
    """An analyst's, in English."""
    return key_of(person(Role.ANALYST))


def answers(client: Client, query: str) -> dict[int, str]:
    """`at_least` by the number of the figure in the document of the conference."""
    found = client.get(f"{LIST}?document={Q2}&page_size=200&{query}")
    assert found.status_code == 200, found.content
    return {f["number"]: f["at_least"] for f in found.json()["results"]}


def test_at_least_so_much_is_yes_or_unknown_and_what_is_less_is_left_out(client: Client) -> None:
    assert answers(client, "metric=drugs_seized_mass&value_at_least=149&measure=kg") == {
        4: "yes",  # more than 330 kg
        5: "yes",  # more than 1.7 t
        7: "unknown",  # nearly 1 t
        10: "unknown",  # 659,149 kg awaits confirmation
        14: "unknown",  # 149 kg, perhaps rounded
        19: "yes",  # 1.2 t, between 1.1 and 1.3
    }


def test_units_of_one_dimension_are_asked_in_any_of_them(client: Client) -> None:
    in_kg = answers(client, "value_at_least=1200&measure=kg")
    assert (
        in_kg
        == answers(client, "value_at_least=1.2&measure=tonne")
        == answers(client, "value_at_least=1200000&measure=g")
    )
    assert in_kg == {4: "unknown", 5: "yes", 10: "unknown", 19: "unknown"}


def test_without_a_measure_each_is_asked_in_its_printed_unit(client: Client) -> None:
    assert answers(client, "metric=persons_arrested&value_at_least=413") == {3: "yes", 9: "yes"}
    assert answers(client, "comparator=nearly&value_at_least=1") == {}
    assert answers(client, "comparator=nearly&value_at_least=0.5") == {7: "unknown"}


def test_a_measure_alone_lists_its_dimension_and_asks_nothing(client: Client) -> None:
    assert answers(client, "measure=tablet") == {6: None}
    assert answers(client, "measure=moon") == {}
    assert answers(client, "measure=moon&value_at_least=1") == {}


@pytest.mark.parametrize(
    "query", ["value_at_least=much", "value_at_least=-1", "value_at_least=1e400", "value_at_least=NaN"]
)
def test_what_is_no_number_is_refused(client: Client, query: str) -> None:
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/value_at_least"


@pytest.mark.parametrize("code", ["kg", "tablet", "case", None])
def test_the_database_answers_as_the_interval_does(code: str | None) -> None:
    measure = UnitOfMeasure.objects.get(code=code) if code else None
    figures = PublishedFigure.objects.select_related("unit")
    if measure:
        figures = figures.filter(unit__dimension=measure.dimension)
    kept = list(figures)
    assert kept
    edges = {f.value * f.unit.factor / measure.factor if measure else f.value for f in kept}
    steps = [Decimal(0), Decimal("0.001"), Decimal("0.1"), Decimal(1), Decimal(100), Decimal(100000)]
    for asked in sorted({abs(edge + sign * step) for edge in edges for step in steps for sign in (1, -1)}):
        told = dict(figures.annotate(told=answer_at_least(asked, measure)).values_list("pk", "told"))
        factor = measure.factor if measure else Decimal(1)
        due = {f.pk: _due(f, asked * factor, scaled=measure is not None) for f in kept}
        assert told == due, asked


def _due(figure: PublishedFigure, asked: Decimal, *, scaled: bool) -> str:
    interval = reckoned(figure)
    return (interval.scaled(figure.unit.factor) if scaled else interval).at_least(asked).value


def test_a_figure_shows_the_bounds_it_is_reckoned_with(client: Client) -> None:
    shown = {n: client.get(f"{LIST}/{figure(Q2, n).pk}").json()["reckoned"] for n in (7, 10, 13)}
    assert shown[7] == {
        "lower": "0", "lower_open": False, "upper": "1", "upper_open": True, "unit": "tonne", "text": "less than 1\u00a0t",
    }  # fmt: skip
    assert (shown[10]["lower"], shown[10]["upper"], shown[10]["text"]) == ("0", None, "an unknown amount")
    assert (shown[13]["lower"], shown[13]["upper"]) == ("5.7", "5.9")
    assert shown[13]["text"] == "more than 5.7 and less than 5.9\u00a0kg"


def beside(client: Client, document: str, number: int) -> list[tuple[str, int, str, bool]]:
    found = client.get(f"{LIST}/{figure(document, number).pk}").json()
    assert found["in_conflict"] == bool(found["conflicts_with"])
    return [(o["document"], o["number"], o["reading"], o["both_may_hold"]) for o in found["conflicts_with"]]


@pytest.mark.usefixtures("disputed")
def test_values_of_one_series_stand_side_by_side_and_none_is_chosen(client: Client) -> None:
    assert beside(client, Q2, 2) == [("infographic", 2, "14,461 cases", False)]
    assert beside(client, "infographic", 2) == [(Q2, 2, "17,129 cases", False), ("repeated", 2, "17,129 cases", False)]
    assert beside(client, Q2, 3) == [("infographic", 3, "more than 23,000 persons", True)]


@pytest.mark.usefixtures("disputed")
def test_the_same_value_again_is_no_conflict(client: Client) -> None:
    assert beside(client, Q2, 8) == []
    assert beside(client, "repeated", 2) == [("infographic", 2, "14,461 cases", False)]


@pytest.mark.usefixtures("disputed")
def test_conflicts_are_listed_with_two_more_queries_at_most(client: Client) -> None:
    client.get(f"{LIST}?page_size=1")
    counts = []
    for size in (1, 2, 200):
        with CaptureQueriesContext(connection) as asked:
            found = client.get(f"{LIST}?in_conflict=true&page_size={size}").json()["results"]
        counts.append(len(asked))
    assert [(f["document"], f["number"]) for f in found] == [
        (Q2, 2), (Q2, 3), ("infographic", 2), ("infographic", 3), ("repeated", 2),
    ]  # fmt: skip
    assert len(set(counts)) == 1
    listed = client.get(f"{LIST}?document={Q2}&page_size=200").json()["results"]
    assert [f["number"] for f in listed if f["in_conflict"]] == [2, 3]
    assert all(client.get(f["url"]).json() == f for f in found)


@pytest.mark.usefixtures("disputed")
def test_other_days_another_part_or_no_period_make_no_conflict(documents: dict[str, Any], client: Client) -> None:
    other = read_as("1")
    other_paper(documents, "other-days", "c", n8={**other, "period_start": "2023-01-01"})
    other_paper(documents, "other-part", "d", n8={**other, "role": "coordinated"})
    nothing = {"period_start": None, "period_end": None, "period_missing": "not_stated", "period_inferred": False}
    for code, sha in (("undated", "e"), ("undated-too", "f")):
        other_paper(documents, code, sha, n8={**read_as(str(ord(sha))), **nothing})
    assert beside(client, Q2, 8) == []
    assert beside(client, "undated", 8) == []
    other_paper(documents, "same", "0", n8=other)
    assert beside(client, Q2, 8) == [("same", 8, "1 cases", False)]
