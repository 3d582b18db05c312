"""The paper as Decree 30/2020/ND-CP, annex I wants it: page, head, title, text, foot."""

import re
from dataclasses import replace
from datetime import date

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from registry.periods import Period
from reports.build import quarterly_report
from reports.document import NOTHING, Text
from reports.official import dateline, notation
from reports.renderers import RENDERERS, render
from reports.saying import MONTHS
from tests.cast import Cast
from tests.reports.papers import FORM, docx, numbers_in, paper, paragraph, pdf, words_of

CENTER, LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY

CELLS = {
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": (range(12, 14), True, False, CENTER),
    "Độc lập - Tự do - Hạnh phúc": (range(13, 15), True, False, CENTER),
    "BỘ MẪU": (range(12, 14), False, False, CENTER),
    "CỤC MẪU": (range(12, 14), True, False, CENTER),
    "Số: 05/BC-MẪU": (range(13, 14), False, False, CENTER),
    "Hà Nội, ngày 03 tháng 02 năm 2024": (range(13, 15), False, True, CENTER),
    "KHẨN": (range(13, 15), True, False, CENTER),
    "LƯU HÀNH NỘI BỘ": (range(13, 15), True, False, CENTER),
    "BÁO CÁO": (range(13, 15), True, False, CENTER),
    "Kết quả phối hợp": (range(13, 15), True, False, CENTER),
    "Căn cứ một;": (range(13, 15), False, True, JUSTIFY),
    "Căn cứ hai.": (range(13, 15), False, True, JUSTIFY),
    "Chữ mẫu": (range(13, 15), False, False, JUSTIFY),
    "Nơi nhận:": (range(12, 13), True, True, None),
    "- Đơn vị khác;": (range(11, 12), False, False, None),
    "- Lưu: VT.": (range(11, 12), False, False, None),
    "KT. CỤC TRƯỞNG PHÓ CỤC TRƯỞNG": (range(13, 15), True, False, CENTER),
    "Nguyễn Văn Mẫu": (range(13, 15), True, False, CENTER),
}
"""Words, sizes allowed, bold, italic, how they stand."""


def looks(line: Paragraph) -> tuple[float, bool, bool, WD_ALIGN_PARAGRAPH | None]:
    """Size, bold, italic, alignment of a paragraph of one run."""
    (run,) = [run for run in line.runs if run.text]
    assert run.font.size is not None
    return run.font.size.pt, bool(run.bold), bool(run.italic), line.alignment


@pytest.mark.parametrize("words", CELLS)
def test_each_part_of_the_paper_has_the_form_that_the_decree_gives_it(words: str) -> None:
    bannerless = replace(paper(), banner=NOTHING)
    sizes, bold, italic, alignment = CELLS[words]
    size, *style = looks(paragraph(docx(bannerless), words))
    assert size in sizes
    assert style == [bold, italic, alignment]


def test_the_page_is_a4_with_its_margins() -> None:
    (section,) = docx(paper()).sections
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    limits = ((20, 25), (20, 25), (30, 35), (15, 20))
    assert all(low <= round(m.mm) <= high for m, (low, high) in zip(margins, limits, strict=True) if m is not None)
    assert None not in margins


def test_pages_are_numbered_in_the_middle_of_the_top_from_the_second_on() -> None:
    (section,) = docx(paper()).sections
    assert section.different_first_page_header_footer
    (header,) = section.header.paragraphs
    assert header.alignment == CENTER
    assert [t.text for t in header._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert {run.font.size.pt for run in header.runs if run.font.size} <= {13, 14}
    assert not list(section.first_page_header._element.iter(qn("w:instrText")))


def test_the_letters_are_times_new_roman_for_every_script() -> None:
    opened = docx(paper())
    fonts = opened.styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert not [run for line in opened.paragraphs for run in line.runs if run.font.name]


def test_the_text_begins_each_paragraph_one_centimetre_in_and_ends_with_its_sign() -> None:
    opened = docx(replace(paper(), banner=NOTHING))
    line = paragraph(opened, "Chữ mẫu")
    assert line.paragraph_format.first_line_indent is not None
    assert round(line.paragraph_format.first_line_indent.cm, 2) in {1, 1.27}
    assert line.paragraph_format.space_after is None or line.paragraph_format.space_after.pt >= 6
    last = paragraph(opened, "Trên đây là báo cáo kết quả phối hợp./.")
    assert last.paragraph_format.keep_with_next, "nobody signs a page without text"
    foot = last._p.getnext()
    assert foot.tag == qn("w:tbl")
    notes = paragraph(opened, "Ghi chú")
    assert list(opened.element.body).index(notes._p) > list(opened.element.body).index(foot)


def test_the_signature_stands_on_a_page_with_the_last_line_and_before_the_notes() -> None:
    pages = [" ".join(page.extract_text().split()) for page in pdf(paper()).pages]
    (signed,) = [text for text in pages if "Nơi nhận:" in text]
    assert signed.index("Trên đây là báo cáo kết quả phối hợp./.") < signed.index("Nơi nhận:")
    whole = " ".join(pages)
    assert whole.index("Nguyễn Văn Mẫu") < whole.index("Ghi chú")


def test_nothing_but_a_line_lies_between_recipients_and_their_title() -> None:
    cell = docx(paper()).tables[-1].rows[0].cells[0]
    assert cell.paragraphs[0].text == "Nơi nhận:"
    assert [p.paragraph_format.space_after for p in cell.paragraphs] == [0] * len(cell.paragraphs)


def test_a_page_of_html_says_number_day_signer_and_whether_it_is_sealed() -> None:
    sealed = render(paper(), file_format="html", language="vi").decode()
    for words in ("Số: 05/BC-MẪU", "Hà Nội, ngày 03 tháng 02 năm 2024", "ĐÃ KÝ BAN HÀNH", "Nguyễn Văn Mẫu", "CỤC MẪU"):
        assert words in sealed
    draft = render(paper(replace(FORM, number=None, signed_on=None, signer="")), file_format="html", language="en")
    assert b"DRAFT" in draft
    assert b"SEALED" not in draft


def test_parts_have_roman_numbers_and_tables_arabic_ones() -> None:
    texts = [p.text for p in docx(paper()).paragraphs]
    assert "I. Chữ mẫu" in texts
    assert any(text.startswith("1. Chữ mẫu (dữ liệu giả định)") for text in texts)


def test_rules_stand_below_motto_issuer_and_subject() -> None:
    opened = docx(paper())
    for words in ("Độc lập - Tự do - Hạnh phúc", "CỤC MẪU", "Kết quả phối hợp"):
        below = paragraph(opened, words)._p.getnext()
        assert below.find(qn("w:pPr")).find(qn("w:pBdr")).find(qn("w:top")).get(qn("w:val")) == "single"


def test_a_tables_head_is_repeated_and_its_lines_stay_whole() -> None:
    table = docx(paper()).tables[1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows[1:])


@pytest.mark.parametrize(
    ("number", "on", "language", "told"),
    [
        (5, date(2024, 1, 5), "vi", ("Số: 05/BC-MẪU", "Hà Nội, ngày 05 tháng 01 năm 2024")),
        (12, date(2024, 3, 15), "vi", ("Số: 12/BC-MẪU", "Hà Nội, ngày 15 tháng 3 năm 2024")),
        (100, date(2024, 12, 31), "vi", ("Số: 100/BC-MẪU", "Hà Nội, ngày 31 tháng 12 năm 2024")),
        (5, date(2024, 1, 5), "en", ("No. 05/BC-MẪU", "Hanoi, 5 January 2024")),
    ],
)
def test_numbers_and_dates_have_their_zeros(number: int, on: date, language: str, told: tuple[str, str]) -> None:
    form = replace(FORM, number=number, signed_on=on)
    assert (notation(form, language), dateline(form, language)) == told


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_draft_says_so_and_leaves_number_and_date_open(language: str) -> None:
    draft = paper(replace(FORM, number=None, signed_on=None))
    word = {"vi": "DỰ THẢO", "en": "DRAFT"}[language]
    assert word in words_of(pdf(draft, language))
    assert paragraph(docx(draft, language), word)
    assert word not in words_of(pdf(paper(), language))
    assert "/BC-MẪU" in words_of(pdf(draft, language))
    assert "05/BC-MẪU" not in words_of(pdf(draft, language))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pdf_has_the_same_parts_in_the_same_order(language: str) -> None:
    text = words_of(pdf(paper(), language))
    parts = {
        "vi": ("BỘ MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 05/BC-MẪU", "ngày 03 tháng 02 năm 2024", "BÁO CÁO",
               "Căn cứ một;", "I. Chữ mẫu", "./.", "Nơi nhận:", "Nguyễn Văn Mẫu"),
        "en": ("SAMPLE MINISTRY", "SOCIALIST REPUBLIC OF VIET NAM", "No. 05/BC-MẪU", "3 February 2024", "REPORT",
               "Pursuant to one;", "I. Sample words", "./.", "Recipients:", "Nguyễn Văn Mẫu"),
    }[language]  # fmt: skip
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_the_pdf_is_a4_numbered_from_the_second_page_and_carries_its_letters() -> None:
    long = replace(paper(), edition=replace(paper().edition, scope=(Text.same("Dòng mẫu. " * 40),) * 12))
    reader = pdf(long)
    assert len(reader.pages) > 1
    assert {tuple(round(float(v) * 25.4 / 72) for v in page.mediabox[2:]) for page in reader.pages} == {(210, 297)}
    first, second = (page.extract_text().split("\n")[0].strip() for page in reader.pages[:2])
    assert (first, second) == ("BỘ MẪU", "2")
    fonts = {str(f["/BaseFont"]) for page in reader.pages for f in (r.get_object() for r in page["/Resources"]["/Font"].values())}  # fmt: skip
    assert fonts
    assert all("LiberationSerif" in name for name in fonts)


@pytest.mark.parametrize("file_format", sorted(RENDERERS))
def test_a_report_that_nobody_issues_has_no_frame(file_format: str) -> None:
    assert render(paper(None), file_format=file_format, language="vi")


DATES = {
    "vi": r"\d{1,2}:\d\d, \d{1,2}/\d{1,2}/\d{4}|\d{1,2}/\d{1,2}/\d{4}",
    "en": rf"\d{{1,2}}:\d\d, \d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}|\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}",
}
SHORT = {"vi": r"(?:Quý [IV]+|Tháng \d+)/", "en": rf"Q\d |(?:{'|'.join(m[:3] for m in MONTHS)}) "}
"""How each language writes days and short names of periods: not the same numbers, though the same days."""


def test_both_languages_print_the_same_numbers(cast: Cast) -> None:
    document = quarterly_report(period=Period.parse("2024-Q2"), reader=None)
    printed = {}
    for language in ("vi", "en"):
        text = words_of(pdf(document, language))
        days = re.findall(DATES[language], text)
        rest = re.sub(SHORT[language], "", re.sub(DATES[language], " ", text))
        printed[language] = (len(days), numbers_in(rest, language))
    assert len(printed["vi"][1]) > 100
    assert printed["vi"] == printed["en"]
