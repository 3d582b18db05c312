"""Many releases at the same moment: the numbers follow each other without a gap and none is given twice."""

from collections.abc import Iterable
from typing import Any

import pytest

from registry.information import actions
from registry.information.models import InformationItem, ReferenceRegister
from registry.periods import Period
from tests.cast import SPRING, draft
from tests.proofs.conftest import Committed
from tests.proofs.crowds import naive, rush
from tests.proofs.figures import Tell

YEAR = Period.parse("2024-Q2").start.year


def taken() -> list[int]:
    """The numbers of the year that police gave out, in order."""
    found = InformationItem.objects.filter(reference__startswith=f"POLICE-{YEAR}-")
    return sorted(int(item.reference[-6:]) for item in found if item.reference)


def release_at_once(committed: Committed, number: int) -> list[Any]:
    """So many submitted items of two units of one agency, released each by a thread of its own."""
    cast = committed.cast()
    items = []
    for turn in range(number):
        officer, unit = (cast.police_officer, "police") if turn % 2 else (cast.north_officer, "police_north")
        item = draft(cast, by=officer, unit=unit, to=("customs", "border"))
        items.append(actions.submit_item(item=item, by=officer))
    seen = [actions.preview_release(item=item, by=cast.police_head).hash for item in items]
    heads = [committed.cast().people for _ in items]

    def attempt(_turn: int, thread: int) -> str | None:
        head = heads[thread]["police_head" if thread % 2 else "north_head"]
        given = {"item": items[thread], "by": head, "preview": seen[thread], "at": SPRING}
        return actions.release_item(**given).reference  # type: ignore[arg-type]

    return rush(number, 1, attempt)[0]


def gapless(numbers: Iterable[int]) -> bool:
    """1, 2, 3... without a gap or a double."""
    found = sorted(numbers)
    return found == list(range(1, len(found) + 1))


def check(committed: Committed, number: int) -> None:
    before = len(taken())
    got = release_at_once(committed, number)
    assert [one for one in got if not isinstance(one, str)] == []
    assert len(set(got)) == number
    assert gapless(taken())
    assert len(taken()) == before + number
    assert ReferenceRegister.objects.get(agency__code="POLICE", year=YEAR).last == before + number


def test_a_few_releases_at_once_are_numbered_without_a_gap(committed: Committed) -> None:
    check(committed, 12)


@pytest.mark.prove
@pytest.mark.parametrize("turn", range(5))
def test_a_hundred_releases_at_once_are_numbered_without_a_gap(committed: Committed, figures: Tell, turn: int) -> None:
    check(committed, 100)
    figures("100 releases at once", releases=100, gaps=0, doubles=0)


@pytest.mark.prove
def test_the_proof_finds_a_register_that_is_not_locked(committed: Committed, figures: Tell) -> None:
    with naive("information_referenceregister"):
        got = release_at_once(committed, 100)
    refused = [one for one in got if not isinstance(one, str)]
    figures("100 releases at once", note=f"without the register's lock {len(refused)} of 100 want a number twice")
    assert refused, "a number was wanted twice, and the unique constraint refused it"
