"""Documents and their facts over HTTP."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.models import User
from agencies.roles import Role, Scope
from registry.documents.models import Document, PublishedEvent, PublishedFigure, PublishedStatement
from tests.documents.loaded import documents, documents_data, figure, key_of, person

__all__ = ["documents", "documents_data"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("documents")]

Q2 = "2024-q2-conference"
ROUTES = {
    "documents": (Document, 5),
    "published-figures": (PublishedFigure, 50),
    "published-statements": (PublishedStatement, 60),
    "published-events": (PublishedEvent, 5),
}


@pytest.fixture
def client() -> Client:
    """An analyst's, in English."""
    return key_of(person(Role.ANALYST))


def results(client: Client, address: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def numbers(client: Client, query: str) -> list[int]:
    return [f["number"] for f in results(client, f"published-figures?document={Q2}&{query}")]


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_all_of_it(role: Role) -> None:
    client = key_of(person(role))
    for route, (_model, count) in ROUTES.items():
        assert client.get(f"/api/v1/{route}?count=true&page_size=1").json()["count"] == count


@pytest.mark.parametrize("route", ROUTES)
def test_nobody_else_reads_anything(route: str) -> None:
    model, _count = ROUTES[route]
    one = model.objects.first()
    assert one is not None
    idle = Client()
    idle.force_login(User.objects.create_superuser("operator"))
    unscoped = key_of(person(Role.OFFICER), Scope.WRITE)
    for address in (f"/api/v1/{route}", f"/api/v1/{route}/{one.pk}"):
        assert Client().get(address).status_code == 401
        assert idle.get(address).status_code == 403
        assert unscoped.get(address).status_code == 403


@pytest.mark.parametrize("model", [model for model, _count in ROUTES.values()])
def test_without_a_role_there_is_nothing_to_see(model: Any) -> None:
    assert not model.objects.visible_to(User.objects.create_superuser("operator")).exists()
    assert model.objects.visible_to(person(Role.AUDITOR)).count() == model.objects.count()


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written_here(client: Client, route: str, method: str) -> None:
    model, _count = ROUTES[route]
    one = model.objects.first()
    assert one is not None
    for address in (f"/api/v1/{route}", f"/api/v1/{route}/{one.pk}"):
        answer = getattr(client, method)(address, data=b"{}", content_type="application/json")
        assert answer.status_code == 405


def test_the_disputed_weight_is_shown_as_printed_as_read_and_with_its_traps(client: Client) -> None:
    (f,) = results(client, "published-figures?needs_confirmation=true")
    assert f["id"] == str(figure(Q2, 10).pk)
    assert f["printed"] == {"value": "659,149", "unit": "kg"}
    assert f["quantity"] == {"value": "659.149", "unit": "kg", "text": "659.149 kg"}
    assert f["normalised"] == {"value": "659149", "unit": "g", "text": "659,149 g"}
    assert f["interval"] == {"lower": None, "lower_open": False, "upper": None, "upper_open": False, "unit": "kg"}
    decimal = next(trap for trap in f["traps"] if trap["code"] == "T-DECIMAL")
    assert decimal["handling"]
    assert client.get(decimal["url"]).json()["code"] == "T-DECIMAL"
    assert client.get(f["url"]).json() == f
    assert client.get(f["document_url"]).json()["code"] == Q2


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    client = key_of(person(Role.ANALYST), language="vi")
    (f,) = results(client, "published-figures?needs_confirmation=true")
    assert (f["quantity"]["value"], f["quantity"]["text"]) == ("659.149", "659,149 kg")
    assert f["normalised"]["text"] == "659.149 g"
    assert f["metric_text"] == "Ma túy thu giữ, khối lượng"
    assert f["note"].startswith("In là 659,149 kg")


def test_the_comparator_is_a_code_and_a_word_and_never_left_out_of_the_reading(client: Client) -> None:
    nearly = client.get(f"/api/v1/published-figures/{figure(Q2, 7).pk}").json()
    assert (nearly["comparator"], nearly["reading"]) == ("nearly", "nearly 1 t")
    assert nearly["interval"] == {"lower": None, "lower_open": False, "upper": "1", "upper_open": True, "unit": "tonne"}
    assert nearly["comparator_text"]
    over = client.get(f"/api/v1/published-figures/{figure(Q2, 4).pk}").json()
    assert (over["reading"], over["interval"]["lower"]) == ("more than 330 kg", "330")
    about = client.get(f"/api/v1/published-figures/{figure('2023-commendation', 5).pk}").json()
    assert about["reading"] == "about 1,000 hot spots"


def test_a_figure_says_whose_it_is_for_when_and_what_it_relates_to(client: Client) -> None:
    f = client.get(f"/api/v1/published-figures/{figure(Q2, 6).pk}").json()
    assert f["subject"] | {"scope_text": "", "role_text": ""} == {
        "printed": "C04",
        "missing": None,
        "scope": "national_force",
        "scope_text": "",
        "agency": "POLICE",
        "unit": "C04",
        "role": "coordinated",
        "role_text": "",
    }
    assert f["period"] | {"basis_text": ""} == {
        "start": "2024-01-01",
        "end": "2024-07-01",
        "missing": None,
        "basis": "as_printed_unknown",
        "basis_text": "",
        "printed": "Jan-June period",
        "inferred": False,
    }
    assert (f["relation"]["kind"], f["relation"]["number"]) == ("parallel_measure_of", 5)
    assert client.get(f["relation"]["url"]).json()["number"] == 5


def test_what_a_document_does_not_say_is_null_with_the_reason(client: Client) -> None:
    (event,) = results(client, "published-events?document=2024-q1-conference")
    for name in ("held_on", "host_printed", "venue_printed", "city_printed", "chair_office_printed"):
        assert (event[name], event[f"{name}_missing"]) == (None, "not_stated")
    (paper,) = results(client, "documents?code=2024-q1-conference")
    assert (paper["published_on"], paper["published_on_missing"], paper["figure_count"]) == (None, "not_stated", 0)
    mean = client.get(f"/api/v1/published-figures/{figure('2023-commendation', 3).pk}").json()
    assert (mean["period"]["start"], mean["period"]["missing"]) == (None, "not_stated")
    hot_spots = client.get(f"/api/v1/published-figures/{figure('2023-commendation', 5).pk}").json()
    assert (hot_spots["subject"]["printed"], hot_spots["subject"]["missing"]) == (None, "not_stated")


def test_a_document_shows_its_meetings_and_names_and_links_to_the_rest(client: Client) -> None:
    (listed,) = results(client, f"documents?code={Q2}")
    shown = client.get(listed["url"]).json()
    assert {k: shown[k] for k in listed} == listed
    assert (shown["figure_count"], shown["noise_count"], shown["statement_count"]) == (19, 3, 13)
    assert len(shown["names"]) == 16
    (event,) = shown["events"]
    assert [a["part"] for a in event["attendance"]] == ["speaker", "attendee", "attendee", "attendee", "reporter"]
    assert len(client.get(shown["figures_url"]).json()["results"]) == 22
    assert len(client.get(shown["statements_url"]).json()["results"]) == 13


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("metric=drug_cases", [2, 8, 17]),
        ("substance=heroin", [4, 13]),
        ("agency=CUSTOMS", [17, 18, 19]),
        ("unit=C04&comparator=nearly", [7]),
        ("scope=four_agencies", [1]),
        ("role=coordinated&substance=heroin", [4]),
        ("kind=noise", [20, 21, 22]),
        ("trap=T-PRECISION", [10, 19]),
        ("period_start=2024-04-01", [1]),
        ("period_end=2024-06-30", []),
        ("period=2024-Q2&metric=information_shared", [1]),
        ("period=2024-Q1&substance=cocaine", [16]),
        ("period=2024-Q3", []),
        ("needs_confirmation=true", [10]),
        ("metric=nothing", []),
    ],
)
def test_figures_are_found_by_code(client: Client, query: str, found: list[int]) -> None:
    assert numbers(client, query) == found


@pytest.mark.parametrize(
    "query", ["scope=moon", "kind=x", "period=2024", "period_start=yesterday", "nonsense=1", "comparator=~"]
)
def test_a_filter_that_means_nothing_is_refused(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/published-figures?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_statements_and_events_are_found_by_code(client: Client) -> None:
    tasks = results(client, "published-statements?kind=task&agency=POLICE&document=2021-mps-november")
    assert len(tasks) == 9
    assert all(t["due_on"] is None and t["due_on_missing"] == "not_stated" for t in tasks)
    assert [e["document"] for e in results(client, "published-events?host_agency=COASTGUARD")] == [Q2]
    assert [e["document"] for e in results(client, "published-events?period=2024-Q1")] == ["2024-q1-conference"]
    assert len(results(client, "published-events?trap=T-HOST")) == 1
    assert len(results(client, "documents?trap=T-NOISE")) == 2
    statement = tasks[0]
    assert client.get(statement["url"]).json() == statement


def test_figures_come_in_reading_order_over_pages(client: Client) -> None:
    seen: list[tuple[str, int]] = []
    address: str | None = "/api/v1/published-figures?page_size=7"
    while address:
        page = client.get(address).json()
        seen += [(f["document"], f["number"]) for f in page["results"]]
        address = page["next"]
    assert len(seen) == 50
    assert seen == sorted(seen)
    backwards = results(client, "published-figures?ordering=-document_code&page_size=1")
    assert backwards[0]["document"] == "2024-q2-conference"


@pytest.mark.parametrize(
    ("route", "queries"),
    [("documents", 7), ("published-figures", 7), ("published-statements", 7), ("published-events", 11)],
)
def test_the_number_of_queries_does_not_grow_with_the_page(client: Client, route: str, queries: int) -> None:
    client.get(f"/api/v1/{route}?page_size=1")
    for size in (1, 5):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/api/v1/{route}?page_size={size}")
        assert len(asked) <= queries, [q["sql"][:100] for q in asked]
