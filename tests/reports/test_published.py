"""What documents print, beside what the registry holds: comparators in words, traps as notes, nothing ever added."""

import json
from typing import Any

import pytest

from registry.periods import Period
from reports.build import quarterly_report
from reports.document import Figure, Label, QuarterlyReport, Row
from reports.renderers import render
from tests.documents.loaded import documents, documents_data  # noqa: F401 - fixtures

QUARTER = Period.parse("2024-Q2")


@pytest.fixture
def report(documents: dict[str, Any], db: None) -> QuarterlyReport:  # noqa: F811 - the fixture
    """The report of the quarter of the documents' conference, over an otherwise empty registry."""
    return quarterly_report(period=QUARTER, reader=None)


def line(report: QuarterlyReport, printed: str) -> Row:
    """The line of the figure printed so."""
    rows = report.tables["published"].rows
    return next(r for r in rows if isinstance(r.cells[2], Label) and r.cells[2].text.en == printed)


def reading(row: Row) -> Figure:
    """How the figure is read."""
    assert isinstance(row.cells[3], Figure)
    return row.cells[3]


def page(report: QuarterlyReport, language: str) -> str:
    """The page with plain spaces."""
    return render(report, file_format="html", language=language).decode().replace("\u00a0", " ")


def test_every_drug_figure_of_the_period_has_a_line_and_noise_has_none(report: QuarterlyReport) -> None:
    assert len(report.tables["published"].rows) == 19
    assert "44.5" not in page(report, "en")


def test_comparators_stand_in_words(report: QuarterlyReport) -> None:
    vi, en = page(report, "vi"), page(report, "en")
    for words in ("hơn 330 kg", "hơn 1,7 tấn", "gần 1 tấn"):
        assert words in vi
    for words in ("more than 330 kg", "more than 1.7 t", "nearly 1 t"):
        assert words in en


def test_the_decimal_comma_is_kept_as_printed_read_and_marked(report: QuarterlyReport) -> None:
    row = line(report, "659,149 kg")
    assert str(reading(row).number) == "659.149"
    assert reading(row).needs_confirmation
    assert "T-DECIMAL" in reading(row).footnotes
    assert "chờ xác nhận" in page(report, "vi")
    assert "659,149 kg" in page(report, "vi")
    assert "659.149 kg" in page(report, "en")


def test_traps_are_numbered_notes_with_what_the_registry_does(report: QuarterlyReport) -> None:
    used = {key for row in report.tables["published"].rows for key in reading(row).footnotes}
    notes = {note.key: note for note in report.footnotes}
    assert used <= set(notes)
    assert {"T-DECIMAL", "T-POOLED", "T-PERIOD", "T-OVERLAP"} <= used
    assert [note.number for note in report.footnotes] == list(range(1, len(report.footnotes) + 1))
    for number in range(1, len(report.footnotes) + 1):
        assert f'id="note-{number}"' in page(report, "vi")


def test_the_152_stands_beside_the_registered_count_and_is_not_added(report: QuarterlyReport) -> None:
    row = line(report, "152 valuable sources of information and documents")
    registered = row.cells[6]
    assert isinstance(registered, Figure)
    assert (reading(row).number, registered.number) == (152, 0)
    assert (reading(row).addable, registered.addable) == (False, False)
    assert "information-items?period=2024-Q2" in (registered.link.api if registered.link else "")
    assert report.highlights[0].figure.number == 0
    assert "152" in report.highlights[0].detail.vi


def test_published_figures_change_no_registered_number(report: QuarterlyReport) -> None:
    for key, table in report.tables.items():
        if key == "published":
            continue
        numbers = [c.number for row in table.rows for c in row.cells if isinstance(c, Figure) and c.number is not None]
        assert set(numbers) <= {0}, key
    assert not any(row.total for row in report.tables["published"].rows)


def test_what_cannot_be_compared_says_why(report: QuarterlyReport) -> None:
    for printed, reason in (("17,129 cases", "joint work only"), ("330 kg", "seizures in joint cases only")):
        cell = line(report, printed).cells[6]
        assert isinstance(cell, Figure)
        assert cell.number is None
        assert reason in cell.absent.en


def test_each_figure_has_its_own_period_and_says_when_it_was_inferred(report: QuarterlyReport) -> None:
    period = line(report, "327 cases").cells[4]
    assert isinstance(period, Label)
    assert period.text.vi == "01/01/2024 – 30/06/2024"
    assert period.detail.en == "as printed, cut-off unknown; period inferred"


def test_what_a_reader_must_know_stands_below_the_line(report: QuarterlyReport) -> None:
    assert "17.778" in line(report, "17,129 cases").note.vi


def test_each_published_figure_leads_to_its_record(report: QuarterlyReport) -> None:
    links = [reading(row).link for row in report.tables["published"].rows]
    assert all(link and link.api.startswith("/api/v1/published-figures/") for link in links)
    assert len({link.api for link in links if link}) == 19


def test_a_quarter_no_document_speaks_of_says_so(documents: dict[str, Any], db: None) -> None:  # noqa: F811
    other = quarterly_report(period=Period.parse("2025-Q1"), reader=None)
    assert other.tables["published"].rows == ()
    data = json.loads(render(other, file_format="json", language="en"))
    (section,) = [one for one in data["sections"] if one["key"] == "published"]
    table = section["tables"][0]
    assert table["empty"] == "No document held here prints a figure for this period."
