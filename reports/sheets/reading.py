"""A filled-in spreadsheet as figures. Every fault is named by its cell with what would be right; none is guessed."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from agencies.refusals import Invalid, Text
from registry.documents.terms import Comparator
from registry.information.marks import find_marks
from registry.information.packages import Refused, package_kind
from reports.actions import FigureInput
from reports.sheets.columns import COLUMNS, PERIOD, YES, Words, headings, plainly, words
from reports.terms import FigureRole

MOST_BYTES = 1_048_576
MOST_UNPACKED = 16 * 1_048_576
MOST_ROWS = 1_000
MOST_COLUMNS = 40
HEADINGS_WITHIN = 10
"""The headings stand in one of the first rows."""

FINEST = Decimal("1E-6")
LARGEST = Decimal(10) ** 14
_UNREADABLE = _("This is not a spreadsheet that can be read. Save it as xlsx, without a password and without macros.")


@dataclass(slots=True)
class Sheet:
    """What was read: the figures with their rows, and the faults by cell (`F7`)."""

    figures: list[FigureInput] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    faults: dict[str, Text] = field(default_factory=dict)

    def cell(self, row: int, name: str) -> str:
        """The address of a field in a row; of the row's first cell where the sheet has no such column."""
        return f"{get_column_letter(self.columns.get(name, 1))}{row}"


def read_sheet(*, file: BinaryIO, size: int, period: str) -> Sheet:
    """The figures of the first sheet, of this very period. Invalid where the file as a whole cannot be read."""
    sheet, table = Sheet(), _rows(file, size)
    start = _headings(sheet, table, period)
    known = words()
    for number, row in enumerate(table[start:], start=start + 1):
        filled = {name: row[place - 1] for name, place in sheet.columns.items() if place <= len(row)}
        texts = {name: cell for name, cell in filled.items() if cell.value not in {None, ""}}
        if not texts.keys() & {"value", "nil", "missing"}:
            continue
        faults_before = len(sheet.faults)
        given = _Line(sheet, number, texts, known).figure()
        if given is not None and len(sheet.faults) == faults_before:
            sheet.figures.append(given)
            sheet.rows.append(number)
    if not sheet.figures and not sheet.faults:
        sheet.faults["A1"] = _("The sheet states no figure: fill in a value, or x for nil, or why it is missing.")
    return sheet


def _rows(file: BinaryIO, size: int) -> list[Sequence[Any]]:
    """The cells of the first sheet; Invalid for what is too large, or no spreadsheet."""
    if size > MOST_BYTES:
        raise Invalid({"file": _("A spreadsheet of figures may have at most %d kB.") % (MOST_BYTES // 1024)})
    try:
        if package_kind(file, size) != "xlsx":
            raise Invalid({"file": _UNREADABLE})
        file.seek(0)
        with zipfile.ZipFile(file) as package:
            if sum(entry.file_size for entry in package.infolist()) > MOST_UNPACKED:
                raise Invalid({"file": _UNREADABLE})
        file.seek(0)
        return list(_read(file))
    except Refused as refused:
        raise Invalid({"file": refused.message}, code=refused.code) from refused
    except _BROKEN as fault:
        raise Invalid({"file": _UNREADABLE}) from fault


_BROKEN = (
    *(InvalidFileException, DefusedXmlException, ParseError, zipfile.BadZipFile),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, NotImplementedError),
)
"""What the reader of spreadsheets raises for files that are none."""


def _read(file: BinaryIO) -> Iterator[Sequence[Any]]:
    book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    try:
        for number, row in enumerate(book.worksheets[0].iter_rows(max_col=MOST_COLUMNS), start=1):
            if number > MOST_ROWS:
                raise Invalid({"file": _("A spreadsheet of figures may have at most %d rows.") % MOST_ROWS})
            yield tuple(row)
    finally:
        book.close()


def _headings(sheet: Sheet, table: Sequence[Sequence[Any]], period: str) -> int:
    """Find the columns; returns the number of the row of headings. Checks the period that stands above."""
    fields = headings()
    for number, row in enumerate(table[:HEADINGS_WITHIN], start=1):
        found = [(fields.get(plainly(cell.value)), place) for place, cell in enumerate(row, start=1) if cell.value]
        if row and plainly(row[0].value) in {plainly(PERIOD.vi), plainly(PERIOD.en)}:
            said = row[1].value if len(row) > 1 else None
            if plainly(said) != plainly(period):
                sheet.faults[f"B{number}"] = _("The sheet is of another period. This statement is of %s.") % period
        if "metric" in {name for name, _place in found}:
            sheet.columns = {name: place for name, place in reversed(found) if name}
            missing = [c.heading for c in COLUMNS if c.needed and c.field not in sheet.columns]
            if missing:
                both = "; ".join(f"{heading.vi} / {heading.en}" for heading in missing)
                sheet.faults[f"A{number}"] = _("Columns are missing: %s. Take the template.") % both
            return number
    raise Invalid({"file": _("The headings of the template are not in the first ten rows. Take the template.")})


class _Line:
    """One row on its way to a figure. Faults are noted on the sheet."""

    def __init__(self, sheet: Sheet, row: int, cells: dict[str, Any], known: Words) -> None:
        self.sheet, self.row, self.cells, self.known = sheet, row, cells, known

    def figure(self) -> FigureInput | None:
        """The figure; None where a cell cannot be read."""
        for name, cell in self.cells.items():
            self._require_plain(name, cell)
        if "metric" not in self.cells:
            self._fault("metric", _("Say which metric: write its code, for example %s.") % self._some("metric"))
            return None
        metric, substance = self._named("metric"), self._named("substance")
        note = self._text("note")
        if marks := find_marks(note):
            self._fault("note", _("This text carries the stamp “%s” and may not be entered here.") % ", ".join(marks))
        if metric is None:
            return None
        return FigureInput(
            metric=metric,
            substance=substance,
            role=self._named("role") or FigureRole.OWN,
            value=self._value(),
            unit=self._named("unit") if "value" in self.cells else None,
            nil=self._nil(),
            missing=self._named("missing") or "",
            note=note[:500],
            comparator=self._named("comparator") or Comparator.EXACT,
        )

    def _require_plain(self, name: str, cell: Any) -> None:
        if name != "name" and cell.data_type in {"f", "e"}:
            self._fault(name, _("A formula stands here. Write its result instead."))

    def _text(self, name: str) -> str:
        cell = self.cells.get(name)
        return "" if cell is None else str(cell.value).strip()

    def _named(self, name: str) -> Any:
        text = self._text(name)
        if not text:
            return None
        found = self.known.find(name, text)
        if found is None:
            given = {"text": text[:40], "some": self._some(name)}
            self._fault(name, _("“%(text)s” is not known here. Write one of: %(some)s.") % given)
        return found

    def _nil(self) -> bool:
        text = plainly(self._text("nil"))
        if text and text not in YES:
            self._fault("nil", _("Write x where there was nothing to count, else leave it empty."))
        return bool(text)

    def _value(self) -> Decimal | None:
        cell = self.cells.get("value")
        if cell is None:
            return None
        value = self._number(cell.value)
        if value is None:
            self._fault(
                "value",
                _("Write a number, not text: 659,149 as text could be read in two ways. Digits alone are taken."),
            )
        elif not 0 < value < LARGEST or value != value.quantize(FINEST):
            self._fault(
                "value", _("Write a value above zero with at most 14 digits before and 6 after the decimal sign.")
            )
        return value

    def _number(self, value: Any) -> Decimal | None:
        """A number cell, or a text of digits alone."""
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            return None
        text = str(value).strip()
        if isinstance(value, str) and not (text.isascii() and text.isdigit()):
            return None
        number = Decimal(text)
        return number if number.is_finite() else None

    def _some(self, name: str) -> str:
        return self.known.examples(name)

    def _fault(self, name: str, text: Text) -> None:
        self.sheet.faults.setdefault(self.sheet.cell(self.row, name), text)
