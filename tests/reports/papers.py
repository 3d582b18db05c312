"""A report in the frame of an official paper, and how its words are read back."""

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from docx import Document
from docx.document import Document as Paper
from docx.text.paragraph import Paragraph
from pypdf import PdfReader

from reports.document import OfficialForm, QuarterlyReport, Text
from reports.renderers import render
from tests.reports.test_renderers import report

FORM = OfficialForm(
    parent=Text("BỘ MẪU", "SAMPLE MINISTRY"),
    issuer=Text("CỤC MẪU", "SAMPLE DEPARTMENT"),
    symbol="BC-MẪU",
    place=Text("Hà Nội", "Hanoi"),
    kind=Text("BÁO CÁO", "REPORT"),
    subject=Text("Kết quả phối hợp", "Results of coordination"),
    grounds=(Text("Căn cứ một", "Pursuant to one"), Text("Căn cứ hai", "Pursuant to two")),
    recipients=(Text("Đơn vị khác", "Another unit"), Text("Lưu: VT", "File: VT")),
    authority=Text("KT. Cục trưởng", "for the Director"),
    office=Text("Phó Cục trưởng", "Deputy Director"),
    signer="Nguyễn Văn Mẫu",
    urgency=Text("KHẨN", "URGENT"),
    circulation=Text("LƯU HÀNH NỘI BỘ", "INTERNAL CIRCULATION"),
    number=5,
    signed_on=date(2024, 2, 3),
)
WORDS = Text("Chữ mẫu", "Sample words")


def paper(form: OfficialForm | None = FORM, words: Text = WORDS) -> QuarterlyReport:
    """A small report with every kind of cell, in the frame."""
    return replace(report(words), form=form)


def docx(document: QuarterlyReport, language: str = "vi") -> Paper:
    """The paper, opened."""
    return Document(io.BytesIO(render(document, file_format="docx", language=language)))


def pdf(document: QuarterlyReport, language: str = "vi") -> PdfReader:
    """The pages, opened."""
    return PdfReader(io.BytesIO(render(document, file_format="pdf", language=language)))


def words_of(reader: PdfReader) -> str:
    """All words of the pages, blanks made alike, without the numbers on top of the pages (annexes count anew)."""
    texts = [page.extract_text() for page in reader.pages]
    bodies = [re.sub(r"\A\d{1,3}\n", "", text) for text in texts]
    return " ".join(" ".join(bodies).split())


def numbers_in(text: str, language: str) -> list[Decimal]:
    """Every number of a text as the language writes it, in order of size."""
    point, comma = (",", r"\.") if language == "vi" else (r"\.", ",")
    found = re.findall(rf"\d+(?:{comma}\d{{3}})*(?:{point}\d+)?", text)
    plain = [one.translate(str.maketrans(",.", ".,") if language == "vi" else {}).replace(",", "") for one in found]
    return sorted(Decimal(one) for one in plain)


def paragraph(opened: Paper, text: str) -> Paragraph:
    """The paragraph that reads so, in the text or in a cell."""
    cells = [p for table in opened.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return next(p for p in (*opened.paragraphs, *cells) if p.text == text)
