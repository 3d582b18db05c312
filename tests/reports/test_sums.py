"""Sums of what was seized: one word where one is true, else their bounds."""

from decimal import Decimal

import pytest

from registry.figures import Interval
from registry.periods import Period
from registry.quantities import Comparator
from reports.build import quarterly_report
from reports.document import Figure
from tests.cases.stories import lot, measure, opened
from tests.cast import Cast

C = Comparator


def kilograms(cast: Cast, *lots: tuple[str, str, str]) -> Figure:
    """The sum of lots of heroin in kilograms, as the report prints it."""
    case = opened(cast)
    for comparator, value, unit in lots:
        entered = Decimal(value)
        lot(cast, case, comparator=comparator, value=entered, unit=measure(unit), raw_text=f"{value} {unit}")
    cell = quarterly_report(period=Period.parse("2024-Q2"), reader=None).tables["seizures"].rows[0].cells[1]
    assert isinstance(cell, Figure)
    return cell


@pytest.mark.parametrize(
    ("lots", "vi", "en"),
    [
        ([("over", "319", "kg"), ("exact", "500", "g")], "hơn 319,5 kg", "more than 319.5 kg"),
        ([("nearly", "2", "kg"), ("exact", "1", "kg")], "gần 3 kg", "nearly 3 kg"),
        ([("about", "5", "kg"), ("over", "1", "kg")], "khoảng 6 kg", "about 6 kg"),
        ([("over", "319", "kg"), ("nearly", "5", "kg")], "hơn 319 kg", "more than 319 kg"),
        (
            [("nearly", "5", "kg"), ("unstated", "1.2", "kg")],
            "hơn 1,1 và dưới 6,3 kg",
            "more than 1.1 and less than 6.3 kg",
        ),
        ([("nearly", "5", "kg"), ("unstated", "20", "kg")], "hơn 10 và dưới 35 kg", "more than 10 and less than 35 kg"),
    ],
)
def test_a_sum_says_in_words_what_is_known_of_it(
    cast: Cast, lots: list[tuple[str, str, str]], vi: str, en: str
) -> None:
    total = kilograms(cast, *lots)
    assert [total.words(language).replace("\u00a0", " ") for language in ("vi", "en")] == [vi, en]


def test_only_a_sum_that_no_word_describes_carries_bounds(cast: Cast) -> None:
    assert kilograms(cast, ("over", "319", "kg"), ("exact", "1", "kg")).bounds is None


def test_bounds_are_in_the_unit_that_is_printed(cast: Cast) -> None:
    total = kilograms(cast, ("over", "500", "g"), ("nearly", "250", "g"))
    assert (total.comparator, total.bounds) == (C.ABOUT, Interval(Decimal("0.5"), None, low_open=True))
