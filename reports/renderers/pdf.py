"""The report as PDF in the form of an official paper; the fonts come with the registry, nothing is fetched."""

from pathlib import Path
from typing import Any

from reports.document import Cell, Column, Figure, Label, QuarterlyReport, Row, Table, Text
from reports.official import END, attached
from reports.outline import Part, headed, outline
from reports.renderers.charts import breadth, described, draw
from reports.saying import (
    CONFIRM,
    MADE_UP,
    MARK,
    NOTES,
    closing,
    figure_words,
    lies_across,
    marks,
    note_numbers,
    opening,
    prose_lines,
    shares,
)
from reports.typesetting import form_words, typeset

TEMPLATE = Path(__file__).with_name("report.typ")


def render(document: QuarterlyReport, language: str, *, base_url: str = "") -> bytes:
    """The paper. The same document gives the same bytes on every machine. `base_url` is not used."""
    return typeset(TEMPLATE, _Words(document, language).all())


class _Words:
    """The document as plain words of one language."""

    def __init__(self, document: QuarterlyReport, language: str) -> None:
        self.document, self.language = document, language
        self.numbers = note_numbers(document)

    def say(self, text: Text) -> str:
        """The language's words."""
        return text.in_(self.language)

    def marks(self, keys: tuple[str, ...]) -> str:
        """Numbers of notes."""
        return marks(keys, self.numbers)

    def all(self) -> dict[str, Any]:
        """What the template asks for."""
        document = self.document
        notes = [f"{note.number}. {self.say(note.text)}" for note in document.footnotes]
        sections = [self.section(part, above) for above, part in headed(outline(document, annexes=False))]
        return {
            "language": self.language[:2],
            "title": self.say(document.title),
            "mark": self.say(MARK) if document.synthetic else "",
            "banner": self.say(document.banner),
            "form": form_words(document.form, self.language) if document.form else None,
            "opening": [
                {"words": words, "notes": self.marks(notes)} for words, notes in opening(document, self.language)
            ],
            "sections": sections,
            "annexes": [self.section(part) for part in outline(document, annexes=True)],
            "notes-title": self.say(NOTES),
            "notes": notes,
            "closing": closing(document.form, self.language) + END if document.form else "",
        }

    def section(self, part: Part, above: tuple[Part, ...] = ()) -> dict[str, Any]:
        """A part below the headings it stands under, or an annex."""
        section = part.section
        return {
            "mark": part.mark(self.language),
            "above": [one.heading(self.language) for one in above],
            "title": part.heading(self.language),
            "attached": attached(self.document.form, self.language),
            "across": lies_across(section, self.language),
            "paragraphs": [*prose_lines(section, self.language), *(self.say(words) for words in section.paragraphs)],
            "empty": self.say(section.empty),
            "tables": [
                self.table(part.table_mark(place, self.language), table) for place, table in enumerate(section.tables)
            ],
        }

    def table(self, mark: str, table: Table) -> dict[str, Any]:
        """A table with its drawing."""
        made_up = f" ({self.say(MADE_UP)})" if table.synthetic else ""
        return {
            "title": f"{mark} {self.say(table.title)}{made_up}",
            "notes": self.marks(table.footnotes),
            "empty": self.say(table.empty),
            "drawing": draw(table, self.language) if table.rows else "",
            "breadth": breadth(table),
            "alt": described(table, self.language),
            "shares": shares(table, self.language),
            "columns": [self.column(column) for column in table.columns],
            "rows": [self.row(row, units=table.units) for row in table.rows],
            "note": self.say(table.note),
        }

    def column(self, column: Column) -> dict[str, Any]:
        """A column's head."""
        return {
            "words": self.say(column.label),
            "detail": self.say(column.note),
            "notes": self.marks(column.footnotes),
            "numeric": column.numeric,
        }

    def row(self, row: Row, *, units: bool) -> dict[str, Any]:
        """A line."""
        return {
            "cells": [self.cell(cell, units=units) for cell in row.cells],
            "total": row.total,
            "note": self.say(row.note),
        }

    def cell(self, cell: Cell, *, units: bool) -> dict[str, str]:
        """A cell's words."""
        if isinstance(cell, Label):
            return {"words": self.say(cell.text), "detail": self.say(cell.detail), "notes": self.marks(cell.footnotes)}
        return {"words": self.figure(cell, units=units), "detail": "", "notes": self.marks(cell.footnotes)}

    def figure(self, figure: Figure, *, units: bool) -> str:
        """A figure's words."""
        words = figure_words(figure, self.language, unit=units)
        return f"{words} ({self.say(CONFIRM)})" if figure.needs_confirmation else words
