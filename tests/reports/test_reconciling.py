"""The arithmetic of reconciliation: what holds for any claims whatever."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.reconciling import Entry, Stated, full_credit, shared_credit, waterfall

ORDER = ("POLICE", "BORDERGUARD", "COASTGUARD", "CUSTOMS")
GRAIN = 1_000

amounts = st.one_of(st.none(), st.integers(1, 10**15))
parties = st.sets(st.sampled_from(ORDER), min_size=1).map(lambda some: tuple(a for a in ORDER if a in some))
entries = st.lists(st.builds(Entry, st.just(""), amounts, parties, st.booleans()), max_size=12).map(
    lambda some: [replace(entry, key=f"c{number}") for number, entry in enumerate(some)]
)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Entry], list[Stated]]:
    """Entries, and any agencies stating anything and claiming any of them, as often as they like."""
    some = draw(entries)
    keys = st.lists(st.sampled_from([e.key for e in some]), max_size=15) if some else st.just([])
    figure = st.builds(Stated, st.sampled_from(ORDER), st.integers(0, 10**15), keys.map(tuple))
    missing = st.builds(Stated, st.sampled_from(ORDER), st.none())
    return some, draw(st.lists(st.one_of(figure, missing), max_size=8))


def registered(some: list[Entry]) -> int:
    return sum(e.amount or 0 for e in some if e.registered)


@given(worlds())
def test_the_identity_holds_for_any_claims(world: tuple[list[Entry], list[Stated]]) -> None:
    some, said = world
    bars = waterfall(some, said)
    total = sum(s.amount or 0 for s in said)
    steps = bars.overlap.amount + bars.outside.amount - bars.unclaimed.amount
    assert total - bars.unexplained - steps == bars.registered.amount == registered(some)
    assert sum(bars.differences.values()) == bars.unexplained


@given(worlds(), st.data())
def test_what_is_registered_does_not_depend_on_who_claims_what(
    world: tuple[list[Entry], list[Stated]], data: st.DataObject
) -> None:
    some, said = world
    before = waterfall(some, said).registered
    other = [replace(s, agency=data.draw(st.sampled_from(ORDER))) for s in data.draw(st.permutations(said))]
    assert waterfall(some, other).registered == before == waterfall(some, []).registered


@given(worlds())
def test_every_entry_behind_a_bar_is_there_for_its_reason(world: tuple[list[Entry], list[Stated]]) -> None:
    some, said = world
    bars, known = waterfall(some, said), {e.key: e for e in some}
    claimed = [key for s in said for key in s.claims]
    assert sorted(bars.claimed.keys) == sorted(claimed)
    assert sorted([*bars.overlap.keys, *set(claimed)]) == sorted(claimed)
    assert set(bars.outside.keys) == {key for key in claimed if not known[key].registered}
    assert set(bars.unclaimed.keys) == {e.key for e in some if e.registered} - set(claimed)


@given(entries, st.sampled_from([1, GRAIN]))
def test_shared_credits_sum_exactly_to_the_registered_total(some: list[Entry], grain: int) -> None:
    shares = shared_credit(some, order=ORDER, grain=grain)
    assert sum(shares.values()) == registered(some)
    assert all(share >= 0 for share in shares.values())
    assert set(shares) == {agency for e in some if e.registered for agency in e.parties}


@given(entries)
def test_a_share_differs_from_the_exact_part_by_less_than_a_grain(some: list[Entry]) -> None:
    whole = [replace(e, amount=None if e.amount is None else e.amount * GRAIN) for e in some]
    shares = shared_credit(whole, order=ORDER, grain=GRAIN)
    for agency, share in shares.items():
        parts = [e for e in whole if e.registered and agency in e.parties]
        assert share % GRAIN == 0
        assert abs(share - sum((e.amount or 0) / len(e.parties) for e in parts)) < GRAIN + 1e-3 * share


@given(entries, st.randoms(use_true_random=False))
def test_shares_do_not_depend_on_the_order_of_entries(some: list[Entry], random: object) -> None:
    turned = list(reversed(some))
    assert shared_credit(turned, order=ORDER) == shared_credit(some, order=ORDER)


@given(entries)
def test_full_credit_is_everything_an_agency_took_part_in_and_no_less_than_its_share(some: list[Entry]) -> None:
    full, shares = full_credit(some), shared_credit(some, order=ORDER)
    for agency in ORDER:
        assert full.get(agency, 0) == sum(e.amount or 0 for e in some if e.registered and agency in e.parties)
        assert shares.get(agency, 0) <= full.get(agency, 0)


@given(worlds(), st.lists(st.integers(0, 3), min_size=12, max_size=12), st.integers(0, 11), st.integers(1, 3))
def test_moving_an_entry_between_quarters_changes_exactly_two_periods(
    world: tuple[list[Entry], list[Stated]], quarters: list[int], moved: int, by: int
) -> None:
    some, said = world
    if moved >= len(some) or not some[moved].amount:
        return

    def totals(of: list[int]) -> list[int]:
        in_quarter = [[replace(e, registered=of[n] == q) for n, e in enumerate(some)] for q in range(4)]
        return [waterfall(one, said).registered.amount for one in in_quarter]

    then = [*quarters]
    then[moved] = (quarters[moved] + by) % 4
    before, after = totals(quarters), totals(then)
    changed = {q for q in range(4) if before[q] != after[q]}
    assert changed == {quarters[moved], then[moved]}
    assert sum(before) == sum(after)


def test_ties_go_to_whoever_stands_first_in_the_protocol() -> None:
    three = [Entry(f"c{n}", 1, ORDER) for n in range(3)]
    assert shared_credit(three, order=ORDER) == {"POLICE": 1, "BORDERGUARD": 1, "COASTGUARD": 1, "CUSTOMS": 0}
    assert shared_credit(three, order=ORDER[::-1])["POLICE"] == 0


def test_four_cases_of_four_agencies_are_one_each() -> None:
    assert set(shared_credit([Entry(f"c{n}", 1, ORDER) for n in range(4)], order=ORDER).values()) == {1}


def test_what_is_finer_than_a_grain_is_split_finer() -> None:
    assert shared_credit([Entry("l", 1_500, ORDER[:2])], order=ORDER, grain=GRAIN) == {
        "POLICE": 750,
        "BORDERGUARD": 750,
    }


def test_an_entry_without_anybody_cannot_be_shared() -> None:
    with pytest.raises(ValueError, match="Nobody took part"):
        shared_credit([Entry("l", 1, ())], order=ORDER)


def test_a_missing_figure_claims_nothing_and_a_nil_one_differs_from_it() -> None:
    lot = Entry("l", 7, ("POLICE",))
    with pytest.raises(ValueError, match="missing"):
        waterfall([lot], [Stated("POLICE", None, ("l",))])
    assert waterfall([lot], [Stated("POLICE", None)]).differences == {}
    assert waterfall([lot], [Stated("POLICE", 0)]).differences == {"POLICE": 0}


def test_a_waterfall_that_does_not_add_up_cannot_be_made() -> None:
    bars = waterfall([Entry("l", 7, ("POLICE",))], [])
    with pytest.raises(ValueError, match="do not lead"):
        replace(bars, stated=1)
