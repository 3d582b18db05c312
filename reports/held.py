"""Of which quarters there is anything to report."""

from datetime import date, timedelta
from typing import Any

from django.db.models.functions import TruncQuarter

from agencies.models import today
from agencies.visibility import Reader
from registry.cases.models import JointCase
from registry.conferences.models import Conference
from registry.information.models import InformationItem
from registry.periods import Period
from reports.models import Statement


def quarters(reader: Reader) -> list[Period]:
    """The quarters, latest first, of which the reader may count an item, a case, a statement or a conference."""
    items = InformationItem.objects.countable_by(reader).filter(released_at__isnull=False).order_by()
    starts: set[date] = {
        moment.date() for moment in items.annotate(q=TruncQuarter("released_at")).values_list("q", flat=True).distinct()
    }
    cases = JointCase.objects.countable_by(reader).order_by()
    opened = cases.annotate(q=TruncQuarter("opened_on")).values_list("q", flat=True).distinct()
    starts |= set(opened)
    found = {quarter_of(start) for start in starts}
    for records in (Statement.objects.visible_to(reader), Conference.objects.visible_to(reader)):
        spans = records.filter(period_start__isnull=False).order_by()
        held: set[tuple[Any, Any]] = set(spans.values_list("period_start", "period_end").distinct())
        quarters_held = {quarter_of(start) for start, _end in held}
        found |= {period for period in quarters_held if (period.start, period.end) in held}
    return sorted(found, reverse=True)


def quarter_of(day: date) -> Period:
    """The quarter in which the day lies."""
    return Period.parse(f"{day.year}-Q{(day.month + 2) // 3}")


def last_quarter() -> Period:
    """The last quarter that has ended."""
    running = quarter_of(today())
    return quarter_of(running.start - timedelta(days=1))
