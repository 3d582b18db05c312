"""Published facts in words: numbers, readings and periods as the reader's language writes them."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from registry.documents.models import PublishedEvent, PublishedFigure
from registry.documents.terms import Comparator, Missing
from registry.figures import Interval
from registry.reference.models import Trap, UnitOfMeasure

DAY = timedelta(days=1)


def _english() -> bool:
    return (get_language() or "vi").startswith("en")


def plain(value: Decimal) -> str:
    """The exact number for machines: a point, no grouping, no trailing zeros."""
    return f"{value.normalize():f}"


def number(value: Decimal) -> str:
    """The number for people: `1.234,5` in Vietnamese, `1,234.5` in English."""
    text = f"{value.normalize():,f}"
    return text if _english() else text.translate(str.maketrans(",.", ".,"))


def quantity(value: Decimal, unit: UnitOfMeasure) -> str:
    """Number and unit."""
    return f"{number(value)} {unit.symbol()}"


def reading(figure: PublishedFigure) -> str:
    """How the printed number is read: number and unit, and the comparator, which is never left out."""
    text = quantity(figure.value, figure.unit)
    words = {
        Comparator.OVER: pgettext("reading", "more than %s"),
        Comparator.AT_LEAST: pgettext("reading", "at least %s"),
        Comparator.NEARLY: pgettext("reading", "nearly %s"),
        Comparator.ABOUT: pgettext("reading", "about %s"),
    }
    return words.get(Comparator(figure.comparator), "%s") % text


def bounds(interval: Interval, unit: UnitOfMeasure) -> str:
    """An interval in words: `hơn 1,1 và dưới 1,3 tấn`."""
    return interval.words("en" if _english() else "vi", unit.symbol())


def handling(trap: Trap) -> str:
    """What the registry does about a trap."""
    return trap.handling_en if _english() else trap.handling_vi


def reason(code: str) -> str:
    """Why a value is empty."""
    return str(Missing(code).label)


def day(value: date | None) -> str:
    """`14/08/2024`; empty when there is none."""
    return "" if value is None else date_format(value, "d/m/Y")


def period(row: PublishedFigure | PublishedEvent) -> str:
    """First and last day, or why there are none."""
    if row.period_start is None or row.period_end is None:
        return reason(row.period_missing)
    first, last = day(row.period_start), day(row.period_end - DAY)
    days = first if first == last else f"{first} - {last}"
    inferred = isinstance(row, PublishedFigure) and row.period_inferred
    return _("%s (inferred)") % days if inferred else days


def said(value: object, missing: str) -> str:
    """The value, or in words why there is none."""
    return str(value) if value not in (None, "") else f"- ({reason(missing)})"
