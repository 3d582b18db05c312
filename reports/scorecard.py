"""The scorecard of a quarter: what each agency gave each other one, and what became of it there.

Counted in deliveries between two agencies, of items first released in the quarter. It is about all four for whoever
may read it, and says no small number: see suppression.py. It leads to no item and to no case.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Aggregate, Count, DurationField, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from agencies.audit.log import record
from agencies.models import Agency, User
from agencies.refusals import Invalid, NotPermitted
from agencies.roles import Permission
from agencies.visibility import Reader
from registry.information.models import Delivery
from registry.information.receipt_states import RECEIPTS, Receipt
from registry.information.terms import VALUABLE, DeliveryStatus
from registry.periods import Period
from reports.subject import PeriodReport
from reports.suppression import MEASURES, Hidden, Pair, suppress

QUARTER = 3
"""Months. Other spans would be differences of quarters, and tell what a quarter hides."""

MEASURED: dict[str, Q] = {
    "shared": Q(),
    "in_time": RECEIPTS[Receipt.IN_TIME],
    "useful": Q(evaluation__usefulness__in=VALUABLE),
    "used": Q(status=DeliveryStatus.USED),
}
"""Which deliveries each measure counts."""

DEFINITIONS: dict[str, StrPromise] = {
    "shared": _(
        "Deliveries to a unit of the other agency, of items first released in the quarter; "
        "those recalled since are included."
    ),
    "in_time": _("Of these, acknowledged by the time that was set when they were delivered."),
    "useful": _(
        "Of these, evaluated by the recipient as opening a new line of work or contributing to an arrest or seizure."
    ),
    "used": _("Of these, used by the recipient in a case; those recalled since are not included."),
    "median_hours": _(
        "Half of the acknowledged deliveries were acknowledged within so many hours; nights and days off are included."
    ),
}
"""The written definition of each measure: the API, the page and the report say the same."""


class Median(Aggregate):
    """The middle of the values that are not null."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True, slots=True)
class Line:
    """One pair, or all of them. A count that is hidden is None and named in `suppressed`."""

    giver: Agency | None
    receiver: Agency | None
    shared: int | None
    in_time: int | None
    useful: int | None
    used: int | None
    median_hours: Decimal | None
    suppressed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Every pair of two agencies in protocol order, giver first; then the total."""

    period: Period
    threshold: int
    lines: tuple[Line, ...]
    total: Line
    synthetic: bool

    @property
    def definitions(self) -> dict[str, StrPromise]:
        """What each measure counts, in words."""
        return DEFINITIONS


def scorecard(*, period: Period, reader: Reader) -> Scorecard:
    """The scorecard of the quarter; Invalid for any other span. Five queries, however many the deliveries."""
    if not reader.holds(Permission.SCORECARD_READ):
        raise NotPermitted
    if period.months != QUARTER:
        raise Invalid({"period": _("A scorecard is of a quarter: write it as 2024-Q2.")}, code="invalid_period")
    agencies = list(Agency.objects.visible_to(reader).prefetch_related("names").order_by("protocol_order"))
    between = _between_agencies(period)
    counted: Any = between.values(giver=F("item__unit__agency"), receiver=F("unit__agency")).annotate(**_measures())
    found = {(row["giver"], row["receiver"]): row for row in counted.order_by()}
    pairs = {(g.code, r.code): (g, r) for g in agencies for r in agencies if g.pk != r.pk}
    rows = {codes: found.get((giver.pk, receiver.pk), NOTHING) for codes, (giver, receiver) in pairs.items()}
    threshold = settings.SCORECARD_THRESHOLD
    hidden = suppress({codes: {m: row[m] for m in MEASURES} for codes, row in rows.items()}, threshold=threshold)
    return Scorecard(
        period=period,
        threshold=threshold,
        lines=tuple(_line(pairs[codes], row, _hidden_of(codes, hidden), threshold) for codes, row in rows.items()),
        total=_line((None, None), between.aggregate(**_measures()), hidden.totals, threshold),
        synthetic=between.filter(synthetic=True).exists(),
    )


def read_scorecard(*, period: Period, by: User) -> Scorecard:
    """The scorecard for the API and the page: that it was read is written to the audit log first."""
    card = scorecard(period=period, reader=by)
    record(action="scorecard.read", by=by, on=PeriodReport(period.label))
    return card


NOTHING: dict[str, Any] = dict.fromkeys((*MEASURES, "acknowledged"), 0) | {"median": None}
"""A pair that shared nothing."""


def _between_agencies(period: Period) -> QuerySet[Delivery]:
    """Deliveries that left their agency, of everybody: whoever may read the scorecard reads no record through it."""
    start, end = period.moments()
    made = Delivery.objects.filter(item__released_at__gte=start, item__released_at__lt=end)
    return made.exclude(unit__agency=F("item__unit__agency"))


def _measures() -> dict[str, Aggregate]:
    """What is counted of a pair, and of all of them."""
    counts: dict[str, Aggregate] = {name: Count("pk", filter=which) for name, which in MEASURED.items()}
    waited = F("acknowledged_at") - F("delivered_at")
    return counts | {"acknowledged": Count("acknowledged_at"), "median": Median(waited)}


def _hidden_of(codes: Pair, hidden: Hidden) -> frozenset[str]:
    """The measures that are hidden of the pair."""
    return frozenset(measure for pair, measure in hidden.cells if pair == codes)


def _line(
    pair: tuple[Agency | None, Agency | None], row: Mapping[str, Any], hidden: Collection[str], threshold: int
) -> Line:
    """The middle of few, or of those whose number is hidden, would tell of single deliveries: it is hidden too."""
    few = 0 < row["acknowledged"] < threshold
    missing = {"median_hours"} if few or {"shared", "in_time"} & set(hidden) else set()
    counts = {measure: None if measure in hidden else row[measure] for measure in MEASURES}
    told = row["median"] is not None and not missing
    median = Decimal(f"{row['median'] / timedelta(hours=1):.1f}") if told else None
    suppressed = tuple(name for name in DEFINITIONS if name in missing or name in hidden)
    return Line(*pair, **counts, median_hours=median, suppressed=suppressed)
