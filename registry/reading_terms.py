"""The words of quantities, Vietnamese and English: comparators, scales, units. Both are read whatever the page says."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from registry.quantities import Comparator

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit that quantities are read in: its code and dimension in the vocabulary, symbols and names by language."""

    code: str
    dimension: str
    symbols: tuple[str, str]
    names: tuple[str, str, str]
    """Vietnamese; English of one; English of many."""
    divisible: bool = True
    """Weighed or measured. What is counted has no decimals that look like a group of thousands."""
    broken: bool = True
    """A part of one can be seized: half a brick, never half a plant."""

    def symbol(self, language: str) -> str:
        """`viên`, `tablets`."""
        return self.symbols[language.startswith("en")]

    def name(self, language: str, *, one: bool) -> str:
        """`ki-lô-gam`, `kilogram`, `kilograms`."""
        return self.names[0] if not language.startswith("en") else self.names[1 if one else 2]


MEASURES: dict[str, Measure] = {
    m.code: m
    for m in (
        Measure("mg", "mass", ("mg", "mg"), ("mi-li-gam", "milligram", "milligrams")),
        Measure("g", "mass", ("g", "g"), ("gam", "gram", "grams")),
        Measure("kg", "mass", ("kg", "kg"), ("ki-lô-gam", "kilogram", "kilograms")),
        Measure("tonne", "mass", ("tấn", "t"), ("tấn", "tonne", "tonnes")),
        Measure("ml", "volume", ("ml", "ml"), ("mi-li-lít", "millilitre", "millilitres")),
        Measure("l", "volume", ("lít", "l"), ("lít", "litre", "litres")),
        Measure("tablet", "tablet", ("viên", "tablets"), ("viên", "tablet", "tablets"), divisible=False),
        Measure("dose", "dose", ("liều", "doses"), ("liều", "dose", "doses"), divisible=False, broken=False),
        Measure("plant", "plant", ("cây", "plants"), ("cây", "plant", "plants"), divisible=False, broken=False),
        Measure("brick", "brick", ("bánh", "bricks"), ("bánh", "brick", "bricks"), divisible=False),
        Measure("m2", "area", ("m²", "m²"), ("mét vuông", "square metre", "square metres")),
    )
}

_UNITS = {
    "mg": "mg|㎎|miligam|mili gam|mi-li-gam|mi li gam|miligram|milligram|milligrams|milligramme|milligrammes",
    "g": "g|gr|gam|gram|grams|gramme|grammes",
    "kg": (
        "kg|kgs|㎏|ki-lô-gam|ki lô gam|kilôgam|ki-lo-gam|kilogam|kilogram|kilograms|kilogramme|kilogrammes|kilo|kilos"
        "|ki-lô|ki lô|kilô|ký|kí|ký lô|kí lô"
    ),
    "tonne": "tấn|t|ton|tons|tonne|tonnes|metric ton|metric tons|metric tonne|metric tonnes",
    "ml": ("ml|㎖|mililít|mililit|mi-li-lít|mi li lít|mili lít|millilitre|millilitres|milliliter|milliliters|cc"),
    "l": "l|ℓ|lít|lit|litre|litres|liter|liters",
    "tablet": "viên|viên nén|viên thuốc|tablet|tablets|pill|pills|tab|tabs",
    "dose": "liều|tem|tem giấy|bùa lưỡi|dose|doses|stamp|stamps|blotter|blotters",
    "plant": "cây|plant|plants|tree|trees",
    "brick": "bánh|brick|bricks|cake|cakes",
    "m2": ("m2|m²|㎡|mét vuông|m vuông|mét²|mét2|sq m|sqm|sq. m|square metre|square metres|square meter|square meters"),
}
_BEFORE = {
    Comparator.OVER: (
        ">|hơn|trên|quá|nhiều hơn|lớn hơn|vượt|vượt quá|over|more than|above|greater than|in excess of|exceeding"
        "|upwards of|upward of|just over|well over"
    ),
    Comparator.AT_LEAST: (
        ">=|≥|ít nhất|ít nhất là|tối thiểu|tối thiểu là|không dưới|không ít hơn|không kém|chí ít|at least"
        "|no less than|not less than|no fewer than|not fewer than|a minimum of|minimum|minimum of"
    ),
    Comparator.NEARLY: (
        "gần|gần đến|gần tới|ngót|ngót nghét|suýt soát|nearly|almost|close to|just under|just below|just short of"
    ),
    Comparator.ABOUT: (
        "~|≈|khoảng|khoảng chừng|vào khoảng|ước|ước khoảng|ước tính|ước tính khoảng|ước chừng|chừng|độ|tầm|cỡ|xấp xỉ"
        "|trên dưới"
        "|about|approximately|approx|approx.|around|roughly|some|circa|ca.|c.|an estimated|estimated"
    ),
    Comparator.EXACT: "đúng|chính xác|đúng bằng|vừa đúng|exactly|precisely|=",
}
_AFTER = "trở lên|hoặc hơn|hoặc nhiều hơn|or more|or above|and above|and over|and up|upwards|and upwards|and more"
_LIMITS = (
    "<|<=|≤|dưới|ít hơn|chưa đến|chưa tới|không quá|tối đa|nhiều nhất|không đến|đến|tới|lên đến|lên tới"
    "|less than|fewer than|under|below|at most|no more than|not more than|up to|maximum|a maximum of"
)
_SCALES = {
    10**2: "trăm|hundred",
    10**3: "nghìn|ngàn|thousand",
    10**6: "triệu|million|millions",
    10**9: "tỷ|tỉ|billion|billions",
}
_NUMBERS = {
    "0.5": "nửa|half a|half|a half",
    "1": "một|one",
    "2": "hai|two",
    "3": "ba|three",
    "4": "bốn|four",
    "5": "năm|five",
    "6": "sáu|six",
    "7": "bảy|bẩy|seven",
    "8": "tám|eight",
    "9": "chín|nine",
    "10": "mười|ten",
    "11": "mười một|eleven",
    "12": "mười hai|twelve",
    "20": "hai mươi|twenty",
}


def unaccented(text: str) -> str:
    """Without tone and vowel marks, as people type in haste."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(c for c in bare if not unicodedata.combining(c))


class Words(dict[str, T]):
    """Words with their meaning; a text without any mark finds a marked word."""

    def __init__(self, meanings: Mapping[T, str]) -> None:
        found = {word: meaning for meaning, words in meanings.items() for word in words.split("|")}
        super().__init__(found)
        self._bare = {unaccented(word): meaning for word, meaning in found.items()}

    def meaning(self, word: str) -> T | None:
        """Of a whole word or phrase."""
        return self.get(word) or (self._bare.get(word) if word.isascii() else None)

    def first(self, text: str) -> tuple[T | None, str]:
        """The longest phrase that opens the text, and what follows it; the whole text where none does."""
        for end in _ends(text):
            meaning = self.meaning(text[:end])
            if meaning is not None:
                return meaning, text[end:].strip()
        return None, text

    def last(self, text: str) -> tuple[T | None, str]:
        """The longest phrase that closes the text, and what stands before it."""
        words = text.split(" ")
        for start in range(len(words)):
            meaning = self.meaning(" ".join(words[start:]))
            if meaning is not None:
                return meaning, " ".join(words[:start])
        return None, text


def _ends(text: str) -> Iterable[int]:
    """Where a phrase may end: before a space, before a digit, at the end; the farthest first."""
    stops = [i for i, c in enumerate(text) if c == " " or (c.isdigit() and i and not text[i - 1].isdigit())]
    return reversed([*stops, len(text)])


UNITS: Words[str] = Words(_UNITS)
BEFORE: Words[Comparator] = Words(_BEFORE)
AFTER: Words[Comparator] = Words({Comparator.AT_LEAST: _AFTER})
FROM: Words[bool] = Words({True: "từ|from"})
LIMITS: Words[bool] = Words({True: _LIMITS})
SCALES: Words[int] = Words(_SCALES)
NUMBERS: Words[str] = Words(_NUMBERS)
