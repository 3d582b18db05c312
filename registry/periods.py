"""Periods: half-open spans of days in Asia/Ho_Chi_Minh, each with the basis it was cut by."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
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


_LABEL = re.compile(r"(\d{4})-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2]))")


def _month_start(year: int, month: int) -> date:
    years, month0 = divmod(month - 1, 12)
    return date(year + years, month0 + 1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`start` is in, `end` is out. `label` reads `2024-Q2`, `2024-H1`, `2024-06` or `2024`."""

    start: date
    end: date
    label: str
    basis: Basis = Basis.CALENDAR

    @classmethod
    def parse(cls, label: str, *, field: str = "period") -> Self:
        """A calendar period from its label; Invalid says what would be right."""
        match = _LABEL.fullmatch(label)
        if match is None or not 1900 <= int(match[1]) <= 2199:
            example = _("Write a period as 2024-Q2 (quarter), 2024-H1 (half-year) or 2024-06 (month).")
            raise Invalid({field: example}, code="invalid_period")
        year = int(match[1])
        if match[2]:
            first, months = 3 * int(match[2]) - 2, 3
        elif match[3]:
            first, months = 6 * int(match[3]) - 5, 6
        else:
            first, months = int(match[4]), 1
        return cls(_month_start(year, first), _month_start(year, first + months), label)

    @property
    def months(self) -> int:
        """Length in whole months (calendar periods)."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month

    def shifted(self, steps: int) -> Self:
        """The period as many lengths later (earlier when negative)."""
        first = self.start.year * 12 + self.start.month - 1 + steps * self.months
        year, month = divmod(first, 12)
        return type(self).parse(_label(year, month + 1, self.months))

    def previous(self) -> Self:
        """The period just before."""
        return self.shifted(-1)

    def year_before(self) -> Self:
        """The same period of the year before."""
        return self.shifted(-12 // self.months)

    def moments(self) -> tuple[datetime, datetime]:
        """The first moment in, and the first moment out."""
        zone = timezone.get_default_timezone()
        return (
            datetime.combine(self.start, time.min, zone),
            datetime.combine(self.end, time.min, zone),
        )

    @property
    def quarter(self) -> int:
        """1 to 4; the quarter in which the period begins."""
        return (self.start.month + 2) // 3

    def __str__(self) -> str:
        return self.label


def _label(year: int, month: int, months: int) -> str:
    if months == 3:
        return f"{year}-Q{(month + 2) // 3}"
    if months == 6:
        return f"{year}-H{1 if month == 1 else 2}"
    return f"{year}-{month:02d}"
