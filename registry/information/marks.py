"""Stamps of state secrets in text: what carries one may not be entered here, whatever field it stands in."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.refusals import Invalid, Text

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_STAMPS = re.compile(r"(?<!\w)(TUYỆT|TỐI)[^\S\n]*(?:[\n._*-][^\S\n]*)?MẬT(?!\w)")
_ALONE = re.compile(r"^(?:[^\w\n]|_)*MẬT(?:[^\w\n]|_)*$", re.MULTILINE)
_LABELLED = re.compile(
    r"(?<!\w)(?:mức[ ]+)?độ[ ]+mật[\W_]{0,8}?[:=\-–—][\W_]{0,8}((?:tuyệt|tối)?[ ]*mật)(?!\w)", re.IGNORECASE
)
_LONG_RUN = re.compile("[\u0300-\U0010ffff]{31,}")
MOST_MARKS = 30
"""Combining characters on one letter: no script needs more, and putting n in order takes n squared steps."""

# Every pattern reads a text once, however long its runs of spaces or empty lines: whoever writes it may be an attacker.


def find_marks(text: str) -> list[str]:
    """The stamps in a text, as they would stand on paper; running words such as `bí mật` are none.

    Looks at one form of the text: composed letters, compatibility forms resolved, unseen characters left out.
    """
    bounded = _LONG_RUN.sub(_thinned, text)
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", bounded)).replace("\r\n", "\n").replace("\r", "\n")
    plain = unicodedata.normalize("NFC", plain)
    found = [f"{match.group(1)} MẬT" for match in _STAMPS.finditer(plain)]
    found += [" ".join(match.group(1).upper().split()) for match in _LABELLED.finditer(plain)]
    found += ["MẬT" for _match in _ALONE.finditer(_STAMPS.sub(".", plain))]
    return sorted(set(found))


def _thinned(run: re.Match[str]) -> str:
    """The run without the marks beyond MOST_MARKS on one letter."""
    kept, marks = [], 0
    for character in run.group():
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def refusal_of(fields: Mapping[str, Any]) -> Invalid | None:
    """What is wrong with texts that carry a stamp, by field; None when none does."""
    marked = {name: find_marks(value) for name, value in fields.items() if isinstance(value, str)}
    faults: dict[str, Text] = {
        name: _("This text carries the stamp “%s”. State secrets may not be entered here: register a docket card.")
        % ", ".join(marks)
        for name, marks in marked.items()
        if marks
    }
    return Invalid(faults, code="above_ceiling") if faults else None


def refuse_marks(fields: Mapping[str, Any]) -> None:
    """Raise Invalid (above_ceiling) when a text among the fields carries a stamp."""
    refusal = refusal_of(fields)
    if refusal is not None:
        raise refusal
