"""The whole report in the order in which the four agencies read it: five parts, then the annexes."""

from dataclasses import replace

from reports.counting import Counting
from reports.document import Section, Text
from reports.parts import ASSESSMENT, RESULTS, SITUATION, TITLES
from reports.sections import (
    cases,
    conference,
    listed,
    published,
    quoted,
    reconciliation,
    scorecard,
    shared,
    statements,
    tasks,
    trend,
)

COUNTED = {"shared": shared.section, "cases": cases.section}
"""Parts of the results that hold more than what agencies confirm."""

ANNEXES = (
    trend.section,
    listed.section,
    quoted.section,
    published.section,
    reconciliation.section,
    scorecard.section,
    statements.section,
    conference.section,
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
    annexes = (annex(count) for annex in ANNEXES)
    return (*(_told(part) for part in parts), *(annex for annex in annexes if annex is not None))


def _above(key: str, below: tuple[Section, ...]) -> Section:
    return Section(key, TITLES[key], sections=below)


def _result(count: Counting, key: str) -> Section:
    """A part of the results: what is counted, then what agencies confirm of its metrics."""
    made = COUNTED.get(key)
    part = made(count) if made is not None else Section(key, TITLES[key])
    return replace(part, tables=(*part.tables, *statements.of_part(count, key)))


def _told(part: Section) -> Section:
    """The part, which says so where it holds neither text nor figures."""
    below = tuple(_told(one) for one in part.sections)
    says = part.prose or part.paragraphs or part.tables or below
    return replace(part, sections=below, empty=part.empty if says else SILENT)
