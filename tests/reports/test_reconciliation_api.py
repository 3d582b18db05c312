"""Reconciliations over HTTP, and the records behind statements."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.audit.models import AuditEvent
from tests.cast import Cast
from tests.clients import ApiClient
from tests.reports.golden import MASS, TABLETS, Golden, records, told
from tests.reports.stated import drafted

LIST = "reconciliations?period=2024-Q2"


@pytest.fixture
def golden(stating: Cast) -> Golden:
    return told(stating)


def test_the_list_names_each_series_with_its_bars(golden: Golden, api: Any) -> None:
    client: ApiClient = api("secretariat")
    rows = {row["key"]: row for row in client.get(LIST).json()["results"]}
    assert list(rows) == ["2024-Q2.drug_cases", "2024-Q2.drug_special_cases", MASS, TABLETS]
    assert rows[MASS] == {
        "key": MASS, "period": "2024-Q2", "metric": "drugs_seized_mass", "substance": "heroin", "unit": "kg",
        "stated": "5.94", "unexplained": "0.05", "claimed": "5.89", "overlap": "4.1", "out_of_period": "0.09",
        "not_claimed": "0.250001", "registered": "1.950001", "open_differences": 1,
    }  # fmt: skip
    assert [r["key"] for r in client.get(f"{LIST}&metric=drugs_seized_mass").json()["results"]] == [MASS]
    assert client.get(f"{LIST}&substance=methamphetamine").json()["results"][0]["key"] == TABLETS
    assert client.get(f"{LIST}&metric=joy").json()["results"] == []


def test_a_list_without_a_period_or_with_a_wrong_one_says_what_would_be_right(api: Any, stating: Cast) -> None:
    for path, pointer in (("reconciliations", "/period"), ("reconciliations?period=Q2", "/period")):
        answer = api("secretariat").get(path)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)
    assert api("secretariat").get("reconciliations/2024-Q2.joy").status_code == 404
    assert api("secretariat").get("reconciliations/2024-Q2.drugs_seized_mass").status_code == 404
    assert api("secretariat").get("reconciliations/2024-Q2.drugs_seized_mass.joy").status_code == 404


def test_a_series_of_which_nothing_is_recorded_is_told_in_zeros(api: Any, stating: Cast) -> None:
    found = api("secretariat").get("reconciliations/2019-Q1.drug_cases").json()
    assert {found[name] for name in ("stated", "claimed", "registered")} == {"0"}
    assert api("secretariat").get("reconciliations?period=2019-Q1").json()["results"] == []


def test_whoever_takes_part_opens_the_records_behind_a_bar(golden: Golden, api: Any) -> None:
    found = api("border_officer").get(f"reconciliations/{MASS}").json()
    bars = {bar["name"]: bar for bar in found["bars"]}
    assert list(bars) == ["stated", "unexplained", "claimed", "overlap", "out_of_period", "not_claimed", "registered"]
    claimed = {r["id"]: r for r in bars["claimed"]["records"]}
    assert set(claimed) == {str(golden.lots[name].pk) for name in "AB"}
    lot = claimed[str(golden.lots["A"].pk)]
    assert lot == {
        "kind": "lot", "id": str(golden.lots["A"].pk), "case": str(golden.cases["X"].pk),
        "case_reference": golden.cases["X"].reference, "on": "2024-05-14", "amount": "1.2", "comparator": "exact",
        "claimed_by": ["BORDERGUARD"],
    }  # fmt: skip
    assert (bars["registered"]["amount"], bars["not_claimed"]["amount"]) == ("1.950001", "0.250001")
    assert bars["registered"]["not_weighed"] == 1


def test_the_secretariat_learns_how_many_records_there_are_and_not_which(golden: Golden, api: Any) -> None:
    found = api("secretariat").get(f"reconciliations/{MASS}").json()
    for bar in found["bars"]:
        assert bar["records"] == []
    others = {bar["name"]: bar["others"] for bar in found["bars"]}
    assert (others["claimed"], others["overlap"], others["not_claimed"], others["registered"]) == (3, 2, 5, 7)
    agencies = {line["agency"]: line for line in found["agencies"]}
    assert agencies["POLICE"]["shared_credit"] == "0.487501"
    assert (agencies["COASTGUARD"]["difference"], agencies["COASTGUARD"]["open"]) == ("0.05", True)


def test_a_difference_is_explained_once_more_and_both_stay(golden: Golden, api: Any) -> None:
    path = f"reconciliations/{MASS}/explanations"
    first = api("coast_officer").post(path, {"agency": "COASTGUARD", "text": "Cân lại tại kho."})
    assert (first.status_code, first.json()["number"], first.json()["difference"]) == (201, 1, "50")
    api("secretariat").post(path, {"agency": "COASTGUARD", "text": "Biên bản số 3."})
    line = api("coast_officer").get(f"reconciliations/{MASS}").json()["agencies"][2]
    assert (line["open"], [e["text"] for e in line["explanations"]]) == (False, ["Cân lại tại kho.", "Biên bản số 3."])
    assert api("secretariat").get(LIST).json()["results"][2]["open_differences"] == 0
    assert api("police_officer").post(path, {"agency": "COASTGUARD", "text": "x"}).status_code == 400
    assert api("police_officer").post(path, {"agency": "POLICE", "text": "x"}).status_code == 409


def test_reading_is_written_down_with_the_statements_and_cases_shown(golden: Golden, api: Any) -> None:
    api("border_officer").get(f"reconciliations/{MASS}")
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.object_type, event.object_ref) == ("reconciliation.read", "ReconciliationRead", MASS)
    assert {str(golden.cases["X"].pk), str(golden.statements["border"].pk)} <= {str(pk) for pk in event.subjects}


def test_a_draft_is_filled_from_the_records_and_keeps_them(stating: Cast, api: Any) -> None:
    story = records(stating)
    draft = drafted(stating, unit="border")
    client: ApiClient = api("border_officer")
    answer = client.post(f"statements/{draft.pk}/prefill")
    assert answer.status_code == 200, answer.content
    found = {(f["metric"], f["substance"], f["role"]): f for f in answer.json()["figures"]}
    mass = found["drugs_seized_mass", "heroin", "coordinator"]
    assert (mass["value"], mass["unit"], mass["records"]) == ("1.950001", "kg", 4)
    assert found["drugs_seized_tablets", "methamphetamine", "coordinator"]["value"] == "10000"
    assert found["drug_special_cases", None, "coordinator"]["value"] == "1"
    assert found["drug_cases", None, "own"]["value"] == "12"
    claims = client.get(f"statements/{draft.pk}/claims").json()
    assert claims["others"] == 0
    lots = {c["lot"]: c["amount"] for c in claims["results"] if c["metric"] == "drugs_seized_mass"}
    assert lots[str(story.lots["C"].pk)] == "250.001"


def test_figures_written_again_keep_their_records_unless_others_are_named(stating: Cast, api: Any) -> None:
    story = records(stating)
    draft = drafted(stating, unit="border")
    client: ApiClient = api("border_officer")
    figure = {"metric": "drugs_seized_mass", "substance": "heroin", "role": "coordinator", "value": "1.2", "unit": "kg"}

    def write(**changes: Any) -> Any:
        return client.patch(f"statements/{draft.pk}", {"figures": [figure | changes]}, If_Match="*")

    lot = str(story.lots["A"].pk)
    assert write(claims=[lot]).json()["figures"][0]["records"] == 1
    assert write(note="x").json()["figures"][0]["records"] == 1
    assert write(claims=[]).json()["figures"][0]["records"] == 0
    hidden = str(stating.cases["case_customs"].pk)
    for wrong, pointer in (
        ({"claims": [hidden]}, "/figures/0/claims/0"),
        ({"claims": [str(story.lots["E"].pk)]}, "/figures/0/claims"),
        ({"claims": [str(story.lots["F"].pk)]}, "/figures/0/claims/0"),
        ({"claims": [lot, lot]}, "/figures/0/claims"),
        ({"claims": [lot], "role": "own"}, "/figures/0/claims"),
        ({"claims": [lot], "value": None, "unit": None, "nil": True}, "/figures/0/claims"),
    ):
        answer = write(**wrong)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer), wrong


def test_the_number_of_queries_of_a_list_of_statements_does_not_grow(stating: Cast, api: Any) -> None:
    draft = drafted(stating, unit="border")
    client: ApiClient = api("border_officer")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("statements").status_code == 200
        return len(found)

    queries()
    before = queries()
    records(stating)
    client.post(f"statements/{draft.pk}/prefill")
    assert queries() == before
