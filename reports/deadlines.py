"""By when agencies confirm their figures, and who has not."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q

from agencies.models import today
from reports.models import Statement
from reports.terms import StatementStatus


def due_on(period_end: date) -> date:
    """The last day to confirm; `period_end` is the first day after the period."""
    return period_end + timedelta(days=settings.STATEMENT_DUE_DAYS - 1)


def overdue(statement: Statement | None, period_end: date, on: date | None = None) -> bool:
    """Whether the agency is late: the day has passed, and it has confirmed nothing."""
    confirmed = statement is not None and statement.status == StatementStatus.CONFIRMED
    return not confirmed and (on or today()) > due_on(period_end)


def overdue_drafts(on: date | None = None) -> Q:
    """Drafts whose day has passed and that no confirmed statement stands before."""
    last = (on or today()) - timedelta(days=settings.STATEMENT_DUE_DAYS)
    return Q(status=StatementStatus.DRAFT, number=1, period_end__lte=last)
