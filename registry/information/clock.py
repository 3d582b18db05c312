"""When the receipt clock of a delivery runs out."""

from datetime import datetime

from registry.information.terms import RECEIPT_CLOCK
from registry.reference.calendar import WorkingCalendar, add_working_time, load_calendar


def receipt_due(*, urgency: str, start: datetime, calendar: WorkingCalendar | None = None) -> datetime:
    """The end of the urgency's clock. Without a calendar the one on record is read, where the clock needs it."""
    clock = RECEIPT_CLOCK[urgency]
    if calendar is None:
        calendar = load_calendar(since=start) if clock.working_days else WorkingCalendar()
    return add_working_time(start, calendar=calendar, hours=clock.hours, working_days=clock.working_days)
