"""What published figures are reckoned as: intervals, answers about them, and figures of one series side by side."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, DecimalField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Floor, Log, NullIf, Power
from django.db.models.lookups import GreaterThanOrEqual, IsNull, LessThan, LessThanOrEqual

from registry.documents.models import PublishedFigure, PublishedQuerySet
from registry.documents.terms import Comparator
from registry.figures import ZERO, Answer, Interval
from registry.quantities import Comparator as Word
from registry.reference.models import UnitOfMeasure

Figures = PublishedQuerySet[PublishedFigure]

_NUMBER = DecimalField(max_digits=60, decimal_places=15)
_FROM_VALUE = Q(comparator__in=[Comparator.EXACT, Comparator.OVER, Comparator.AT_LEAST])
_TO_VALUE = Q(comparator__in=[Comparator.EXACT, Comparator.NEARLY])
_ROUNDED = Q(comparator=Comparator.UNSTATED)
_BELOW_BOUND = Q(comparator__in=[Comparator.NEARLY, Comparator.UNSTATED], value__gt=0)


def reckoned(figure: PublishedFigure) -> Interval:
    """The figure as an interval in its printed unit. Nothing is reckoned with a reading that awaits confirmation."""
    if figure.needs_confirmation:
        return Interval(ZERO, None)
    return Interval.of(Word(figure.comparator), figure.value, digits=figure.significant_digits)


def answer_at_least(value: Decimal, measure: UnitOfMeasure | None) -> Case:
    """`Interval.at_least` of each figure, told by the database.

    `value` is in `measure`, which only figures of its dimension are to be asked about; else in each printed unit.
    """
    asked = Value(value * (measure.factor if measure else 1), _NUMBER)
    factor = F("unit__factor") if measure else Value(Decimal(1))
    lower, upper = (Cast(bound * factor, _NUMBER) for bound in _bounds())
    return Case(
        When(GreaterThanOrEqual(lower, asked), then=Value(Answer.YES.value)),
        When(LessThan(upper, asked), then=Value(Answer.NO.value)),
        When(_BELOW_BOUND & Q(LessThanOrEqual(upper, asked)), then=Value(Answer.NO.value)),
        default=Value(Answer.UNKNOWN.value),
        output_field=CharField(),
    )


def _bounds() -> tuple[Case, Case]:
    """The bounds of `reckoned` in SQL; no upper bound is null."""
    tens = Floor(Log(Value(Decimal(10)), NullIf("value", Value(ZERO)))) + 1 - Cast("significant_digits", _NUMBER)
    step = Coalesce(Power(Value(Decimal(10)), tens), Value(ZERO), output_field=_NUMBER)
    confirmed = Q(needs_confirmation=False)
    lower = Case(
        When(confirmed & _FROM_VALUE, then=F("value")),
        When(confirmed & _ROUNDED, then=F("value") - step),
        default=Value(ZERO),
        output_field=_NUMBER,
    )
    upper = Case(
        When(confirmed & _TO_VALUE, then=F("value")),
        When(confirmed & _ROUNDED, then=F("value") + step),
        default=None,
        output_field=_NUMBER,
    )
    return lower, upper


def both_may_hold(one: PublishedFigure, other: PublishedFigure) -> bool:
    """Whether one true value would fit both readings."""
    return reckoned(one).scaled(one.unit.factor).meets(reckoned(other).scaled(other.unit.factor))


SERIES = ("metric_id", "subject_scope", "role", "period_start", "period_end")
MAYBE = ("substance_id", "subject_agency_id")
"""What makes a series: the same metric and substance, the same subject in the same part, the same days.

A figure whose period is not printed is of no series: nobody knows what it stands beside. Noise has no metric.
"""


def _series(figure: PublishedFigure) -> tuple[Any, ...]:
    return tuple(getattr(figure, name) for name in (*SERIES, *MAYBE))


def _read_alike(one: PublishedFigure, other: PublishedFigure) -> bool:
    return (one.normalised_value, one.comparator) == (other.normalised_value, other.comparator)


def beside(figures: Figures, page: Sequence[PublishedFigure]) -> dict[UUID, list[PublishedFigure]]:
    """For each figure of the page that `in_conflict` marks, the others of its series that are read otherwise.

    In reading order, by one query at most.
    """
    asked = [figure for figure in page if figure.in_conflict]  # type: ignore[attr-defined]
    if not asked:
        return {}
    any_series = Q()
    for figure in asked:
        any_series |= Q(**{name: getattr(figure, name) for name in SERIES})
    found: dict[tuple[Any, ...], list[PublishedFigure]] = defaultdict(list)
    rows = figures.filter(any_series).select_related("document", "unit")
    for row in rows.order_by("document__code", "number"):
        found[_series(row)].append(row)
    return {figure.pk: [o for o in found[_series(figure)] if not _read_alike(figure, o)] for figure in asked}


def with_conflicts(figures: QuerySet[Any]) -> QuerySet[Any]:
    """Each with `in_conflict`: whether another figure of its series is read otherwise."""
    others: QuerySet[Any] = PublishedFigure._default_manager.filter(**{name: OuterRef(name) for name in SERIES})
    for name in MAYBE:
        others = others.filter(
            Q(**{name: OuterRef(name)}) | Q(IsNull(OuterRef(name), True), **{f"{name}__isnull": True})
        )
    others = others.exclude(normalised_value=OuterRef("normalised_value"), comparator=OuterRef("comparator"))
    marked: QuerySet[Any] = figures.annotate(in_conflict=Exists(others))
    return marked
