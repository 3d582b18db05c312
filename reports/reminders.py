"""Reminders of statements: some days before the last day to confirm, and when it has passed.

First whoever writes the agency's statement, with its head while a draft waits to be confirmed; when it is overdue
always the head too. Each step is told once to each person, by reference and page alone, and not long afterwards.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet

from agencies.addressees import people_with
from agencies.models import Agency, Unit, User, central_unit, today
from agencies.roles import Permission
from registry.notices.announcing import notify
from registry.notices.terms import NoticeKind
from registry.periods import Period
from reports.deadlines import due_on
from reports.held import quarter_of
from reports.models import Statement
from reports.terms import StatementStatus

BEFORE = timedelta(days=3)
"""So long before the last day it is due soon."""

LONG_PASSED = timedelta(days=14)
"""After that nobody is told any more: the list of overdue statements still tells."""

PAGES = "/admin/reports/statement/"


def remind_statements(*, on: date | None = None) -> int:
    """Tell of the last quarter's statement of each agency where it is owed; returns how many notices were made."""
    day = on or today()
    period = quarter_of(quarter_of(day).start - timedelta(days=1))
    step = step_due(period, day)
    return sum(_remind(agency, period, step) for agency in Agency.objects.order_by("code")) if step else 0


def step_due(period: Period, day: date) -> str:
    """`due_soon`, `overdue`, or empty where nobody is reminded on the day."""
    last = due_on(period.end)
    if last < day <= last + LONG_PASSED:
        return NoticeKind.STATEMENT_OVERDUE
    return NoticeKind.STATEMENT_DUE_SOON if last - BEFORE <= day <= last else ""


@transaction.atomic
def _remind(agency: Agency, period: Period, step: str) -> int:
    """One agency, if it still owes its word."""
    stated = Statement.objects.filter(agency=agency, period_start=period.start, period_end=period.end)
    if stated.confirmed().exists():
        return 0
    draft = stated.filter(status=StatementStatus.DRAFT).select_related("unit").first()
    unit = draft.unit if draft is not None else central_unit(agency)
    if unit is None:
        return 0
    told = notify(
        kind=step,
        to=_people(unit, to_confirm=draft is not None or step == NoticeKind.STATEMENT_OVERDUE),
        reference=f"{agency.code}-{period.label}",
        path=f"{PAGES}{draft.pk}/change/" if draft is not None else PAGES,
        key=f"statement:{agency.code}:{period.label}:{step}".lower(),
        unit=unit,
    )
    return len(told)


def _people(unit: Unit, *, to_confirm: bool) -> list[User]:
    found: list[QuerySet[User]] = [people_with(Permission.STATEMENT_WRITE, unit)]
    if to_confirm:
        found.append(people_with(Permission.STATEMENT_CONFIRM, unit))
    return [person for people in found for person in people]
