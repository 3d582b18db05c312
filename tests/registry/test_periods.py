"""Periods by every basis: their days, their labels, their neighbours."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from agencies.refusals import Invalid
from registry.periods import Basis, Period


def days(label: str) -> tuple[str, str]:
    period = Period.parse(label)
    return period.start.isoformat(), period.end.isoformat()


@pytest.mark.parametrize(
    ("label", "start", "end", "basis"),
    [
        ("2024-Q2", "2024-04-01", "2024-07-01", Basis.CALENDAR),
        ("2024-Q4", "2024-10-01", "2025-01-01", Basis.CALENDAR),
        ("2024-H1", "2024-01-01", "2024-07-01", Basis.CALENDAR),
        ("2024-12", "2024-12-01", "2025-01-01", Basis.CALENDAR),
        ("2024-Q1@statutory", "2023-12-15", "2024-03-15", Basis.STATUTORY),
        ("2024-Q2@statutory", "2024-03-15", "2024-06-15", Basis.STATUTORY),
        ("2024-H1@statutory", "2023-12-15", "2024-06-15", Basis.STATUTORY),
        ("2024-H2@statutory", "2024-06-15", "2024-12-15", Basis.STATUTORY),
        ("2024-01@statutory", "2023-12-15", "2024-01-15", Basis.STATUTORY),
        ("2024-03-15--2024-05-01", "2024-03-15", "2024-05-01", Basis.CUSTOM),
        ("2024-03-15/2024-05-01", "2024-03-15", "2024-05-01", Basis.CUSTOM),
        ("2023-12-15--2024-12-15", "2023-12-15", "2024-12-15", Basis.CUSTOM),
        ("2024-02-29--2024-03-01", "2024-02-29", "2024-03-01", Basis.CUSTOM),
    ],
)
def test_a_label_names_its_days_and_how_they_were_cut(label: str, start: str, end: str, basis: Basis) -> None:
    assert days(label) == (start, end)
    assert Period.parse(label).basis is basis
    assert Period.parse(label).label == label.replace("/", "--")


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("2024-04-01/2024-07-01", "2024-Q2"),
        ("2024-01-01--2024-07-01", "2024-H1"),
        ("2024-03-15/2024-06-15", "2024-Q2@statutory"),
        ("2023-12-15/2024-01-15", "2024-01@statutory"),
    ],
)
def test_days_that_have_a_name_get_it_so_that_one_period_is_one_value(typed: str, named: str) -> None:
    assert Period.parse(typed) == Period.parse(named)


@pytest.mark.parametrize(
    ("label", "before", "year_before"),
    [
        ("2024-Q1", "2023-Q4", "2023-Q1"),
        ("2024-H1", "2023-H2", "2023-H1"),
        ("2024-01", "2023-12", "2023-01"),
        ("2024-Q1@statutory", "2023-Q4@statutory", "2023-Q1@statutory"),
        ("2024-H2@statutory", "2024-H1@statutory", "2023-H2@statutory"),
        ("2023-12-15--2024-12-15", "2022-12-15--2023-12-15", "2022-12-15--2023-12-15"),
        ("2024-02-10--2024-04-10", "2023-12-10--2024-02-10", "2023-02-10--2023-04-10"),
        ("2024-03-15--2024-03-22", "2024-03-08--2024-03-15", "2023-03-15--2023-03-22"),
        ("2024-02-29--2024-03-31", "2024-01-29--2024-02-29", "2023-03-01--2023-03-31"),
        ("2024-02-29--2024-03-01", "2024-02-28--2024-02-29", "2023-02-28--2023-03-01"),
    ],
)
def test_the_period_before_and_that_of_the_year_before_keep_the_basis(
    label: str, before: str, year_before: str
) -> None:
    period = Period.parse(label)
    assert (period.previous().label, period.year_before().label) == (before, year_before)


WRONG = ["", "2024", "2024-Q5", "2024-Q0", "2024-13", "1899-Q4", "2200-Q1", "2024-Q2@", "2024-Q2@lunar", "q2 2024"]
WRONG += ["2024-02-30--2024-03-01", "2024-06-01--2024-06-01", "2024-06-02--2024-06-01", "1850-01-01--1850-02-01"]
WRONG += ["2024-06-01--2300-06-01", "2024-06-01 2024-07-01", "2024-06-01--", "２０２４-Q2"]


@pytest.mark.parametrize("label", WRONG)
def test_what_is_no_period_is_refused_with_what_would_be_one(label: str) -> None:
    with pytest.raises(Invalid) as refusal, translation.override("en"):
        Period.parse(label, field="period_label")
    assert refusal.value.code == "invalid_period"
    ((field, detail),) = refusal.value.fields.items()
    assert field == "period_label"
    assert "2024-Q2" in str(detail) or "first day after" in str(detail)


@pytest.mark.parametrize("label", ["1900-Q1", "1900-H1@statutory", "1900-01"])
def test_there_is_no_period_before_the_first_year(label: str) -> None:
    with pytest.raises(Invalid):
        Period.parse(label).previous()


def test_there_is_no_period_after_the_last_year() -> None:
    with pytest.raises(Invalid):
        Period.parse("2199-Q4").shifted(1)


def test_a_day_begins_at_midnight_in_viet_nam() -> None:
    start, end = Period.parse("2024-Q2@statutory").moments()
    assert start == datetime(2024, 3, 14, 17, tzinfo=UTC)
    assert end == datetime(2024, 6, 14, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("label", "quarter"), [("2024-Q2", 2), ("2024-Q1@statutory", 1), ("2024-Q2@statutory", 2), ("2024-11", 4)]
)
def test_a_period_knows_its_quarter(label: str, quarter: int) -> None:
    assert Period.parse(label).quarter == quarter


def test_a_period_holds_a_day_at_least() -> None:
    with pytest.raises(ValueError, match="after its first day"):
        Period.between(date(2024, 1, 1), date(2024, 1, 1))


years = st.integers(1950, 2150)
names = st.one_of(
    st.integers(1, 4).map(lambda n: f"Q{n}"),
    st.integers(1, 2).map(lambda n: f"H{n}"),
    st.integers(1, 12).map(lambda n: f"{n:02d}"),
)
named = st.builds(lambda y, n, s: Period.parse(f"{y}-{n}{s}"), years, names, st.sampled_from(["", "@statutory"]))
spans = st.tuples(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(1, 800))
custom = spans.map(lambda span: Period.between(span[0], span[0] + timedelta(days=span[1])))
periods = st.one_of(named, custom)


@given(periods)
def test_a_period_and_its_next_meet_without_gap_or_overlap(period: Period) -> None:
    assert period.start < period.end
    assert period.shifted(1).start == period.end
    assert period.previous().end == period.start


@given(named, st.integers(-40, 40))
def test_named_periods_move_back_and_forth_and_keep_their_basis(period: Period, steps: int) -> None:
    moved = period.shifted(steps)
    assert moved.shifted(-steps) == period
    assert (moved.basis, moved.months) == (period.basis, period.months)
    assert moved.start <= period.start if steps <= 0 else moved.start >= period.end


@given(periods)
def test_a_label_reads_back_as_its_period(period: Period) -> None:
    assert Period.parse(period.label) == period
    assert Period.between(period.start, period.end) == period


@given(periods)
def test_the_year_before_lies_about_a_year_back_and_is_about_as_long(period: Period) -> None:
    before = period.year_before()
    assert 364 <= (period.start - before.start).days <= 367
    assert abs((period.end - period.start) - (before.end - before.start)) <= timedelta(days=1)
    if period.basis is not Basis.CUSTOM:
        assert before.shifted(12 // period.months) == period


@given(named, st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_a_day_lies_in_one_of_a_period_and_its_neighbours(period: Period, day: date) -> None:
    three = [period.previous(), period, period.shifted(1)]
    inside = [p for p in three if p.start <= day < p.end]
    assert len(inside) == (three[0].start <= day < three[2].end)
