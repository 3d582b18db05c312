"""Quantities in words: each comparator, both languages, sums of loose figures."""

from decimal import Decimal

import pytest

from registry.documents.terms import Comparator as Printed
from registry.quantities import WORDS, Comparator, combined, number, plain, quantity


def test_the_codes_are_those_of_published_figures() -> None:
    assert [c.value for c in Comparator] == Printed.values
    assert set(WORDS) == set(Comparator)


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (0, "0", "0"),
        (152, "152", "152"),
        (17129, "17.129", "17,129"),
        (Decimal("1234.50"), "1.234,5", "1,234.5"),
        (Decimal("659.149"), "659,149", "659.149"),
        (Decimal("1E+6"), "1.000.000", "1,000,000"),
        (Decimal("-0.5"), "−0,5", "−0.5"),
    ],
)
def test_numbers_are_written_as_each_language_writes_them(value: Decimal, vi: str, en: str) -> None:
    assert (number(value, "vi"), number(value, "en")) == (vi, en)


def test_differences_carry_their_sign_and_zero_has_none() -> None:
    assert [number(n, "vi", signed=True) for n in (1200, 0, -3)] == ["+1.200", "0", "−3"]
    assert number(Decimal("16"), "vi", signed=True, places=1) == "+16,0"


@pytest.mark.parametrize(
    ("comparator", "vi", "en"),
    [
        (Comparator.EXACT, "330\u00a0kg", "330\u00a0kg"),
        (Comparator.OVER, "hơn 330\u00a0kg", "more than 330\u00a0kg"),
        (Comparator.AT_LEAST, "ít nhất 330\u00a0kg", "at least 330\u00a0kg"),
        (Comparator.NEARLY, "gần 330\u00a0kg", "nearly 330\u00a0kg"),
        (Comparator.ABOUT, "khoảng 330\u00a0kg", "about 330\u00a0kg"),
        (Comparator.UNSTATED, "330\u00a0kg", "330\u00a0kg"),
    ],
)
def test_the_comparator_is_never_left_out(comparator: Comparator, vi: str, en: str) -> None:
    assert quantity(330, "vi", symbol="kg", comparator=comparator) == vi
    assert quantity(330, "en", symbol="kg", comparator=comparator) == en


def test_per_cent_stands_close_and_a_bare_number_has_no_space() -> None:
    assert quantity(Decimal("17.72"), "vi", symbol="%") == "17,72%"
    assert quantity(9, "en") == "9"


C = Comparator


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([], C.EXACT),
        ([C.EXACT, C.EXACT], C.EXACT),
        ([C.EXACT, C.OVER], C.OVER),
        ([C.EXACT, C.AT_LEAST], C.AT_LEAST),
        ([C.OVER, C.AT_LEAST], C.OVER),
        ([C.EXACT, C.NEARLY], C.NEARLY),
        ([C.NEARLY, C.OVER], C.ABOUT),
        ([C.EXACT, C.ABOUT], C.ABOUT),
        ([C.EXACT, C.UNSTATED], C.UNSTATED),
        ([C.UNSTATED, C.OVER], C.ABOUT),
    ],
)
def test_a_sum_says_no_more_than_its_loosest_part(parts: list[Comparator], whole: Comparator) -> None:
    assert combined(parts) is whole


def test_machines_get_the_exact_number() -> None:
    assert [plain(n) for n in (Decimal("1800000.000000"), Decimal("5.80"), 0)] == ["1800000", "5.8", "0"]
