"""How the parts are numbered (Decree 30/2020/ND-CP, annex I): I., 1., a); annexes by themselves, Phụ lục I."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.document import QuarterlyReport, Section, Text

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LETTERS = {"vi": "abcdđeghiklmnopqrstuvxy", "en": "abcdefghijklmnopqrstuvwxyz"}
"""Points are lettered by the alphabet of the language."""

ANNEX = Text("Phụ lục", "Annex")


@dataclass(frozen=True, slots=True)
class Part:
    """A part where it stands: `level` 0 has a Roman number, 1 an Arabic one; `place` counts from 0 beside its like."""

    section: Section
    level: int
    place: int

    def mark(self, language: str) -> str:
        """`II.`, `2.`, `Phụ lục I`."""
        if self.section.annex:
            return f"{ANNEX.in_(language)} {ROMAN[self.place]}"
        return f"{ROMAN[self.place]}." if self.level == 0 else f"{self.place + 1}."

    def heading(self, language: str) -> str:
        """Mark and title; an annex has its mark on a line of its own."""
        title = self.section.title.in_(language)
        return title if self.section.annex else f"{self.mark(language)} {title}"

    def table_mark(self, place: int, language: str) -> str:
        """A table below the part: `1.`, or `a)` where the part is numbered so itself."""
        return f"{place + 1}." if self.level == 0 else f"{LETTERS[language[:2]][place]})"


def outline(document: QuarterlyReport, *, annexes: bool | None = None) -> Iterator[Part]:
    """The parts in reading order, each before those below it; with `annexes` said, only those or only the others."""
    text = [section for section in document.sections if not section.annex]
    attached = [section for section in document.sections if section.annex]
    for found, wanted in ((text, annexes is not True), (attached, annexes is not False)):
        for place, section in enumerate(found if wanted else ()):
            yield Part(section, 0, place)
            yield from (Part(below, 1, number) for number, below in enumerate(section.sections))


def headed(parts: Iterable[Part]) -> Iterator[tuple[tuple[Part, ...], Part]]:
    """Each part that says something, with those right above it that are a heading alone: these stay together."""
    above: list[Part] = []
    for part in parts:
        above.append(part)
        said = part.section
        if said.prose is not None or said.paragraphs or said.tables or said.empty.vi:
            yield tuple(above[:-1]), part
            above = []
    if above:
        yield tuple(above[:-1]), above[-1]
