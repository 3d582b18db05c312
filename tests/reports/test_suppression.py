"""What is hidden in a scorecard cannot be worked out from what is shown: an attacker tries, and fails."""

from collections.abc import Iterator
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.suppression import MEASURES, PARTS, Cell, Hidden, Pair, small_cells, suppress

Table = dict[Pair, dict[str, int]]
AGENCIES = ("BORDER", "COAST", "CUSTOMS", "POLICE")
PAIRS = list(permutations(AGENCIES, 2))
MANY = 10_000
"""More than any table here holds: what is not known is at most this."""


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Mostly small numbers, some large ones; a part is never more than its whole."""
    table: Table = {}
    for pair in PAIRS:
        shared = draw(st.one_of(st.integers(0, 4), st.integers(0, 30)))
        table[pair] = {"shared": shared} | {part: draw(st.integers(0, shared)) for part in PARTS}
    return table


def row(shared: int, in_time: int = 0, useful: int = 0, used: int = 0) -> dict[str, int]:
    return {"shared": shared, "in_time": in_time, "useful": useful, "used": used}


def only(**rows: dict[str, int]) -> Table:
    """A table of zeros but for these: `POLICE_COAST=row(5)`."""
    table = {pair: row(0) for pair in PAIRS}
    table |= {(name.split("_")[0], name.split("_")[1]): counts for name, counts in rows.items()}
    return table


class Attacker:
    """Knows what is published, and, as an agency, its own rows. Narrows down what it does not know, as far as it goes.

    Knows the rules too: what is hidden is not zero, and a part is not more than its whole.
    """

    def __init__(self, table: Table, hidden: Hidden, agency: str = "") -> None:
        self.unknown = {cell for cell in hidden.cells if agency not in cell[0]}
        self.low: dict[Cell, int] = {}
        self.high: dict[Cell, int] = {}
        for pair, measure in product(table, MEASURES):
            known = (pair, measure) not in self.unknown
            self.low[pair, measure] = table[pair][measure] if known else 1
            self.high[pair, measure] = table[pair][measure] if known else MANY
        self.totals = {m: sum(table[p][m] for p in table) for m in MEASURES if m not in hidden.totals}
        self.pairs = list(table)
        while self.narrowed():
            pass

    def narrowed(self) -> bool:
        before = (dict(self.low), dict(self.high))
        for measure, total in self.totals.items():
            for pair in self.pairs:
                others = [(other, measure) for other in self.pairs if other != pair]
                self.tighten((pair, measure), total - sum(map(self.high.__getitem__, others)), MANY)
                self.tighten((pair, measure), 0, total - sum(map(self.low.__getitem__, others)))
        for pair, part in product(self.pairs, PARTS):
            self.tighten((pair, part), 0, self.high[pair, "shared"])
            self.tighten((pair, "shared"), self.low[pair, part], MANY)
        return before != (self.low, self.high)

    def tighten(self, cell: Cell, low: int, high: int) -> None:
        self.low[cell], self.high[cell] = max(self.low[cell], low), min(self.high[cell], high)
        assert self.low[cell] <= self.high[cell], "the attacker reasons wrongly"

    def pinned(self) -> set[Cell]:
        return {cell for cell in self.unknown if self.low[cell] == self.high[cell]}


def attackers(table: Table, hidden: Hidden) -> Iterator[Attacker]:
    """Whoever reads it, and each of the agencies."""
    for agency in ("", *AGENCIES):
        yield Attacker(table, hidden, agency)


@given(tables(), st.integers(3, 6))
def test_no_reader_and_no_agency_works_out_a_hidden_count(table: Table, threshold: int) -> None:
    hidden = suppress(table, threshold=threshold)
    for attacker in attackers(table, hidden):
        assert attacker.pinned() == set()


@given(tables(), st.integers(3, 6))
def test_no_small_count_is_shown_nor_left_over(table: Table, threshold: int) -> None:
    hidden = suppress(table, threshold=threshold)
    for pair, measure in product(table, MEASURES):
        if (pair, measure) in hidden.cells:
            assert table[pair][measure], "zero is shown as zero"
            continue
        count, left = table[pair][measure], table[pair]["shared"] - table[pair][measure]
        assert count == 0 or count >= threshold
        if (pair, "shared") not in hidden.cells and count:
            assert left == 0 or left >= threshold


def test_without_further_counts_hidden_the_attacker_succeeds() -> None:
    """The negative control: the same attacker, where only what is small is hidden."""
    table = {pair: row(9, 9) for pair in PAIRS} | {("POLICE", "COAST"): row(2, 2)}
    bare = Hidden(frozenset(small_cells(table, 3)), frozenset())
    assert Attacker(table, bare).pinned() == {(("POLICE", "COAST"), "shared"), (("POLICE", "COAST"), "in_time")}
    hidden = suppress(table, threshold=3)
    assert hidden.cells > bare.cells and not hidden.totals
    assert all(attacker.pinned() == set() for attacker in attackers(table, hidden))


def test_an_agency_that_knows_its_own_rows_needs_further_counts_hidden() -> None:
    """Two small counts hide each other from the public, but not from the agency that knows one of them."""
    table = only(
        POLICE_COAST=row(2), CUSTOMS_BORDER=row(1), COAST_POLICE=row(9), BORDER_CUSTOMS=row(9), POLICE_BORDER=row(8)
    )
    bare = Hidden(frozenset(small_cells(table, 3)), frozenset())
    assert Attacker(table, bare).pinned() == set()
    assert Attacker(table, bare, "POLICE").pinned() == {(("CUSTOMS", "BORDER"), "shared")}
    assert all(attacker.pinned() == set() for attacker in attackers(table, suppress(table, threshold=3)))


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        (row(10, 5, 4, 3), set()),
        (row(10, 9), {"in_time"}),
        (row(10, 10), set()),
        (row(10, 0, 2), {"useful"}),
        (row(10, 2, 8, 1), {"in_time", "useful", "used"}),
        (row(2, 1, 0, 0), {"shared", "in_time"}),
        (row(1), {"shared"}),
        (row(3, 3, 3, 3), set()),
        (row(0), set()),
    ],
)
def test_which_counts_of_a_pair_are_small(counts: dict[str, int], hidden: set[str]) -> None:
    found = small_cells({("POLICE", "CUSTOMS"): counts}, 3)
    assert {measure for _pair, measure in found} == hidden


def test_where_nothing_else_can_be_hidden_the_total_is() -> None:
    hidden = suppress(only(POLICE_COAST=row(2, 1)), threshold=3)
    assert hidden.totals == {"shared", "in_time"}
    assert hidden.cells == {(("POLICE", "COAST"), "shared"), (("POLICE", "COAST"), "in_time")}


def test_small_counts_that_hide_each_other_leave_their_total_shown() -> None:
    """Each agency leaves two that it does not know; six uses in all, one or two by each pair."""
    used = dict.fromkeys(PAIRS[::2], 1) | dict.fromkeys(PAIRS[1::2], 2)
    table = {pair: row(20, 0, 0, used[pair]) for pair in PAIRS}
    assert "used" not in suppress(table, threshold=3).totals


def test_a_higher_threshold_hides_more() -> None:
    table = only(POLICE_COAST=row(4), POLICE_BORDER=row(9), BORDER_COAST=row(9), CUSTOMS_BORDER=row(9))
    assert suppress(table, threshold=3).cells == frozenset()
    assert (("POLICE", "COAST"), "shared") in suppress(table, threshold=5).cells
