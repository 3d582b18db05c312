"""Series that can be reconciled: one metric, and for what was seized one substance. Series never add to each other.

Mass and tablets, and the three kinds of cases, are metrics of their own and so series of their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal

from registry.cases.models import JointCase, SeizureLot
from registry.cases.terms import Kind
from registry.periods import Period
from registry.reference.models import Dimension, Metric, Substance
from reports.document import Text
from reports.sections.seizures import UNITS
from reports.terms import FigureRole
from reports.wording import term

CASE_METRICS: dict[str, Kind] = {
    "drug_cases": Kind.CASE,
    "drug_special_cases": Kind.CASE_FILE,
    "drug_prosecuted_cases": Kind.PROSECUTED_CASE,
}
"""Metrics that count joint cases, each of one kind."""

LOT_METRICS: dict[str, Dimension] = {
    "drugs_seized_mass": Dimension.MASS,
    "drugs_seized_tablets": Dimension.TABLET,
    "drugs_seized_volume": Dimension.VOLUME,
    "drugs_seized_bricks": Dimension.BRICK,
    "drugs_seized_doses": Dimension.DOSE,
    "drug_plants_seized": Dimension.PLANT,
    "drug_crop_area_eradicated": Dimension.AREA,
}
"""Metrics that measure seizure lots, each in its dimension."""

JOINT_ROLES = (FigureRole.LEAD, FigureRole.CO_LEAD, FigureRole.COORDINATOR)
"""Roles whose figures speak of joint cases. An agency's own work beside them is not in the registry."""

EXACT = Context(prec=80)
"""Amounts are counted in the finest part of a base unit that is kept of a lot, 1E-9: none is ever rounded."""

GRAINS: dict[str, Decimal] = {Dimension.MASS: Decimal("0.001")}
"""The smallest part that is given to anybody when a total is shared, in base units: a milligram; else one."""

COUNTED: dict[str, tuple[str, Text]] = {
    "drug_cases": ("case", Text("vụ", "cases")),
    "drug_special_cases": ("special_case", Text("chuyên án", "case files")),
    "drug_prosecuted_cases": ("prosecuted_case", Text("vụ án", "prosecuted cases")),
}
MEASURED: dict[str, str] = {
    Dimension.MASS: "kg",
    Dimension.VOLUME: "l",
    Dimension.TABLET: "tablet",
    Dimension.DOSE: "dose",
    Dimension.PLANT: "plant",
    Dimension.BRICK: "brick",
    Dimension.AREA: "m2",
}
"""Units that amounts are told in, by code."""

Counted = JointCase | SeizureLot


@dataclass(frozen=True, slots=True)
class Series:
    """What is reconciled in a period."""

    period: Period
    metric: Metric
    substance: Substance | None = None

    @property
    def code(self) -> str:
        """`drug_cases`, `drugs_seized_mass.heroin`."""
        return f"{self.metric.code}.{self.substance.code}" if self.substance else self.metric.code

    @property
    def key(self) -> str:
        """`2024-Q2.drugs_seized_mass.heroin`."""
        return f"{self.period.label}.{self.code}"

    @property
    def name(self) -> Text:
        """Metric and substance in words."""
        metric = term(self.metric)
        if self.substance is None:
            return metric
        substance = term(self.substance)
        return Text(f"{metric.vi}: {substance.vi}", f"{metric.en}: {substance.en}")

    @property
    def unit(self) -> str:
        """Code of the unit that amounts are told in."""
        counted = COUNTED.get(self.metric.code)
        return counted[0] if counted else MEASURED[LOT_METRICS[self.metric.code]]

    @property
    def symbol(self) -> Text:
        """The unit in words."""
        counted = COUNTED.get(self.metric.code)
        return counted[1] if counted else UNITS[LOT_METRICS[self.metric.code]][0]

    @property
    def factor(self) -> Decimal:
        """How many base units the unit is."""
        return Decimal(1) if self.metric.code in CASE_METRICS else UNITS[LOT_METRICS[self.metric.code]][1]

    @property
    def grain(self) -> int:
        """The smallest share, in smallest units."""
        return smallest(GRAINS.get(LOT_METRICS.get(self.metric.code, ""), Decimal(1)))

    def told(self, amount: int) -> Decimal:
        """An amount of smallest units in the unit that amounts are told in. Exact."""
        return EXACT.divide(Decimal(amount), EXACT.scaleb(self.factor, 9)).normalize(EXACT)


def amount_of(metric: Metric, record: Counted) -> Decimal | None:
    """What a record comes to, in base units; None when it is not weighed, or not measured as the metric measures."""
    if isinstance(record, JointCase):
        return Decimal(1)
    measured_so = record.unit is not None and record.unit.dimension == LOT_METRICS.get(metric.code)
    return record.normalised_value if measured_so else None


def counts(metric: Metric, substance: Substance | None, record: Counted) -> bool:
    """Whether the series counts the record, whatever the period. What is not weighed belongs to the mass."""
    if isinstance(record, JointCase):
        return CASE_METRICS.get(metric.code) == record.kind
    dimension = record.unit.dimension if record.unit else Dimension.MASS
    return substance is not None and record.substance_id == substance.pk and dimension == LOT_METRICS.get(metric.code)


def smallest(amount: Decimal, factor: Decimal = Decimal(1)) -> int:
    """So many units of `factor` base units each, in smallest units."""
    return int(EXACT.scaleb(EXACT.multiply(amount, factor), 9).to_integral_value(context=EXACT))


def series_of_records(
    period: Period, metrics: dict[str, Metric], records: Iterable[Counted]
) -> dict[str, tuple[Series, list[Counted]]]:
    """The records by the code of their series. Records whose metric is not in the vocabulary are in none."""
    kinds = {kind: code for code, kind in CASE_METRICS.items()}
    dimensions = {dimension: code for code, dimension in LOT_METRICS.items()}
    found: dict[str, tuple[Series, list[Counted]]] = {}
    for record in records:
        if isinstance(record, JointCase):
            metric, substance = metrics.get(kinds[Kind(record.kind)]), None
        else:
            dimension = Dimension(record.unit.dimension) if record.unit else Dimension.MASS
            metric, substance = metrics.get(dimensions.get(dimension, "")), record.substance
        if metric is not None:
            series = Series(period, metric, substance)
            found.setdefault(series.code, (series, []))[1].append(record)
    return found
