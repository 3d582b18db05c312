"""The order of the report and its numbers: I., 1., a); annexes by themselves."""

import pytest

from registry.periods import Period
from reports.build import quarterly_report
from reports.document import QuarterlyReport
from reports.outline import outline
from reports.renderers import render
from tests.cast import Cast
from tests.reports.papers import docx, pdf

QUARTER = Period.parse("2024-Q2")

PARTS = (
    ("I.", "Situation"),
    ("II.", "Results of coordination"),
    ("1.", "Advice and direction"),
    ("2.", "Exchange of information"),
    ("3.", "Operational measures"),
    ("4.", "Arrests and seizures"),
    ("5.", "Fugitives"),
    ("6.", "Control of lawful activities and of precursors"),
    ("7.", "Communication"),
    ("8.", "Training"),
    ("9.", "International cooperation"),
    ("10.", "Emulation and commendation"),
    ("III.", "Assessment"),
    ("1.", "Strengths"),
    ("2.", "Shortcomings"),
    ("3.", "Causes"),
    ("4.", "Lessons"),
    ("IV.", "Directions and tasks"),
    ("V.", "Proposals"),
)
ANNEXES = (
    "Compared with other periods",
    "Joint cases and seizures by province",
    "Typical cases",
    "Items by reference",
    "What published documents say, beside the registry",
    "Reconciliation of figures and records",
    "Scorecard: what came of it, by pair of agencies",
    "Figures stated by the agencies",
    "Conference about the period",
)


@pytest.fixture
def report(cast: Cast) -> QuarterlyReport:
    return quarterly_report(period=QUARTER, reader=None)


def test_the_parts_stand_in_the_order_in_which_agencies_read_them(report: QuarterlyReport) -> None:
    text = [(part.mark("en"), part.section.title.en) for part in outline(report, annexes=False)]
    assert tuple(text) == PARTS
    attached = [(part.mark("vi"), part.section.title.en) for part in outline(report, annexes=True)]
    numbers = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    assert tuple(attached) == tuple((f"Phụ lục {n}", title) for n, title in zip(numbers, ANNEXES, strict=True))


def test_tables_are_lettered_by_the_alphabet_of_the_language(report: QuarterlyReport) -> None:
    shared = next(part for part in outline(report) if part.section.key == "shared")
    assert [shared.table_mark(place, "vi") for place in range(5)] == ["a)", "b)", "c)", "d)", "đ)"]
    assert shared.table_mark(4, "en") == "e)"
    trend = next(part for part in outline(report) if part.section.key == "trend")
    assert trend.table_mark(0, "vi") == "1."


def test_annexes_begin_on_pages_of_their_own_behind_the_signature(report: QuarterlyReport) -> None:
    pages = [page.extract_text().strip() for page in pdf(report).pages]
    first = [n for n, text in enumerate(pages) if text.startswith("Phụ lục ")]
    assert len(first) == len(ANNEXES)
    assert not any("./." in text for text in pages[first[0] :])
    following = [n for n in range(first[0], len(pages)) if n not in first]
    assert all(pages[n].split("\n")[0] == str(n - max(f for f in first if f < n) + 1) for n in following)


def test_annexes_of_the_paper_to_edit_count_their_pages_anew(report: QuarterlyReport) -> None:
    opened = docx(report)
    namespace = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    anew = [s for s in opened.sections if s._sectPr.find(f"{namespace}pgNumType") is not None]
    assert len(anew) == len(ANNEXES)
    assert all(section.different_first_page_header_footer for section in anew)


def test_every_drawing_has_words_and_a_table_beside_it(report: QuarterlyReport) -> None:
    drawn = [table for table in report.tables.values() if table.chart and table.rows]
    assert {table.key for table in drawn} == {"giver_receiver", "receipts", "seizures", "periods"}
    page = render(report, file_format="html", language="en").decode()
    for key in ("giver_receiver", "receipts", "periods"):
        title = report.tables[key].title.en
        assert f'aria-label="{title}. The table below holds the same numbers."' in page
    described = [one._inline.docPr.get("descr") for one in docx(report, "en").inline_shapes]
    assert len(described) == page.count("<svg")
    assert all(words.endswith("The table below holds the same numbers.") for words in described)
