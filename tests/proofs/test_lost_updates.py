"""Two editors at once: what one wrote is never lost to the other, however their steps interleave."""

import random
from typing import Any

import pytest

from agencies.models import User
from agencies.refusals import Stale
from registry.information import actions
from registry.information.models import InformationItem
from tests.cast import CONTENT, draft
from tests.proofs.conftest import Committed
from tests.proofs.crowds import naive, rush
from tests.proofs.figures import Tell
from tests.proofs.server import ask

HISTORIES, MARKS = 1000, 3
EDITORS = ("police_officer", "police_officer_2")


def append(item: InformationItem, by: User, mark: str, *, patient: bool = True) -> int:
    """Read, add a mark to what was read, write; read again when somebody was faster. How often that was."""
    stale = 0
    while True:
        read = InformationItem.objects.select_related("current").get(pk=item.pk)
        text = f"{read.current.body} {mark}"  # type: ignore[union-attr]
        try:
            actions.edit_item(item=read, by=by, content={"body": text}, expected_revision=read.revision)
        except Stale:
            stale += 1
        else:
            return stale


def marks(item: InformationItem) -> list[str]:
    """The marks that stand in the text now."""
    body = InformationItem.objects.get(pk=item.pk).current.body  # type: ignore[union-attr]
    return body.removeprefix(CONTENT["body"]).split()


def histories(committed: Committed, number: int) -> tuple[int, int]:
    """(marks lost, writes refused as stale) of so many histories of two editors."""
    cast = committed.cast()
    items = [draft(cast, by=cast.police_officer, to=("customs",)) for _ in range(number)]
    people = [committed.cast().people for _ in EDITORS]

    def attempt(turn: int, thread: int) -> Any:
        by = people[thread][EDITORS[thread]]
        plan = random.Random(f"{turn} {thread}").randint(1, MARKS)
        return plan, sum(append(items[turn], by, f"{thread}.{n}") for n in range(plan))

    outcomes = rush(len(EDITORS), number, attempt)
    lost = stale = 0
    for item, got in zip(items, outcomes, strict=True):
        for fault in got:
            if isinstance(fault, Exception):
                raise fault
        due = [f"{thread}.{n}" for thread, (plan, _stale) in enumerate(got) for n in range(plan)]
        lost += len(due) - len(marks(item))
        assert set(marks(item)) <= set(due)
        stale += sum(times for _plan, times in got)
    return lost, stale


def test_what_two_editors_write_is_all_there(committed: Committed) -> None:
    assert histories(committed, 20)[0] == 0


@pytest.mark.prove
def test_a_thousand_histories_of_two_editors_lose_nothing(committed: Committed, figures: Tell) -> None:
    lost, stale = histories(committed, HISTORIES)
    figures("two editors", histories=HISTORIES, writes_refused_as_stale=stale, writes_lost=lost)
    assert lost == 0
    assert stale, "no two writes ever met: the histories show nothing"


@pytest.mark.prove
def test_the_histories_find_a_version_that_locks_nothing(committed: Committed, figures: Tell) -> None:
    with naive("information_informationitem"):
        lost, _stale = histories(committed, 200)
    figures("two editors", note=f"without locks 200 histories lose {lost} writes")
    assert lost


def test_over_http_a_stale_write_is_refused_and_a_blind_one_too(committed: Committed) -> None:
    cast = committed.cast()
    item = draft(cast, by=cast.police_officer, to=("customs",))
    path, (one, other) = f"information-items/{item.pk}", (cast.secrets[name] for name in EDITORS)
    read = [ask(secret, "GET", path).headers["ETag"] for secret in (one, other)]
    assert read[0] == read[1]
    assert ask(one, "PATCH", path, {"title": "Một"}).status == 428
    assert ask(one, "PATCH", path, {"title": "Một"}, If_Match=read[0]).status == 200
    assert ask(other, "PATCH", path, {"title": "Hai"}, If_Match=read[1]).status == 412
    assert ask(other, "GET", path).data["title"] == "Một"
