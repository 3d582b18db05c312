"""The report as an official paper to edit and sign (Decree 30/2020/ND-CP, annex I): A4, Times New Roman."""

import io
from collections.abc import Iterable
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from reports.document import Cell, Figure, Label, OfficialForm, QuarterlyReport, Table
from reports.official import DRAFT, END, MOTTO, NATION, RECIPIENTS, attached, dateline, notation
from reports.ooxml import added, boxed, gridded, page_number, pictured, repeated, rule, turned, unbroken, widths
from reports.outline import Part, outline
from reports.packing import repacked
from reports.renderers.charts import breadth, described, draw
from reports.renderers.pictures import picture_of
from reports.saying import (
    CONFIRM,
    MADE_UP,
    MARK,
    NOTES,
    figure_words,
    lies_across,
    marks,
    note_numbers,
    opening,
    prose_lines,
    shares,
)

FONT = "Times New Roman"
BODY, HEAD, SMALL, CELL = 14, 13, 11, 11
CENTER, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
RIGHT, JUSTIFY = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY

WIDTH = Mm(210 - 30 - 15)
"""What the margins leave of the page."""

LENGTH = Mm(297 - 30 - 15)
"""The same of a page that lies across."""


def render(document: QuarterlyReport, language: str, *, base_url: str = "") -> bytes:
    """The paper. The same document gives the same bytes. `base_url` is not used: a signed paper has no links."""
    return _Writer(document, language).write()


class _Writer:
    """One paper being written."""

    def __init__(self, document: QuarterlyReport, language: str) -> None:
        self.document, self.language = document, language
        self.numbers = note_numbers(document)
        self.paper: Paper = Document()

    def say(self, text: Any) -> str:
        """The language's words."""
        words: str = text.in_(self.language)
        return words

    def write(self) -> bytes:
        """Everything."""
        self.page()
        form = self.document.form
        if form is not None:
            self.head(form)
        self.title(form)
        for part in outline(self.document, annexes=False):
            self.section(part)
        self.notes()
        if form is not None:
            self.foot(form)
        for part in outline(self.document, annexes=True):
            self.annex(part, form)
        out = io.BytesIO()
        self.paper.save(out)
        return repacked(out.getvalue())

    # --- the page -----------------------------------------------------------------------------------------------

    def page(self) -> None:
        """A4 with its margins; page numbers centred in the top margin from the second page on; the language."""
        section = self.paper.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(15)
        section.header_distance = Mm(10)
        section.different_first_page_header_footer = True
        page_number(section.header.paragraphs[0], size=HEAD)
        if self.document.synthetic:
            for part in (section.footer, section.first_page_footer):
                self.run(part.paragraphs[0], self.say(MARK), size=SMALL, bold=True, align=CENTER)
        style: Any = self.paper.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(BODY)
        fonts = style.element.rPr.rFonts
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN" if self.language == "vi" else "en-GB")
        style.element.rPr.append(language)
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(6), 1.15
        about, moment = self.paper.core_properties, self.document.generated_at.replace(tzinfo=None)
        about.title, about.author, about.comments = self.say(self.document.title), "", ""
        about.created = about.modified = moment
        about.language = self.language

    def run(
        self,
        paragraph: Paragraph,
        words: str,
        *,
        size: int = BODY,
        bold: bool = False,
        italic: bool = False,
        align: Any = None,
        raised: bool = False,
    ) -> Paragraph:
        """Words in a paragraph."""
        piece = paragraph.add_run(words)
        piece.font.size, piece.bold, piece.italic = Pt(size), bold, italic
        piece.font.superscript = raised or None
        if align is not None:
            paragraph.alignment = align
        return paragraph

    # --- head and foot ------------------------------------------------------------------------------------------

    def head(self, form: OfficialForm) -> None:
        """Who issues it and the motto; number, place and date; the marks."""
        grid = gridded(self.paper, 2, 2, (Mm(68), WIDTH - Mm(68)))
        left, right = grid.rows[0].cells
        self.lines(left, [(self.say(form.parent), 12, False, False), (self.say(form.issuer), 12, True, False)])
        rule(left.paragraphs[-1], Mm(20), Mm(68))
        self.lines(right, [(self.say(NATION), 12, True, False), (self.say(MOTTO), 13, True, False)])
        rule(right.paragraphs[-1], Mm(56), WIDTH - Mm(68))
        left, right = grid.rows[1].cells
        self.lines(left, [(notation(form, self.language), 13, False, False)])
        for mark in (form.urgency, form.circulation):
            if mark.vi:
                self.run(boxed(left.add_paragraph()), self.say(mark), size=13, bold=True, align=CENTER)
        if form.number is None:
            self.run(left.add_paragraph(), self.say(DRAFT), size=13, bold=True, align=CENTER)
        self.lines(right, [(dateline(form, self.language), 13, False, True)])

    def lines(self, cell: _Cell, lines: Iterable[tuple[str, int, bool, bool]]) -> None:
        """Centred lines: words, size, bold, italic. The cell's own paragraph is the first."""
        for place, (words, size, bold, italic) in enumerate(lines):
            paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.line_spacing = 1
            self.run(paragraph, words, size=size, bold=bold, italic=italic, align=CENTER)

    def title(self, form: OfficialForm | None) -> None:
        """Kind and subject over a rule, or the title; the grounds; what the report covers."""
        document = self.document
        if form is None:
            self.run(self.paper.add_paragraph(), self.say(document.title), bold=True, align=CENTER)
        else:
            kind = self.paper.add_paragraph()
            kind.paragraph_format.space_before, kind.paragraph_format.space_after = Pt(12), Pt(0)
            self.run(kind, self.say(form.kind), bold=True, align=CENTER)
            subject = self.run(self.paper.add_paragraph(), self.say(form.subject), bold=True, align=CENTER)
            rule(subject, Mm(60), WIDTH)
            for place, ground in enumerate(form.grounds, start=1):
                end = "." if place == len(form.grounds) else ";"
                self.paragraph(self.say(ground) + end, italic=True)
        if document.banner.vi:
            self.paragraph(self.say(document.banner), bold=True)
        for words, notes in opening(document, self.language):
            self.noted(self.paragraph(words), notes)

    def paragraph(self, words: str, *, bold: bool = False, italic: bool = False) -> Paragraph:
        """A line of the text: justified, its first line moved in."""
        paragraph = self.paper.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Cm(1)
        return self.run(paragraph, words, bold=bold, italic=italic, align=JUSTIFY)

    def foot(self, form: OfficialForm) -> None:
        """The text's end; recipients on the left, level with the signature on the right."""
        last = self.paper.paragraphs[-1]
        self.run(last, END)
        grid = gridded(self.paper, 1, 2, (WIDTH / 2, WIDTH / 2))
        left, right = unbroken(grid.rows[0]).cells
        self.run(left.paragraphs[0], self.say(RECIPIENTS), size=12, bold=True, italic=True)
        for place, one in enumerate(form.recipients, start=1):
            line = left.add_paragraph()
            line.paragraph_format.space_after = Pt(0)
            self.run(line, f"- {self.say(one)}{'.' if place == len(form.recipients) else ';'}", size=SMALL)
        office = " ".join(filter(None, [self.say(form.authority), self.say(form.office)])).upper()
        self.lines(right, [(office, 13, True, False), *([("", 13, False, False)] * 4), (form.signer, 13, True, False)])

    # --- parts and tables ---------------------------------------------------------------------------------------

    def section(self, part: Part) -> None:
        """A part; it lies across where a table needs the room."""
        across = lies_across(part.section, self.language)
        if across:
            turned(self.paper, across=True)
        heading = self.paper.add_paragraph()
        heading.paragraph_format.keep_with_next = True
        self.run(heading, part.heading(self.language), bold=True)
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
        grid = gridded(self.paper, 0, len(table.columns), widths(shares(table, self.language), room), border=True)
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

    def tight(self, cell: _Cell) -> Paragraph:
        """The first paragraph of a cell, without room around it."""
        paragraph: Paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), 1
        return paragraph

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
