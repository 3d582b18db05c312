"""Readings of typed quantities: words, questions, refusals, and what no spelling may change."""

import json
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from agencies.refusals import Invalid
from registry.quantities import Comparator
from registry.reading_terms import MEASURES
from registry.readings import Reading, far_above, read, written

C = Comparator


def refused(text: str) -> str:
    with pytest.raises(Invalid) as refusal, translation.override("en"):
        read(text, language="en")
    return str(refusal.value.fields["text"])


def test_the_units_are_those_of_the_vocabulary() -> None:
    known = json.loads((Path(settings.BASE_DIR) / "fixtures/reference.json").read_text(encoding="utf-8"))
    units = known["units_of_measure"]
    assert list(MEASURES) == ["mg", "g", "kg", "tonne", "ml", "l", "tablet", "dose", "plant", "brick", "m2"]
    for code, measure in MEASURES.items():
        unit = units[code]
        assert (measure.dimension, measure.symbols) == (unit["dimension"], (unit["symbol_vi"], unit["symbol_en"]))
        assert measure.names[:2] == (unit["name_vi"], unit["name_en"])


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("659,149 kg", "vi", "sáu trăm năm mươi chín phẩy một bốn chín ki-lô-gam"),
        ("hơn 319kg", "vi", "hơn ba trăm mười chín ki-lô-gam"),
        ("gần 1 tấn", "vi", "gần một tấn"),
        ("1.084 bánh", "vi", "một nghìn không trăm tám mươi bốn bánh"),
        ("đúng 1.000 viên", "vi", "đúng một nghìn viên"),
        ("hơn 319kg", "en", "more than three hundred and nineteen kilograms"),
        ("1 kg", "en", "one kilogram"),
        ("1,0 kg", "en", "one point zero kilograms"),
        ("exactly 1,000 tablets", "en", "exactly one thousand tablets"),
    ],
)
def test_the_words_say_comparator_number_and_unit(text: str, language: str, words: str) -> None:
    assert read(text, language=language).readings[0].words == words


def test_one_group_of_three_behind_one_mark_is_asked_about() -> None:
    found = read("659,149 kg", language="en")
    assert found.question == (
        "Which is meant: 659,149\u00a0kg (six hundred and fifty-nine thousand one hundred and forty-nine kilograms), "
        "or 659.149\u00a0kg (six hundred and fifty-nine point one four nine kilograms)?"
    )
    assert read("1.084 bánh", language="en").question is None
    assert read("3.430,8 kg", language="en").question is None


def test_a_number_without_a_unit_is_asked_for_one() -> None:
    found = read("23.000", language="en")
    assert (found.readings[0].unit, found.readings[0].dimension, found.readings[0].words) == (
        "",
        "",
        "twenty-three thousand",
    )
    assert found.question == "Which unit? Write it after the number."


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("", "Write a quantity: a number and its unit, for example 1,5 kg."),
        (" \u00a0\u200b", "Write a quantity: a number and its unit, for example 1,5 kg."),
        ("heroin", "There is no number in it: write a number and its unit, for example 1,5 kg."),
        ("kg", "There is no number in it: write a number and its unit, for example 1,5 kg."),
        ("a large quantity", "There is no number in it: write a number and its unit, for example 1,5 kg."),
        ("bắt 5 kg", "“bắt” before the number is not understood: write for example “more than” or leave it out."),
        ("-5 kg", "A quantity has no sign and is never below zero: write the number alone."),
        ("\u22125 kg", "A quantity has no sign and is never below zero: write the number alone."),
        ("+ 5 kg", "A quantity has no sign and is never below zero: write the number alone."),
        ("0 kg", "Zero is not a quantity: where nothing was seized, enter nothing."),
        ("0,000 kg", "Zero is not a quantity: where nothing was seized, enter nothing."),
        ("0 triệu viên", "Zero is not a quantity: where nothing was seized, enter nothing."),
        ("1000000000000 g", "The number is too large: at most twelve digits before the decimal mark are kept."),
        ("1.000 tỷ viên", "The number is too large: at most twelve digits before the decimal mark are kept."),
        ("0,1234567 kg", "Too many decimals: at most six are kept. Choose a smaller unit."),
        ("2 kg 3 viên", "Write one number only: each quantity is entered for itself, and a range is not a quantity."),
        ("10-15 kg", "Write one number only: each quantity is entered for itself, and a range is not a quantity."),
        ("dưới 5 kg", "An upper limit is not a quantity: write how much it was, or nearly how much."),
        ("up to 5 kg", "An upper limit is not a quantity: write how much it was, or nearly how much."),
        ("khoảng hơn 5 kg", "Write one word of comparison, before the number or after it."),
        ("hơn 5 kg trở lên", "Write one word of comparison, before the number or after it."),
        ("từ 5 kg", "“From” needs its end: write for example “from 5 kg upwards”."),
        ("5 kg heroin", "Leave out “heroin”: write the number and its unit alone."),
        ("12.34.567 g", "“12.34.567” is not written as a number: groups have three digits, as in 2.066.637, decimals one mark."),
        ("1.234,567,8 g", "“1.234,567,8” is not written as a number: groups have three digits, as in 2.066.637, decimals one mark."),
        ("2,5 cây", "What is counted is counted whole: write a whole number."),
        ("5 gói", "“gói” is not a unit read here. Write the number and then one of: mg, g, kg, t, ml, l, tablets, doses, plants, bricks, m²."),
        ("1½ kg", "“½ kg” is not a unit read here. Write the number and then one of: mg, g, kg, t, ml, l, tablets, doses, plants, bricks, m²."),
        ("5 kg" + " " * 117 + "x", "Write the quantity alone, in at most 120 characters."),
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_wrong_and_what_would_be_right(text: str, detail: str) -> None:
    assert refused(text) == detail


def test_raised_digits_never_become_digits() -> None:
    assert "³ kg" in refused("10³ kg")


@pytest.mark.parametrize("space", ["", " ", "\u00a0", "\u2009", "\u202f", "\u3000", "  ", "\t"])
def test_any_space_or_none_stands_before_a_unit(space: str) -> None:
    assert str(read(f"hơn 319{space}kg.", language="vi").readings[0].value) == "319"


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f"])
def test_groups_parted_by_spaces_are_never_decimals(space: str) -> None:
    found = read(f"659{space}149 kg", language="vi")
    assert [str(r.value) for r in found.readings] == ["659149"]
    assert found.question is None


@pytest.mark.parametrize(
    ("value", "maximum", "asked"), [(101, 10, True), (100, 10, False), (1000, None, False), (1, 0, True)]
)
def test_over_ten_times_the_largest_known_is_asked_about(value: int, maximum: int | None, asked: bool) -> None:
    assert far_above(Decimal(value), None if maximum is None else Decimal(maximum)) is asked


languages = st.sampled_from(["vi", "en"])
measured = st.decimals("0.000001", "999999999.999999", places=6)
counted = st.integers(1, 10**9).map(Decimal)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any quantity that can be read, without its words."""
    measure = MEASURES[draw(st.sampled_from(sorted(MEASURES)))]
    value = draw(counted if not measure.divisible else st.one_of(measured, counted))
    places = draw(st.integers(0, 6)) if measure.divisible else 0
    value = max(round(value, places), Decimal(1).scaleb(-places))
    said = draw(st.sampled_from(list(Comparator)))
    unsaid = C.EXACT if not measure.divisible and value % 100 else C.UNSTATED
    return Reading(unsaid if said is C.UNSTATED else said, value, measure.code, measure.dimension, "")


def same(one: Reading, other: Reading) -> bool:
    said = (one.comparator, str(one.value), one.unit, one.dimension)
    return said == (other.comparator, str(other.value), other.unit, other.dimension)


@given(readings(), languages)
def test_what_is_written_reads_back_as_itself_or_is_asked_about(one: Reading, language: str) -> None:
    found = read(written(one, language), language=language)
    assert same(found.readings[0], one)
    assert (found.question is None) == (len(found.readings) == 1)


@given(readings(), languages, languages)
def test_nothing_is_ever_taken_for_a_thousand_times_more_or_less(one: Reading, writing: str, reader: str) -> None:
    found = read(written(one, writing), language=reader)
    assert any(same(r, one) for r in found.readings)
    assert len(found.readings) == 1 or found.question


@given(readings(), languages)
def test_letters_in_either_form_of_unicode_read_alike(one: Reading, language: str) -> None:
    text = written(one, language)
    texts = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    assert read(texts[0], language=language) == read(texts[1], language=language)


@given(readings(), languages)
def test_full_width_characters_read_alike(one: Reading, language: str) -> None:
    text = written(one, language)
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert read(wide, language=language) == read(text, language=language)


@given(st.text(max_size=60), languages)
def test_any_text_is_read_or_refused_in_one_way(text: str, language: str) -> None:
    with suppress_not_a_quantity():
        assert all(r.value > 0 for r in read(text, language=language).readings)


@contextmanager
def suppress_not_a_quantity() -> Iterator[None]:
    """Lets that one refusal pass and no other."""
    try:
        yield
    except Invalid as refusal:
        if refusal.code != "not_a_quantity" or list(refusal.fields) != ["text"]:
            raise
