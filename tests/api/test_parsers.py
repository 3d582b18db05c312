"""A body is refused for what is wrong with the document, though every field in it would be right."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from registry.information.models import InformationItem
from tests.cast import Cast
from tests.clients import ApiClient

Api = Callable[[str | None], ApiClient]
ITEM = {"unit": "police", "title": "Mới", "topic": "methods"}
GOOD = json.dumps(ITEM)


def nested(depth: int) -> Any:
    return [] if depth == 0 else [nested(depth - 1)]


BODIES: dict[str, str] = {
    "a key twice": GOOD[:-1] + ', "title": "Khác"}',
    "not a number": GOOD[:-1] + ', "conditions": NaN}',
    "infinity": GOOD[:-1] + ', "conditions": -Infinity}',
    "a NUL": json.dumps(ITEM | {"title": "a\0b"}),
    "half a character": json.dumps(ITEM | {"title": "\ud800"}),
    "a NUL in a key": json.dumps(ITEM | {"a\0b": 1}),
    "nested too deep": json.dumps(ITEM | {"recipients": nested(21)}),
    "cut off": GOOD[:-1],
    "two documents": GOOD + GOOD,
}


@pytest.mark.parametrize("what", BODIES)
def test_a_document_that_is_none_is_refused_as_such(cast: Cast, api: Api, what: str) -> None:
    before = InformationItem.objects.count()
    answer = api("police_officer").call("POST", "information-items", BODIES[what].encode())
    assert (answer.status_code, [fault["code"] for fault in answer.json()["errors"]] or answer.json()["code"]) == (
        400,
        "parse_error",
    )
    assert InformationItem.objects.count() == before


def test_the_same_document_without_fault_is_accepted(cast: Cast, api: Api) -> None:
    assert api("police_officer").call("POST", "information-items", GOOD.encode()).status_code == 201
