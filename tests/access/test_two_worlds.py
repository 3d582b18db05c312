"""A hidden record leaves no trace: not in a body, a count, a header, a status, nor in the number of queries."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from agencies.api.base import RecordViewSet
from agencies.models import Delegation, User
from registry.api.pagination import RecordCursorPagination
from registry.cases.models import SeizureLot
from registry.commendations.models import Commendation
from registry.information.models import Consent, Delivery, Docket, InformationItem, ItemVersion
from registry.information.models.items import InformationItemQuerySet
from registry.notices.models import Notice
from registry.reorganisations.models import Reorganisation
from registry.requests.models import Answer, InformationRequest
from reports.models import RegisteredPaper, SealedReport, Statement
from tests.access.asks import about, everything, lists
from tests.access.hidden import SCENES
from tests.access.hidden_items import coast_matters
from tests.access.worlds import Ask, Worlds, repeatable, undone
from tests.cast import Cast
from tests.proofs.figures import Tell

pytestmark = pytest.mark.usefixtures("plain_files")

PAIRS = [(scene, name) for scene, (_hide, names) in SCENES.items() for name in names]


def ids(cast: Cast, scene: str) -> dict[str, Any]:
    """The ids that the hidden records of a scene get."""
    with undone(), repeatable():
        return SCENES[scene][0](cast)


COUNTING = ("secretariat", "customs_secretariat")
"""Who counts for all: their report of a period tells of every item and case, by number alone."""


def asked(cast: Cast, found: dict[str, Any], name: str) -> list[Ask]:
    """Everything that must not tell this person of the hidden record."""
    asks = everything(cast, found)
    return [ask for ask in asks if not (name in COUNTING and ask.path.startswith("reports/"))]


def chosen(asks: list[Ask], seed: str, count: int) -> list[Ask]:
    """A part of the requests: another for each person, the same every time."""
    return random.Random(seed).sample(asks, min(count, len(asks)))


@pytest.mark.parametrize(("scene", "name"), PAIRS)
def test_a_hidden_record_leaves_no_trace(cast: Cast, scene: str, name: str) -> None:
    found = ids(cast, scene)
    asks = chosen(asked(cast, found, name), f"{scene} {name}", 14) + chosen(about(cast, found), name, 6)
    asks = list({str(ask): ask for ask in asks}.values())
    assert Worlds(cast, name).differences(asks, SCENES[scene][0]) == []


@pytest.mark.prove
@pytest.mark.parametrize(("scene", "name"), PAIRS)
def test_no_request_at_all_tells_of_a_hidden_record(cast: Cast, figures: Tell, scene: str, name: str) -> None:
    asks = asked(cast, ids(cast, scene), name)
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


LEAKS = {
    "dockets": ("coast_docket", "customs_focal_point", Docket),
    "notices": ("others_notices", "customs_focal_point", Notice),
    "delegations": ("coast_delegation", "police_admin", Delegation),
    "requests": ("coast_requests", "customs_officer", InformationRequest),
    "consents": ("others_consents", "customs_officer", Consent),
}
"""By path: a scene, somebody it is hidden from, and the record whose door is taken off."""


@pytest.mark.parametrize("path", LEAKS)
def test_the_harness_finds_a_leak_of_each_kind(cast: Cast, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    scene, name, model = LEAKS[path]
    asks, worlds = [Ask("GET", f"{path}?count=true&page_size=1")], Worlds(cast, name)
    asks.append(Ask("GET", f"{path}/{ids(cast, scene)[path.removesuffix('s')]}"))
    assert worlds.differences(asks, SCENES[scene][0]) == []
    monkeypatch.setattr(type(model._default_manager.all()), "visible_to", lambda self, user: self.all())
    assert len(worlds.differences(asks, SCENES[scene][0])) == len(asks)


HIDDEN: dict[str, tuple[Any, str]] = {
    "coast_matters": (InformationItem, "item"),
    "coast_people": (User, "user"),
    "coast_delegation": (Delegation, "delegation"),
    "coast_docket": (Docket, "docket"),
    "sister_matters": (InformationItem, "item"),
    "other_recipients": (Delivery, "delivery"),
    "coast_requests": (InformationRequest, "request"),
    "drafted_answer": (Answer, "answer"),
    "drafted_request": (InformationRequest, "request"),
    "others_notices": (Notice, "notice"),
    "others_consents": (Consent, "consent"),
    "hidden_link": (InformationItem, "item"),
    "waiting_correction": (ItemVersion, "version"),
    "coast_statement": (Statement, "statement"),
    "customs_reorganisation": (Reorganisation, "reorganisation"),
    "coast_nomination": (Commendation, "commendation"),
    "coast_lots": (SeizureLot, "lot"),
    "customs_report": (SealedReport, "sealed_report"),
    "police_lots": (SeizureLot, "lot"),
    "withdrawn_report": (SealedReport, "sealed_report"),
    "coast_paper": (RegisteredPaper, "paper"),
}
"""By scene: the record that is hidden, and its name among the ids."""


@pytest.mark.parametrize("scene", SCENES)
def test_the_hidden_record_is_really_there_and_really_hidden(cast: Cast, scene: str) -> None:
    (hide, names), (model, kind) = SCENES[scene], HIDDEN[scene]
    with undone():
        pk = hide(cast)[kind]
        assert model.objects.filter(pk=pk).exists()
        seen = {n for n in names if n in cast.people and model.objects.visible_to(cast.again(n)).filter(pk=pk).exists()}
    assert seen == set()
