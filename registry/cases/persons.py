"""Text that looks like a person: the record of a case has no place for a suspect's name, birth date or number.

Nothing here is certain, so nothing is forbidden: what is found is asked about, and whoever writes may confirm. What is
told names the place in the text and never repeats it.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from typing import Any

from django.utils.translation import gettext

from agencies.models import today
from agencies.refusals import Invalid

LOOKS_LIKE_PERSON = "looks_like_person"
"""What is confirmed, and the code of the question."""

YOUNGEST = 14
"""Years: a later year after a name is read as the year of an event."""

_NUMBER = re.compile(r"(?<!\d)(?:\d{12}|0\d{2}(?:[ .\u00a0-]\d{3}){3})(?!\d)")
_YEAR = r"((?:19[2-9]|20[0-9])\d)(?!\d)"
_DAY = r"(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?)?"
_BORN = re.compile(
    rf"(?<!\w)(?:sinh(?:\s+(?:ngày|năm|vào))?|(?:ngày|năm)\s+sinh|s\.?\s?n\.?|born(?:\s+(?:in|on))?|b\.|d\.?o\.?b\.?)"
    rf"\W{{0,3}}{_DAY}{_YEAR}",
    re.IGNORECASE,
)
_BESIDE = re.compile(rf"\s*[,;(\[–-]\s*{_DAY}{_YEAR}")
_WORD = re.compile(r"[^\W\d_]+")


class Likeness(StrEnum):
    """What a part of a text looks like."""

    NUMBER = "identity_number"
    BIRTH = "birth_year"


@dataclass(frozen=True, slots=True)
class Finding:
    """Where in a text, counted in characters from 1, and what it looks like."""

    likeness: Likeness
    start: int
    end: int

    def __str__(self) -> str:
        where = {"start": self.start, "end": self.end}
        if self.likeness is Likeness.NUMBER:
            return gettext("Characters %(start)d to %(end)d look like a person's identity number.") % where
        return gettext("Characters %(start)d to %(end)d look like a person's name or birth with its year.") % where


def findings(text: str) -> list[Finding]:
    """Parts of the text that look like a 12-digit identity number, or like a birth or a name with a birth year."""
    found = [Finding(Likeness.NUMBER, m.start() + 1, m.end()) for m in _NUMBER.finditer(text)]
    found += [Finding(Likeness.BIRTH, m.start() + 1, m.end()) for m in _BORN.finditer(text)]
    for start, end in _names(text):
        beside = _BESIDE.match(text, end)
        if beside is not None and int(beside[1]) <= today().year - YOUNGEST:
            found.append(Finding(Likeness.BIRTH, start + 1, beside.end()))
    return sorted(found, key=lambda one: (one.start, one.end))


def _names(text: str) -> Iterable[tuple[int, int]]:
    """Runs of two to six words that begin with a capital, nothing but space between them."""
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        run = list(takewhile(lambda w: w[0][0].isupper(), words[at:]))
        joined = 1
        while joined < len(run) and text[run[joined - 1].end() : run[joined].start()].isspace():
            joined += 1
        if run and joined >= 2:
            yield run[max(0, joined - 6)].start(), run[joined - 1].end()
        at += max(1, min(joined, len(run)))


def require_no_person(texts: Mapping[str, str | None], confirm: Collection[str] = ()) -> None:
    """Ask about everything that looks like a person, by field; whoever writes confirms with `looks_like_person`."""
    if LOOKS_LIKE_PERSON in confirm:
        return
    advice = gettext("Take it out: no suspect is named here. If it names no person, confirm that you have checked it.")
    found = {name: findings(text) for name, text in texts.items() if text}
    asked = {name: " ".join([*map(str, parts), advice]) for name, parts in found.items() if parts}
    if asked:
        raise Invalid(asked, code=LOOKS_LIKE_PERSON)


def confirmed(confirm: Collection[str]) -> dict[str, Any]:
    """What the audit event keeps of a confirmation."""
    return {"confirmed": sorted(set(confirm))} if confirm else {}
