"""Stamps of state secrets in the name of a file: stricter than in a text, for a name has few words and no lines.

A stamp is also found between underscores, with its letters spaced, and without its marks (`TUYET MAT`), as many
programs write names. Words that only contain the syllable (a secret, density, a password) are no stamps.
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
_AFTER = r"(?! (?:ĐỘ|KHẨU|MÃ|PHỤC|THÁM|VỤ|BÁO|LỆNH|ƯỚC|ONG|DANH)(?![^\W\d_]))"
"""On the same line these make another word: a secret, level of secrecy; density, password, cipher, ambush, agent."""

_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("TUYỆT MẬT", re.compile(_alone("|".join(_TOP_SECRET)))),
    ("TỐI MẬT", re.compile(_alone("|".join(_SECRET)))),
    ("MẬT", re.compile(_BEFORE + _alone(_spaced("MẬT")) + _AFTER)),
)


def name_marks(name: str) -> list[str]:
    """The stamps in a name, the highest first, each once."""
    rest = unicodedata.normalize("NFKC", "".join(c for c in name if unicodedata.category(c) != "Cf"))
    found = []
    for mark, pattern in _MARKS:
        rest, count = pattern.subn(" ", rest)
        if count:
            found.append(mark)
    return found
