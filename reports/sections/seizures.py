"""Within part II.4: what was seized in joint cases. Each substance has its line, each dimension its column."""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from registry.cases.measures import PRINTED
from registry.figures import Interval
from registry.quantities import Comparator, combined
from registry.reference.models import Dimension, Substance
from reports import links
from reports.counting import Counting
from reports.document import Cell, Column, Figure, Label, Row, Table, Text, none
from reports.wording import said, term

UNITS: dict[str, tuple[Text, Decimal]] = {d: (Text(one.vi, one.en), one.factor) for d, one in PRINTED.items()}
"""How each dimension is printed, and how many base units that is."""

READ = (
    *("substance_id", "weighed", "comparator", "value", "normalised_value", "unit__dimension", "unit__factor"),
    "synthetic",
)


class Lot(NamedTuple):
    """What is read of a lot: there may be many."""

    substance: UUID
    weighed: bool
    comparator: str
    value: Decimal | None
    normalised_value: Decimal | None
    dimension: str | None
    factor: Decimal | None
    synthetic: bool


ALWAYS = (Dimension.MASS, Dimension.TABLET)
LOTS = Text("lô", "lots")


RULE = Text(
    "Khối lượng và số viên là hai thước đo song song: không quy đổi, không cộng với nhau. "
    "Nhóm chất và chất trong nhóm không cộng với nhau, nên bảng không có dòng tổng.",
    "Mass and tablets are parallel measures: neither converted nor added. "
    "A class and its members do not add either, so the table has no total.",
)


def table(count: Counting) -> Table:
    """Sums per substance and dimension; a sum says no more than its loosest lot.

    Where no one word says what is known (over one weight and nearly another), the bounds of the sum are printed.
    """
    lots = [Lot(*row) for row in count.lots().order_by("substance__order", "pk").values_list(*READ)]
    substances = Substance.objects.in_bulk({lot.substance for lot in lots})
    by_substance: dict[Substance, dict[str, list[Lot]]] = defaultdict(lambda: defaultdict(list))
    for lot in lots:
        dimension = lot.dimension if lot.weighed and lot.dimension else ""
        by_substance[substances[lot.substance]][dimension].append(lot)
    seen = {dimension for groups in by_substance.values() for dimension in groups if dimension}
    shown = [d for d in UNITS if d in seen or d in ALWAYS]
    columns = (
        Column(Text("Chất", "Substance"), numeric=False),
        *(Column(said(Dimension(d).label), note=UNITS[d][0]) for d in shown),
        Column(Text("Chưa cân, đếm", "Not weighed yet")),
    )
    rows = [
        Row(
            (
                Label(term(substance), detail=_generic(substance)),
                *(_sum(count, groups.get(d, []), d, substance) for d in shown),
                Figure(len(groups.get("", [])), LOTS, link=links.cases(count.period)),
            )
        )
        for substance, groups in by_substance.items()
    ]
    return Table(
        "seizures",
        Text("Thu giữ trong kỳ, theo chất và thước đo", "Seized in the period, by substance and measure"),
        columns,
        tuple(rows),
        chart="multiples",
        empty=Text("Trong kỳ không có lô thu giữ nào được ghi.", "No seizure was recorded in the period."),
        synthetic=any(lot.synthetic for lot in lots),
    )


def _generic(substance: Substance) -> Text:
    return Text("nhóm chất, không rõ chất", "a class, substance not stated") if substance.generic else Text("", "")


def _sum(count: Counting, lots: list[Lot], dimension: str, substance: Substance) -> Cell:
    if not lots:
        return none("–", "–")
    unit, factor = UNITS[dimension]
    total = sum((lot.normalised_value or Decimal(0) for lot in lots), Decimal(0)) / factor
    parts = [Comparator(lot.comparator) for lot in lots]
    comparator = combined(parts)
    mixed = comparator is Comparator.ABOUT and Comparator.ABOUT not in parts
    bounds = Interval.total(_interval(lot, factor) for lot in lots) if mixed else None
    key = f"seized.{substance.code}.{dimension}"
    return Figure(total.normalize(), unit, comparator, link=links.cases(count.period), bounds=bounds, key=key)


def _interval(lot: Lot, factor: Decimal) -> Interval:
    """The lot in the unit that is printed. Zeros at the end are the database's: nobody typed them."""
    entered = Interval.of(Comparator(lot.comparator), (lot.value or Decimal(0)).normalize())
    return entered.scaled((lot.factor or Decimal(1)) / factor)
