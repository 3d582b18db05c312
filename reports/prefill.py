"""A draft filled from the agency's records: what it led, co-led and coordinated, each figure with its records."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.refusals import Conflict, Incomplete, NotPermitted
from agencies.roles import Permission
from registry.cases.models import JointCase, Participation, SeizureLot
from registry.cases.terms import CaseRole
from registry.documents.terms import Comparator
from registry.periods import Basis, Period
from registry.quantities import Comparator as Word
from registry.quantities import combined
from registry.reference.models import Metric, UnitOfMeasure
from reports.actions import FigureInput, set_figures
from reports.claiming import case_of
from reports.models import Statement, StatementFigure
from reports.series import Counted, Series, amount_of, series_of_records
from reports.terms import FigureRole, StatementStatus

FINEST = Decimal("1E-6")
"""The decimals that a figure keeps."""


@transaction.atomic
def prefill_statement(*, statement: Statement, by: User, expected_revision: int | None = None) -> Statement:
    """Set the figures that the agency's records give; figures of other metrics and of own work stay as they are."""
    if not by.may(Permission.STATEMENT_WRITE, statement.unit_id):
        raise NotPermitted
    if statement.status != StatementStatus.DRAFT:
        raise Conflict(
            _("This statement is confirmed and stays as it is. Make a new one to correct it."), code="wrong_status"
        )
    found = figures_from_records(statement, by)
    if not found:
        raise Incomplete(
            _("The registry holds no joint case of your agency in this period. State nil where there was nothing."),
            code="nothing_to_fill_in",
        )
    places = {figure.place for figure in found}
    kept = [as_input(row) for row in statement.figures.select_related("metric", "substance", "unit")]
    figures = [figure for figure in kept if figure.place not in places] + found
    return set_figures(statement=statement, figures=figures, by=by, expected_revision=expected_revision)


def period_of(statement: Statement) -> Period:
    """The days of a statement."""
    return Period(statement.period_start, statement.period_end, statement.period_label, Basis(statement.period_basis))


def as_input(row: StatementFigure) -> FigureInput:
    """A stored figure as somebody would state it again."""
    names = ("metric", "role", "substance", "value", "unit", "nil", "missing", "note", "comparator")
    given: dict[str, Any] = {name: getattr(row, name) for name in names}
    return FigureInput(**given)


def figures_from_records(statement: Statement, by: User) -> list[FigureInput]:
    """One figure for each series and role of which the agency has records in the period that the person counts."""
    period = period_of(statement)
    cases = JointCase.objects.visible_to(by).opened_in(period)
    lots = (
        SeizureLot.objects.visible_to(by).countable_by(by).seized_in(period).select_related("case", "substance", "unit")
    )
    metrics: dict[str, Any] = {metric.code: metric for metric in Metric.objects.all()}
    units: dict[str, Any] = {unit.code: unit for unit in UnitOfMeasure.objects.all()}
    records: list[Counted] = [*cases.order_by("opened_on", "pk"), *lots.order_by("seized_on", "pk")]
    roles = roles_of(statement.agency, {case_of(record).pk for record in records})
    found = []
    for series, members in series_of_records(period, metrics, records).values():
        for role in (FigureRole.LEAD, FigureRole.CO_LEAD, FigureRole.COORDINATOR):
            own = [record for record in members if roles.get(case_of(record).pk) == role]
            figure = _figure(series, role, own, units)
            if figure is not None:
                found.append(figure)
    return sorted(found, key=lambda f: (f.metric.order, f.substance.order if f.substance else 0))


def roles_of(agency: Agency, cases: Collection[Any]) -> dict[Any, str]:
    """What the agency is in each of the cases: lead when it led at the opening, else the most it ever was."""
    parts = Participation.objects.filter(case__in=cases).order_by("valid_from", "pk")
    rows = parts.values_list("case_id", "role", "unit__agency_id")
    first: dict[Any, Any] = {}
    roles: dict[Any, str] = {}
    for case, role, of_agency in rows:
        if role == CaseRole.LEAD:
            first.setdefault(case, of_agency)
        if of_agency != agency.pk:
            continue
        if first.get(case) == agency.pk:
            roles[case] = FigureRole.LEAD
        elif role != CaseRole.COORDINATOR:
            roles[case] = FigureRole.CO_LEAD
        else:
            roles.setdefault(case, FigureRole.COORDINATOR)
    return roles


def _figure(series: Series, role: str, records: list[Counted], units: dict[str, UnitOfMeasure]) -> FigureInput | None:
    """The sum of the records that are weighed, in the largest unit that says it exactly."""
    amounts = [amount_of(series.metric, record) for record in records]
    total = sum((amount for amount in amounts if amount is not None), Decimal(0))
    unit = _unit(series, total, units)
    if not total or unit is None:
        return None
    return FigureInput(
        metric=series.metric,
        substance=series.substance,
        role=role,
        value=total / unit.factor,
        unit=unit,
        comparator=_comparator(records),
        claims=records,
    )


def _unit(series: Series, total: Decimal, units: dict[str, UnitOfMeasure]) -> UnitOfMeasure | None:
    """The unit that the series is told in, or a smaller one of the dimension where that one would need rounding."""
    preferred = units.get(series.unit)
    if preferred is None:
        return None
    smaller = [u for u in units.values() if u.dimension == preferred.dimension and u.factor < preferred.factor]
    for unit in (preferred, *sorted(smaller, key=lambda u: -u.factor)):
        if (total / unit.factor).quantize(FINEST) * unit.factor == total:
            return unit
    return None


def _comparator(records: Iterable[Counted]) -> str:
    """What may be said of the sum of the lots that are weighed."""
    words = [Word(r.comparator) for r in records if isinstance(r, SeizureLot) and r.weighed]
    return Comparator(combined(words).value)
