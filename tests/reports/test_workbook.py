"""The workbook: real numbers, no formula, a sheet for each table."""

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from registry.quantities import Comparator, Number
from reports.document import Column, Figure, Label, QuarterlyReport, Row, Section, Table, Text
from reports.renderers import render
from tests.reports.papers import paper

KG, PERCENT = Text.same("kg"), Text.same("%")


def book(document: QuarterlyReport, language: str = "vi") -> Any:
    """The workbook, opened."""
    return openpyxl.load_workbook(io.BytesIO(render(document, file_format="xlsx", language=language)))


def one_table(*cells: Figure | Label, title: str = "Bảng", number: int = 1) -> QuarterlyReport:
    """Tables of one line."""
    columns = tuple(Column(Text.same(f"C{n}")) for n, _cell in enumerate(cells))
    tables = tuple(
        Table(f"t{n}", Text.same(title), columns, (Row(cells),), units=True, synthetic=False) for n in range(number)
    )
    return replace(paper(), sections=(Section("s", Text.same("Phần"), (), tables),), footnotes=(), highlights=())


@pytest.mark.parametrize(
    ("value", "held"), [(152, 152), (Decimal("659.149"), 659.149), (Decimal("-6.8"), -6.8), (Decimal(1000), 1000)]
)
def test_a_number_is_a_number(value: Number, held: float) -> None:
    cell = book(one_table(Figure(value, KG)))["Bảng"]["A5"]
    assert (cell.data_type, cell.value) == ("n", held)
    assert '" kg"' in cell.number_format


@pytest.mark.parametrize("comparator", [Comparator.OVER, Comparator.AT_LEAST, Comparator.NEARLY, Comparator.ABOUT])
def test_a_bound_is_words_and_never_a_number(comparator: Comparator) -> None:
    for language in ("vi", "en"):
        cell = book(one_table(Figure(319, KG, comparator)), language)["Bảng"]["A5"]
        assert cell.data_type == "s"
        assert "319" in cell.value
        assert not cell.value[0].isdigit()


def test_more_digits_than_a_workbook_keeps_are_words() -> None:
    cell = book(one_table(Figure(Decimal("1234567890.123456789"), KG)))["Bảng"]["A5"]
    assert (cell.data_type, cell.value) == ("s", "1.234.567.890,123456789\N{NO-BREAK SPACE}kg")


@pytest.mark.parametrize("words", ["=1+1", "+84", "-x", "@SUM(A1)", "\t=1", "http://x.example", "{=1}", "'=1"])
def test_words_are_never_a_formula_or_a_link(words: str) -> None:
    opened = book(replace(one_table(Label(Text.same(words))), title=Text.same(words)))
    for cell in (opened["Bảng"]["A5"], opened.worksheets[0]["A1"]):
        assert (cell.data_type, cell.value, cell.hyperlink) == ("s", words, None)


def test_a_change_in_per_cent_has_its_sign() -> None:
    cell = book(one_table(Figure(Decimal("6.8"), PERCENT, signed=True)))["Bảng"]["A5"]
    assert (cell.value, cell.number_format.split(";")[0]) == (6.8, '+#,##0.0"%"')


@pytest.mark.parametrize("title", ["x" * 80, "a/b:c*d?e[f]g\\h", "''", "Mục lục"])
def test_every_table_has_a_sheet_whatever_it_is_called(title: str) -> None:
    opened = book(one_table(Figure(1), title=title, number=12))
    names = [sheet.title for sheet in opened.worksheets]
    assert len(names) == len({name.lower() for name in names}) == 13
    assert all(0 < len(name) <= 31 for name in names)
    links = [row[0].hyperlink.location for row in opened.worksheets[0].iter_rows() if row[0].hyperlink]
    assert [link.partition("!")[0].strip("'") for link in links] == names[1:]


def test_the_front_says_what_it_is() -> None:
    front = book(paper()).worksheets[0]
    said = [cell.value for row in front.iter_rows() for cell in row if cell.value is not None]
    assert said[:2] == ["Chữ mẫu", "Chữ mẫu"]
    assert {"Kỳ báo cáo", "Bản", "Lập lúc", "Số liệu chính", "Mục lục"} <= set(said)
    assert 1234 in said
