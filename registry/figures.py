"""Figures as intervals: what is known of a true value, what may be said of a sum, what may be answered about it.

Quantities are never negative, so every interval made of a comparator begins at zero or above. “About” has no
other bound: nobody says how far off it is. A value with no word before it was cut to its last significant
digit in a way nobody says (nearest, up or down), so the true value lies less than one unit of that digit away.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Self

from registry.quantities import WORDS, Comparator, number

ZERO = Decimal(0)


class Answer(StrEnum):
    """Whether something holds of a true value that is known only within bounds."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Interval:
    """All values between `low` and `high`; None is no bound, an open bound is itself left out.

    ValueError where nothing lies between the bounds.
    """

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if (self.low is None and self.low_open) or (self.high is None and self.high_open):
            raise ValueError("Only a bound can be open.")
        if self.low is None or self.high is None:
            return
        if self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)):
            raise ValueError("Nothing lies between the bounds.")

    @classmethod
    def exactly(cls, value: Decimal | int) -> Self:
        """One point."""
        return cls(Decimal(value), Decimal(value))

    @classmethod
    def of(cls, comparator: Comparator, value: Decimal | int, *, digits: int | None = None) -> Self:
        """What the word before a number says of the true value; `digits` are the significant ones, where known."""
        value = Decimal(value)
        if value < 0:
            raise ValueError("A quantity is not negative.")
        match comparator:
            case Comparator.EXACT:
                return cls(value, value)
            case Comparator.OVER:
                return cls(value, None, low_open=True)
            case Comparator.AT_LEAST:
                return cls(value, None)
            case Comparator.NEARLY:
                return cls(ZERO, value, high_open=True) if value else cls(ZERO, ZERO)
            case Comparator.ABOUT:
                return cls(ZERO, None)
        step = last_place(value, digits)
        return cls(value - step, value + step, low_open=True, high_open=True) if value else cls(value, value)

    @classmethod
    def total(cls, parts: Iterable["Interval"]) -> Self:
        """The sum of all; nothing adds up to exactly zero."""
        whole: Interval = cls.exactly(ZERO)
        for part in parts:
            whole = whole + part
        return cls(whole.low, whole.high, whole.low_open, whole.high_open)

    def __add__(self, other: "Interval") -> "Interval":
        """Every sum of one value from each: a bound of the sum is open where one of its parts is."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(
            low,
            high,
            low is not None and (self.low_open or other.low_open),
            high is not None and (self.high_open or other.high_open),
        )

    def scaled(self, factor: Decimal | int) -> "Interval":
        """In a unit of which `factor` make one of this unit. ValueError unless the factor is above zero."""
        if factor <= 0:
            raise ValueError("A factor between units is above zero.")
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Interval(low, high, self.low_open, self.high_open)

    def contains(self, value: Decimal | int) -> bool:
        """Whether the true value may be this."""
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        return above and below

    def meets(self, other: "Interval") -> bool:
        """Whether some value lies in both."""
        return not (self._ends_before(other) or other._ends_before(self))

    def _ends_before(self, other: "Interval") -> bool:
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))

    def at_least(self, value: Decimal | int) -> Answer:
        """Whether the true value is this or more: yes or no only where every value of the interval agrees."""
        if self.low is not None and self.low >= value:
            return Answer.YES
        if self.high is not None and (self.high < value or (self.high == value and self.high_open)):
            return Answer.NO
        return Answer.UNKNOWN

    @property
    def exact(self) -> bool:
        """One point and nothing else."""
        return self.low is not None and self.low == self.high

    def words(self, language: str, symbol: str = "") -> str:
        """The interval as a phrase: `ít nhất 319 kg`, `more than 1.4 and less than 1.6 t`. A bound is never bare."""
        if self.exact:
            return _amount(self.low, language, symbol)
        low = None if self.low is None or (self.low == 0 and not self.low_open) else self.low
        if low is None and self.high is None:
            return _UNKNOWN[language]
        below = _BELOW[self.high_open][language]
        if low is None:
            return f"{below} {_amount(self.high, language, symbol)}"
        above = WORDS[Comparator.OVER if self.low_open else Comparator.AT_LEAST][language]
        if self.high is None:
            return f"{above} {_amount(low, language, symbol)}"
        first, last = number(low, language), _amount(self.high, language, symbol)
        return f"{above} {first} {_AND[language]} {below} {last}"


_BELOW = {True: {"vi": "dưới", "en": "less than"}, False: {"vi": "nhiều nhất", "en": "at most"}}
_AND = {"vi": "và", "en": "and"}
_UNKNOWN = {"vi": "không rõ bao nhiêu", "en": "an unknown amount"}


def _amount(value: Decimal | None, language: str, symbol: str) -> str:
    figure = number(value or ZERO, language)
    return f"{figure}\N{NO-BREAK SPACE}{symbol}" if symbol else figure


def last_place(value: Decimal, digits: int | None = None) -> Decimal:
    """One unit of the last significant digit of a printed number: 0.001 for 659.149, 100 for 3600.

    Zeros that end a whole number may stand for rounding and do not count, zeros after the decimal mark do:
    so it is without `digits`, the number of significant digits where that is known.
    """
    if digits is not None:
        return Decimal(1).scaleb(value.adjusted() - digits + 1) if value else Decimal(1)
    _sign, figures, exponent = value.as_tuple()
    places = int(exponent)
    if places < 0:
        return Decimal(1).scaleb(places)
    zeros = len(figures) - len("".join(map(str, figures)).rstrip("0")) if value else 0
    return Decimal(1).scaleb(places + zeros)
