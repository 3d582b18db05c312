"""What a text that was written anew changed."""

import difflib
import re
from collections.abc import Iterator

WORDS, LINES, WHOLE = (re.compile(one, re.DOTALL) for one in (r"\s+|\S+", r"[^\n]*\n|[^\n]+", r".+"))
MOST_COMPARED = 400
"""Pieces between which differences are looked for: the time grows with their third power."""


def changes(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The words of both, in order: what stayed (`same`), came (`new`) and went (`gone`).

    Where too many words differ, its lines; where too many of these do, the whole.
    """
    for unit in (WORDS, LINES, WHOLE):
        old, new = unit.findall(before), unit.findall(after)
        first, last = _alike(old, new)
        middle = old[first : len(old) - last], new[first : len(new) - last]
        if max(map(len, middle)) <= MOST_COMPARED:
            break
    if first:
        yield "same", "".join(old[:first])
    yield from _differences(*middle)
    if last:
        yield "same", "".join(old[-last:])


def _alike(old: list[str], new: list[str]) -> tuple[int, int]:
    """How many pieces are the same at the beginning, and how many at the end behind them."""
    shorter = min(len(old), len(new))
    first = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    rest = shorter - first
    return first, next((back for back in range(rest) if old[-1 - back] != new[-1 - back]), rest)


def _differences(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "same", "".join(new[j1:j2])
            continue
        if i2 > i1:
            yield "gone", "".join(old[i1:i2])
        if j2 > j1:
            yield "new", "".join(new[j1:j2])
