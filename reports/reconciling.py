"""Reconciliation as plain arithmetic: what agencies claim against what is registered. No Django, no database.

Amounts are integers in the smallest unit of their dimension: nothing is rounded, and every sum is exact. All entries
of one call belong to one series: one metric, one dimension, one substance, one kind of case.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Entry:
    """A case or a lot. `parties` are the agencies that took part; `amount` None: not weighed yet, which is not zero.

    `registered`: it belongs to the very period and series. What was claimed and does not belong is `False`.
    """

    key: str
    amount: int | None
    parties: tuple[str, ...]
    registered: bool = True


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of an agency's statement and the entries it counts. `amount` None: missing; nil is 0."""

    agency: str
    amount: int | None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """An amount and the entries behind it. In the overlap an entry stands once for every claim after the first."""

    amount: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From what was stated down to what is registered.

    `stated - unexplained = claimed`, and `claimed - overlap - outside + unclaimed = registered`.
    """

    stated: int
    unexplained: int
    claimed: Bar
    overlap: Bar
    outside: Bar
    unclaimed: Bar
    registered: Bar
    differences: Mapping[str, int]
    """By agency: what it states minus what its claims come to. Agencies that state nothing have none."""

    def __post_init__(self) -> None:
        left = self.claimed.amount - self.overlap.amount - self.outside.amount + self.unclaimed.amount
        if self.stated - self.unexplained != self.claimed.amount or left != self.registered.amount:
            raise ValueError("The bars do not lead from what was stated to what is registered.")


def waterfall(entries: Iterable[Entry], stated: Iterable[Stated]) -> Waterfall:
    """The bars. Entries that are neither registered nor claimed do not count; a claim of an unknown key is an error."""
    known = {entry.key: entry for entry in entries}
    figures = list(stated)
    claims = [key for figure in figures for key in figure.claims]
    times = Counter(claims)
    again = [key for key, n in times.items() for _more in range(n - 1)]
    outside = [key for key in times if not known[key].registered]
    registered = [key for key, entry in known.items() if entry.registered]
    differences: dict[str, int] = {}
    for figure in figures:
        if figure.amount is not None:
            explained = sum(known[key].amount or 0 for key in figure.claims)
            differences[figure.agency] = differences.get(figure.agency, 0) + figure.amount - explained
        elif figure.claims:
            raise ValueError("A figure that is missing claims nothing.")

    def bar(keys: Sequence[str]) -> Bar:
        return Bar(sum(known[key].amount or 0 for key in keys), tuple(keys))

    return Waterfall(
        stated=sum(figure.amount or 0 for figure in figures),
        unexplained=sum(differences.values()),
        claimed=bar(claims),
        overlap=bar(again),
        outside=bar(outside),
        unclaimed=bar([key for key in registered if key not in times]),
        registered=bar(registered),
        differences=differences,
    )


def full_credit(entries: Iterable[Entry]) -> dict[str, int]:
    """Each agency everything it took part in. These do not add up to the total, and are not meant to."""
    credit: dict[str, int] = {}
    for entry in entries:
        if entry.registered:
            for agency in entry.parties:
                credit[agency] = credit.get(agency, 0) + (entry.amount or 0)
    return credit


def shared_credit(entries: Iterable[Entry], *, order: Sequence[str], grain: int = 1) -> dict[str, int]:
    """The registered total, split: every entry in equal parts among those who took part. Sums exactly to the total.

    Shares are whole multiples of `grain` (a case, a tablet, a milligram) where the entries are; what is left over
    goes, one grain each, to the largest remainders, and of equal ones to the agency that stands first in `order`.
    """
    counted = [entry for entry in entries if entry.registered]
    if any((entry.amount or 0) % grain for entry in counted):
        grain = 1
    among: Counter[tuple[str, int]] = Counter()
    for entry in counted:
        if not entry.parties:
            raise ValueError("Nobody took part in an entry: there is nobody to give it to.")
        for agency in entry.parties:
            among[agency, len(entry.parties)] += entry.amount or 0
    quotas: dict[str, Fraction] = {}
    for (agency, parties), amount in among.items():
        quotas[agency] = quotas.get(agency, Fraction(0)) + Fraction(amount, parties * grain)
    credit = {agency: int(quota) for agency, quota in quotas.items()}
    left = sum(entry.amount or 0 for entry in counted) // grain - sum(credit.values())
    first = sorted(quotas, key=lambda agency: (credit[agency] - quotas[agency], order.index(agency)))
    for agency in first[:left]:
        credit[agency] += 1
    return {agency: share * grain for agency, share in credit.items()}
