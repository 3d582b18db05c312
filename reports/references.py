"""Figures that a text of the report refers to instead of typing them: `{shared.total}`, `{cases.case}`.

The keys are those of the document's own figures. Which keys there can be follows from the vocabularies, so that a text
is checked without building a report; what such a figure is worth is known when one is built.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from itertools import product

from agencies.models import Agency
from agencies.visibility import Reader
from registry.cases.terms import CaseRole, Kind
from registry.information.receipt_states import Receipt
from registry.information.terms import Usefulness
from registry.reference.models import Dimension, Metric, Substance, Topic
from reports.document import Figure, Label, Passage, QuarterlyReport, Table, Text, none
from reports.terms import FigureRole

PLACED = re.compile(r"\{([^{}]*)\}")
"""A reference in a text."""

FAMILIES = (
    "shared.total",
    "shared.by_agency.<agency>",
    "shared.by_topic.<topic>",
    "valuable.total",
    "valuable.by_agency.<agency>",
    "recalled.total",
    "recalled.by_agency.<agency>",
    "deliveries.total",
    "deliveries.by_agency.<agency>",
    "deliveries.<agency>.to.<agency>",
    "deliveries.<receipt>.total",
    "deliveries.<receipt>.by_agency.<agency>",
    "evaluated.<usefulness>",
    "used.total",
    "cases.<kind>",
    "cases.<kind>.<case_role>.<agency>",
    "arrests.<kind>",
    "seized.<substance>.<dimension>",
    "<indicator>.<span>",
    "<indicator>.since_<span>",
    "<indicator>.since_<span>.percent",
    "stated.<metric>.<agency>.<role>",
)
PER_SUBSTANCE = "stated.<metric>.<substance>.<agency>.<role>"
"""Too many to be suggested one by one."""

MOST_SUGGESTED = 3
MOST_EXPLAINED = 10
"""Of so many unknown keys it is said what comes close: looking takes longer than everything else of a write."""

NO_FIGURE = Text("không có số liệu", "no figure")


@dataclass(frozen=True, slots=True)
class Reference:
    """A figure by its key, and in words what it is."""

    key: str
    words: Text
    figure: Figure


class Keys:
    """The keys that there can be."""

    def __init__(self, reader: Reader) -> None:
        kinds = [kind.value for kind in Kind]
        self._members: dict[str, list[str]] = {
            "agency": [code.lower() for code in _codes(Agency.objects.visible_to(reader))],
            "topic": _codes(Topic.objects.visible_to(reader)),
            "substance": _codes(Substance.objects.visible_to(reader)),
            "metric": _codes(Metric.objects.visible_to(reader)),
            "receipt": [state.value for state in Receipt],
            "usefulness": [grade.value for grade in Usefulness],
            "kind": kinds,
            "case_role": [role.value for role in CaseRole],
            "dimension": [dimension.value for dimension in Dimension],
            "indicator": ["shared", "valuable", "deliveries", "deliveries.in_time", *(f"cases.{k}" for k in kinds)],
            "span": ["previous", "last_year"],
            "role": [role.value for role in FigureRole],
        }

    def _expanded(self, family: str) -> Iterable[str]:
        words = re.split(r"<(\w+)>", family)
        fixed, named = words[::2], words[1::2]
        for chosen in product(*(self._members[name] for name in named)):
            yield "".join(part for pair in zip(fixed, (*chosen, ""), strict=True) for part in pair)

    @cached_property
    def suggested(self) -> frozenset[str]:
        """All but those of a substance that agencies state."""
        return frozenset(key for family in FAMILIES for key in self._expanded(family))

    def holds(self, key: str) -> bool:
        """Whether a document can have a figure of the key."""
        return key in self.suggested or key in self._stated

    @cached_property
    def _stated(self) -> frozenset[str]:
        return frozenset(self._expanded(PER_SUBSTANCE))

    def unknown(self, text: str) -> dict[str, list[str]]:
        """Keys in the text that no figure has, the first of them with those that come closest."""
        found = list(dict.fromkeys(key for key in PLACED.findall(text) if not self.holds(key)))
        return {key: self._close(key) if place < MOST_EXPLAINED else [] for place, key in enumerate(found)}

    def _close(self, key: str) -> list[str]:
        return get_close_matches(key, self.suggested, n=MOST_SUGGESTED, cutoff=0.5)


def _codes(records: "Iterable[object]") -> list[str]:
    return [str(code) for code in records.values_list("code", flat=True)]  # type: ignore[attr-defined]


def catalogue(tables: Iterable[Table]) -> dict[str, Reference]:
    """The figures of the tables that can be referred to, by key, in reading order."""
    found: dict[str, Reference] = {}
    for table in tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                if isinstance(cell, Figure) and cell.key and cell.key not in found:
                    head = row.cells[0]
                    line = head.text if isinstance(head, Label) else Text("", "")
                    words = Text(
                        f"{table.title.vi}: {line.vi}, {column.label.vi}",
                        f"{table.title.en}: {line.en}, {column.label.en}",
                    )
                    found[cell.key] = Reference(cell.key, words, replace(cell, footnotes=()))
    return found


def references_of(document: QuarterlyReport) -> dict[str, Reference]:
    """The catalogue of a report."""
    return catalogue(table for part in document.parts() for table in part.tables)


def filled(text: str, known: Mapping[str, Reference]) -> tuple[Passage, ...]:
    """The paragraphs of the text with figures in place of references; what has no figure here says so."""
    return tuple(_passage(line, known) for line in text.splitlines() if line.strip())


def _passage(line: str, known: Mapping[str, Reference]) -> Passage:
    pieces: list[Figure | Label] = []
    for place, piece in enumerate(PLACED.split(line.strip())):
        if place % 2:
            pieces.append(known[piece].figure if piece in known else none(NO_FIGURE.vi, NO_FIGURE.en))
        elif piece:
            pieces.append(Label(Text.same(piece)))
    return Passage(tuple(pieces))
