"""Quantities in words: comparators, and numbers as each language writes them. Nothing here reads text."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

Number = int | Decimal

LANGUAGES = ("vi", "en")


class Comparator(StrEnum):
    """What the word before a number says about the true value. “Nearly 1 ton” is never 1 ton.

    `exact` is a count to the unit. `unstated` is a measure or a round count with no word before it.
    """

    EXACT = "exact"
    OVER = "over"
    AT_LEAST = "at_least"
    NEARLY = "nearly"
    ABOUT = "about"
    UNSTATED = "unstated"


WORDS: dict[Comparator, dict[str, str]] = {
    Comparator.EXACT: {"vi": "", "en": ""},
    Comparator.OVER: {"vi": "hơn", "en": "more than"},
    Comparator.AT_LEAST: {"vi": "ít nhất", "en": "at least"},
    Comparator.NEARLY: {"vi": "gần", "en": "nearly"},
    Comparator.ABOUT: {"vi": "khoảng", "en": "about"},
    Comparator.UNSTATED: {"vi": "", "en": ""},
}
"""The word put before the number. Exact and unstated have none: a table says which of the two it is."""

_EXACTLY = {"vi": "đúng", "en": "exactly"}

_ABOVE = frozenset({Comparator.EXACT, Comparator.OVER, Comparator.AT_LEAST})
_BELOW = frozenset({Comparator.EXACT, Comparator.NEARLY})
_PLAIN = frozenset({Comparator.EXACT, Comparator.UNSTATED})


def combined(comparators: Iterable[Comparator]) -> Comparator:
    """What may be said of a sum of figures: no more than its loosest part allows."""
    parts = frozenset(comparators) or frozenset({Comparator.EXACT})
    if parts == {Comparator.EXACT}:
        return Comparator.EXACT
    if parts <= _ABOVE:
        return Comparator.OVER if Comparator.OVER in parts else Comparator.AT_LEAST
    if parts <= _BELOW:
        return Comparator.NEARLY
    return Comparator.UNSTATED if parts <= _PLAIN else Comparator.ABOUT


def exactly(language: str) -> str:
    """The word for exact figures, for where the bare number would say less: 1.000 may have been rounded."""
    return _EXACTLY["en" if language.startswith("en") else "vi"]


def plain(value: Number) -> str:
    """The exact number for machines: a point, no grouping, no trailing zeros."""
    return f"{Decimal(value).normalize():f}"


def number(value: Number, language: str, *, signed: bool = False, places: int | None = None) -> str:
    """The number for people: `1.234,5` in Vietnamese, `1,234.5` in English; a true minus sign.

    Exact unless `places` says how many decimals to print.
    """
    sign = "+" if signed and value else ""
    exact = Decimal(value)
    text = f"{exact.normalize():{sign},f}" if places is None else f"{exact:{sign},.{places}f}"
    if not language.startswith("en"):
        text = text.translate(str.maketrans(",.", ".,"))
    return text.replace("-", "\N{MINUS SIGN}")


def quantity(value: Number, language: str, *, symbol: str = "", comparator: Comparator = Comparator.EXACT) -> str:
    """Comparator, number and unit as a phrase: `hơn 330 kg`, `more than 330 kg`; the percent sign by local habit."""
    figure = number(value, language)
    if symbol:
        figure = f"{figure}{symbol}" if symbol == "%" else f"{figure}\N{NO-BREAK SPACE}{symbol}"
    word = WORDS[comparator][language]
    return f"{word} {figure}" if word else figure
