"""The same over HTTP: of many requests at once one is done, the others are told 409 or 412, none fails."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from agencies.audit.models import AuditEvent
from tests.cast import draft
from tests.proofs import races
from tests.proofs.conftest import Committed
from tests.proofs.crowds import rush
from tests.proofs.figures import Tell
from tests.proofs.server import ask

THREADS, ROUNDS = 50, 20


@dataclass(frozen=True)
class Requests:
    """Two requests about a record that `ready` makes: who asks, method, address and body."""

    ready: Any
    both: tuple[tuple[str, str, str, Any], tuple[str, str, str, Any]]
    refused: int = 409
    action: str = ""
    versioned: bool = False
    """Both say which version they read."""


def own_draft(cast: Any) -> Any:
    return draft(cast, by=cast.police_officer, to=("customs",))


ITEM, DELIVERY, CASE = "information-items/{}", "deliveries/{}", "cases/{}"
PAIRS: dict[str, Requests] = {
    "acknowledge/acknowledge": Requests(
        races.delivered,
        (
            ("customs_focal_point", "POST", f"{DELIVERY}/acknowledge", {}),
            ("customs_system", "POST", f"{DELIVERY}/acknowledge", {}),
        ),
        action="delivery.acknowledge",
    ),
    "release/return": Requests(
        races.submitted,
        (
            ("police_head", "POST", f"{ITEM}/release", {"preview": ...}),
            ("police_officer_and_head", "POST", f"{ITEM}/return", {"reason": "Thiếu."}),
        ),
    ),
    "edit/edit of what was read": Requests(
        own_draft,
        (
            ("police_officer", "PATCH", ITEM, {"title": "Một"}),
            ("police_officer_2", "PATCH", ITEM, {"title": "Hai"}),
        ),
        refused=412,
        action="item.edit",
        versioned=True,
    ),
    "close/close of a case": Requests(
        races.opened,
        (
            ("police_officer", "POST", f"{CASE}/close", {"reason": "Bắt giữ."}),
            ("police_head", "POST", f"{CASE}/close", {"reason": "Xong."}),
        ),
        action="case.close",
    ),
}


def check(committed: Committed, name: str, threads: int, rounds: int) -> None:
    pair, cast = PAIRS[name], committed.cast()
    records = [pair.ready(cast) for _ in range(rounds)]

    def attempt(turn: int, thread: int) -> int:
        who, method, path, body = pair.both[thread % 2]
        one = records[turn]
        headers = {"If_Match": f'"{one.pk}-{one.revision}"'} if pair.versioned else {}
        sent = {"preview": one.seen} if "preview" in body else body
        return ask(cast.secrets[who], method, path.format(one.pk), sent, **headers).status

    for got in rush(threads, rounds, attempt):
        assert Counter(got) == {200: 1, pair.refused: threads - 1}
    if pair.action:
        ids = [str(one.pk) for one in records]
        events = AuditEvent.objects.filter(action=pair.action, object_id__in=ids, outcome="done")
        assert sorted(events.values_list("object_id", flat=True)) == sorted(ids)


@pytest.mark.parametrize("name", PAIRS)
def test_one_of_a_few_requests_wins(committed: Committed, name: str) -> None:
    check(committed, name, threads=6, rounds=2)


@pytest.mark.prove
@pytest.mark.parametrize("name", PAIRS)
def test_exactly_one_of_fifty_requests_wins(committed: Committed, figures: Tell, name: str) -> None:
    check(committed, name, THREADS, ROUNDS)
    figures(f"races over HTTP, {THREADS} threads", rounds=ROUNDS, requests=THREADS * ROUNDS, other_than_one_winner=0)
