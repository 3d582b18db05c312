"""Figures of a statement as a spreadsheet: written as a template, read back with every fault named by its cell."""

from reports.sheets.reading import Sheet, read_sheet
from reports.sheets.writing import write_sheet

__all__ = ["Sheet", "read_sheet", "write_sheet"]
