"""The report as an official paper to edit and sign (Decree 30/2020/ND-CP, annex I): A4, Times New Roman."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from reports.document import Cell, Figure, Label, OfficialForm, QuarterlyReport, Section, Table
from reports.letterhead import CENTER, JUSTIFY, SMALL, WIDTH, Letterhead
from reports.ooxml import added, repeated, turned, unbroken, widths
from reports.saying import (
    CONFIRM,
    MADE_UP,
    NOTES,
    ROMAN,
    figure_words,
    lies_across,
    marks,
    note_numbers,
    opening,
    shares,
)

CELL = 11
LEFT, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT

LENGTH = Mm(297 - 30 - 15)
"""What the margins leave of a page that lies across."""


def render(document: QuarterlyReport, language: str, *, base_url: str = "") -> bytes:
    """The paper. The same document gives the same bytes. `base_url` is not used: a signed paper has no links."""
    return _Writer(document, language).write()


class _Writer(Letterhead[QuarterlyReport]):
    """One paper being written."""

    def __init__(self, document: QuarterlyReport, language: str) -> None:
        super().__init__(document, language)
        self.numbers = note_numbers(document)

    def write(self) -> bytes:
        """Everything."""
        self.page()
        form = self.document.form
        if form is not None:
            self.head(form)
        self.title(form)
        for place, section in enumerate(self.document.sections):
            self.section(place, section)
        self.notes()
        if form is not None:
            self.foot(form)
        return self.packed()

    # --- head and foot ------------------------------------------------------------------------------------------

    def title(self, form: OfficialForm | None) -> None:
        """Kind and subject over a rule, or the title; the grounds; what the report covers."""
        document = self.document
        if form is None:
            self.run(self.paper.add_paragraph(), self.say(document.title), bold=True, align=CENTER)
        else:
            self.subject(form)
        if document.banner.vi:
            self.paragraph(self.say(document.banner), bold=True)
        for words, notes in opening(document, self.language):
            self.noted(self.paragraph(words), notes)

    def foot(self, form: OfficialForm) -> None:
        """The text's end; recipients on the left, level with the signature on the right."""
        self.end()
        left, right = self.grid(1, 2, (WIDTH / 2, WIDTH / 2)).rows[0].cells
        self.recipients(left, form)
        self.signature(right, form.authority, form.office, form.signer)

    # --- parts and tables ---------------------------------------------------------------------------------------

    def section(self, place: int, section: Section) -> None:
        """A part; it lies across where a table needs the room."""
        across = lies_across(section, self.language)
        if across:
            turned(self.paper, across=True)
        heading = self.paper.add_paragraph()
        heading.paragraph_format.keep_with_next = True
        self.run(heading, f"{ROMAN[place]}. {self.say(section.title)}", bold=True)
        for words in section.paragraphs:
            self.paragraph(self.say(words))
        for number, table in enumerate(section.tables, start=1):
            self.table(number, table, LENGTH if across else WIDTH)
        if across:
            turned(self.paper, across=False)

    def table(self, number: int, table: Table, room: int) -> None:
        """A table under its title; its head is repeated on every page."""
        title = self.paper.add_paragraph()
        title.paragraph_format.keep_with_next = True
        made_up = f" ({self.say(MADE_UP)})" if table.synthetic else ""
        self.run(title, f"{number}. {self.say(table.title)}{made_up}", bold=True)
        self.noted(title, table.footnotes)
        if not table.rows:
            self.paragraph(self.say(table.empty), italic=True)
            return
        grid = self.grid(0, len(table.columns), widths(shares(table, self.language), room), border=True)
        head = added(grid)
        repeated(head)
        for cell, column in zip(head.cells, table.columns, strict=True):
            words = self.say(column.label) + (f" ({self.say(column.note)})" if column.note.vi else "")
            self.run(self.tight(cell), words, size=CELL, bold=True, align=CENTER)
            self.noted(cell.paragraphs[0], column.footnotes)
        for row in table.rows:
            for cell, content in zip(unbroken(added(grid)).cells, row.cells, strict=True):
                self.cell(cell, content, bold=row.total, units=table.units)
            if row.note.vi:
                cells = unbroken(added(grid)).cells
                self.run(self.tight(cells[0].merge(cells[-1])), self.say(row.note), size=CELL, italic=True)
        if table.note.vi:
            self.paragraph(self.say(table.note), italic=True)
        else:
            self.paper.add_paragraph().paragraph_format.space_after = Pt(0)

    def cell(self, cell: _Cell, content: Cell, *, bold: bool, units: bool) -> None:
        """Words on the left, numbers on the right."""
        paragraph = self.tight(cell)
        if isinstance(content, Figure):
            words = figure_words(content, self.language, unit=units)
            words += f" ({self.say(CONFIRM)})" if content.needs_confirmation else ""
            self.run(paragraph, words, size=CELL, bold=bold, align=RIGHT)
        else:
            self.label(paragraph, content, bold=bold)
        self.noted(paragraph, content.footnotes)

    def label(self, paragraph: Paragraph, label: Label, *, bold: bool) -> None:
        """Words and their detail."""
        self.run(paragraph, self.say(label.text), size=CELL, bold=bold, align=LEFT)
        if label.detail.vi:
            self.run(paragraph, f" ({self.say(label.detail)})", size=CELL, italic=True)

    def noted(self, paragraph: Paragraph, keys: tuple[str, ...]) -> None:
        """The numbers of notes, raised."""
        if keys:
            self.run(paragraph, marks(keys, self.numbers), size=CELL, raised=True)

    def notes(self) -> None:
        """The footnotes, as they stand at the end of the text."""
        if self.document.footnotes:
            self.run(self.paper.add_paragraph(), self.say(NOTES), bold=True)
        for note in self.document.footnotes:
            self.run(self.paper.add_paragraph(), f"{note.number}. {self.say(note.text)}", size=SMALL, align=JUSTIFY)
