"""Working days in Viet Nam: Monday to Friday, less the days of rest, plus the Saturdays worked in their place.

The days come from fixtures/reference.json. Beyond the last year recorded there only weekends are known.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from django.utils import timezone

from registry.reference.models import DayKind, NonWorkingDay

DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days are worked."""

    rest: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    """Days of a weekend that are worked."""

    @classmethod
    def of(cls, days: Iterable[tuple[date, str]]) -> Self:
        """From days and their kinds."""
        kinds = dict(days)
        worked = frozenset(day for day, kind in kinds.items() if kind == DayKind.WORKING_SATURDAY)
        return cls(frozenset(kinds) - worked, worked)

    def is_working(self, day: date) -> bool:
        """Whether offices work on the day."""
        return day in self.worked or (day.weekday() < SATURDAY and day not in self.rest)

    def working_days_after(self, day: date) -> Iterator[date]:
        """The working days after the day, without end."""
        while True:
            day += DAY
            if self.is_working(day):
                yield day


def load_calendar(since: datetime | None = None) -> WorkingCalendar:
    """The days recorded, from the day of `since` on. One query."""
    days = NonWorkingDay.objects.all()
    if since is not None:
        days = days.filter(day__gte=timezone.localdate(since))
    return WorkingCalendar.of(days.values_list("day", "kind"))


def add_working_time(start: datetime, *, calendar: WorkingCalendar, hours: int = 0, working_days: int = 0) -> datetime:
    """When a clock that starts then has run out: plain hours, or working days in Asia/Ho_Chi_Minh.

    N working days end at the same time of day N working days later. A clock that starts on a day of rest begins to
    run when the next working day begins. Raises ValueError unless exactly one of the two is given and positive.
    """
    if (hours > 0) == (working_days > 0) or min(hours, working_days) < 0:
        raise ValueError("Give a positive number of hours or of working days.")
    if hours:
        return start + timedelta(hours=hours)
    begin = timezone.localtime(start)
    if not calendar.is_working(begin.date()):
        begin = datetime.combine(next(calendar.working_days_after(begin.date())), time.min, begin.tzinfo)
    days = calendar.working_days_after(begin.date())
    for _number in range(working_days - 1):
        next(days)
    return datetime.combine(next(days), begin.timetz())
