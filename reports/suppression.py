"""Which counts of a table by giver and receiver are not published, so that no small one can be worked out.

A count of 1 to `threshold - 1` is hidden, and so is one that leaves so few of the deliveries over. Then further counts
are hidden until nothing that is shown leads back to a hidden one: neither the totals, nor the other columns, nor what
an agency knows of itself, which is every count in which it gives or receives. Where that cannot be had, the total is
hidden. Zero is shown as zero. docs/adr/0020-scorecards.md says why. No Django here, and no database.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Pair = tuple[str, str]
"""Giver and receiver."""

Counts = Mapping[str, int]
"""By measure. Each is a part of `WHOLE`."""

WHOLE = "shared"
PARTS = ("in_time", "useful", "used")
MEASURES = (WHOLE, *PARTS)

Cell = tuple[Pair, str]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is not published: counts of pairs, and totals over all pairs by their measure."""

    cells: frozenset[Cell]
    totals: frozenset[str]


def suppress(table: Mapping[Pair, Counts], *, threshold: int) -> Hidden:
    """What must not be published of the table. Looks at nothing but its numbers: the same table, the same answer."""
    cells = small_cells(table, threshold)
    totals: set[str] = set()
    for measure in MEASURES:
        more = _complement(table, cells, measure, threshold)
        if more is None:
            totals.add(measure)
        else:
            cells = more
    return Hidden(frozenset(cells), frozenset(totals))


def small_cells(table: Mapping[Pair, Counts], threshold: int) -> set[Cell]:
    """The small ones alone. Parts of a small whole are small."""
    found: set[Cell] = set()
    for pair, counts in table.items():
        if 0 < counts[WHOLE] < threshold:
            found.add((pair, WHOLE))
        for part in PARTS:
            left = counts[WHOLE] - counts[part]
            if counts[part] > 0 and (counts[part] < threshold or 0 < left < threshold):
                found.add((pair, part))
    return found


def _row(pair: Pair, counts: Counts) -> set[Cell]:
    """The pair's counts that are not zero."""
    return {(pair, measure) for measure in MEASURES if counts[measure]}


def _complement(table: Mapping[Pair, Counts], cells: set[Cell], measure: str, threshold: int) -> set[Cell] | None:
    """`cells` and as many more of the measure as its published total needs; None when no number of them is enough."""
    hidden = set(cells)
    while (agency := next(_pinning(table, hidden, measure, threshold), None)) is not None:
        open_ = [p for p in table if table[p][measure] and (p, measure) not in hidden and agency not in p]
        if not open_:
            return None
        least = min(open_, key=lambda pair: (table[pair][measure], pair))
        hidden |= _row(least, table[least]) if measure == WHOLE else {(least, measure)}
    return hidden


def _pinning(table: Mapping[Pair, Counts], hidden: set[Cell], measure: str, threshold: int) -> Iterator[str]:
    """Who learns too much from the total: an agency by its code, `""` is whoever knows only what is published."""
    for agency in ("", *sorted({code for pair in table for code in pair})):
        unknown = [pair for pair in table if (pair, measure) in hidden and agency not in pair]
        if unknown and not (_ambiguous(table, unknown, measure, threshold) and _free(table, hidden, unknown, measure)):
            yield agency


def _ambiguous(table: Mapping[Pair, Counts], unknown: Sequence[Pair], measure: str, threshold: int) -> bool:
    """That they are hidden does not mean that all are as small as can be, nor all as large as small ones can be."""
    values = [table[pair][measure] for pair in unknown]
    return max(values) >= threshold or len(values) < sum(values) < len(values) * (threshold - 1)


def _free(table: Mapping[Pair, Counts], hidden: set[Cell], unknown: Sequence[Pair], measure: str) -> bool:
    """Whether each unknown count could as well be another one, their sum being known.

    One less of one pair and one more of another makes a table that reads the same.
    """

    def moves(giving: Pair, taking: Pair) -> bool:
        less, more = table[giving], table[taking]
        both_unknown = {(giving, WHOLE), (taking, WHOLE)} <= hidden
        if measure == WHOLE:
            return _moves_whole(less, more)
        room = more[measure] < more[WHOLE] or (both_unknown and _moves_whole(less, more))
        return less[measure] > 1 and room

    return all(any(moves(one, other) or moves(other, one) for other in unknown if other != one) for one in unknown)


def _moves_whole(less: Counts, more: Counts) -> bool:
    """Whether one delivery may be the other pair's: a part that is as large as its whole goes with it."""
    return less[WHOLE] > 1 and all(less[part] < less[WHOLE] or more[part] for part in PARTS)
