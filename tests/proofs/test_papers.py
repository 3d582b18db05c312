"""Many papers registered at the same moment: the numbers follow each other without a gap and none is given twice."""

from datetime import timedelta
from typing import Any

import pytest

from reports.models import PaperRegister, RegisteredPaper
from tests.proofs.conftest import Committed
from tests.proofs.crowds import naive, rush
from tests.proofs.figures import Tell
from tests.proofs.test_releases import gapless
from tests.reports.numbered import NOON, SIGNED, numbered


def taken() -> list[int]:
    """The numbers that police gave out, in order."""
    return sorted(RegisteredPaper.objects.filter(agency__code="POLICE", year=2024).values_list("number", flat=True))


def register_at_once(committed: Committed, number: int) -> list[Any]:
    """So many papers of two units of one agency, registered each by a thread of its own."""
    casts = [committed.cast() for _ in range(number)]

    def attempt(_turn: int, thread: int) -> int:
        unit = "police" if thread % 2 else "police_north"
        later = {"signed_on": SIGNED + timedelta(days=thread), "at": NOON + timedelta(days=thread)}
        return numbered(casts[thread], unit, **later).number

    return rush(number, 1, attempt)[0]


def check(committed: Committed, number: int) -> None:
    before = len(taken())
    got = register_at_once(committed, number)
    assert [one for one in got if not isinstance(one, int)] == []
    assert len(set(got)) == number
    assert gapless(taken())
    assert len(taken()) == before + number == PaperRegister.objects.get(agency__code="POLICE", year=2024).last


def test_a_few_papers_at_once_are_numbered_without_a_gap(committed: Committed) -> None:
    check(committed, 12)


@pytest.mark.prove
def test_a_hundred_papers_at_once_are_numbered_without_a_gap(committed: Committed, figures: Tell) -> None:
    check(committed, 100)
    figures("100 papers registered at once", papers=100, gaps=0, doubles=0)


@pytest.mark.prove
def test_the_proof_finds_a_register_of_papers_that_is_not_locked(committed: Committed, figures: Tell) -> None:
    with naive("reports_paperregister", "reports_registeredpaper"):
        got = register_at_once(committed, 100)
    refused = [one for one in got if not isinstance(one, int)]
    figures("100 papers registered at once", note=f"without the lock {len(refused)} of 100 want a number twice")
    assert refused, "a number was wanted twice, and the unique constraint refused it"
