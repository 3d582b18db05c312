"""The template: the figures of a draft as they stand, and a line for every metric that has none."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from registry.documents.terms import Comparator
from registry.reference.models import Metric, Substance, UnitOfMeasure
from reports.document import Text
from reports.models import Statement
from reports.sheets.columns import CODES, COLUMNS, FIRST_ROW, PERIOD, SHEET
from reports.terms import FigureRole, MissingReason
from reports.wording import said, term

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = PatternFill("solid", fgColor="E4EDF0")
HINT = Text(
    "Mỗi dòng: giá trị và đơn vị tính, hoặc x ở cột Không phát sinh, hoặc lý do thiếu. Dòng để trống được bỏ qua.",
    "Each line: a value with its unit, or x for nil, or why it is missing. A line left empty is passed over.",
)
ROWS_WITH_CHOICES = 500


def write_sheet(*, statement: Statement, language: str) -> bytes:
    """The workbook in the language. Text is stored as text: nothing in it is run as a formula."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = SHEET.in_(language)
    for number, text in enumerate((PERIOD.in_(language), statement.period_label, "", statement.agency.code), start=1):
        _put(sheet, 1, number, text)
    _put(sheet, 2, 1, HINT.in_(language))
    for number, column in enumerate(COLUMNS, start=1):
        cell = _put(sheet, FIRST_ROW - 1, number, column.heading.in_(language))
        cell.font, cell.fill, cell.alignment = Font(bold=True), HEAD, Alignment(wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    for row, values in enumerate(_lines(statement, language), start=FIRST_ROW):
        for number, column in enumerate(COLUMNS, start=1):
            _put(sheet, row, number, values.get(column.field))
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 1)
    _offer_choices(sheet, language)
    _codes(book.create_sheet(CODES.in_(language)), language)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _put(sheet: Any, row: int, column: int, value: Any) -> Any:
    """A cell. Text stays text whatever it begins with."""
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


def _lines(statement: Statement, language: str) -> list[dict[str, Any]]:
    """What stands in the rows, by field."""
    figures = list(statement.figures.select_related("metric", "substance", "unit"))
    lines = [
        {
            "metric": figure.metric.code,
            "name": term(figure.metric).in_(language),
            "substance": figure.substance.code if figure.substance else None,
            "role": said(FigureRole(figure.role).label).in_(language),
            "comparator": said(Comparator(figure.comparator).label).in_(language) if figure.value is not None else None,
            "value": figure.value.normalize() if figure.value is not None else None,
            "unit": figure.unit.code if figure.unit else None,
            "nil": "x" if figure.nil else None,
            "missing": said(MissingReason(figure.missing).label).in_(language) if figure.missing else None,
            "note": figure.note or None,
        }
        for figure in figures
    ]
    stated = {figure.metric_id for figure in figures}
    metrics: Any = Metric.objects.filter(drug_related=True).exclude(pk__in=stated).order_by("order", "code")
    own = said(FigureRole.OWN.label).in_(language)
    return lines + [{"metric": m.code, "name": term(m).in_(language), "role": own} for m in metrics]


def _offer_choices(sheet: Any, language: str) -> None:
    """Lists to choose from, where there are few choices."""
    for field, choices in (
        ("role", FigureRole.choices),
        ("missing", MissingReason.choices),
        ("comparator", Comparator.choices),
    ):
        labels = ",".join(said(label).in_(language) for _code, label in choices)
        rule = DataValidation(type="list", formula1=f'"{labels}"', allow_blank=True)
        column = get_column_letter(1 + [c.field for c in COLUMNS].index(field))
        rule.add(f"{column}{FIRST_ROW}:{column}{ROWS_WITH_CHOICES}")
        sheet.add_data_validation(rule)


def _codes(sheet: Any, language: str) -> None:
    """The codes that may be written, with their names."""
    row = 1
    for heading, records in (
        (COLUMNS[0].heading, Metric.objects.all()),
        (COLUMNS[2].heading, Substance.objects.all()),
        (COLUMNS[6].heading, UnitOfMeasure.objects.all()),
    ):
        _put(sheet, row, 1, heading.in_(language)).font = Font(bold=True)
        for record in records:
            row += 1
            _put(sheet, row, 1, record.code)
            _put(sheet, row, 2, term(record).in_(language))
        row += 2
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 32, 64
