"""A hidden record leaves no trace: not in a body, a count, a header, a status, nor in the number of queries."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from agencies.api.base import RecordViewSet
from registry.api.pagination import RecordCursorPagination
from registry.information.models import InformationItem
from registry.information.models.items import InformationItemQuerySet
from tests.access.asks import about, everything, lists
from tests.access.hidden import SCENES, coast_matters
from tests.access.worlds import Ask, Worlds, repeatable, undone
from tests.cast import Cast
from tests.proofs.figures import Tell

DRAFTED = {"drafted_answer", "drafted_request", "coast_statement"}
"""Scenes without an item."""

PAIRS = [(scene, name) for scene, (_hide, names) in SCENES.items() for name in names]


def ids(cast: Cast, scene: str) -> dict[str, Any]:
    """The ids that the hidden records of a scene get."""
    with undone(), repeatable():
        return SCENES[scene][0](cast)


def chosen(asks: list[Ask], seed: str, count: int) -> list[Ask]:
    """A part of the requests: another for each person, the same every time."""
    return random.Random(seed).sample(asks, min(count, len(asks)))


@pytest.mark.parametrize(("scene", "name"), PAIRS)
def test_a_hidden_record_leaves_no_trace(cast: Cast, scene: str, name: str) -> None:
    found = ids(cast, scene)
    asks = chosen(everything(cast, found), f"{scene} {name}", 14) + chosen(about(cast, found), name, 6)
    asks = list({str(ask): ask for ask in asks}.values())
    assert Worlds(cast, name).differences(asks, SCENES[scene][0]) == []


@pytest.mark.prove
@pytest.mark.parametrize(("scene", "name"), PAIRS)
def test_no_request_at_all_tells_of_a_hidden_record(cast: Cast, figures: Tell, scene: str, name: str) -> None:
    asks = everything(cast, ids(cast, scene))
    assert Worlds(cast, name).differences(asks, SCENES[scene][0]) == []
    pages = sum(ask.path.startswith("/admin") for ask in asks)
    figures("two worlds", pairs=len(asks), of_them_admin_pages=pages, differences=0)


def test_there_are_enough_pairs(cast: Cast) -> None:
    assert sum(len(everything(cast, {})) for _pair in PAIRS) >= 5000


# --- the harness itself is tested: each of these leaks must be found ----------------------------------------------


def leaking_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(InformationItemQuerySet, "visible_to", lambda self, user: self.all())


def leaking_count(monkeypatch: pytest.MonkeyPatch) -> None:
    def count(self: Any, queryset: Any, request: Any) -> int | None:
        return queryset.model.objects.count() if request.query_params.get("count") == "true" else None

    monkeypatch.setattr(RecordCursorPagination, "_count", count)


def leaking_query(monkeypatch: pytest.MonkeyPatch) -> None:
    before = RecordViewSet.get_queryset

    def asks_once_more(self: Any) -> Any:
        if InformationItem.objects.filter(pk=self.kwargs.get("pk")).exists():
            InformationItem.objects.first()
        return before(self)

    monkeypatch.setattr(RecordViewSet, "get_queryset", asks_once_more)


def leaking_header(monkeypatch: pytest.MonkeyPatch) -> None:
    before = RecordViewSet.finalize_response

    def tells(self: Any, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response["Last-Modified"] = str(InformationItem.objects.count())
        return before(self, request, response, *args, **kwargs)

    monkeypatch.setattr(RecordViewSet, "finalize_response", tells)


@pytest.mark.parametrize("leak", [leaking_rows, leaking_count, leaking_query, leaking_header])
def test_the_harness_finds_a_leak(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, leak: Callable[[pytest.MonkeyPatch], None]
) -> None:
    found = ids(cast, "coast_matters")
    asks = [
        ask
        for ask in [*lists(), *about(cast, found)]
        if ask.path.startswith("information-items") and ask.method == "GET"
    ]
    worlds = Worlds(cast, "customs_focal_point")
    assert worlds.differences(asks, coast_matters) == []
    leak(monkeypatch)
    assert worlds.differences(asks, coast_matters) != []


def test_the_hidden_records_are_really_there_and_really_hidden(cast: Cast) -> None:
    for scene, (hide, names) in SCENES.items():
        if scene in {
            "coast_people",
            "coast_delegation",
            "coast_docket",
            "other_recipients",
            "others_notices",
            *DRAFTED,
        }:
            continue
        with undone():
            found = hide(cast)
            assert InformationItem.objects.filter(pk=found["item"]).exists()
            for name in names:
                if name in cast.people:
                    shown = InformationItem.objects.visible_to(cast.people[name])
                    assert not shown.filter(pk=found["item"]).exists(), (scene, name)
