"""Bad input is answered with a problem document that says what is wrong; never with a 5xx."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast

ITEM = {"unit": "police", "title": "Mới", "topic": "methods"}
DEEP = "[" * 5000 + "]" * 5000

BODIES: list[Any] = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"\xff\xfe",
    DEEP.encode(),
    b'{"title": "a", "title": "b"}',
    b'{"title": NaN}',
    json.dumps(ITEM | {"title": "a\0b"}).encode(),
    json.dumps(ITEM | {"title": "\ud800"}).encode(),
    json.dumps(ITEM | {"title": None}).encode(),
    json.dumps(ITEM | {"title": {"a": 1}}).encode(),
    json.dumps(ITEM | {"unknown": 1}).encode(),
    json.dumps(ITEM | {"status": "released"}).encode(),
    json.dumps(ITEM | {"topic": "no-such-topic"}).encode(),
    json.dumps(ITEM | {"topic": 1.5}).encode(),
    json.dumps(ITEM | {"secrecy": "mat"}).encode(),
    json.dumps(ITEM | {"facts_from": "0000-01-01"}).encode(),
    json.dumps(ITEM | {"facts_from": "2024-02-30"}).encode(),
    json.dumps(ITEM | {"recipients": ["police"]}).encode(),
    json.dumps(ITEM | {"recipients": [None, "x"]}).encode(),
    json.dumps(ITEM | {"body": "x" * 1_100_000}).encode(),
]

QUERIES = [
    "unknown=1",
    "page_size=0",
    "page_size=201",
    "page_size=" + "9" * 5000,
    "page_size=-1",
    "count=maybe",
    "cursor=x",
    "cursor=cD1ub3RhZGF0ZQ%3D%3D",
    "cursor=cD0lMDA%3D",
    "ordering=body",
    "ordering=--created_at",
    "status=nonsense",
    "period=2024-Q5",
    "period=%00",
    "synthetic=perhaps",
    "title__regex=(",
    "reference=%00",
]


def speaking(cast: Cast) -> tuple[Client, dict[str, str]]:
    return Client(raise_request_exception=False), {"Authorization": f"Bearer {cast.secrets['police_officer']}"}


def told(answer: Any) -> None:
    assert 400 <= answer.status_code < 500, answer.content[:300]
    assert answer["Content-Type"] == "application/problem+json"
    assert set(answer.json()) == {"type", "title", "status", "code", "detail", "errors"}


@pytest.mark.parametrize("number", range(len(BODIES)))
def test_a_bad_body_is_refused_with_a_problem(cast: Cast, number: int) -> None:
    client, headers = speaking(cast)
    path = "/api/v1/information-items"
    told(client.post(path, BODIES[number], content_type="application/json", headers=headers))


@pytest.mark.parametrize("query", QUERIES)
def test_a_bad_parameter_is_refused_with_a_problem(cast: Cast, query: str) -> None:
    client, headers = speaking(cast)
    told(client.get(f"/api/v1/information-items?{query}", headers=headers))


def test_another_media_type_is_refused(cast: Cast) -> None:
    client, headers = speaking(cast)
    answer = client.post("/api/v1/information-items", "a=1", content_type="text/plain", headers=headers)
    assert answer.status_code == 415
    told(answer)


def test_every_fault_is_named_at_once(cast: Cast) -> None:
    client, headers = speaking(cast)
    body = json.dumps({"unit": "nowhere", "topic": "none", "unknown": 1})
    answer = client.post("/api/v1/information-items", body, content_type="application/json", headers=headers)
    assert {e["pointer"] for e in answer.json()["errors"]} == {"/unit", "/topic", "/title", "/unknown"}


def test_an_unknown_address_of_the_api_is_a_problem(cast: Cast) -> None:
    client, headers = speaking(cast)
    told(client.get("/api/v1/nowhere", headers=headers))


def test_a_repeated_write_is_done_once_and_another_body_is_refused(cast: Cast) -> None:
    client, headers = speaking(cast)
    headers |= {"Idempotency-Key": "night-1"}
    path, kind = "/api/v1/information-items", "application/json"
    first, second = (client.post(path, json.dumps(ITEM), content_type=kind, headers=headers) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] == second.json()["id"]
    other = client.post(path, json.dumps(ITEM | {"title": "Khác"}), content_type=kind, headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_a_change_needs_the_version_that_was_read(cast: Cast) -> None:
    client, headers = speaking(cast)
    path = f"/api/v1/information-items/{cast.items['police_draft'].pk}"
    body, kind = json.dumps({"title": "Khác"}), "application/json"
    assert client.patch(path, body, content_type=kind, headers=headers).status_code == 428
    stale = headers | {"If-Match": '"0"'}
    assert client.patch(path, body, content_type=kind, headers=stale).status_code == 412
    fresh = headers | {"If-Match": client.get(path, headers=headers)["ETag"]}
    assert client.patch(path, body, content_type=kind, headers=fresh).status_code == 200
