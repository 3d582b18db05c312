"""Secrecy marks in a text: the stamps of state secrets, as they are written on papers and in file names.

A stamp stands in capitals. Words that only contain the syllable (a secret, density, a password) are no stamps.
"""

import re
import unicodedata

_BETWEEN = r"[\W_]{0,3}"
"""What may stand between the letters of a spaced stamp: `M Ậ T`, `M.Ậ.T`."""


def _spaced(word: str) -> str:
    return _BETWEEN.join(word)


def _alone(pattern: str) -> str:
    """Not a part of a longer word."""
    return rf"(?<![^\W\d_])(?:{pattern})(?![^\W\d_])"


_GAP = r"[\W_]{0,8}"
_TOP_SECRET = [_spaced("TUYỆT") + _GAP + _spaced("MẬT"), r"TUYET[\W_]{0,3}MAT"]
_SECRET = [_spaced("TỐI") + _GAP + _spaced("MẬT"), r"TOI[\W_]{0,3}MAT"]
_BEFORE = r"(?<!BÍ )(?<!ĐỘ )"
_AFTER = r"(?! (?:ĐỘ|KHẨU|MÃ|PHỤC|THÁM|VỤ|BÁO|LỆNH|ƯỚC|ONG)(?![^\W\d_]))"
"""On the same line these make another word: a secret, level of secrecy; density, password, cipher, ambush, agent."""

_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("TUYỆT MẬT", re.compile(_alone("|".join(_TOP_SECRET)))),
    ("TỐI MẬT", re.compile(_alone("|".join(_SECRET)))),
    ("MẬT", re.compile(_BEFORE + _alone(_spaced("MẬT")) + _AFTER)),
)

LONGEST = 64
"""No mark is longer, whatever stands between its letters: whoever reads in pieces lets them overlap by so much."""


def find_marks(text: str) -> list[str]:
    """The marks that stand in the text, the highest first, each once.

    Composed, decomposed and full-width letters are read alike, and invisible characters are passed over.
    """
    rest = unicodedata.normalize("NFKC", "".join(c for c in text if unicodedata.category(c) != "Cf"))
    found = []
    for mark, pattern in _MARKS:
        rest, count = pattern.subn(" ", rest)
        if count:
            found.append(mark)
    return found
