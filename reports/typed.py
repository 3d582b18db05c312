"""Numbers that somebody typed into a text of the report, where a figure should be placed by reference."""

import re
from collections import Counter

from reports.references import PLACED

MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
NO_FIGURES = re.compile(
    rf"""
      (?<!\d)\d{{1,9}}/(?:\d{{4}}/[A-ZĐ]|[A-ZĐ]{{2,}})[\w-]*                 # legal and file numbers: 105/2021/NĐ-CP
    | (?<![\w])[A-ZĐ]+\d+(?!\w)                                           # names of units and roads: C04, QL7
    | \d{{4}}-(?:Q[1-4]|H[12]|\d\d)(?:-\d\d)?                             # labels of periods and days: 2024-Q2
    | (?:Q[1-4]|H[12])[\s/]\d{{4}} | (?:quý|quarter)\s+[1-4](?!\d)
    | [369]\s+tháng\s+(?:đầu|cuối)\s+năm
    | \d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}}                                   # days
    | (?:ngày\s+)?\d{{1,2}}\s+tháng\s+\d{{1,2}}(?:\s+năm\s+\d{{4}})?
    | ngày\s+\d{{1,2}}(?:/\d{{1,2}})? | tháng\s+\d{{1,2}}(?:/\d{{4}})?(?!\d)
    | \d{{1,2}}\s+(?:{MONTH})\b(?:\s+\d{{4}})? | (?:{MONTH})\s+\d{{1,2}}(?!\d)(?:,?\s+\d{{4}})?
    | (?:Điều|điều|khoản|Khoản|Article|article|Art\.|Clause|clause|Chương|Chapter)\s+\d+
    | ^[^\S\n]*\d{{1,2}}(?:\.\d{{1,2}})*[.)](?=\s)                             # numbers of paragraphs
    | (?<![\d.,])(?:19|20)\d\d(?![\d]|[.,]\d)                             # years
    """,
    re.VERBOSE | re.MULTILINE,
)
"""No part may begin anew within what another of its attempts read already: a text of digits would take seconds."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def typed_numbers(text: str) -> list[str]:
    """Numbers of the text that are no day, year, legal number, paragraph number or period, in order, once each."""
    words = NO_FIGURES.sub(" ", PLACED.sub(" ", text))
    return list(dict.fromkeys(NUMBER.findall(words)))


def at_odds(vi: str, en: str) -> list[str]:
    """References that one language places more often than the other: their numbers would differ between the two."""
    if not vi.strip() or not en.strip():
        return []
    one, other = Counter(PLACED.findall(vi)), Counter(PLACED.findall(en))
    return sorted(f"{{{key}}}" for key in ((one - other) + (other - one)))
