"""“Why 152 became 155”: what a later version says of the one before."""

import pytest

from registry.cases.actions import edit_case
from reports.document import Figure, Label, QuarterlyReport
from reports.freezing import load
from reports.models import SealedReport
from tests.cast import Cast, released
from tests.reports.sealed import prepared, sealed

pytestmark = pytest.mark.usefixtures("plain_files")


def second(cast: Cast) -> QuarterlyReport:
    report: SealedReport = prepared(cast, reason="Số liệu muộn.")
    return load(bytes(report.document or b""))


def rows(document: QuarterlyReport, table: str) -> list[tuple[str, ...]]:
    said = []
    for row in document.tables[table].rows:
        cells = [cell.text.en if isinstance(cell, Label) else str(cell.number) for cell in row.cells]
        said.append(tuple(cells))
    return said


def shared(document: QuarterlyReport) -> int:
    return int(document.highlights[0].figure.number or 0)


def test_records_that_came_in_late_are_named_beside_the_figures_they_changed(cast: Cast) -> None:
    first = load(bytes(sealed(cast).document or b""))
    late = released(cast, by=cast.police_officer, head=cast.police_head)
    now = second(cast)
    before, after = shared(first), shared(now)
    assert after == before + 1
    section = now.sections[-1]
    assert section.key == "revision"
    assert "Số liệu muộn." in section.paragraphs[0].vi
    assert section.paragraphs[1].en == f"Items shared: {before} became {after}. Came in: {late.reference}. Left: none."
    figures = rows(now, "changed_figures")
    total = [row for row in figures if row[1] == "Total, Items shared"]
    assert total[0][2:] == (str(before), str(after), "1")
    assert ("Items", "Came in", "1", str(late.reference)) in rows(now, "changed_records")
    assert late.current is not None
    assert late.current.title not in str(now)


def test_cases_that_changed_are_counted_and_not_named_to_those_who_take_no_part(cast: Cast) -> None:
    sealed(cast)
    edit_case(case=cast.cases["case_joint"], by=cast.police_officer, content={"arrests": 7})
    now = second(cast)
    assert ("Joint cases", "Changed", "1", "told as a number only") in rows(now, "changed_records")
    assert cast.cases["case_joint"].reference not in str(now)
    assert any("Persons arrested" in row[1] and row[3] == "7" for row in rows(now, "changed_figures"))


def test_when_nothing_changed_it_is_said(cast: Cast) -> None:
    sealed(cast)
    now = second(cast)
    assert rows(now, "changed_figures") == []
    assert now.tables["changed_figures"].empty.en == "No figure changed."
    assert not any(isinstance(cell, Figure) for row in now.tables["changed_records"].rows for cell in row.cells)
