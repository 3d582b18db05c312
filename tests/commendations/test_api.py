"""Commendations over HTTP and in the admin: who sees what, and what it costs."""

from typing import Any

from django.test import Client

from registry.commendations.models import Commendation, CommendationCase
from registry.periods import Period
from reports.counting import Counting
from reports.document import Figure
from reports.sections.commendations import section
from tests.cast import Cast
from tests.clients import ApiClient
from tests.commendations.stories import awarded, nominated


def seen(cast: Cast, name: str) -> set[str]:
    return {one.reference for one in Commendation.objects.visible_to(cast.again(name))}


def test_nominations_are_seen_by_their_own_units_and_awards_by_everybody(cast: Cast) -> None:
    waiting, done = nominated(cast, units=("customs",)), awarded(cast)
    for name in ("police_officer", "police_head", "police_analyst"):
        assert seen(cast, name) == {waiting.reference, done.reference}
    for name in ("customs_officer", "coast_officer", "north_officer", "secretariat", "auditor", "police_admin"):
        assert seen(cast, name) == {done.reference}
    assert seen(cast, "operator") == set()


def test_the_cases_of_an_award_are_named_to_those_who_take_part(cast: Cast) -> None:
    made = awarded(cast)
    address = f"commendations/{made.pk}"
    told = {name: ApiClient(cast.secrets[name]).get(address).json() for name in ("customs_officer", "coast_officer")}
    assert [one["reference"] for one in told["customs_officer"]["cases"]] == [cast.cases["case_joint"].reference]
    assert told["coast_officer"]["cases"] == []
    assert CommendationCase.objects.visible_to(cast.again("secretariat")).count() == 0
    assert "CASE-" not in ApiClient(cast.secrets["coast_officer"]).get(address).content.decode()


def test_why_it_is_commended_again_is_told_to_the_nominating_unit_alone(cast: Cast) -> None:
    made = awarded(cast, further_reason="Vụ đặc biệt.")
    address = f"commendations/{made.pk}"
    assert ApiClient(cast.secrets["police_officer"]).get(address).json()["further_reason"] == "Vụ đặc biệt."
    assert ApiClient(cast.secrets["customs_officer"]).get(address).json()["further_reason"] == ""


def body(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "unit": "police", "level": 2, "form": "certificate", "authority_vi": "Cục trưởng", "proposed_on": "2024-06-20",
        "achievement_vi": "Phá đường dây.", "cases": [str(cast.cases["case_joint"].pk)],
        "recipients": [{"unit": "customs"}, {"unit": "police", "collective": False, "individuals": 3}],
    } | changes  # fmt: skip


def test_a_nomination_and_its_award_over_http(cast: Cast) -> None:
    officer, head = ApiClient(cast.secrets["police_officer"]), ApiClient(cast.secrets["police_head"])
    made = officer.call("POST", "commendations", body(cast))
    assert made.status_code == 201
    assert (made.json()["agencies"], made.json()["status"]) == (["POLICE", "CUSTOMS"], "nominated")
    address = f"commendations/{made.json()['id']}"
    done = head.call("POST", f"{address}/award", {"awarded_on": "2024-06-28", "document_number": "15/QĐ"})
    assert (done.status_code, done.json()["status"]) == (200, "awarded")
    again = officer.call("POST", "commendations", body(cast))
    assert (again.status_code, again.json()["code"]) == (409, "awarded_already")
    assert made.json()["reference"] in again.json()["detail"]
    found = officer.get("commendations?status=awarded&level=2&period=2024-Q2&count=true").json()
    assert (found["count"], officer.get("commendations?period=2024-Q3").json()["results"]) == (1, [])


def test_the_list_costs_the_same_with_more_awards(cast: Cast, django_assert_num_queries: Any) -> None:
    client = ApiClient(cast.secrets["coast_officer"])
    awarded(cast, units=("police", "customs"))
    client.get("commendations")
    with django_assert_num_queries(7):
        client.get("commendations")
    for unit in ("border", "coast", "police_north"):
        awarded(cast, units=(unit,))
    with django_assert_num_queries(7):
        assert len(client.get("commendations").json()["results"]) == 4


def test_the_report_counts_awards_of_the_period_by_level(cast: Cast) -> None:
    awarded(cast, units=("police", "customs"))
    nominated(cast, case="case_closed")
    part = section(Counting(cast.again("coast_officer"), Period.parse("2024-Q2")))
    by_level, listed = part.tables
    numbers = [[cell.number for cell in row.cells if isinstance(cell, Figure)] for row in by_level.rows]
    assert numbers == [[0, 0, 0], [0, 0, 0], [1, 2, 0], [0, 0, 0], [1, 2, 0]]
    assert [cell.text.vi for cell in listed.rows[0].cells][-1] == "POLICE, CUSTOMS"  # type: ignore[union-attr]
    empty = section(Counting(cast.again("coast_officer"), Period.parse("2023-Q2")))
    assert (empty.tables, empty.paragraphs[0].en) == ((), "The registry holds no award of the period.")


def test_the_admin_nominates_awards_and_hides_cases(cast: Cast, client: Client) -> None:
    client.force_login(cast.again("police_officer"))
    joint = cast.cases["case_joint"]
    given = {
        "unit": cast.units["police"].pk, "level": 2, "form": "certificate", "authority_vi": "Cục trưởng",
        "achievement_vi": "Phá đường dây.", "proposed_on": "2024-06-20", "cases": [joint.pk],
        "units": [cast.units["customs"].pk], "people": "police 3",
    }  # fmt: skip
    answer = client.post("/admin/commendations/commendation/add/", given)
    assert answer.status_code == 302, answer.content.decode()
    made = Commendation.objects.get()
    assert {(r.unit.code, r.collective, r.individuals) for r in made.recipients.all()} == {
        ("customs", True, 0),
        ("police", False, 3),
    }
    page = f"/admin/commendations/commendation/{made.pk}"
    client.force_login(cast.again("police_head"))
    client.post(f"{page}/step/record-award/", {"awarded_on": "2024-06-28", "document_number": "15/QĐ"})
    assert Commendation.objects.get().status == "awarded"
    client.force_login(cast.again("coast_officer"))
    shown = client.get(f"{page}/change/").content.decode()
    assert "15/QĐ" in shown
    assert joint.reference not in shown
