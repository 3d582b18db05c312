"""The quarterly report as plain data: both languages in one document, so that their numbers cannot differ.

No Django here, and no database: a renderer turns this into bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from registry.figures import Interval
from registry.quantities import Comparator, Number, quantity
from reports.legible import legible


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in both languages."""

    vi: str
    en: str

    @classmethod
    def same(cls, text: str) -> "Text":
        """What reads alike in both: codes, and words quoted as printed."""
        return cls(text, text)

    def in_(self, language: str) -> str:
        """The wording of the language; signs that no file can hold are left out."""
        return legible(self.en if language.startswith("en") else self.vi)


NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Link:
    """The list behind a number: its address in the API, and its page for people where there is one."""

    api: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with all that must be read with it; or, without a number, the reason why there is none."""

    number: Number | None
    unit: Text = NOTHING
    comparator: Comparator = Comparator.EXACT
    printed: str = ""
    absent: Text = NOTHING
    link: Link | None = None
    footnotes: tuple[str, ...] = ()
    signed: bool = False
    addable: bool = True
    needs_confirmation: bool = False
    bounds: Interval | None = None
    """Of a sum that no single word describes: then these stand in words in place of number and comparator."""
    key: str = ""
    """By what a text of the report refers to it (`shared.total`); empty: no text can."""

    def words(self, language: str, *, unit: bool = True) -> str:
        """The number as a phrase, never without its comparator or its bounds."""
        symbol = self.unit.in_(language) if unit else ""
        if self.bounds is not None:
            return self.bounds.words(language, symbol)
        return quantity(self.number or 0, language, symbol=symbol, comparator=self.comparator)

    def __post_init__(self) -> None:
        if (self.number is None) != bool(self.absent.vi):
            raise ValueError("A figure has a number, or the reason why it has none: one of the two.")


def none(vi: str, en: str, *, footnotes: tuple[str, ...] = ()) -> Figure:
    """A figure that is not there, and why."""
    return Figure(None, absent=Text(vi, en), footnotes=footnotes)


@dataclass(frozen=True, slots=True)
class Label:
    """Words in a cell."""

    text: Text
    detail: Text = NOTHING
    footnotes: tuple[str, ...] = ()
    link: Link | None = None


Cell = Figure | Label


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds, and a word of warning where its numbers must not be added."""

    label: Text
    numeric: bool = True
    note: Text = NOTHING
    footnotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table; `note` stands below it across the whole width."""

    cells: tuple[Cell, ...]
    total: bool = False
    note: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `chart` names the drawing that a renderer may put beside it; it shows the table's own numbers."""

    key: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: Text = NOTHING
    note: Text = NOTHING
    footnotes: tuple[str, ...] = ()
    chart: str = ""
    synthetic: bool = False
    units: bool = False
    """Whether each cell names its unit, because units differ from line to line."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that somebody wrote: words as labels, and the figures that stand between them."""

    pieces: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """What was written for a part, by language: two texts, not one translated by a machine.

    Where only one is there it stands in both, and `borrowed` says in which language it was written.
    """

    vi: tuple[Passage, ...]
    en: tuple[Passage, ...]
    borrowed: str = ""

    def in_(self, language: str) -> tuple[Passage, ...]:
        """The paragraphs of the language."""
        return self.en if language.startswith("en") else self.vi


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the report, or an annex; `empty` says in words that nothing was recorded for it."""

    key: str
    title: Text
    paragraphs: tuple[Text, ...] = ()
    tables: tuple[Table, ...] = ()
    prose: Prose | None = None
    sections: "tuple[Section, ...]" = ()
    annex: bool = False
    empty: Text = NOTHING

    def within(self) -> "Iterator[Section]":
        """The part, then the parts below it, in reading order."""
        yield self
        for section in self.sections:
            yield from section.within()


@dataclass(frozen=True, slots=True)
class Footnote:
    """A numbered note; `key` is what figures name it by."""

    key: str
    number: int
    text: Text


@dataclass(frozen=True, slots=True)
class Edition:
    """For whom the report is, and what its numbers and lists therefore cover."""

    key: str
    name: Text
    scope: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Highlight:
    """One of the few numbers that open the report."""

    label: Text
    figure: Figure
    detail: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Span:
    """The period told about; `end` is the first day after it, `days` and `basis_text` say both in words."""

    label: str
    start: date
    end: date
    basis: str
    days: Text
    basis_text: Text = NOTHING


@dataclass(frozen=True, slots=True)
class OfficialForm:
    """Who issues the paper, under which number and mark, and who signs it.

    Without `number` and `signed_on` it is a draft: both stand as blanks and the paper says so.
    """

    parent: Text
    issuer: Text
    symbol: str
    place: Text
    kind: Text
    subject: Text
    grounds: tuple[Text, ...] = ()
    recipients: tuple[Text, ...] = ()
    authority: Text = NOTHING
    office: Text = NOTHING
    signer: str = ""
    urgency: Text = NOTHING
    circulation: Text = NOTHING
    number: int | None = None
    signed_on: date | None = None
    dated: bool = True
    """Whether place and day stand in the head; minutes say both in their text."""


@dataclass(frozen=True, slots=True)
class QuarterlyReport:
    """Everything a renderer needs, in both languages."""

    title: Text
    period: Span
    edition: Edition
    generated_at: datetime
    generated: Text
    highlights: tuple[Highlight, ...]
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    synthetic: bool
    banner: Text = NOTHING
    form: OfficialForm | None = None
    quoted: tuple[str, ...] = ()
    """Ids of the items whose title it prints, for the log. No renderer shows them."""
    tables: dict[str, Table] = field(init=False, default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.tables.update({t.key: t for s in self.parts() for t in s.tables})

    def parts(self) -> Iterator[Section]:
        """Every part on every level, in reading order."""
        for section in self.sections:
            yield from section.within()

    def figures(self) -> Iterator[Figure]:
        """Every figure of the highlights and tables, in reading order."""
        yield from (h.figure for h in self.highlights)
        for section in self.parts():
            for table in section.tables:
                for row in table.rows:
                    yield from (cell for cell in row.cells if isinstance(cell, Figure))


def difference(now: Number | None, before: Number | None) -> Number | None:
    """How much more (or, negative, less) it is now."""
    return None if now is None or before is None else now - before


def change_in_percent(now: Number | None, before: Number | None) -> Decimal | None:
    """The difference in per cent of what it was, to one place; None from a base of zero."""
    if now is None or before is None or before == 0:
        return None
    return (Decimal(now - before) * 100 / Decimal(before)).quantize(Decimal("0.1"))


class Footnotes:
    """Numbers the notes in the order of their first mention."""

    def __init__(self) -> None:
        self._notes: dict[str, Footnote] = {}

    def add(self, key: str, text: Text) -> str:
        """The key, with the note kept under it once."""
        self._notes.setdefault(key, Footnote(key, len(self._notes) + 1, text))
        return key

    def all(self) -> tuple[Footnote, ...]:
        """The notes by their numbers."""
        return tuple(self._notes.values())
