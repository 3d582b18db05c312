"""Reads a typed quantity in Vietnamese or English. Never guesses: two readings come with the question between them."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.refusals import Invalid
from registry.quantities import WORDS, Comparator, exactly, number
from registry.reading_terms import AFTER, BEFORE, FROM, LIMITS, MEASURES, NUMBERS, SCALES, UNITS, Measure
from registry.spelling import LIMIT, spelled

LONGEST = 120
"""Characters of a quantity as typed: as many as a seizure lot keeps."""
PLACES = 6
"""Decimals the registry keeps."""
ROUND = 100
"""A count that this divides may have been rounded: with no word before it, nobody says whether it was."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text. `unit` is a code of UnitOfMeasure; unit and dimension are empty where none is written.

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
    language = "en" if language.startswith("en") else "vi"
    phrase = _Phrase(_tidy(text))
    values = [_stored(v) for v in _values(phrase, language)]
    readings = tuple(_reading(phrase, value, language) for value in values)
    with translation.override(language):
        return Readings(readings, _question(readings, language))


def written(reading: Reading, language: str) -> str:
    """The reading as a phrase that reads back as itself: `hơn 319 kg`; `exactly` only where it would be lost."""
    measure = MEASURES.get(reading.unit)
    figure = number(reading.value, language, places=_places(reading.value))
    phrase = f"{figure}\N{NO-BREAK SPACE}{measure.symbol(language)}" if measure else figure
    word = WORDS[reading.comparator][language]
    if reading.comparator is Comparator.EXACT and _unsaid(measure, reading.value) is not Comparator.EXACT:
        word = exactly(language)
    return f"{word} {phrase}" if word else phrase


def far_above(value: Decimal, maximum: Decimal | None) -> bool:
    """Whether a value is over ten times the largest one known, both in one unit: then it is asked about once more."""
    return maximum is not None and value > 10 * maximum


class _Phrase:
    """A tidied text taken apart: comparator, digits, scale, unit."""

    def __init__(self, text: str) -> None:
        if not text:
            raise _refusal(_("Write a quantity: a number and its unit, for example 1,5 kg."))
        self.comparator, rest = self._before(text)
        self.digits, rest = self._number(rest)
        ending, rest = AFTER.last(rest)
        if ending is not None:
            if self.comparator is not None:
                raise _refusal(_("Write one word of comparison, before the number or after it."))
            self.comparator = ending
        elif FROM.first(text)[0]:
            raise _refusal(_("“From” needs its end: write for example “from 5 kg upwards”."))
        self.scale, rest = SCALES.first(rest)
        self.measure = self._unit(rest)

    @property
    def divisible(self) -> bool:
        """Whether decimals make sense: what is measured, and thousands or millions of anything."""
        return self.scale is not None or self.measure is None or self.measure.divisible

    @property
    def bare(self) -> bool:
        """A number and nothing after it: three decimals that are all zero would say nothing."""
        return self.scale is None and self.measure is None

    def _before(self, text: str) -> tuple[Comparator | None, str]:
        """The comparator and the rest, which begins with the number."""
        if LIMITS.first(text)[0]:
            raise _refusal(_("An upper limit is not a quantity: write how much it was, or nearly how much."))
        comparator, rest = BEFORE.first(text)
        if comparator is None:
            rest = FROM.first(text)[1]
        if comparator is not None and BEFORE.first(rest)[0] is not None:
            raise _refusal(_("Write one word of comparison, before the number or after it."))
        return comparator, rest

    def _number(self, text: str) -> tuple[str, str]:
        """The digits as typed (or those of a number word) and the rest."""
        if re.match(r"[-+\u2212\u2013\u2014\u00b1] ?[0-9]", text):
            raise _refusal(_("A quantity has no sign and is never below zero: write the number alone."))
        found = re.match(r"[0-9](?:[0-9., ]*[0-9])?", text)
        if found is not None:
            return found[0], text[found.end() :].strip()
        word, rest = NUMBERS.first(text)
        if word is not None:
            return word, rest
        stray = re.match(r"[^0-9]*", text)
        if stray is None or stray.end() == len(text):
            raise _refusal(_("There is no number in it: write a number and its unit, for example 1,5 kg."))
        raise _refusal(
            _("“%(words)s” before the number is not understood: write for example “more than” or leave it out.")
            % {"words": stray[0].strip()}
        )

    def _unit(self, text: str) -> Measure | None:
        """The measure; None where no unit is written."""
        if not text:
            return None
        code = UNITS.meaning(text)
        if code is not None:
            return MEASURES[code]
        _known, extra = UNITS.first(text)
        if re.search("[0-9]", text):
            raise _refusal(
                _("Write one number only: each quantity is entered for itself, and a range is not a quantity.")
            )
        if extra != text:
            raise _refusal(_("Leave out “%(words)s”: write the number and its unit alone.") % {"words": extra})
        raise _refusal(
            _("“%(words)s” is not a unit read here. Write the number and then one of: %(units)s.")
            % {"words": text, "units": ", ".join(m.symbol(get_language() or "vi") for m in MEASURES.values())}
        )


_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u00ad"))
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def _tidy(text: str) -> str:
    """One way of writing each letter, plain digits and spaces, no capitals, no full stop at the end.

    Not NFKC: it would make 103 of 10³ and 11⁄2 of 1½.
    """
    if len(text) > LONGEST:
        raise _refusal(_("Write the quantity alone, in at most %(n)d characters.") % {"n": LONGEST})
    plain = unicodedata.normalize("NFC", text).translate(_FULL_WIDTH).translate(_INVISIBLE).lower()
    return " ".join(plain.split()).rstrip(".,;:! ")


_GROUP = r"[1-9][0-9]{0,2}"
_WHOLE = re.compile(r"[0-9]+")
_SPACED = re.compile(rf"({_GROUP}(?: [0-9]{{3}})+)(?:[.,]([0-9]+))?")
_GROUPED = re.compile(rf"{_GROUP}(?:\.[0-9]{{3}}){{2,}}|{_GROUP}(?:,[0-9]{{3}}){{2,}}")
_BOTH = re.compile(rf"({_GROUP}(?:\.[0-9]{{3}})+),([0-9]+)|({_GROUP}(?:,[0-9]{{3}})+)\.([0-9]+)")
_ONE_GROUP = re.compile(rf"({_GROUP})([.,])([0-9]{{3}})")
_DECIMAL = re.compile(r"([0-9]+)[.,]([0-9]+)")


def _values(phrase: _Phrase, language: str) -> list[Decimal]:
    """Every number the digits may mean, the likeliest first."""
    scale = phrase.scale or 1
    numbers = _numbers(phrase.digits, language)
    if len(numbers) > 1 and (not phrase.divisible or (phrase.bare and max(numbers) % 1000 == 0)):
        numbers = [max(numbers)]
    values = []
    for value in numbers:
        scaled = value * scale
        whole = scale > 1 and scaled == scaled.to_integral_value()
        values.append(scaled.quantize(Decimal(1)) if whole else scaled)
    if any(phrase.measure and not phrase.measure.broken and v % 1 for v in values):
        raise _refusal(_("What is counted is counted whole: write a whole number."))
    return values


def _numbers(digits: str, language: str) -> list[Decimal]:
    """The number; decimal and grouped, in the order of the language, where one group of three stands behind a mark."""
    bare = re.sub("[., ]", "", digits)
    if _WHOLE.fullmatch(digits) or _GROUPED.fullmatch(digits):
        return [Decimal(bare)]
    if (found := _SPACED.fullmatch(digits)) is not None:
        return [Decimal(f"{found[1].replace(' ', '')}.{found[2] or ''}")]
    if (found := _BOTH.fullmatch(digits)) is not None:
        whole, decimals = found[1] or found[3], found[2] or found[4]
        return [Decimal(f"{re.sub('[.,]', '', whole)}.{decimals}")]
    if (found := _ONE_GROUP.fullmatch(digits)) is not None:
        both = [Decimal(f"{found[1]}.{found[3]}"), Decimal(bare)]
        decimal_mark = "." if language == "en" else ","
        return both if found[2] == decimal_mark else both[::-1]
    if (found := _DECIMAL.fullmatch(digits)) is not None:
        return [Decimal(f"{found[1]}.{found[2]}")]
    raise _refusal(
        _("“%(digits)s” is not written as a number: groups have three digits, as in 2.066.637, decimals one mark.")
        % {"digits": digits}
    )


def _stored(value: Decimal) -> Decimal:
    """A value that the registry can keep as it is."""
    if value == 0:
        raise _refusal(_("Zero is not a quantity: where nothing was seized, enter nothing."))
    if value >= LIMIT:
        raise _refusal(_("The number is too large: at most twelve digits before the decimal mark are kept."))
    if _places(value) > PLACES:
        raise _refusal(_("Too many decimals: at most six are kept. Choose a smaller unit."))
    return value


def _reading(phrase: _Phrase, value: Decimal, language: str) -> Reading:
    measure = phrase.measure
    said = phrase.comparator
    unsaid = Comparator.UNSTATED if phrase.scale else _unsaid(measure, value)
    word = exactly(language) if said is Comparator.EXACT else WORDS[said or unsaid][language]
    name = measure.name(language, one=f"{value:f}" == "1") if measure else ""
    words = " ".join(part for part in (word, spelled(value, language), name) if part)
    code, dimension = (measure.code, measure.dimension) if measure else ("", "")
    return Reading(said or unsaid, value, code, dimension, words)


def _unsaid(measure: Measure | None, value: Decimal) -> Comparator:
    """What a number says with no word before it: a count that is not round is meant to the unit."""
    counted = measure is not None and not measure.divisible
    return Comparator.EXACT if counted and value % ROUND and value % 1 == 0 else Comparator.UNSTATED


def _question(readings: tuple[Reading, ...], language: str) -> str | None:
    """What must be asked before a reading is taken; None where there is nothing to ask."""
    unit = _("Which unit? Write it after the number.")
    if len(readings) == 1:
        return None if readings[0].unit else unit
    first, second = (f"{written(r, language)} ({r.words})" for r in readings)
    which = _("Which is meant: %(first)s, or %(second)s?") % {"first": first, "second": second}
    return which if readings[0].unit else f"{which} {unit}"


def _places(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def _refusal(detail: str) -> Invalid:
    return Invalid({"text": detail}, code="not_a_quantity")
