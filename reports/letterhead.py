"""The frame of an official paper in a word processor's file (Decree 30/2020/ND-CP, annex I)."""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.table import Table as Grid
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from reports.document import OfficialForm, Text
from reports.legible import legible
from reports.official import DRAFT, END, MOTTO, NATION, RECIPIENTS, dateline, notation
from reports.ooxml import boxed, gridded, page_number, rule
from reports.packing import repacked
from reports.saying import MARK

FONT = "Times New Roman"
BODY, HEAD, SMALL = 14, 13, 11
CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY

WIDTH = Mm(210 - 30 - 15)
"""What the margins leave of the page."""


class Titled(Protocol):
    """What the frame must know of a document."""

    @property
    def title(self) -> Text:
        """What the file is called."""

    @property
    def synthetic(self) -> bool:
        """Whether every page says that the data are made up."""

    @property
    def generated_at(self) -> datetime:
        """When it was built."""


D = TypeVar("D", bound=Titled)


class Letterhead(Generic[D]):
    """A paper being written, as far as its frame goes."""

    def __init__(self, document: D, language: str) -> None:
        self.document, self.language = document, language
        self.paper: Paper = Document()

    def packed(self) -> bytes:
        """The file: the same paper gives the same bytes."""
        out = io.BytesIO()
        self.paper.save(out)
        return repacked(out.getvalue())

    def say(self, text: Any) -> str:
        """The language's words."""
        words: str = text.in_(self.language)
        return words

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
        piece = paragraph.add_run(legible(words))
        piece.font.size, piece.bold, piece.italic = Pt(size), bold, italic
        piece.font.superscript = raised or None
        if align is not None:
            paragraph.alignment = align
        return paragraph

    # --- head ---------------------------------------------------------------------------------------------------

    def head(self, form: OfficialForm) -> None:
        """Who issues it and the motto; number, place and date; the marks."""
        grid = self.grid(2, 2, (Mm(68), WIDTH - Mm(68)))
        left, right = grid.rows[0].cells
        self.lines(left, [(self.say(form.parent), 12, False, False), (self.say(form.issuer), 12, True, False)])
        rule(left.paragraphs[-1], Mm(20), Mm(68))
        self.lines(right, [(self.say(NATION), 12, True, False), (self.say(MOTTO), 13, True, False)])
        rule(right.paragraphs[-1], Mm(56), WIDTH - Mm(68))
        left, right = grid.rows[1].cells
        self.lines(left, [(notation(form, self.language), 13, False, False)])
        for mark in (form.urgency, form.circulation):
            if mark.vi:
                aside = 4 if mark is form.circulation else 8
                self.run(boxed(left.add_paragraph(), aside=aside), self.say(mark), size=13, bold=True, align=CENTER)
        if form.number is None:
            self.run(boxed(left.add_paragraph(), aside=16), self.say(DRAFT), size=13, bold=True, align=CENTER)
        if form.dated:
            self.lines(right, [(dateline(form, self.language), 13, False, True)])

    def lines(self, cell: _Cell, lines: Iterable[tuple[str, int, bool, bool]]) -> None:
        """Centred lines: words, size, bold, italic. The cell's own paragraph is the first."""
        for place, (words, size, bold, italic) in enumerate(lines):
            paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.line_spacing = 1
            self.run(paragraph, words, size=size, bold=bold, italic=italic, align=CENTER)

    def subject(self, form: OfficialForm) -> None:
        """Kind and subject over a rule; the grounds in italics."""
        kind = self.paper.add_paragraph()
        kind.paragraph_format.space_before, kind.paragraph_format.space_after = Pt(12), Pt(0)
        self.run(kind, self.say(form.kind), bold=True, align=CENTER)
        subject = self.run(self.paper.add_paragraph(), self.say(form.subject), bold=True, align=CENTER)
        rule(subject, Mm(60), WIDTH)
        for place, ground in enumerate(form.grounds, start=1):
            end = "." if place == len(form.grounds) else ";"
            self.paragraph(self.say(ground) + end, italic=True)

    def paragraph(self, words: str, *, bold: bool = False, italic: bool = False) -> Paragraph:
        """A line of the text: justified, its first line moved in."""
        paragraph = self.paper.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Cm(1)
        return self.run(paragraph, words, bold=bold, italic=italic, align=JUSTIFY)

    # --- foot ---------------------------------------------------------------------------------------------------

    def end(self) -> None:
        """The text's end. Its last line stays with the foot, so that nobody signs an empty page."""
        last = self.paper.paragraphs[-1]
        last.paragraph_format.keep_with_next = True
        self.run(last, END)

    def recipients(self, cell: _Cell, form: OfficialForm) -> None:
        """To whom it goes, the file last."""
        self.run(self.tight(cell), self.say(RECIPIENTS), size=12, bold=True, italic=True)
        for place, one in enumerate(form.recipients, start=1):
            line = cell.add_paragraph()
            line.paragraph_format.space_after, line.paragraph_format.line_spacing = Pt(0), 1
            self.run(line, f"- {self.say(one)}{'.' if place == len(form.recipients) else ';'}", size=SMALL)

    def signature(self, cell: _Cell, authority: Text, office: Text, signer: str) -> None:
        """On whose behalf and in which office; room to sign; the name."""
        title = " ".join(filter(None, [self.say(authority), self.say(office)])).upper()
        self.lines(cell, [(title, 13, True, False), *([("", 13, False, False)] * 4), (signer, 13, True, False)])

    # --- tables -------------------------------------------------------------------------------------------------

    def grid(self, rows: int, columns: int, widths: tuple[Any, ...], *, border: bool = False) -> Grid:
        """A table of fixed widths."""
        return gridded(self.paper, rows, columns, widths, border=border)

    def tight(self, cell: _Cell) -> Paragraph:
        """The first paragraph of a cell, without room around it."""
        paragraph: Paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), 1
        return paragraph
