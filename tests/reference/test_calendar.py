"""Working days: what the week, the holidays and the swapped Saturdays make of a clock."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from registry.reference.calendar import WorkingCalendar, add_working_time, load_calendar
from registry.reference.models import NonWorkingDay
from tests.raw import refused
from tests.reference.loaded import loaded, reference_data

__all__ = ["loaded", "reference_data"]

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKS = WorkingCalendar()

saturdays = st.integers(0, 300).map(lambda week: date(2024, 1, 6) + timedelta(weeks=week))
weekdays = st.dates(date(2024, 1, 1), date(2027, 12, 31)).filter(lambda day: day.weekday() < 5)
calendars = st.builds(WorkingCalendar, st.frozensets(weekdays, max_size=40), st.frozensets(saturdays, max_size=10))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 1)).map(lambda at: at.replace(tzinfo=HERE))
counts = st.integers(1, 25)


def here(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=HERE)


@given(calendars, moments, moments, counts)
def test_who_starts_later_never_ends_earlier(
    calendar: WorkingCalendar, one: datetime, other: datetime, count: int
) -> None:
    first, second = sorted((one, other))
    ends = [add_working_time(start, calendar=calendar, working_days=count) for start in (first, second)]
    assert ends[0] <= ends[1]


@given(calendars, moments, counts)
def test_more_days_end_later_and_never_on_a_day_of_rest(calendar: WorkingCalendar, start: datetime, count: int) -> None:
    end = add_working_time(start, calendar=calendar, working_days=count)
    assert calendar.is_working(end.date())
    assert start < end < add_working_time(start, calendar=calendar, working_days=count + 1)


@given(calendars, moments, counts)
def test_between_start_and_end_lie_exactly_so_many_working_days(
    calendar: WorkingCalendar, start: datetime, count: int
) -> None:
    end = add_working_time(start, calendar=calendar, working_days=count)
    passed = [start.date() + timedelta(days=n) for n in range(1, (end.date() - start.date()).days + 1)]
    worked = sum(calendar.is_working(day) for day in passed)
    if calendar.is_working(start.date()):
        assert (worked, end.timetz()) == (count, start.timetz())
    else:
        assert (worked, end.hour, end.minute, end.second) == (count + 1, 0, 0, 0)


@given(calendars, moments, st.integers(1, 200))
def test_plain_hours_know_no_days_of_rest(calendar: WorkingCalendar, start: datetime, hours: int) -> None:
    assert add_working_time(start, calendar=calendar, hours=hours) - start == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (here(2024, 5, 14, 9), 3, here(2024, 5, 17, 9)),
        (here(2024, 5, 16, 16, 30), 3, here(2024, 5, 21, 16, 30)),
        (here(2024, 5, 18, 10), 3, here(2024, 5, 23)),
        (here(2024, 5, 19, 23, 59), 1, here(2024, 5, 21)),
    ],
)
def test_a_week_without_holidays(start: datetime, days: int, end: datetime) -> None:
    assert add_working_time(start, calendar=WEEKS, working_days=days) == end


def test_the_day_is_the_day_in_viet_nam() -> None:
    friday_night_in_utc = datetime(2024, 5, 17, 18, 0, tzinfo=UTC)
    assert add_working_time(friday_night_in_utc, calendar=WEEKS, working_days=1) == here(2024, 5, 21)


@pytest.mark.parametrize("given_time", [{}, {"hours": 1, "working_days": 1}, {"working_days": -1}, {"hours": -1}])
def test_a_clock_is_hours_or_working_days(given_time: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="hours or"):
        add_working_time(here(2024, 5, 14), calendar=WEEKS, **given_time)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end"),
    [
        (here(2024, 2, 7, 15), here(2024, 2, 19, 15)),
        (here(2024, 4, 26, 15), here(2024, 5, 4, 15)),
        (here(2024, 8, 30, 8), here(2024, 9, 6, 8)),
        (here(2025, 1, 24, 10), here(2025, 2, 5, 10)),
        (here(2026, 8, 28, 10), here(2026, 9, 7, 10)),
    ],
    ids=["Tet 2024", "April 2024, Saturday worked", "National Day 2024", "Tet 2025", "National Day 2026"],
)
def test_three_working_days_over_the_holidays_on_record(loaded: dict[str, Any], start: datetime, end: datetime) -> None:
    assert add_working_time(start, calendar=load_calendar(since=start), working_days=3) == end


@pytest.mark.django_db
def test_the_calendar_is_read_with_one_query(loaded: dict[str, Any]) -> None:
    with CaptureQueriesContext(connection) as queries:
        calendar = load_calendar()
        assert not calendar.is_working(date(2023, 1, 20))
        assert calendar.is_working(date(2024, 5, 4))
    assert len(queries) == 1
    assert date(2023, 1, 20) not in load_calendar(since=here(2024, 1, 1)).rest


@pytest.mark.django_db
def test_every_year_on_record_has_its_six_holidays(loaded: dict[str, Any]) -> None:
    off = NonWorkingDay.objects.exclude(kind="working_saturday")
    per_year = {year: off.filter(day__year=year).count() for year in (2023, 2024, 2025, 2026)}
    assert per_year == {2023: 11, 2024: 12, 2025: 12, 2026: 13}
    assert off.filter(kind="tet", day__year=2026).count() == 5


@pytest.mark.django_db
def test_the_database_keeps_the_days_straight() -> None:
    insert = (
        "INSERT INTO reference_nonworkingday (id, day, name_vi, name_en, kind, source)"
        " VALUES (gen_random_uuid(), %s, 'a', 'a', %s, '')"
    )
    refused(insert, date(2024, 5, 4), "tet", match="worked_on_saturday")
    refused(insert, date(2024, 5, 5), "working_saturday", match="worked_on_saturday")
    refused(insert, date(2024, 5, 6), "carnival", match="kind_known")
    NonWorkingDay.objects.create(day=date(2024, 5, 6), name_vi="a", name_en="a", kind="tet")
    refused(insert, date(2024, 5, 6), "tet", match="day")
