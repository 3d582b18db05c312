"""Numbers in words, against what schools teach."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.spelling import LIMIT, spelled


@pytest.mark.parametrize(
    ("number", "vi", "en"),
    [
        ("0", "không", "zero"),
        ("1", "một", "one"),
        ("5", "năm", "five"),
        ("10", "mười", "ten"),
        ("11", "mười một", "eleven"),
        ("15", "mười lăm", "fifteen"),
        ("20", "hai mươi", "twenty"),
        ("21", "hai mươi mốt", "twenty-one"),
        ("25", "hai mươi lăm", "twenty-five"),
        ("51", "năm mươi mốt", "fifty-one"),
        ("55", "năm mươi lăm", "fifty-five"),
        ("100", "một trăm", "one hundred"),
        ("101", "một trăm linh một", "one hundred and one"),
        ("105", "một trăm linh năm", "one hundred and five"),
        ("110", "một trăm mười", "one hundred and ten"),
        ("115", "một trăm mười lăm", "one hundred and fifteen"),
        ("221", "hai trăm hai mươi mốt", "two hundred and twenty-one"),
        ("319", "ba trăm mười chín", "three hundred and nineteen"),
        ("1000", "một nghìn", "one thousand"),
        ("1005", "một nghìn không trăm linh năm", "one thousand and five"),
        ("1084", "một nghìn không trăm tám mươi bốn", "one thousand and eighty-four"),
        ("1105", "một nghìn một trăm linh năm", "one thousand one hundred and five"),
        ("10015", "mười nghìn không trăm mười lăm", "ten thousand and fifteen"),
        ("23000", "hai mươi ba nghìn", "twenty-three thousand"),
        ("400070192", "bốn trăm triệu không trăm bảy mươi nghìn một trăm chín mươi hai",
         "four hundred million seventy thousand one hundred and ninety-two"),
        ("700000231", "bảy trăm triệu không nghìn hai trăm ba mươi mốt", "seven hundred million two hundred and thirty-one"),
        ("1000000", "một triệu", "one million"),
        ("2000000000", "hai tỷ", "two billion"),
        ("2066637", "hai triệu không trăm sáu mươi sáu nghìn sáu trăm ba mươi bảy",
         "two million sixty-six thousand six hundred and thirty-seven"),
        ("659.149", "sáu trăm năm mươi chín phẩy một bốn chín", "six hundred and fifty-nine point one four nine"),
        ("0.5", "không phẩy năm", "zero point five"),
        ("1.05", "một phẩy không năm", "one point zero five"),
        ("5.80", "năm phẩy tám không", "five point eight zero"),
        ("1E+6", "một triệu", "one million"),
    ],
)  # fmt: skip
def test_a_number_is_spelled_out_as_it_is_said(number: str, vi: str, en: str) -> None:
    assert (spelled(Decimal(number), "vi"), spelled(Decimal(number), "en")) == (vi, en)


@pytest.mark.parametrize("number", [-1, LIMIT])
def test_what_is_below_zero_or_longer_than_twelve_digits_is_not_spelled_out(number: int) -> None:
    with pytest.raises(ValueError, match="twelve digits"):
        spelled(number, "vi")


SMALL = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}  # fmt: skip
CLASSES = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}


def heard(words: str) -> int:
    """Vietnamese words back into the number, by a way of its own: add up, multiply at each class."""
    total, group, last = 0, 0, 0
    for word in words.split():
        if word in CLASSES:
            total, group, last = total + (group + last) * CLASSES[word], 0, 0
        elif word == "trăm":
            group, last = group + last * 100, 0
        elif word == "mươi":
            group, last = group + last * 10, 0
        elif word == "mười":
            group, last = group + 10, 0
        elif word != "linh":
            last = SMALL[word]
    return total + group + last


@given(st.integers(0, LIMIT - 1))
def test_no_two_numbers_sound_alike(number: int) -> None:
    assert heard(spelled(number, "vi")) == number
