"""Inputs that make a plain framework fail: here each is answered, and never with a 5xx."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.access.worlds import undone
from tests.cast import Cast

ITEM = {"unit": "police", "title": "Mới", "topic": "methods"}
ITEMS, EVENTS = "information-items", "audit-events"

READS = [
    *(f"{EVENTS}?since=2024-01-01T00:00:00%2B{hours}:00" for hours in ("14", "15", "16", "23")),
    f"{EVENTS}?until=9999-12-31T23:59:59-23:59",
    f"{EVENTS}?since=0001-01-01T00:00:00%2B14:00",
    f"{EVENTS}?object_id=%00",
    f"{EVENTS}?request_id=%ED%A0%80",
    f"{ITEMS}?q=%00",
    f"{ITEMS}?q=%ED%A0%80",
    f"{ITEMS}?q=" + "a" * 5000,
    f"{ITEMS}?page_size=1e3",
    f"{ITEMS}?page_size=%D9%A3",
    f"{ITEMS}?cursor=" + "A" * 9000,
    f"{ITEMS}?status=draft&status=released",
    f"{ITEMS}?period=9999-Q4",
    f"{ITEMS}/null,null",
    f"{ITEMS}/null/submit",
    f"{ITEMS}/%00",
    f"{ITEMS}/00000000-0000-0000-0000-000000000000%00",
    "units/%00",
    "units?as_of=0000-00-00",
    "units?as_of=9999-12-31",
    "reports/9999-Q4",
    "reports/%00",
    "deliveries?item=null",
]
BODIES: list[str] = [
    '{"title": %s}' % ("9" * 5000),
    json.dumps(ITEM | {"recipients": 10**30}),
    json.dumps(ITEM | {"sources": ["null", None, {}]}),
    json.dumps(ITEM | {"facts_from": "9999-12-31", "facts_to": "0001-01-01"}),
    json.dumps(ITEM | {"expires_on": "10000-01-01"}),
    json.dumps(ITEM | {"conditions": {"a": 1e308}}),
    json.dumps(ITEM | {"no_onward": "perhaps"}),
    json.dumps(ITEM | {"topic": ["methods"]}),
    json.dumps(ITEM | {"unit": None}),
    json.dumps([ITEM]),
    "[" * 100_000,
    "{" * 50_000,
    '{"a":' * 40_000,
    "1e999999",
    '"\\ud800"',
    "\ufeff{}",
]


def told(answer: Any) -> None:
    """A problem, or an answer: never a failure, never a page."""
    assert answer.status_code < 500, answer.content[:300]
    kind = "application/json" if answer.status_code < 400 else "application/problem+json"
    assert answer["Content-Type"] == kind
    assert answer.status_code == 200 or answer.json()["status"] == answer.status_code


@pytest.mark.parametrize("address", READS)
def test_an_odd_address_is_answered(cast: Cast, address: str) -> None:
    who = "auditor" if address.startswith(EVENTS) else "police_officer"
    headers = {"Authorization": f"Bearer {cast.secrets[who]}"}
    told(Client(raise_request_exception=False).get(f"/api/v1/{address}", headers=headers))


@pytest.mark.parametrize("number", range(len(BODIES)))
def test_an_odd_body_is_refused(cast: Cast, number: int) -> None:
    client, body = Client(raise_request_exception=False), BODIES[number].encode()
    headers = {"Authorization": f"Bearer {cast.secrets['police_officer']}"}
    with undone():
        answer = client.post(f"/api/v1/{ITEMS}", body, content_type="application/json", headers=headers)
    assert answer.status_code == 400, answer.content[:300]
    told(answer)


@pytest.mark.parametrize("kind", ["application/json; charset=utf-16", "application/x-www-form-urlencoded", "x/y", ""])
def test_an_odd_media_type_is_refused(cast: Cast, kind: str) -> None:
    headers = {"Authorization": f"Bearer {cast.secrets['police_officer']}"}
    body = json.dumps(ITEM).encode("utf-16") if "utf-16" in kind else b"meta=null"
    client = Client(raise_request_exception=False)
    answer = client.generic("POST", f"/api/v1/{ITEMS}", body, content_type=kind, headers=headers)
    assert answer.status_code in {400, 415}
    told(answer)
