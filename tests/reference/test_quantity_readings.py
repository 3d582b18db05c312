"""Readings of quantities over HTTP."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.audit.models import AuditEvent
from agencies.roles import Role
from tests.reference.loaded import loaded, reference_data
from tests.reference.test_api import client_of

__all__ = ["loaded", "reference_data"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

ADDRESS = "/api/v1/quantity-readings"


@pytest.fixture
def client() -> Client:
    return client_of(Role.ANALYST, "CU-DTCBL")


def ask(client: Client, body: Any, **headers: str) -> Any:
    return client.post(ADDRESS, body, content_type="application/json", headers=headers)


def test_a_quantity_is_read_back_in_words(client: Client) -> None:
    answer = ask(client, {"text": "hơn 319kg", "language": "vi"})
    assert answer.status_code == 200
    assert answer.json() == {
        "readings": [
            {
                "comparator": "over",
                "value": "319",
                "unit": "kg",
                "dimension": "mass",
                "words": "hơn ba trăm mười chín ki-lô-gam",
            }
        ],
        "question": None,
    }


def test_an_ambiguous_quantity_gets_both_readings_and_the_question(client: Client) -> None:
    found = ask(client, {"text": "659,149 kg", "language": "vi"}).json()
    assert [(r["value"], r["comparator"]) for r in found["readings"]] == [
        ("659.149", "unstated"),
        ("659149", "unstated"),
    ]
    assert "659,149\u00a0kg" in found["question"] and "659.149\u00a0kg" in found["question"]


def test_values_are_exact_decimals_without_powers_of_ten(client: Client) -> None:
    values = {
        text: ask(client, {"text": text}).json()["readings"][0]["value"] for text in ("1,8 triệu viên", "5,80 kg")
    }
    assert values == {"1,8 triệu viên": "1800000", "5,80 kg": "5.80"}


def test_a_number_alone_has_no_unit_and_a_question(client: Client) -> None:
    found = ask(client, {"text": "23.000", "language": "en"}, accept_language="en").json()
    assert found["readings"] == [
        {"comparator": "unstated", "value": "23000", "unit": None, "dimension": None, "words": "twenty-three thousand"}
    ]
    assert found["question"] == "Which unit? Write it after the number."


def test_without_a_language_the_words_are_in_that_of_the_request(client: Client) -> None:
    words = [
        ask(client, {"text": "1 tấn"}, accept_language=language).json()["readings"][0]["words"]
        for language in ("vi", "en")
    ]
    assert words == ["một tấn", "one tonne"]


def test_what_is_no_quantity_is_a_problem_that_names_the_field(client: Client) -> None:
    answer = ask(client, {"text": "heroin", "language": "vi"}, accept_language="en")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["errors"] == [
        {
            "pointer": "/text",
            "code": "not_a_quantity",
            "detail": "There is no number in it: write a number and its unit, for example 1,5 kg.",
        }
    ]


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, {"/text"}),
        ({"text": None}, {"/text"}),
        ({"text": ""}, {"/text"}),
        ({"text": "5 kg", "language": "fr"}, {"/language"}),
        ({"text": "5 kg", "unit": "kg"}, {"/unit"}),
        ({"texts": "5 kg", "language": "fr"}, {"/text", "/texts", "/language"}),
    ],
)
def test_a_body_at_fault_is_told_all_its_faults(client: Client, body: dict[str, Any], pointers: set[str]) -> None:
    answer = ask(client, body)
    assert answer.status_code == 400
    assert {fault["pointer"] for fault in answer.json()["errors"]} == pointers


def test_reading_keeps_nothing_and_asks_the_database_for_the_caller_alone(client: Client) -> None:
    kept = AuditEvent.objects.count()
    with CaptureQueriesContext(
        connection,
    ) as plain:
        client.get("/api/v1/topics/nothing")
    with CaptureQueriesContext(connection) as read:
        assert ask(client, {"text": "5 kg"}).status_code == 200
    assert len(read) <= len(plain)
    assert AuditEvent.objects.count() == kept


def test_a_repetition_under_one_key_is_answered(client: Client) -> None:
    answers = [ask(client, {"text": "5 kg"}, idempotency_key="k-1") for _ in range(2)]
    assert [a.status_code for a in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
