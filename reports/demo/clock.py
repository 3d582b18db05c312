"""Office hours: most of what happens in the demo happens on a working day, between 7:30 and 17:00."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

SHIFTS = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))

OUTSIDE = 1 / 64
"""The chance that a moment outside office hours is kept. There are almost four times as many of those."""


class OfficeHours:
    """Working moments in Asia/Ho_Chi_Minh, on weekdays that are no holidays."""

    def __init__(self, rng: Random, holidays: Iterable[str]) -> None:
        self._rng = rng
        self._holidays = {date.fromisoformat(day) for day in holidays}

    def draw(self, start: datetime, end: datetime) -> datetime:
        """A random working moment of the span; about one in twenty lies outside office hours."""
        while True:
            moment = start + timedelta(seconds=self._rng.randrange(int((end - start).total_seconds())))
            if self._rng.random() < OUTSIDE or self.is_open(moment):
                return moment

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody is in the office."""
        return any(start <= moment < end for start, end in self._shifts(timezone.localtime(moment).date()))

    def at_or_after(self, moment: datetime) -> datetime:
        """The moment, or some minutes into the next shift."""
        if self.is_open(moment):
            return moment
        day = timezone.localtime(moment).date()
        start = next(s for d in _days(day, 1) for s, _end in self._shifts(d) if s > moment)
        return start + timedelta(minutes=self._rng.randrange(1, 50), seconds=self._rng.randrange(60))

    def before(self, moment: datetime, minutes: int) -> datetime:
        """So many minutes earlier, or some minutes before the end of the shift before that."""
        earlier = moment - timedelta(minutes=minutes)
        if self.is_open(earlier):
            return earlier
        day = timezone.localtime(earlier).date()
        ends = (e for d in _days(day, -1) for _start, e in reversed(self._shifts(d)))
        end = next(e for e in ends if e <= earlier)
        return end - timedelta(minutes=self._rng.randrange(1, 50), seconds=self._rng.randrange(60))

    def _shifts(self, day: date) -> list[tuple[datetime, datetime]]:
        if day.weekday() > 4 or day in self._holidays:
            return []
        zone = timezone.get_default_timezone()
        return [(datetime.combine(day, s, zone), datetime.combine(day, e, zone)) for s, e in SHIFTS]


def _days(first: date, step: int) -> Iterator[date]:
    while True:
        yield first
        first += timedelta(days=step)
