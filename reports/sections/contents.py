"""The whole report in the order in which the four agencies read it: five parts, then the annexes."""

from collections.abc import Mapping
from dataclasses import replace

from agencies.models import Language
from reports.counting import Counting
from reports.document import Prose, Section, Text
from reports.parts import ASSESSMENT, RESULTS, SITUATION, TITLES
from reports.references import Reference, catalogue, filled
from reports.sections import (
    cases,
    commendations,
    conference,
    listed,
    places,
    published,
    quoted,
    reconciliation,
    scorecard,
    shared,
    statements,
    tasks,
    trend,
)

COUNTED = {"shared": shared.section, "cases": cases.section, "commendation": commendations.section}
"""Parts of the results that hold more than what agencies confirm."""

ANNEXES = (
    trend.section,
    places.section,
    listed.section,
    quoted.section,
    published.section,
    reconciliation.section,
    scorecard.section,
    statements.section,
    conference.section,
)

ELSEWHERE = Text(
    "Bản này chỉ nêu số liệu trong phạm vi của đơn vị; lời văn của báo cáo có trong bản tổng hợp.",
    "This edition holds what the unit may count; the report's texts stand in the edition that counts for all.",
)
SILENT = Text("Kỳ này hệ thống chưa ghi nhận nội dung nào cho mục này.", "Nothing was recorded for this part.")


def sections(count: Counting) -> tuple[Section, ...]:
    """The parts and the annexes; what nothing was recorded for says so."""
    parts = (
        Section(SITUATION, TITLES[SITUATION]),
        _above("results", tuple(_result(count, key) for key in RESULTS)),
        _above("assessment", tuple(Section(key, TITLES[key]) for key in ASSESSMENT)),
        tasks.section(count),
        tasks.proposals(count),
    )
    annexes = tuple(made for annex in ANNEXES if (made := annex(count)) is not None)
    known = catalogue(table for top in (*parts, *annexes) for part in top.within() for table in part.tables)
    texts = _texts(count)
    silent = SILENT if count.counts_all else ELSEWHERE
    return (*(_told(part, texts, known, silent) for part in parts), *annexes)


Texts = Mapping[str, Mapping[str, str]]


def _texts(count: Counting) -> Texts:
    """What was written, by part and language."""
    found: dict[str, dict[str, str]] = {}
    for one in count.texts:
        if one.text:
            found.setdefault(one.part, {})[one.language] = one.text
    return found


def _prose(texts: Mapping[str, str], known: Mapping[str, Reference]) -> Prose | None:
    """The texts of a part with their figures; the only one stands in both languages."""
    if not texts:
        return None
    borrowed = "" if len(texts) == len(Language.values) else next(iter(texts))
    passages = {language: filled(text, known) for language, text in texts.items()}
    only = passages.get(borrowed, ())
    return Prose(passages.get("vi", only), passages.get("en", only), borrowed)


def _above(key: str, below: tuple[Section, ...]) -> Section:
    return Section(key, TITLES[key], sections=below)


def _result(count: Counting, key: str) -> Section:
    """A part of the results: what is counted, then what agencies confirm of its metrics."""
    made = COUNTED.get(key)
    part = made(count) if made is not None else Section(key, TITLES[key])
    return replace(part, tables=(*part.tables, *statements.of_part(count, key)))


def _told(part: Section, texts: Texts, known: Mapping[str, Reference], silent: Text) -> Section:
    """The part with what was written for it; it says so where it holds neither text nor figures."""
    below = tuple(_told(one, texts, known, silent) for one in part.sections)
    prose = _prose(texts.get(part.key, {}), known)
    says = prose or part.paragraphs or part.tables or below
    return replace(part, sections=below, prose=prose, empty=part.empty if says else silent)
