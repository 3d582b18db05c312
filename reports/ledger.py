"""What one reader may count of a period: the figures stated, the records claimed, the records registered.

Read whole, in a number of queries that does not depend on how much there is. Counts cover what the reader may count;
references are given of what the reader may open, of the rest only how many there are.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from agencies.models import Agency
from agencies.visibility import Reader
from registry.cases.models import JointCase, Participation, SeizureLot
from registry.periods import Period
from registry.quantities import Comparator, combined
from registry.reference.models import Metric, Substance
from reports.claiming import case_of
from reports.counting import Counting
from reports.models import Claim, Explanation, Statement, StatementFigure
from reports.reconciling import Bar, Entry, Stated, Waterfall, full_credit, shared_credit, waterfall
from reports.series import (
    CASE_METRICS,
    JOINT_ROLES,
    LOT_METRICS,
    Counted,
    Series,
    amount_of,
    series_of_records,
    smallest,
)
from reports.terms import FigureRole, StatementStatus


@dataclass(frozen=True, slots=True)
class Line:
    """What one agency states of a series, and what stands behind it. Amounts in smallest units."""

    agency: Agency
    statement: Statement | None
    figures: tuple[StatementFigure, ...]
    own: tuple[StatementFigure, ...]
    """Its own work, which the registry does not hold: beside, never in the sum."""
    stated: int | None
    difference: int
    explanations: tuple[Explanation, ...]
    full: int
    shared: int

    @property
    def explained(self) -> bool:
        """Whether the latest explanation speaks of this very difference."""
        return bool(self.explanations) and smallest(self.explanations[-1].difference) == self.difference

    @property
    def open(self) -> bool:
        """Whether the agency's word differs from its records and nobody has said why."""
        confirmed = self.statement is not None and self.statement.status == StatementStatus.CONFIRMED
        return confirmed and self.difference != 0 and not self.explained


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A series reconciled."""

    series: Series
    bars: Waterfall
    lines: tuple[Line, ...]
    records: dict[str, Counted]
    claimed_by: dict[str, tuple[Agency, ...]]

    def comparator(self, bar: Bar) -> Comparator:
        """What may be said of the amount of a bar."""
        lots = [record for key in bar.keys if not isinstance(record := self.records[key], JointCase)]
        return combined(Comparator(lot.comparator) for lot in lots if lot.weighed)

    def not_weighed(self, bar: Bar) -> int:
        """How many records behind the bar have no amount yet."""
        return sum(amount_of(self.series.metric, self.records[key]) is None for key in bar.keys)


CASE_READ = ("reference", "kind", "opened_on")
LOT_READ = (
    *(f"case__{name}" for name in CASE_READ),
    *("raw_text", "weighed", "normalised_value", "comparator", "seized_on", "substance", "unit"),
)
"""What is read of the records of a period: there may be many, and each column of each is time."""


def key_of(record: Counted) -> str:
    """A record's key in the arithmetic."""
    return str(record.pk)


class Ledger:
    """Everything of a period that can be reconciled, for one reader."""

    def __init__(self, period: Period, reader: Reader) -> None:
        self.period, self.reader = period, reader
        self.count = Counting(reader, period)

    @cached_property
    def metrics(self) -> dict[str, Metric]:
        """The metrics of series, by code."""
        found: Iterable[Any] = Metric.objects.filter(code__in=[*CASE_METRICS, *LOT_METRICS])
        return {metric.code: metric for metric in found}

    @cached_property
    def statements(self) -> dict[Agency, Statement]:
        """The statement of each agency that the reader may see: a confirmed one before a draft."""
        return self.count.stated

    @cached_property
    def claims(self) -> dict[Any, list[Counted]]:
        """The records that figures count, by figure."""
        statements = [statement.pk for statement in self.statements.values()]
        rows = Claim.objects.filter(figure__statement__in=statements).order_by("pk")
        claimed = [(figure, case or lot) for figure, case, lot in rows.values_list("figure_id", "case_id", "lot_id")]
        records = self._records({record for _figure, record in claimed})
        found: dict[Any, list[Counted]] = defaultdict(list)
        for figure, record in claimed:
            found[figure].append(records[record])
        return found

    def _records(self, wanted: set[Any]) -> dict[Any, Counted]:
        """The records with these ids. Nearly all are of the period and read already."""
        held = {record.pk: record for _series, some in self.registered.values() for record in some}
        missing = wanted - held.keys()
        cases = JointCase.objects.filter(pk__in=missing)
        lots = SeizureLot.objects.filter(pk__in=missing).select_related("case", "unit", "substance")
        return held | {record.pk: record for record in (*cases, *lots)}

    @cached_property
    def registered(self) -> dict[str, tuple[Series, list[Counted]]]:
        """The records of the period that the reader may count, by the code of their series."""
        cases = self.count.cases().only(*CASE_READ).order_by("opened_on", "reference")
        lots = self.count.lots().only(*LOT_READ).select_related("case").prefetch_related("unit", "substance")
        records: list[Counted] = [*cases, *lots.order_by("seized_on", "case__reference", "pk")]
        return series_of_records(self.period, self.metrics, records)

    @cached_property
    def series(self) -> list[Series]:
        """The series of which anything is stated or registered."""
        found = {code: series for code, (series, _records) in self.registered.items()}
        for statement in self.statements.values():
            for figure in statement.figures.all():
                one = self._series_of(figure)
                if one is not None:
                    found.setdefault(one.code, one)
        return sorted(found.values(), key=lambda s: (s.metric.order, s.substance.order if s.substance else 0, s.code))

    def named(self, code: str) -> Series | None:
        """The series with that code, whether or not there is anything of it; None where a word is not known."""
        held = next((series for series in self.series if series.code == code), None)
        if held is not None:
            return held
        metric, _dot, substance = code.partition(".")
        if metric not in self.metrics or (metric in LOT_METRICS) != bool(substance):
            return None
        found: Any = Substance.objects.filter(code=substance[:64]).first() if substance else None
        return None if substance and found is None else Series(self.period, self.metrics[metric], found)

    @cached_property
    def parties(self) -> dict[Any, tuple[str, ...]]:
        """The agencies that took part in each case at any time, in protocol order."""
        records = [r for _series, some in self.registered.values() for r in some]
        records += [r for some in self.claims.values() for r in some]
        cases = {case_of(record).pk for record in records}
        rows = Participation.objects.filter(case__in=cases).values_list("case_id", "unit__agency__code").order_by()
        joined: dict[Any, set[str]] = defaultdict(set)
        for case, agency in rows.distinct():
            joined[case].add(agency)
        return {case: tuple(code for code in self.order if code in codes) for case, codes in joined.items()}

    @cached_property
    def order(self) -> list[str]:
        """Codes of the agencies in protocol order."""
        return [agency.code for agency in self.count.agencies]

    @cached_property
    def explanations(self) -> dict[tuple[Any, str], list[Explanation]]:
        """What was said of differences, oldest first, by statement and code of the series."""
        rows = Explanation.objects.filter(statement__in=[s.pk for s in self.statements.values()])
        found: dict[tuple[Any, str], list[Explanation]] = defaultdict(list)
        for one in rows.select_related("metric", "substance", "unit").order_by("number"):
            found[one.statement_id, Series(self.period, one.metric, one.substance).code].append(one)
        return found

    @cached_property
    def open_cases(self) -> frozenset[Any]:
        """Cases that the reader may open, among those of the period and those claimed."""
        seen = JointCase.objects.visible_to(self.reader).filter(pk__in=self.parties)
        return frozenset(seen.values_list("pk", flat=True))

    def shown(self, record: Counted) -> bool:
        """Whether the reader may be told which record it is."""
        return case_of(record).pk in self.open_cases

    def _series_of(self, figure: StatementFigure) -> Series | None:
        """The series of a figure that speaks of joint cases, or of own work beside it."""
        code = figure.metric.code
        if code not in self.metrics or (code in LOT_METRICS) != (figure.substance_id is not None):
            return None
        return Series(self.period, figure.metric, figure.substance)

    def _figures(self, statement: Statement, series: Series) -> list[StatementFigure]:
        """The figures of the statement for the series."""
        found = [(self._series_of(figure), figure) for figure in statement.figures.all()]
        return [figure for one, figure in found if one is not None and one.code == series.code]

    def reckon(self, series: Series) -> Reckoning:
        """The series reconciled: every record once, whoever claims it."""
        records = {key_of(r): r for r in self.registered.get(series.code, (series, []))[1]}
        inside = set(records)
        stated, figures_of, claimed_by = [], {}, defaultdict(list)
        for agency, statement in self.statements.items():
            figures_of[agency.pk] = figures = self._figures(statement, series)
            for figure in figures:
                if figure.role not in JOINT_ROLES:
                    continue
                claims = self.claims.get(figure.pk, [])
                records |= {key_of(r): r for r in claims if key_of(r) not in records}
                stated.append(Stated(agency.code, _amount(figure), tuple(key_of(r) for r in claims)))
                for record in claims:
                    claimed_by[key_of(record)].append(agency)
        entries = [self._entry(series, key, record, registered=key in inside) for key, record in records.items()]
        bars = waterfall(entries, stated)
        lines = self._lines(series, entries, stated, figures_of, bars)
        return Reckoning(series, bars, lines, records, {key: tuple(some) for key, some in claimed_by.items()})

    def _entry(self, series: Series, key: str, record: Counted, *, registered: bool) -> Entry:
        amount = amount_of(series.metric, record)
        parties = self.parties.get(case_of(record).pk, ())
        return Entry(key, None if amount is None else smallest(amount), parties, registered)

    def _lines(
        self,
        series: Series,
        entries: list[Entry],
        stated: list[Stated],
        figures_of: dict[Any, list[StatementFigure]],
        bars: Waterfall,
    ) -> tuple[Line, ...]:
        """One line per agency, in protocol order."""
        full, shares = full_credit(entries), shared_credit(entries, order=self.order, grain=series.grain)
        lines = []
        for agency in self.count.agencies:
            statement = next((s for a, s in self.statements.items() if a.pk == agency.pk), None)
            figures = figures_of.get(agency.pk, [])
            amounts = [s.amount for s in stated if s.agency == agency.code and s.amount is not None]
            lines.append(
                Line(
                    agency=agency,
                    statement=statement,
                    figures=tuple(f for f in figures if f.role in JOINT_ROLES),
                    own=tuple(f for f in figures if f.role == FigureRole.OWN),
                    stated=sum(amounts) if amounts else None,
                    difference=bars.differences.get(agency.code, 0),
                    explanations=tuple(self.explanations.get((statement.pk, series.code), ())) if statement else (),
                    full=full.get(agency.code, 0),
                    shared=shares.get(agency.code, 0),
                )
            )
        return tuple(lines)

    def reckonings(self) -> Iterable[Reckoning]:
        """Every series."""
        return [self.reckon(series) for series in self.series]


def _amount(figure: StatementFigure) -> int | None:
    """What the figure says in smallest units; nil is zero, missing is None."""
    if figure.value is None or figure.unit is None:
        return 0 if figure.nil else None
    return smallest(figure.value, figure.unit.factor)
