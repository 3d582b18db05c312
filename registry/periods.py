"""Periods: half-open spans of days in Asia/Ho_Chi_Minh, each with the basis it was cut by.

The statutory month, quarter and half-year run from the 15th to the 14th: the second quarter of 2024 from 15 March
to 14 June, so its label `2024-Q2@statutory` names other days than `2024-Q2` does.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.refusals import Invalid


class Basis(StrEnum):
    """How a period was cut."""

    CALENDAR = "calendar"
    STATUTORY = "statutory_15_14"
    CUSTOM = "custom"
    AS_PRINTED = "as_printed_unknown"


_LABEL = re.compile(r"(\d{4})-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2]))(@statutory)?", re.ASCII)
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)(?:--|/)(\d{4}-\d\d-\d\d)", re.ASCII)
_FIRST, _LAST = 1900, 2199
_EARLIEST, _LATEST = date(_FIRST - 1, 12, 15), date(_LAST + 1, 1, 1)
_CUT = 15
"""The day of the month before on which a statutory period begins."""
_MOVABLE = 28
"""Days up to this one stand in every month."""
_LENGTHS = (1, 3, 6)


def _month_start(year: int, month: int) -> date:
    years, month0 = divmod(month - 1, 12)
    return date(year + years, month0 + 1, 1)


def _moved(day: date, months: int) -> date:
    """The same day of a month so many later (of a day that stands in every month)."""
    return _month_start(day.year, day.month + months).replace(day=day.day)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`start` is in, `end` is out.

    `label` reads `2024-Q2`, `2024-H1` or `2024-06`; with `@statutory`, from the 15th to the 14th; days as agreed read
    `2024-03-15--2024-05-01`, the first day in and the first day out.
    """

    start: date
    end: date
    label: str
    basis: Basis = Basis.CALENDAR

    @classmethod
    def parse(cls, label: str, *, field: str = "period") -> Self:
        """A period from its label (`/` may part two days); Invalid says what would be right."""
        if (days := _DAYS.fullmatch(label)) is not None:
            return cls._of_text(days[1], days[2], field)
        match = _LABEL.fullmatch(label)
        if match is None or not _FIRST <= int(match[1]) <= _LAST:
            raise Invalid({field: _example()}, code="invalid_period")
        if match[2]:
            first, months = 3 * int(match[2]) - 2, 3
        elif match[3]:
            first, months = 6 * int(match[3]) - 5, 6
        else:
            first, months = int(match[4]), 1
        return cls._named(int(match[1]), first, months, Basis.STATUTORY if match[5] else Basis.CALENDAR)

    @classmethod
    def between(cls, start: date, end: date) -> Self:
        """The period of these days under its own name, where they have one. ValueError unless it holds a day."""
        if end <= start:
            raise ValueError("A period ends after its first day.")
        months = (end.year - start.year) * 12 + end.month - start.month
        for basis in (Basis.CALENDAR, Basis.STATUTORY):
            first = start if basis is Basis.CALENDAR else _month_start(start.year, start.month + 1)
            if months in _LENGTHS and (first.month - 1) % months == 0:
                named = cls._named(first.year, first.month, months, basis)
                if (named.start, named.end) == (start, end):
                    return named
        return cls(start, end, f"{start}--{end}", Basis.CUSTOM)

    @classmethod
    def _named(cls, year: int, month: int, months: int, basis: Basis) -> Self:
        """A period with a name: `month` is the first it is named after, `months` how many."""
        start, end = _month_start(year, month), _month_start(year, month + months)
        label = _label(year, month, months)
        if basis is Basis.CALENDAR:
            return cls(start, end, label)
        cut = [_moved(day, -1).replace(day=_CUT) for day in (start, end)]
        return cls(cut[0], cut[1], f"{label}@statutory", basis)

    @classmethod
    def _of_text(cls, start: str, end: str, field: str) -> Self:
        try:
            first, after = date.fromisoformat(start), date.fromisoformat(end)
        except ValueError as fault:
            raise Invalid({field: _example()}, code="invalid_period") from fault
        if after <= first:
            raise Invalid({field: _("The second day is the first day after the period.")}, code="invalid_period")
        return cls._known(first, after, field)

    @classmethod
    def _known(cls, start: date, end: date, field: str = "period") -> Self:
        """These days under their name; Invalid outside the years of which there are labels."""
        if start < _EARLIEST or end > _LATEST:
            raise Invalid({field: _example()}, code="invalid_period")
        return cls.between(start, end)

    @property
    def months(self) -> int:
        """Length in whole months; 0 where it is no number of whole months."""
        whole = self.start.day == self.end.day <= _MOVABLE
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month if whole else 0

    def shifted(self, steps: int) -> Self:
        """The period as many lengths later (earlier when negative): in months where it has whole ones, else in days."""
        if self.months:
            start, end = (_moved(day, steps * self.months) for day in (self.start, self.end))
        else:
            start, end = (day + steps * (self.end - self.start) for day in (self.start, self.end))
        return self._known(start, end)

    def previous(self) -> Self:
        """The period just before."""
        return self.shifted(-1)

    def year_before(self) -> Self:
        """The same period of the year before. A 29 February is 1 March there; that day alone, 28 February."""
        start, end = (_year_before(day) for day in (self.start, self.end))
        return self._known(start if start < end else start - timedelta(days=1), end)

    def moments(self) -> tuple[datetime, datetime]:
        """The first moment in, and the first moment out."""
        zone = timezone.get_default_timezone()
        return (
            datetime.combine(self.start, time.min, zone),
            datetime.combine(self.end, time.min, zone),
        )

    @property
    def quarter(self) -> int:
        """1 to 4; the quarter after which the period is named, or in which it begins."""
        named = self.start if self.basis is not Basis.STATUTORY else _month_start(self.start.year, self.start.month + 1)
        return (named.month + 2) // 3

    def __str__(self) -> str:
        return self.label


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 3, 1)


def _example() -> str:
    return _(
        "Write a period as 2024-Q2 (quarter), 2024-H1 (half-year) or 2024-06 (month), each with @statutory when cut "
        "from the 15th to the 14th, or as two days: 2024-03-15--2024-05-01, the first day and the first day after."
    )


def _label(year: int, month: int, months: int) -> str:
    if months == 3:
        return f"{year}-Q{(month + 2) // 3}"
    if months == 6:
        return f"{year}-H{1 if month == 1 else 2}"
    return f"{year}-{month:02d}"
