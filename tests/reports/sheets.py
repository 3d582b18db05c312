"""Spreadsheets of the tests: the template, filled in."""

import io
from typing import Any

from openpyxl import load_workbook

from reports.models import Statement
from reports.sheets import write_sheet

HEADINGS = {
    "vi": ["Chỉ tiêu (mã)", "Chất (mã)", "Vai trò", "Từ so sánh", "Giá trị", "Đơn vị tính (mã)", "Không phát sinh (x)", "Lý do thiếu", "Ghi chú"],
    "en": ["Metric (code)", "Substance (code)", "Role", "Comparator", "Value", "Unit (code)", "Nil (x)", "Why it is missing", "Note"],
}  # fmt: skip
LETTERS = {
    "metric": "A", "substance": "C", "role": "D", "comparator": "E", "value": "F", "unit": "G", "nil": "H", "missing": "I", "note": "J",
}  # fmt: skip


def filled(statement: Statement, *rows: dict[str, Any], language: str = "vi", first: int = 4) -> bytes:
    """The template with these rows in place of its own, by field."""
    book = load_workbook(io.BytesIO(write_sheet(statement=statement, language=language)))
    sheet: Any = book.worksheets[0]
    sheet.delete_rows(4, sheet.max_row)
    for number, row in enumerate(rows, start=first):
        for name, value in row.items():
            sheet[f"{LETTERS[name]}{number}"] = value
    return saved(book)


def saved(book: Any) -> bytes:
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def cells(content: bytes) -> list[list[Any]]:
    """The first sheet as values."""
    sheet: Any = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]
