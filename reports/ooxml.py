"""Parts of a word processor's file that the library has no words for: fields, rules, frames, rows of tables."""

import io
from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

RULE = "6"
"""Width of a rule in eighths of a point."""

AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct",
    "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
    "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
"""What the format wants behind the borders of a paragraph."""


AFTER_NUMBERING = (
    "w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi", "w:rtlGutter",
    "w:docGrid", "w:printerSettings", "w:sectPrChange",
)  # fmt: skip
"""What the format wants behind the numbering of a section's pages."""


def _element(name: str, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _bordered(paragraph: Paragraph, borders: Any) -> None:
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *AFTER_BORDERS)


def page_number(paragraph: Paragraph, *, size: int) -> None:
    """A field that counts pages."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind in ("begin", "instr", "end"):
        run = paragraph.add_run()
        run.font.size = Pt(size)
        if kind == "instr":
            text = OxmlElement("w:instrText")
            text.text = "PAGE"
            run._r.append(text)
        else:
            run._r.append(_element("w:fldChar", fldCharType=kind))


def rule(paragraph: Paragraph, length: int, width: int) -> None:
    """A rule of the length, centred below the paragraph: the lower border of an empty line moved in on both sides."""
    below = OxmlElement("w:p")
    paragraph._p.addnext(below)
    line = Paragraph(below, paragraph._parent)
    side = int((width - length) / 2)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = side
    line.paragraph_format.space_after = line.paragraph_format.space_before = Pt(0)
    line.paragraph_format.line_spacing = Pt(4)
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:top", val="single", sz=RULE, space="1", color="000000"))
    _bordered(line, borders)


def boxed(paragraph: Paragraph, *, aside: int = 8) -> Paragraph:
    """A paragraph in a frame, moved in by so many millimetres: neighbours moved in alike would share one frame."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(_element(f"w:{side}", val="single", sz="8", space="2", color="000000"))
    _bordered(paragraph, borders)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(aside)
    return paragraph


def pictured(paragraph: Paragraph, picture: bytes, described: str, *, breadth: int) -> None:
    """A picture in the middle, kept with what follows; `described` is read to whoever does not see it."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    made = paragraph.add_run().add_picture(io.BytesIO(picture), width=breadth)
    made._inline.docPr.set("descr", described)


def gridded(paper: Document, rows: int, columns: int, widths: Sequence[Any], *, border: bool = False) -> Table:
    """A table of fixed widths."""
    grid: Table = paper.add_table(rows, columns, style="Table Grid" if border else None)
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = int(width)
        for cell in column.cells:
            cell.width = int(width)
    return grid


def added(grid: Any) -> Any:
    """A new row."""
    return grid.add_row()


def repeated(row: Any) -> None:
    """The row stands on top of every page that the table reaches."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))


def unbroken(row: Any) -> Any:
    """The row is not cut by the end of a page."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))
    return row


def closed(paper: Document) -> None:
    """A last line that takes no room: without it a table at the end would bring an empty page of its own."""
    line = paper.add_paragraph()
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(0)
    line.paragraph_format.line_spacing = Pt(1)
    line.add_run("").font.size = Pt(1)


def widths(shares: list[int], room: int) -> tuple[int, ...]:
    """What each column gets of the room."""
    return tuple(int(room * share / sum(shares)) for share in shares)


def turned(paper: Document, *, across: bool, counted_anew: bool = False) -> None:
    """A new page, lying across or upright; of what is not `counted_anew` every page has its number."""
    section = paper.add_section(WD_SECTION.NEW_PAGE)
    section.page_width, section.page_height = (Mm(297), Mm(210)) if across else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.different_first_page_header_footer = counted_anew
    if counted_anew:
        section._sectPr.insert_element_before(_element("w:pgNumType", start="1"), *AFTER_NUMBERING)
    else:
        for kept in section._sectPr.findall(qn("w:pgNumType")):
            section._sectPr.remove(kept)
