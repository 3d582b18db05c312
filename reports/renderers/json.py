"""The report as JSON: the language's words, numbers as exact strings with their unit."""

import json
from datetime import UTC
from typing import Any

from registry.figures import Interval
from registry.quantities import plain
from reports.document import Cell, Figure, Footnote, Label, Link, QuarterlyReport, Row, Section, Table
from reports.saying import prose_lines


def render(document: QuarterlyReport, language: str, *, base_url: str = "") -> bytes:
    """UTF-8, keys in document order, one trailing newline."""
    body = as_data(document, language, base_url=base_url)
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode()


def as_data(document: QuarterlyReport, language: str, *, base_url: str = "") -> dict[str, Any]:
    """The same as plain values, for an answer of the API."""
    writer = _Writer(document, language, base_url.rstrip("/"))
    return {
        "title": document.title.in_(language),
        "language": language,
        "period": {
            "label": document.period.label,
            "start": document.period.start.isoformat(),
            "end": document.period.end.isoformat(),
            "basis": document.period.basis,
            "basis_text": document.period.basis_text.in_(language),
        },
        "edition": {
            "key": document.edition.key,
            "name": document.edition.name.in_(language),
            "scope": [line.in_(language) for line in document.edition.scope],
        },
        "generated_at": document.generated_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "synthetic": document.synthetic,
        "banner": document.banner.in_(language),
        "highlights": [
            {
                "label": h.label.in_(language),
                "figure": writer.figure(h.figure),
                "detail": h.detail.in_(language),
            }
            for h in document.highlights
        ],
        "sections": [writer.section(section) for section in document.sections],
        "footnotes": [_footnote(note, language) for note in document.footnotes],
    }


def _footnote(note: Footnote, language: str) -> dict[str, Any]:
    return {"number": note.number, "key": note.key, "text": note.text.in_(language)}


class _Writer:
    """What every part needs: the language, the numbers of the footnotes, where links begin."""

    def __init__(self, document: QuarterlyReport, language: str, base: str) -> None:
        self.language = language
        self.base = base
        self.numbers = {note.key: note.number for note in document.footnotes}

    def section(self, section: Section) -> dict[str, Any]:
        """A part with its tables."""
        return {
            "key": section.key,
            "title": section.title.in_(self.language),
            "paragraphs": [p.in_(self.language) for p in section.paragraphs],
            "annex": section.annex,
            "prose": prose_lines(section, self.language),
            "empty": section.empty.in_(self.language),
            "tables": [self.table(table) for table in section.tables],
            "sections": [self.section(below) for below in section.sections],
        }

    def table(self, table: Table) -> dict[str, Any]:
        """A table; `empty` says what an empty one means."""
        return {
            "key": table.key,
            "title": table.title.in_(self.language),
            "synthetic": table.synthetic,
            "columns": [
                {
                    "label": c.label.in_(self.language),
                    "note": c.note.in_(self.language),
                    "numeric": c.numeric,
                    "footnotes": [self.numbers[key] for key in c.footnotes],
                }
                for c in table.columns
            ],
            "rows": [self.row(row) for row in table.rows],
            "empty": "" if table.rows else table.empty.in_(self.language),
            "note": table.note.in_(self.language),
            "footnotes": [self.numbers[key] for key in table.footnotes],
        }

    def row(self, row: Row) -> dict[str, Any]:
        """A line."""
        return {
            "total": row.total,
            "note": row.note.in_(self.language),
            "cells": [self.cell(cell) for cell in row.cells],
        }

    def cell(self, cell: Cell) -> dict[str, Any]:
        """A figure or words; `kind` says which."""
        return self.figure(cell) if isinstance(cell, Figure) else self.label(cell)

    def label(self, label: Label) -> dict[str, Any]:
        """Words."""
        return {
            "kind": "label",
            "text": label.text.in_(self.language),
            "detail": label.detail.in_(self.language),
            "link": self.link(label.link),
            "footnotes": [self.numbers[key] for key in label.footnotes],
        }

    def figure(self, figure: Figure) -> dict[str, Any]:
        """A number as an exact string, or null and the reason why."""
        unit = figure.unit.in_(self.language)
        number = figure.number
        return {
            "kind": "figure",
            "number": None if number is None else plain(number),
            "unit": unit,
            "comparator": figure.comparator.value,
            "text": (figure.absent.in_(self.language) if number is None else figure.words(self.language)),
            "interval": None if figure.bounds is None else _interval(figure.bounds),
            "key": figure.key,
            "printed": figure.printed,
            "absent": figure.absent.in_(self.language),
            "addable": figure.addable,
            "needs_confirmation": figure.needs_confirmation,
            "link": self.link(figure.link),
            "footnotes": [self.numbers[key] for key in figure.footnotes],
        }

    def link(self, link: Link | None) -> str | None:
        """The address in the API."""
        return None if link is None else f"{self.base}{link.api}"


def _interval(bounds: Interval) -> dict[str, Any]:
    """The bounds as exact strings; null is no bound."""
    return {
        "lower": None if bounds.low is None else plain(bounds.low),
        "lower_open": bounds.low_open,
        "upper": None if bounds.high is None else plain(bounds.high),
        "upper_open": bounds.high_open,
    }
