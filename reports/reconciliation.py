"""Differences between what agencies state and what their records come to: which are open, and saying why."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Agency, Unit, User
from agencies.refusals import Conflict, Invalid, NotPermitted
from agencies.roles import Permission
from agencies.visibility import Reader
from registry.periods import Period
from reports.counting import Operator
from reports.ledger import Ledger, Line
from reports.models import Explanation, Statement
from reports.series import Series
from reports.terms import StatementStatus


@dataclass(frozen=True, slots=True)
class Difference:
    """What an agency states of a series beyond what its records come to (negative: short of it), unexplained."""

    series: Series
    agency: Agency
    statement: Statement
    amount: Decimal
    """In the unit of the series."""


def open_differences(period: Period, reader: Reader | None = None) -> list[Difference]:
    """Differences that nobody has explained: while there are any, a report of the period is not sealed.

    Without a reader: of all agencies. Of confirmed statements only; a draft is corrected instead.
    """
    ledger = Ledger(period, reader if reader is not None else Operator())
    return [
        Difference(one.series, line.agency, line.statement, one.series.told(line.difference))
        for one in ledger.reckonings()
        for line in one.lines
        if line.open and line.statement is not None
    ]


def may_explain(by: User, statement: Statement) -> bool:
    """Whoever states for the unit; and whoever counts for all, for any agency."""
    own = by.may(Permission.DIFFERENCE_EXPLAIN, statement.unit_id)
    return own or (by.holds(Permission.DIFFERENCE_EXPLAIN) and by.holds(Permission.REPORT_COUNT_ALL))


@transaction.atomic
def explain_difference(
    *, series: Series, agency: Agency, text: str, by: User, at: datetime | None = None
) -> Explanation:
    """Say why an agency's word differs from its records. A further explanation takes the place of the last."""
    if not by.holds(Permission.DIFFERENCE_EXPLAIN):
        raise NotPermitted
    statement = _statement(series.period, agency, by)
    if not may_explain(by, statement):
        raise NotPermitted(_("An agency explains its own figures; the secretariat may explain those of all."))
    if statement.status != StatementStatus.CONFIRMED:
        raise Conflict(_("This statement is a draft: correct it instead of explaining it."), code="wrong_status")
    if not text.strip():
        raise Invalid({"text": _("Say why the figure differs from the records.")}, code="required")
    line = _line(series, agency, by)
    if line.difference == 0:
        raise Conflict(_("There is no difference to explain."), code="no_difference")
    last = line.explanations[-1].number if line.explanations else 0
    made = Explanation(
        statement=statement,
        metric=series.metric,
        substance=series.substance,
        number=last + 1,
        difference=Decimal(line.difference).scaleb(-9),
        text=text.strip(),
        unit=_unit(by, statement),
        by=by,
        at=at or timezone.now(),
    )
    made.full_clean(exclude=["difference"])
    made.save(force_insert=True)
    record(action="difference.explain", by=by, on=made, series=series.key, agency=agency.code)
    return made


def _statement(period: Period, agency: Agency, by: User) -> Statement:
    """The agency's word for the period as the person sees it, locked."""
    held: Any = next((s for a, s in Ledger(period, by).statements.items() if a.pk == agency.pk), None)
    if held is None:
        raise Invalid({"agency": _("You see no statement of this agency for the period.")})
    return Statement.objects.select_for_update(of=("self",)).select_related("unit").get(pk=held.pk)


def _line(series: Series, agency: Agency, by: User) -> Line:
    """The agency's line, read after the lock."""
    lines = Ledger(series.period, by).reckon(series).lines
    return next(line for line in lines if line.agency.pk == agency.pk)


def _unit(by: User, statement: Statement) -> Unit:
    """In whose name it is said: the stating unit, or that of the secretariat."""
    if by.may(Permission.DIFFERENCE_EXPLAIN, statement.unit_id):
        return statement.unit
    return Unit.objects.filter(pk__in=by.units_with(Permission.DIFFERENCE_EXPLAIN)).order_by("code")[0]
