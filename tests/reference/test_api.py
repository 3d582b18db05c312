"""The vocabularies over HTTP."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.actions import create_user, issue_key
from agencies.models import Unit, User
from agencies.roles import Role, Scope
from tests.reference.loaded import loaded, reference_data

__all__ = ["loaded", "reference_data"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

ROUTES = {"topics": 6, "substances": 27, "metrics": 45, "units-of-measure": 36, "traps": 31}


def client_of(role: Role, unit: str) -> Client:
    """A client with a key of somebody in the unit."""
    where = Unit.objects.get(code=unit)
    made = create_user(username=f"{role}-{unit}", password=None, unit=where, role=role, by=None)
    user = User.objects.get(pk=made.pk)
    _key, secret = issue_key(user=user, unit=where, name="test", scopes=[Scope.READ], by=None)
    return Client(headers={"Authorization": f"Bearer {secret}", "Accept-Language": "vi"})


@pytest.fixture
def client() -> Client:
    return client_of(Role.ANALYST, "CU-DTCBL")


def results(client: Client, address: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


@pytest.mark.parametrize(("route", "count"), ROUTES.items())
def test_a_vocabulary_is_listed_whole_and_read_by_code(client: Client, route: str, count: int) -> None:
    listed = results(client, f"{route}?page_size=200")
    assert len(listed) == count
    assert client.get(f"/api/v1/{route}/{listed[0]['code']}").json() == listed[0]


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_them(route: str, role: Role) -> None:
    assert client_of(role, "C04").get(f"/api/v1/{route}").status_code == 200


@pytest.mark.parametrize("route", ROUTES)
def test_a_stranger_and_one_without_a_role_read_nothing(route: str) -> None:
    assert Client().get(f"/api/v1/{route}").status_code == 401
    idle = Client()
    idle.force_login(User.objects.create_superuser("operator"))
    assert idle.get(f"/api/v1/{route}").status_code == 403


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nobody_writes_them(client: Client, route: str, method: str) -> None:
    answer = getattr(client, method)(f"/api/v1/{route}", data={}, content_type="application/json")
    assert answer.status_code == 405


@pytest.mark.parametrize("route", ROUTES)
def test_the_number_of_queries_does_not_grow_with_the_page(client: Client, route: str) -> None:
    counts = set()
    results(client, route)
    for size in (1, 200):
        with CaptureQueriesContext(connection) as queries:
            results(client, f"{route}?page_size={size}")
        counts.add(len(queries))
    assert len(counts) == 1


def test_a_term_names_itself_in_the_language_asked_for(client: Client) -> None:
    address = "/api/v1/substances/cannabis_herb"
    assert client.get(address).json()["name"] == "Thảo mộc cần sa"
    english = client.get(address, headers={"Accept-Language": "en"}).json()
    assert english["name"] == "Cannabis herb (marijuana)"
    assert (english["parent"], english["generic"]) == ("cannabis_unspecified", False)


def test_factors_are_exact_strings(client: Client) -> None:
    tonne = client.get("/api/v1/units-of-measure/tonne").json()
    assert tonne["factor"] == "1000000.000000000"


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("substances?generic=true", ["all_drugs", "cannabis_unspecified", "synthetic_unspecified"]),
        (
            "substances?parent=cannabis_unspecified",
            ["cannabis_herb", "cannabis_resin", "cannabis_oil", "cannabis_plant"],
        ),
        ("substances?parent=nothing", []),
        ("units-of-measure?dimension=mass&ordering=-code", ["tonne", "mg", "kg", "g"]),
        ("metrics?addable=false&dimension=count", ["joint_cases_coordinated"]),
        ("topics?q=công nghệ", ["science_technology"]),
        ("traps?q=decimal", ["T-DECIMAL"]),
    ],
)
def test_lists_are_filtered_and_ordered(client: Client, query: str, codes: list[str]) -> None:
    assert [term["code"] for term in results(client, query)] == codes


@pytest.mark.parametrize(
    "query",
    ["topics?colour=red", "metrics?dimension=smell", "traps?ordering=handling_vi", "substances?page_size=0"],
)
def test_what_is_not_known_is_refused(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/{query}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("code", ["nothing", "T-DECIMAL%00", "a.b", "%F0%9F%92%8A"])
def test_an_unknown_code_is_not_found(client: Client, code: str) -> None:
    assert client.get(f"/api/v1/traps/{code}").status_code == 404


def test_days_off_are_listed_by_span_and_kind(client: Client) -> None:
    worked = results(client, "non-working-days?kind=working_saturday")
    assert [day["day"] for day in worked] == ["2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"]
    tet = results(client, "non-working-days?since=2024-02-01&until=2024-02-14&kind=tet")
    assert [day["day"] for day in tet] == ["2024-02-08", "2024-02-09", "2024-02-12", "2024-02-13"]
    one = client.get(f"/api/v1/non-working-days/{tet[0]['id']}", headers={"Accept-Language": "en"}).json()
    assert (one["name"], one["source"][:6]) == ("Tet (Lunar New Year)", "Labour")


def test_a_day_that_is_no_day_is_refused(client: Client) -> None:
    assert client.get("/api/v1/non-working-days?since=tomorrow").status_code == 400
