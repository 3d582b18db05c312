"""Every phrase of docs/quantities.md, read by hand."""

from decimal import Decimal

import pytest

from agencies.refusals import Invalid
from registry.reading_examples import READ, REFUSED
from registry.readings import read

BY_HAND: dict[str, dict[str, str]] = {
    "vi": {
        "319 kg": "unstated 319 kg",
        "hơn 319kg": "over 319 kg",
        "trên 330kg": "over 330 kg",
        "gần 1 tấn": "nearly 1 tonne",
        "trên 60 tấn": "over 60 tonne",
        "1,5 tấn": "unstated 1.5 tonne",
        "1,2 tấn": "unstated 1.2 tonne",
        "hơn 1,7 tấn": "over 1.7 tonne",
        "khoảng 300 kg": "about 300 kg",
        "khoảng 1,47 triệu viên": "about 1470000 tablet",
        "ước khoảng 50 kg": "about 50 kg",
        "xấp xỉ 2 tấn": "about 2 tonne",
        "trên dưới 20kg": "about 20 kg",
        "ngót 1 tấn": "nearly 1 tonne",
        "ít nhất 196 kg": "at_least 196 kg",
        "tối thiểu 12 kg": "at_least 12 kg",
        "không dưới 500 viên": "at_least 500 tablet",
        "từ 5 kg trở lên": "at_least 5 kg",
        "100 gam trở lên": "at_least 100 g",
        "đúng 1.000 viên": "exact 1000 tablet",
        "659,149 kg": "unstated 659.149 kg | unstated 659149 kg",
        "230,907 kg": "unstated 230.907 kg | unstated 230907 kg",
        "3.430,8 kg": "unstated 3430.8 kg",
        "882kg": "unstated 882 kg",
        "2.066.637 viên": "exact 2066637 tablet",
        "1.084 bánh": "exact 1084 brick",
        "05 bánh": "exact 5 brick",
        "36 bánh": "exact 36 brick",
        "2,5 bánh": "unstated 2.5 brick",
        "hơn 23.000 viên": "over 23000 tablet",
        "1,8 triệu viên": "unstated 1800000 tablet",
        "hơn 5 triệu viên": "over 5000000 tablet",
        "năm triệu viên": "unstated 5000000 tablet",
        "nửa tấn": "unstated 0.5 tonne",
        "10 ký": "unstated 10 kg",
        "7 kilôgam": "unstated 7 kg",
        "0,5 gam": "unstated 0.5 g",
        "250 gr": "unstated 250 g",
        "15 miligam": "unstated 15 mg",
        "500 ml": "unstated 500 ml",
        "12 lít": "unstated 12 l",
        "300 liều": "unstated 300 dose",
        "40 tem": "exact 40 dose",
        "1.200 cây": "unstated 1200 plant",
        "3.500 m2": "unstated 3500 m2 | unstated 3.500 m2",
        "120 mét vuông": "unstated 120 m2",
        "hon 319 kg": "over 319 kg",
        "１２ｋｇ": "unstated 12 kg",
        "2 066 637 viên": "exact 2066637 tablet",
        "HƠN 20 KG": "over 20 kg",
        "149,250 kg": "unstated 149.250 kg | unstated 149250 kg",
        "1,084 triệu viên": "unstated 1084000 tablet | unstated 1084000000 tablet",
        "23.000": "unstated 23000 -",
        "659,149": "unstated 659.149 - | unstated 659149 -",
    },
    "en": {
        "330 kg": "unstated 330 kg",
        "more than 1.7 tons": "over 1.7 tonne",
        "over 330kg": "over 330 kg",
        "nearly 1 ton": "nearly 1 tonne",
        "almost 200 kilograms": "nearly 200 kg",
        "just under 3 tonnes": "nearly 3 tonne",
        "about 300 kilos": "about 300 kg",
        "approximately 40 kg": "about 40 kg",
        "around 1,200 plants": "about 1200 plant",
        "an estimated 2 tons": "about 2 tonne",
        "at least 196 kg": "at_least 196 kg",
        "no less than 12 kg": "at_least 12 kg",
        "a minimum of 500 pills": "at_least 500 tablet",
        "5 kg or more": "at_least 5 kg",
        "exactly 1,000 tablets": "exact 1000 tablet",
        "1.8 million pills": "unstated 1800000 tablet",
        "five million pills": "unstated 5000000 tablet",
        "half a ton": "unstated 0.5 tonne",
        "127,000 pills": "unstated 127000 tablet",
        "2,066,637 tablets": "exact 2066637 tablet",
        "1,084 bricks": "exact 1084 brick",
        "3,430.8 kg": "unstated 3430.8 kg",
        "659,149 kg": "unstated 659149 kg | unstated 659.149 kg",
        "21.3 kg": "unstated 21.3 kg",
        "0.149 kg": "unstated 0.149 kg",
        "1.2345 kg": "unstated 1.2345 kg",
        "750 grams": "unstated 750 g",
        "2.5 litres": "unstated 2.5 l",
        "30 doses": "exact 30 dose",
        "80 square metres": "unstated 80 m2",
        ">10kg": "over 10 kg",
        "~ 3 t": "about 3 tonne",
    },
}


def test_every_phrase_of_the_page_is_read_here_by_hand() -> None:
    assert {language: set(phrases) for language, phrases in READ.items()} == {k: set(v) for k, v in BY_HAND.items()}
    assert sum(map(len, BY_HAND.values())) >= 60


@pytest.mark.parametrize(
    ("language", "text", "due"), [(k, text, due) for k, phrases in BY_HAND.items() for text, due in phrases.items()]
)
def test_a_phrase_is_read_as_a_person_reads_it(language: str, text: str, due: str) -> None:
    found = read(text, language=language)
    said = [(r.comparator.value, str(r.value), r.unit or "-") for r in found.readings]
    assert said == [tuple(one.split()) for one in due.split(" | ")]
    assert (found.question is None) == (" | " not in due and not due.endswith("-"))
    assert all(r.value.is_finite() and isinstance(r.value, Decimal) for r in found.readings)


@pytest.mark.parametrize(("language", "text"), [(k, text) for k, texts in REFUSED.items() for text in texts])
def test_what_is_no_quantity_is_refused_with_what_would_be_one(language: str, text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(text, language=language)
    assert refusal.value.code == "not_a_quantity"
    assert list(refusal.value.fields) == ["text"]
