"""A reconciled series as data: the same for the API and for the pages. Amounts in the unit of the series, exact."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import User
from registry.cases.models import JointCase
from registry.documents.models import PublishedFigure
from registry.quantities import Comparator, combined
from reports.claiming import case_of
from reports.ledger import Ledger, Line, Reckoning
from reports.reconciling import Bar
from reports.series import Counted, Series, amount_of, smallest
from reports.subject import ReconciliationRead


class BarName(models.TextChoices):
    """The steps from what was stated to what is registered. The labels are sentences without their amount."""

    STATED = "stated", _("Stated by the agencies")
    UNEXPLAINED = "unexplained", _("Not explained by records")
    CLAIMED = "claimed", _("Records claimed")
    OVERLAP = "overlap", _("Claimed by several")
    OUT_OF_PERIOD = "out_of_period", _("Of another period or kind")
    NOT_CLAIMED = "not_claimed", _("Claimed by nobody")
    REGISTERED = "registered", _("Registered")


TAKEN_OFF = frozenset({BarName.UNEXPLAINED, BarName.OVERLAP, BarName.OUT_OF_PERIOD})
"""Bars that are subtracted."""

NOTHING = Bar(0, ())


@dataclass(frozen=True, slots=True)
class Shown:
    """A record behind a bar, of those that the reader may open."""

    record: Counted
    amount: Decimal | None
    claimed_by: tuple[str, ...]

    @property
    def case(self) -> JointCase:
        """The case that it is, or belongs to."""
        return case_of(self.record)

    @property
    def kind(self) -> str:
        """`case` or `lot`."""
        return "case" if isinstance(self.record, JointCase) else "lot"

    @property
    def on(self) -> Any:
        """The day by which it belongs to a period."""
        return self.record.opened_on if isinstance(self.record, JointCase) else self.record.seized_on


@dataclass(frozen=True, slots=True)
class Step:
    """A bar as it is told: the amount, and the records behind it. `others` are records the reader may not open."""

    name: BarName
    amount: Decimal
    comparator: Comparator
    records: tuple[Shown, ...]
    others: int
    not_weighed: int

    @property
    def taken_off(self) -> bool:
        """Whether the amount is subtracted on the way down."""
        return self.name in TAKEN_OFF


def steps(ledger: Ledger, one: Reckoning) -> tuple[Step, ...]:
    """The bars in order."""
    bars = one.bars
    words = [Comparator(f.comparator) for line in one.lines for f in line.figures if f.value is not None]
    found = [
        _step(ledger, one, BarName.STATED, Bar(bars.stated, ()), combined(words)),
        _step(ledger, one, BarName.UNEXPLAINED, Bar(bars.unexplained, ()), Comparator.EXACT),
    ]
    for name, bar in (
        (BarName.CLAIMED, bars.claimed),
        (BarName.OVERLAP, bars.overlap),
        (BarName.OUT_OF_PERIOD, bars.outside),
        (BarName.NOT_CLAIMED, bars.unclaimed),
        (BarName.REGISTERED, bars.registered),
    ):
        found.append(_step(ledger, one, name, bar, one.comparator(bar)))
    return tuple(found)


def _step(ledger: Ledger, one: Reckoning, name: BarName, bar: Bar, comparator: Comparator) -> Step:
    keys = list(dict.fromkeys(bar.keys))
    shown = [key for key in keys if ledger.shown(one.records[key])]
    return Step(
        name=name,
        amount=one.series.told(bar.amount),
        comparator=comparator,
        records=tuple(_shown(one, key) for key in shown),
        others=len(keys) - len(shown),
        not_weighed=one.not_weighed(Bar(0, tuple(keys))),
    )


def _shown(one: Reckoning, key: str) -> Shown:
    record = one.records[key]
    amount = amount_of(one.series.metric, record)
    told = None if amount is None else one.series.told(smallest(amount))
    return Shown(record, told, tuple(agency.code for agency in one.claimed_by.get(key, ())))


def summary(one: Reckoning) -> dict[str, Any]:
    """A line of the list: the series and the amounts of its bars."""
    series, bars = one.series, one.bars
    return {
        "key": series.key,
        "period": series.period.label,
        "metric": series.metric.code,
        "substance": series.substance.code if series.substance else None,
        "unit": series.unit,
        "stated": series.told(bars.stated),
        "unexplained": series.told(bars.unexplained),
        "claimed": series.told(bars.claimed.amount),
        "overlap": series.told(bars.overlap.amount),
        "out_of_period": series.told(bars.outside.amount),
        "not_claimed": series.told(bars.unclaimed.amount),
        "registered": series.told(bars.registered.amount),
        "open_differences": sum(line.open for line in one.lines),
    }


def detail(ledger: Ledger, one: Reckoning) -> dict[str, Any]:
    """Everything of a series that the reader may know."""
    return summary(one) | {
        "bars": steps(ledger, one),
        "agencies": [agency_line(one.series, line) for line in one.lines],
        "published": published(ledger, one.series),
    }


def agency_line(series: Series, line: Line) -> dict[str, Any]:
    """What one agency states, and what it gets by either way of counting."""
    return {
        "agency": line.agency.code,
        "statement": line.statement.pk if line.statement else None,
        "status": line.statement.status if line.statement else None,
        "stated": None if line.stated is None else series.told(line.stated),
        "difference": series.told(line.difference),
        "open": line.open,
        "explanations": line.explanations,
        "full_credit": series.told(line.full),
        "shared_credit": series.told(line.shared),
    }


def published(ledger: Ledger, series: Series) -> list[PublishedFigure]:
    """What documents print of the metric for periods that touch this one: beside the sum, never in it."""
    same = ledger.count.published().filter(metric=series.metric, substance=series.substance)
    return list(same.select_related("document", "unit").order_by("period_start", "document__code", "number"))


def disclosed(ledger: Ledger, reckonings: Iterable[Reckoning] = ()) -> list[str]:
    """Ids of the statements whose figures are shown, and of the cases that are named."""
    cases = {str(case_of(record).pk) for one in reckonings for record in one.records.values() if ledger.shown(record)}
    return [*(str(statement.pk) for statement in ledger.statements.values()), *sorted(cases)]


def keep_reading(ledger: Ledger, one: Reckoning | None = None, *, by: User) -> None:
    """Write to the log that the reconciliations of the period, or this one of them, are shown, and what they name."""
    shown = disclosed(ledger, [one] if one is not None else [])
    name = one.series.key if one is not None else ledger.period.label
    record(action="reconciliation.read", by=by, on=ReconciliationRead(name, shown))
