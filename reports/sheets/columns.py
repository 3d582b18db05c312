"""The columns of the spreadsheet in both languages. Vietnamese and English headings are read alike."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from registry.documents.terms import Comparator
from registry.reference.models import Metric, Substance, UnitOfMeasure
from reports.document import Text
from reports.terms import FigureRole, MissingReason
from reports.wording import said


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it fills, its heading, and how wide it is."""

    field: str
    heading: Text
    width: int
    needed: bool = False


COLUMNS = (
    Column("metric", Text("Chỉ tiêu (mã)", "Metric (code)"), 26, needed=True),
    Column("name", Text("Tên chỉ tiêu", "Name of the metric"), 44),
    Column("substance", Text("Chất (mã)", "Substance (code)"), 20),
    Column("role", Text("Vai trò", "Role"), 16),
    Column("comparator", Text("Từ so sánh", "Comparator"), 16),
    Column("value", Text("Giá trị", "Value"), 16, needed=True),
    Column("unit", Text("Đơn vị tính (mã)", "Unit (code)"), 16, needed=True),
    Column("nil", Text("Không phát sinh (x)", "Nil (x)"), 18),
    Column("missing", Text("Lý do thiếu", "Why it is missing"), 24),
    Column("note", Text("Ghi chú", "Note"), 40),
)
"""The name of the metric stands for the reader alone; it is not read back."""

PERIOD = Text("Kỳ", "Period")
SHEET = Text("Số liệu", "Figures")
CODES = Text("Mã", "Codes")
FIRST_ROW = 4
"""The row after the headings."""

YES = frozenset({"x", "có", "yes", "1", "true"})


def plainly(text: object) -> str:
    """As words are compared: without spaces at the ends, letter case aside."""
    return str(text).strip().casefold()


def headings() -> dict[str, str]:
    """Fields by their headings in both languages."""
    return {plainly(words): c.field for c in COLUMNS for words in (c.heading.vi, c.heading.en)}


@dataclass(frozen=True, slots=True)
class Words:
    """Codes and names by which a cell may name a record or a choice; names that two share name neither."""

    known: Mapping[str, Mapping[str, Any]]
    labels: Mapping[str, Sequence[Text]]
    """Of choices, as the template writes them."""

    def find(self, field: str, text: str) -> Any:
        """The record or the code; None when it is not known."""
        return self.known[field].get(plainly(text))

    def examples(self, field: str) -> str:
        """A few of the codes; of choices the words of the reader's language."""
        if field in self.labels:
            return ", ".join(one.in_(get_language() or "vi") for one in self.labels[field])
        codes = [getattr(found, "code", found) for found in self.known[field].values()]
        some = list(dict.fromkeys(map(str, codes)))
        return ", ".join(some[:6]) + (", …" if len(some) > 6 else "")


CHOICES: dict[str, list[tuple[str, Any]]] = {
    "role": FigureRole.choices,
    "missing": MissingReason.choices,
    "comparator": Comparator.choices,
}


def words() -> Words:
    """Everything that a sheet may name."""
    return Words(
        {
            "metric": _named(Metric.objects.all()),
            "substance": _named(Substance.objects.all()),
            "unit": _named(UnitOfMeasure.objects.all()),
            **{name: _chosen(choices) for name, choices in CHOICES.items()},
        },
        {name: [said(label) for _code, label in choices] for name, choices in CHOICES.items()},
    )


def _named(records: Iterable[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in records:
        for name in {plainly(one.name_vi), plainly(one.name_en)}:
            found[name] = None if name in found else one
    return {name: one for name, one in found.items() if one} | {plainly(one.code): one for one in records}


def _chosen(choices: Iterable[tuple[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, label in choices:
        both = said(label)
        found |= {plainly(code): code, plainly(both.vi): code, plainly(both.en): code}
    return found
