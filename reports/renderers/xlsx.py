"""The report as a workbook: a sheet per table, real numbers, words that no program takes for a formula."""

import io
import re
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from registry.quantities import Comparator, Number
from reports.document import Cell, Figure, Label, QuarterlyReport, Row, Table, Text
from reports.outline import outline
from reports.packing import repacked
from reports.saying import CONFIRM, HIGHLIGHTS, MADE_UP, NOTES, facts, figure_words, marks, note_numbers, prose_lines

LONGEST = 31
"""Characters of a sheet's name."""

PRECISION = 15
"""Digits that a workbook keeps of a number. What has more stands as words."""

REMARK = Text("Ghi chú", "Remarks")
CONTENTS = Text("Mục lục", "Contents")
TEXTS = Text("Lời văn", "Texts")
UNIT = Text("Đơn vị tính", "Unit")
BOUNDS = frozenset({Comparator.OVER, Comparator.AT_LEAST, Comparator.NEARLY, Comparator.ABOUT})
"""A number after such a word is no value: a program that read it would drop the word."""

AS_WRITTEN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Words stay words, whatever they begin with."""

FIRST_ROW = 3
"""Rows above a table: its title, what it is part of, and an empty one."""


def render(document: QuarterlyReport, language: str, *, base_url: str = "") -> bytes:
    """The workbook. Every cell of words is written as words; a figure with a comparator has the word in its format."""
    return _Book(document, language, base_url.rstrip("/")).write()


class _Book:
    """One workbook being written."""

    def __init__(self, document: QuarterlyReport, language: str, base: str) -> None:
        self.document, self.language, self.base = document, language, base
        self.numbers = note_numbers(document)
        self.out = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book = xlsxwriter.Workbook(self.out, options)
        self.book.set_properties(
            {"title": self.say(document.title), "created": document.generated_at.replace(tzinfo=None)}
        )
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.names: set[str] = set()

    def say(self, text: Text) -> str:
        """The language's words."""
        return text.in_(self.language)

    def look(self, **properties: Any) -> Any:
        """A cell format, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
            self.formats[key] = self.book.add_format({**base, **properties})
        return self.formats[key]

    def write(self) -> bytes:
        """Everything."""
        front = self.book.add_worksheet(self.sheet_name(self.say(CONTENTS)))
        sheets = [
            (table, self.table(table, f"{part.mark(self.language)} {self.say(part.section.title)}"))
            for part in outline(self.document)
            for table in part.section.tables
        ]
        self.front(front, sheets)
        self.texts()
        if self.document.footnotes:
            self.notes()
        self.book.close()
        return repacked(self.out.getvalue())

    def sheet_name(self, title: str) -> str:
        """A name that a workbook takes, used once."""
        plain = re.sub(r"[\[\]:*?/\\']", " ", title).strip() or "-"
        name, number = plain[:LONGEST], 1
        while name.lower() in self.names:
            number += 1
            tail = f" ({number})"
            name = plain[: LONGEST - len(tail)] + tail
        self.names.add(name.lower())
        return name

    # --- the front ----------------------------------------------------------------------------------------------

    def front(self, sheet: Worksheet, sheets: list[tuple[Table, str]]) -> None:
        """What the workbook is, its main figures, and where each table is."""
        document = self.document
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 60)
        lines: list[tuple[str, str]] = [(self.say(document.banner), "")] if document.banner.vi else []
        lines += [
            *((self.say(name), self.say(value)) for name, value in facts(document)),
            *(("", self.say(line)) for line in document.edition.scope),
        ]
        sheet.write_string(0, 0, self.say(document.title), self.look(bold=True, font_size=14))
        row = 1
        for name, value in lines:
            sheet.write_string(row, 0, name, self.look(bold=True))
            sheet.write_string(row, 1, value, self.look(text_wrap=True))
            row += 1
        sheet.write_string(row + 1, 0, self.say(HIGHLIGHTS), self.look(bold=True, font_size=12))
        row += 2
        for highlight in document.highlights:
            sheet.write_string(row, 0, self.say(highlight.label), self.look(text_wrap=True))
            self.figure(sheet, row, 1, highlight.figure, align="left")
            row += 1
        sheet.write_string(row + 1, 0, self.say(CONTENTS), self.look(bold=True, font_size=12))
        for place, (table, name) in enumerate(sheets, start=row + 2):
            link = self.look(font_color="#0f6477", underline=1)
            sheet.write_url(place, 0, f"internal:'{name}'!A1", link, string=name)
            sheet.write_string(place, 1, self.title(table), self.look(text_wrap=True))

    def texts(self) -> None:
        """What was written, under the heading of its part."""
        parts = [part for part in outline(self.document) if part.section.prose is not None]
        if not parts:
            return
        sheet = self.book.add_worksheet(self.sheet_name(self.say(TEXTS)))
        sheet.set_column(0, 0, 120)
        row = 0
        for part in parts:
            sheet.write_string(row, 0, part.heading(self.language), self.look(bold=True, text_wrap=True))
            for row, line in enumerate(prose_lines(part.section, self.language), start=row + 1):  # noqa: B020
                sheet.write_string(row, 0, line, self.look(text_wrap=True))
            row += 2

    def notes(self) -> None:
        """The footnotes."""
        sheet = self.book.add_worksheet(self.sheet_name(self.say(NOTES)))
        sheet.set_column(1, 1, 120)
        for row, note in enumerate(self.document.footnotes):
            sheet.write_number(row, 0, note.number, self.look())
            sheet.write_string(row, 1, self.say(note.text), self.look(text_wrap=True))

    # --- a table ------------------------------------------------------------------------------------------------

    def title(self, table: Table) -> str:
        """Its title, and whether its data is made up."""
        return self.say(table.title) + (f" ({self.say(MADE_UP)})" if table.synthetic else "")

    def table(self, table: Table, part: str) -> str:
        """A sheet; its name is returned. Units stand in columns of their own where lines differ in them."""
        name = self.sheet_name(self.say(table.title))
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, self.title(table), self.look(bold=True, font_size=13))
        sheet.write_string(1, 0, part, self.look(italic=True))
        if not table.rows:
            sheet.write_string(FIRST_ROW, 0, self.say(table.empty), self.look(italic=True))
            return name
        head = self.look(bold=True, text_wrap=True, border=1, bg_color="#e4eef0")
        width = len(table.columns)
        for place, column in enumerate(table.columns):
            words = " — ".join(filter(None, [self.say(column.label), self.say(column.note)]))
            sheet.write_string(FIRST_ROW, place, self.noted(words, column.footnotes), head)
            sheet.set_column(place, place, 18 if column.numeric else 38)
        remarks = any(row.note.vi for row in table.rows)
        if remarks:
            sheet.write_string(FIRST_ROW, width, self.say(REMARK), head)
            sheet.set_column(width, width, 60)
        for number, row in enumerate(table.rows, start=FIRST_ROW + 1):
            self.row(sheet, number, row, units=table.units)
        if table.note.vi:
            sheet.write_string(FIRST_ROW + len(table.rows) + 2, 0, self.say(table.note), self.look(italic=True))
        sheet.freeze_panes(FIRST_ROW + 1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(FIRST_ROW)
        return name

    def row(self, sheet: Worksheet, number: int, row: Row, *, units: bool) -> None:
        """A line, with what must be read with it in the last column."""
        for place, cell in enumerate(row.cells):
            self.cell(sheet, number, place, cell, units=units, total=row.total)
        if row.note.vi:
            sheet.write_string(number, len(row.cells), self.say(row.note), self.look(text_wrap=True, italic=True))

    def cell(self, sheet: Worksheet, row: int, place: int, cell: Cell, *, units: bool, total: bool) -> None:
        """Words or a number."""
        if isinstance(cell, Label):
            words = "\n".join(filter(None, [self.say(cell.text), self.say(cell.detail)]))
            look = self.look(text_wrap=True, border=1, bold=total)
            sheet.write_string(row, place, self.noted(words, cell.footnotes), look)
            return
        self.figure(sheet, row, place, cell, units=units, bold=total, border=1)

    def figure(
        self, sheet: Worksheet, row: int, place: int, figure: Figure, *, units: bool = True, **look: Any
    ) -> None:
        """A real number, whose format names unit and notes; what is no exact number stands as words."""
        tail = f" ({self.say(CONFIRM)})" if figure.needs_confirmation else ""
        look = {"align": "right", **look}
        if figure.number is None or figure.bounds or figure.comparator in BOUNDS or _digits(figure.number) > PRECISION:
            words = figure_words(figure, self.language, unit=units) + tail
            sheet.write_string(row, place, self.noted(words, figure.footnotes), self.look(**look))
            return
        symbol = self.say(figure.unit) if units or figure.unit.vi == "%" else ""
        after = self.noted(f"{'' if symbol == '%' else ' '}{symbol}".rstrip() + tail, figure.footnotes)
        shown = self.look(num_format=_number_format(figure.number, after, signed=figure.signed), **look)
        sheet.write_number(row, place, float(figure.number), shown)

    def noted(self, words: str, keys: tuple[str, ...]) -> str:
        """Words with the numbers of their notes in brackets."""
        return f"{words} [{marks(keys, self.numbers)}]".strip() if keys else words


def _digits(value: Number) -> int:
    """Digits that matter."""
    return len(Decimal(value).normalize().as_tuple().digits)


def _number_format(value: Number, after: str, *, signed: bool) -> str:
    """How the number is shown; the reader's program groups the digits as its language does."""
    exponent = Decimal(value).normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    tail = '"' + after.replace('"', "\N{RIGHT DOUBLE QUOTATION MARK}") + '"' if after else ""
    return f"{'+' if signed else ''}{digits}{tail};-{digits}{tail};0{tail}"
