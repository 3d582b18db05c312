"""Reads a typed quantity in Vietnamese or English. Never guesses: two readings come with the question between them."""

from dataclasses import dataclass
from decimal import Decimal

from registry.quantities import Comparator


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text. `unit` is a code of UnitOfMeasure (empty where none was written).

    `words` are the comparator, the number and the unit spelled out in the reader's language.
    """

    comparator: Comparator
    value: Decimal
    unit: str
    dimension: str
    words: str


@dataclass(frozen=True, slots=True)
class Readings:
    """Every way to read a text, the likeliest in its language first; `question` is to be asked before any is taken."""

    readings: tuple[Reading, ...]
    question: str | None


def read(text: str, *, language: str) -> Readings:
    """Comparator, number and unit of a typed quantity. Invalid (`not_a_quantity`, field `text`) where it is none."""
    raise NotImplementedError


def far_above(value: Decimal, maximum: Decimal | None) -> bool:
    """Whether a value is over ten times the largest one known, both in one unit: then it is asked about once more."""
    return maximum is not None and value > 10 * maximum
