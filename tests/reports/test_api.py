"""Statements and reports over HTTP."""

from typing import Any

import pytest

from agencies.audit.models import AuditEvent
from reports.models import Statement
from tests.cast import Cast
from tests.reports.stated import QUARTER, confirmed, drafted

BODY = {
    "unit": "police",
    "period": "2024-Q2",
    "figures": [
        {"metric": "drug_cases", "value": "12", "unit": "case"},
        {"metric": "drugs_seized_mass", "substance": "heroin", "nil": True},
    ],
}


def pointers(answer: Any) -> set[str]:
    """The faults by their places."""
    return {error["pointer"] for error in answer.json()["errors"]}


# --- reports ----------------------------------------------------------------------------------------------------


def test_the_list_names_the_quarters_with_their_addresses(cast: Cast, api: Any) -> None:
    answer = api("secretariat").get("reports")
    entry = next(e for e in answer.json()["results"] if e["period"] == "2024-Q2")
    assert entry["url"].endswith("/api/v1/reports/2024-Q2")
    assert api("secretariat").get("reports?page_size=5").status_code == 400


def test_a_report_is_json_in_the_language_asked_for(cast: Cast, api: Any) -> None:
    client = api("secretariat")
    assert client.get("reports/2024-Q2", Accept_Language="en").json()["language"] == "en"
    assert client.get("reports/2024-Q2").json()["language"] == "vi"
    answer = client.get("reports/2024-Q2?language=en", Accept_Language="vi")
    assert answer.json()["title"] == "Report on coordination and information sharing, second quarter of 2024"
    assert answer["Content-Language"] == "en"
    assert answer["Cache-Control"] == "no-store"


def test_a_report_is_a_page_under_a_policy_of_its_own(cast: Cast, api: Any) -> None:
    answer = api("secretariat").get("reports/2024-Q2?file_format=html", Accept="text/html")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_reading_a_report_is_written_down(cast: Cast, api: Any) -> None:
    api("customs_officer").get("reports/2024-Q2")
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.actor, event.object_ref) == ("report.read", "customs_officer", "2024-Q2")
    assert event.detail["edition"] == "own"


@pytest.mark.parametrize(
    ("address", "pointer"),
    [
        ("reports/2024-Q9", "/period"),
        ("reports/2024", "/period"),
        ("reports/%00", "/period"),
        ("reports/2199-Q4", "/period"),
        ("reports/1900-Q1", "/period"),
        ("reports/2024-Q2?language=fr", "/language"),
        ("reports/2024-Q2?file_format=odt", "/file_format"),
        ("reports/2024-Q2?reader=customs_officer", "/reader"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(cast: Cast, api: Any, address: str, pointer: str) -> None:
    answer = api("secretariat").get(address)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert pointers(answer) == {pointer}


def test_a_period_of_nothing_has_a_report(cast: Cast, api: Any) -> None:
    answer = api("police_officer").get("reports/2001-Q1?language=en")
    assert answer.status_code == 200
    results = answer.json()["sections"][1]["sections"]
    assert results[1]["paragraphs"] == ["The registry holds no item shared in this period."]
    assert "texts stand in the edition that counts for all" in results[0]["empty"]
    whole = api("secretariat").get("reports/2001-Q1?language=en").json()["sections"][1]["sections"]
    assert whole[0]["empty"] == "Nothing was recorded for this part."


def test_strangers_get_no_report(cast: Cast, api: Any) -> None:
    assert api(None).get("reports/2024-Q2").status_code == 401
    assert api("former").get("reports/2024-Q2").status_code == 403
    assert api("write_only").get("reports/2024-Q2").status_code == 403


def test_the_number_of_queries_does_not_depend_on_the_number_of_records(
    cast: Cast, api: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(230):
        api("secretariat").get("reports/2024-Q2")


# --- statements -------------------------------------------------------------------------------------------------


def test_a_statement_is_made_changed_and_confirmed(stating: Cast, api: Any) -> None:
    made = api("police_officer").post("statements", BODY)
    assert made.status_code == 201
    body = made.json()
    assert (body["agency"], body["status"], body["number"]) == ("POLICE", "draft", 1)
    assert [f["value"] for f in body["figures"]] == ["12", None]
    address = f"statements/{body['id']}"
    assert made["Location"].endswith(address)
    assert api("police_officer").patch(address, {"figures": BODY["figures"][:1]}).status_code == 428
    changed = api("police_officer").patch(address, {"figures": BODY["figures"][:1]}, If_Match=made["ETag"])
    assert len(changed.json()["figures"]) == 1
    assert api("police_officer").patch(address, {"figures": []}, If_Match=made["ETag"]).status_code == 412
    assert api("police_officer").post(f"{address}/confirm").status_code == 403
    done = api("police_head").post(f"{address}/confirm")
    assert (done.status_code, done.json()["status"]) == (200, "confirmed")
    assert api("police_head").post(f"{address}/confirm").status_code == 409


def test_every_fault_of_a_statement_is_named_at_once(stating: Cast, api: Any) -> None:
    figures = [{"metric": "nothing"}, {"metric": "drug_cases", "value": "many"}, {"metric": "drug_cases", "odd": 1}]
    answer = api("police_officer").post("statements", {"unit": "nowhere", "figures": figures, "more": 1})
    assert answer.status_code == 400
    assert {"/unit", "/period", "/more", "/figures/0/metric", "/figures/1/value", "/figures/2/odd"} <= pointers(answer)
    answer = api("police_officer").post("statements", {**BODY, "figures": [{"metric": "drug_cases"}]})
    assert answer.status_code == 400
    assert pointers(answer) == {"/figures/0"}


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"period": "2024-Q9"}, 400), ({"unit": "police_north"}, 403), ({"unit": "customs"}, 403)],
)
def test_a_statement_is_refused(stating: Cast, api: Any, changes: dict[str, str], status: int) -> None:
    assert api("police_officer").post("statements", {**BODY, **changes}).status_code == status
    assert not Statement.objects.filter(period_start=QUARTER.start).exists()


def test_statements_are_found_by_agency_period_and_status(stating: Cast, api: Any) -> None:
    confirmed(stating)
    drafted(stating, unit="customs")
    client = api("secretariat")
    assert client.get("statements?count=true&period=2024-Q2").json()["count"] == 1
    assert client.get("statements?period=2024-Q2&agency=POLICE&status=confirmed&count=true").json()["count"] == 1
    assert client.get("statements?period=2019-Q1&count=true").json()["count"] == 0
    assert client.get("statements?period=x").status_code == 400


def test_what_one_may_not_see_does_not_exist(stating: Cast, api: Any) -> None:
    statement = drafted(stating)
    for name in ("customs_officer", "secretariat", "north_officer"):
        assert api(name).get(f"statements/{statement.pk}").status_code == 404
        assert api(name).post(f"statements/{statement.pk}/confirm").status_code == 404
    for name in ("auditor", "police_admin"):
        assert api(name).get(f"statements/{statement.pk}").status_code == 403


def test_statements_are_read_with_a_fixed_number_of_queries(
    stating: Cast, api: Any, django_assert_max_num_queries: Any
) -> None:
    for unit in ("police", "customs", "border", "coast"):
        confirmed(stating, unit=unit)
    with django_assert_max_num_queries(14):
        assert len(api("secretariat").get("statements?period=2024-Q2").json()["results"]) == 4
