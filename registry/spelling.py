"""Numbers spelled out: `sáu trăm năm mươi chín phẩy một bốn chín`, `six hundred and fifty-nine point one four nine`.

Vietnamese as schools teach it: `linh` before a lone unit, `mốt` and `lăm` after a ten, an empty thousand said as
`không nghìn` where something follows. Decimals are said one by one in both languages, so no zero is lost.
"""

from decimal import Decimal

LIMIT = 10**12
"""Whole parts below this are spelled out: twelve digits, as many as the registry stores."""

_VI = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_VI_SCALES = ("", "nghìn", "triệu", "tỷ")
_EN = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_EN_SCALES = ("", "thousand", "million", "billion")


def spelled(value: Decimal | int, language: str) -> str:
    """The number in words of the language. ValueError below zero and from a million million on."""
    exact = Decimal(value)
    if not 0 <= exact < LIMIT:
        raise ValueError("Numbers from zero to twelve digits are spelled out.")
    whole, _point, decimals = f"{exact:f}".partition(".")
    digits, point, say = (_EN, "point", _english) if language.startswith("en") else (_VI, "phẩy", _vietnamese)
    words = say(int(whole))
    return " ".join([words, point, *(digits[int(d)] for d in decimals)]) if decimals else words


def _classes(whole: int) -> list[tuple[int, int]]:
    """Groups of three digits, highest first, each with its scale: 1084 is (1, thousand), (84, units)."""
    groups: list[tuple[int, int]] = []
    scale = 0
    while whole or not groups:
        whole, group = divmod(whole, 1000)
        groups.append((group, scale))
        scale += 1
    return groups[::-1]


def _vietnamese(whole: int) -> str:
    groups = _classes(whole)
    while len(groups) > 1 and groups[-1][0] == 0:
        groups.pop()
    parts = []
    for place, (group, scale) in enumerate(groups):
        said = _vietnamese_group(group, full=place > 0 and group > 0)
        parts.append(f"{said} {_VI_SCALES[scale]}".strip())
    return " ".join(parts)


def _vietnamese_group(group: int, *, full: bool) -> str:
    """Up to three digits; `full` says the hundreds even where there are none."""
    hundreds, rest = divmod(group, 100)
    tens, units = divmod(rest, 10)
    words = [_VI[hundreds], "trăm"] if hundreds or full else []
    if tens == 0:
        if units or not words:
            words += ["linh", _VI[units]] if words else [_VI[units]]
        return " ".join(words)
    words += ["mười"] if tens == 1 else [_VI[tens], "mươi"]
    if units == 5:
        words.append("lăm")
    elif units == 1 and tens > 1:
        words.append("mốt")
    elif units:
        words.append(_VI[units])
    return " ".join(words)


def _english(whole: int) -> str:
    if whole == 0:
        return _EN[0]
    groups = [(group, scale) for group, scale in _classes(whole) if group]
    parts = [f"{_english_group(group)} {_EN_SCALES[scale]}".strip() for group, scale in groups]
    if len(groups) > 1 and groups[-1][1] == 0 and groups[-1][0] < 100:
        parts[-1] = f"and {parts[-1]}"
    return " ".join(parts)


def _english_group(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    words = [f"{_EN[hundreds]} hundred"] if hundreds else []
    if rest < 20:
        small = _EN[rest] if rest else ""
    else:
        small = _EN_TENS[rest // 10] + (f"-{_EN[rest % 10]}" if rest % 10 else "")
    return " and ".join([*words, small] if small else words)
