"""Of many who make conflicting moves at the same moment exactly one wins; the others are told why not."""

from collections import Counter
from typing import Any

import pytest
from django.db import DatabaseError

from agencies.audit.models import AuditEvent
from tests.proofs.conftest import Committed
from tests.proofs.crowds import naive, rush
from tests.proofs.figures import Tell
from tests.proofs.races import HELD_BY_THE_DATABASE, RACES, Race

THREADS, ROUNDS = 50, 200


def run(committed: Committed, race: Race, threads: int, rounds: int) -> tuple[list[Any], list[list[Any]]]:
    """The records, one for each round, and what each thread got."""
    cast = committed.cast()
    records = [race.ready(cast) for _ in range(rounds)]
    people = [committed.cast().people for _ in range(threads)]

    def attempt(turn: int, thread: int) -> str:
        step = race.steps[thread % 2]
        step.make(records[turn], people[thread][step.who])
        return step.audited

    return records, rush(threads, rounds, attempt)


def faults_of_round(race: Race, got: list[Any]) -> list[str]:
    """What is wrong with a round: too many winners, none, or a loser who was told something else."""
    first, second = (step.audited for step in race.steps)
    won = Counter(one for one in got if isinstance(one, str))
    wrong = [repr(one) for one in got if not isinstance(one, str | race.refusal)]
    if race.first_may_precede:
        return wrong if won[second] == 1 and won[first] <= race.first_may_precede else [*wrong, f"winners {dict(won)}"]
    return wrong if won.total() == 1 else [*wrong, f"winners {dict(won)}"]


def faults_of_log(race: Race, records: list[Any], outcomes: list[list[Any]]) -> list[str]:
    """One audit event for each winner, none for losers, and a lawful order."""
    events = AuditEvent.objects.filter(action__in={step.audited for step in race.steps})
    told: dict[str, list[tuple[int, str]]] = {}
    for number, action, pk in events.values_list("pk", "action", "object_id"):
        told.setdefault(pk, []).append((number, action))
    wrong = []
    for record, got in zip(records, outcomes, strict=True):
        ids = {str(step.on(record).pk) for step in race.steps}
        written = [action for _number, action in sorted(event for pk in ids for event in told.get(pk, ()))]
        if sorted(written) != sorted(one for one in got if isinstance(one, str)):
            wrong.append(f"{record}: winners {got}, audited {written}")
        if race.first_may_precede and written[-1:] != [race.steps[1].audited]:
            wrong.append(f"{record}: {written} is no lawful order")
    return wrong


def check(committed: Committed, name: str, threads: int, rounds: int) -> Counter[str]:
    """How often which step won; the proof fails with every fault there is."""
    race = RACES[name]
    records, outcomes = run(committed, race, threads, rounds)
    wrong = [fault for got in outcomes for fault in faults_of_round(race, got)]
    wrong += faults_of_log(race, records, outcomes)
    assert wrong == []
    return Counter(one for got in outcomes for one in got if isinstance(one, str))


@pytest.mark.parametrize("name", RACES)
def test_one_of_a_few_wins(committed: Committed, name: str) -> None:
    assert check(committed, name, threads=6, rounds=3)


@pytest.mark.prove
@pytest.mark.parametrize("name", RACES)
def test_exactly_one_of_fifty_wins(committed: Committed, figures: Tell, name: str) -> None:
    won = check(committed, name, THREADS, ROUNDS)
    winners = ", ".join(f"{step} {number}" for step, number in sorted(won.items()))
    figures(
        f"races, {THREADS} threads, one winner",
        rounds=ROUNDS,
        attempts=THREADS * ROUNDS,
        rounds_with_two_winners=0,
        note=f"{name}: {winners}",
    )


@pytest.mark.prove
@pytest.mark.parametrize("name", sorted(RACES.keys() - HELD_BY_THE_DATABASE))
def test_the_race_finds_a_version_that_locks_nothing(committed: Committed, figures: Tell, name: str) -> None:
    race = RACES[name]
    with naive(*race.tables):
        _records, outcomes = run(committed, race, THREADS, rounds=10)
    twice = [got for got in outcomes if faults_of_round(race, got)]
    most = max(sum(isinstance(one, str) for one in got) for got in outcomes)
    figures("races, negative control", note=f"{name}: without locks up to {most} of {THREADS} win", rounds=10)
    assert twice
    assert most > 1


@pytest.mark.prove
@pytest.mark.parametrize("name", sorted(HELD_BY_THE_DATABASE))
def test_without_any_lock_the_database_still_lets_one_win(committed: Committed, name: str) -> None:
    race = RACES[name]
    with naive(*race.tables):
        _records, outcomes = run(committed, race, THREADS, rounds=10)
    assert all(sum(isinstance(one, str) for one in got) == 1 for got in outcomes)
    losers = [one for got in outcomes for one in got if not isinstance(one, str)]
    assert any(isinstance(one, DatabaseError) for one in losers), Counter(type(one).__name__ for one in losers)
