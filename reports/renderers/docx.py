"""The report as an official paper to edit and sign (Decree 30/2020/ND-CP, annex I): A4, Times New Roman."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from reports.document import Cell, Figure, Label, OfficialForm, QuarterlyReport, Table
from reports.letterhead import CENTER, JUSTIFY, SMALL, WIDTH, Letterhead
from reports.official import attached
from reports.ooxml import added, pictured, repeated, turned, unbroken, widths
from reports.outline import Part, headed, outline
from reports.renderers.charts import breadth, described, draw
from reports.renderers.pictures import picture_of
from reports.saying import (
    CONFIRM,
    MADE_UP,
    NOTES,
    closing,
    figure_words,
    lies_across,
    marks,
    note_numbers,
    opening,
    prose_lines,
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
        for above, part in headed(outline(self.document, annexes=False)):
            self.section(above, part)
        if form is not None:
            self.foot(form)
        self.notes()
        for part in outline(self.document, annexes=True):
            self.annex(part, form)
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
        """The text's end, on one page with the foot; recipients on the left, level with the signature on the right."""
        self.paragraph(closing(form, self.language))
        self.end()
        left, right = unbroken(self.grid(1, 2, (WIDTH / 2, WIDTH / 2)).rows[0]).cells
        self.recipients(left, form)
        self.signature(right, form.authority, form.office, form.signer)

    # --- parts and tables ---------------------------------------------------------------------------------------

    def section(self, above: tuple[Part, ...], part: Part) -> None:
        """A part below the headings it stands under; it lies across where a table needs the room."""
        across = lies_across(part.section, self.language)
        if across:
            turned(self.paper, across=True)
        for one in (*above, part):
            heading = self.paper.add_paragraph()
            heading.paragraph_format.keep_with_next = True
            self.run(heading, one.heading(self.language), bold=True)
        self.told(part, LENGTH if across else WIDTH)
        if across:
            turned(self.paper, across=False)

    def annex(self, part: Part, form: OfficialForm | None) -> None:
        """An annex on pages of its own, which it counts by itself."""
        across = lies_across(part.section, self.language)
        turned(self.paper, across=across, counted_anew=True)
        lines = [(part.mark(self.language), 14, True, False), (self.say(part.section.title).upper(), 13, True, False)]
        lines += [(attached(form, self.language), 13, False, True)] if form else []
        for words, size, bold, italic in lines:
            self.run(self.paper.add_paragraph(), words, size=size, bold=bold, italic=italic, align=CENTER)
        self.told(part, LENGTH if across else WIDTH)

    def told(self, part: Part, room: int) -> None:
        """What was written, what must be said of the figures, the tables."""
        section = part.section
        for line in (*prose_lines(section, self.language), *map(self.say, section.paragraphs)):
            self.paragraph(line)
        if section.empty.vi:
            self.paragraph(self.say(section.empty), italic=True)
        for place, table in enumerate(section.tables):
            self.table(part.table_mark(place, self.language), table, room)

    def table(self, mark: str, table: Table, room: int) -> None:
        """A table under its title; its head is repeated on every page."""
        title = self.paper.add_paragraph()
        title.paragraph_format.keep_with_next = True
        made_up = f" ({self.say(MADE_UP)})" if table.synthetic else ""
        self.run(title, f"{mark} {self.say(table.title)}{made_up}", bold=True)
        self.noted(title, table.footnotes)
        if not table.rows:
            self.paragraph(self.say(table.empty), italic=True)
            return
        if drawn := draw(table, self.language):
            words = described(table, self.language)
            pictured(self.paper.add_paragraph(), picture_of(drawn), words, breadth=Mm(breadth(table)))
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
        """The footnotes, behind the signature, so that it never stands alone on a page."""
        if self.document.footnotes:
            title = self.paper.add_paragraph()
            title.paragraph_format.keep_with_next = True
            title.paragraph_format.space_before = Pt(12)
            self.run(title, self.say(NOTES), bold=True)
        for note in self.document.footnotes:
            self.run(self.paper.add_paragraph(), f"{note.number}. {self.say(note.text)}", size=SMALL, align=JUSTIFY)
