"""Intervals: what a comparator says, what a sum says, what may be answered."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from registry.figures import Answer, Interval, last_place
from registry.quantities import Comparator, combined

C, YES, NO, UNKNOWN = Comparator, Answer.YES, Answer.NO, Answer.UNKNOWN


def of(comparator: Comparator, value: str) -> Interval:
    return Interval.of(comparator, Decimal(value))


@pytest.mark.parametrize(
    ("comparator", "value", "inside", "outside"),
    [
        (C.EXACT, "152", ["152"], ["151", "153"]),
        (C.OVER, "319", ["319.001", "900000"], ["319", "318"]),
        (C.AT_LEAST, "319", ["319", "900000"], ["318.999"]),
        (C.NEARLY, "1", ["0", "0.999"], ["1", "1.1", "-0.1"]),
        (C.ABOUT, "300", ["0", "300", "900000"], ["-1"]),
        (C.UNSTATED, "1.2", ["1.101", "1.2", "1.299"], ["1.1", "1.3"]),
        (C.UNSTATED, "659.149", ["659.1481", "659.1499"], ["659.148", "659.15"]),
        (C.UNSTATED, "5.80", ["5.791", "5.809"], ["5.79", "5.81"]),
        (C.UNSTATED, "3600", ["3501", "3699"], ["3500", "3700"]),
        (C.UNSTATED, "100", ["0.001", "199"], ["0", "200"]),
        (C.UNSTATED, "0", ["0"], ["0.1"]),
        (C.NEARLY, "0", ["0"], ["0.1"]),
    ],
)
def test_a_comparator_bounds_the_true_value(
    comparator: Comparator, value: str, inside: list[str], outside: list[str]
) -> None:
    interval = of(comparator, value)
    assert [v for v in inside if not interval.contains(Decimal(v))] == []
    assert [v for v in outside if interval.contains(Decimal(v))] == []


def test_known_significant_digits_say_where_a_number_was_cut() -> None:
    assert [str(last_place(Decimal(v), n)) for v, n in (("149000", 3), ("1800000", 2), ("5.8", 2))] == [
        "1E+3",
        "1E+5",
        "0.1",
    ]
    exact_to_the_kilo = Interval.of(C.UNSTATED, Decimal(1000), digits=4)
    assert exact_to_the_kilo == Interval(Decimal(999), Decimal(1001), low_open=True, high_open=True)


@pytest.mark.parametrize(
    ("comparator", "value", "asked", "answer"),
    [
        (C.EXACT, "5", "5", YES),
        (C.EXACT, "5", "5.1", NO),
        (C.OVER, "319", "319", YES),
        (C.OVER, "319", "320", UNKNOWN),
        (C.AT_LEAST, "319", "319", YES),
        (C.NEARLY, "1", "0.9", UNKNOWN),
        (C.NEARLY, "1", "1", NO),
        (C.NEARLY, "1", "0", YES),
        (C.ABOUT, "300", "100", UNKNOWN),
        (C.ABOUT, "300", "900", UNKNOWN),
        (C.UNSTATED, "7.8", "7.7", YES),
        (C.UNSTATED, "7.8", "7.8", UNKNOWN),
        (C.UNSTATED, "7.8", "7.9", NO),
    ],
)
def test_at_least_is_answered_in_three_ways(comparator: Comparator, value: str, asked: str, answer: Answer) -> None:
    assert of(comparator, value).at_least(Decimal(asked)) is answer


@pytest.mark.parametrize(
    ("parts", "vi", "en"),
    [
        ([], "0 kg", "0 kg"),
        ([(C.EXACT, "2"), (C.EXACT, "3.5")], "5,5 kg", "5.5 kg"),
        ([(C.EXACT, "2"), (C.OVER, "319")], "hơn 321 kg", "more than 321 kg"),
        ([(C.EXACT, "2"), (C.AT_LEAST, "319")], "ít nhất 321 kg", "at least 321 kg"),
        ([(C.NEARLY, "1"), (C.NEARLY, "2")], "dưới 3 kg", "less than 3 kg"),
        (
            [(C.NEARLY, "1000"), (C.EXACT, "1200")],
            "ít nhất 1.200 và dưới 2.200 kg",
            "at least 1,200 and less than 2,200 kg",
        ),
        ([(C.UNSTATED, "1.2"), (C.EXACT, "1")], "hơn 2,1 và dưới 2,3 kg", "more than 2.1 and less than 2.3 kg"),
        ([(C.OVER, "5"), (C.NEARLY, "5")], "hơn 5 kg", "more than 5 kg"),
        ([(C.ABOUT, "300")], "không rõ bao nhiêu", "an unknown amount"),
        ([(C.ABOUT, "300"), (C.EXACT, "5")], "ít nhất 5 kg", "at least 5 kg"),
    ],
)
def test_a_sum_prints_as_words_and_never_a_bare_bound(parts: list[tuple[Comparator, str]], vi: str, en: str) -> None:
    total = Interval.total(of(c, v) for c, v in parts)
    assert total.words("vi", "kg").replace("\u00a0", " ") == vi
    assert total.words("en", "kg").replace("\u00a0", " ") == en


def test_a_closed_upper_bound_prints_as_at_most() -> None:
    interval = Interval(Decimal(2), Decimal(5))
    assert (interval.words("vi"), interval.words("en")) == ("ít nhất 2 và nhiều nhất 5", "at least 2 and at most 5")


def test_no_bound_below_stays_none_in_a_sum() -> None:
    assert Interval(None, Decimal(1)) + Interval.exactly(2) == Interval(None, Decimal(3))


@pytest.mark.parametrize(
    "bounds",
    [(2, 1, False, False), (1, 1, True, False), (1, 1, False, True), (None, 1, True, False), (1, None, False, True)],
)
def test_bounds_with_nothing_between_them_are_refused(bounds: tuple[int | None, int | None, bool, bool]) -> None:
    low, high, low_open, high_open = bounds
    with pytest.raises(ValueError, match=r"bound"):
        Interval(None if low is None else Decimal(low), None if high is None else Decimal(high), low_open, high_open)


def test_what_is_below_zero_is_no_quantity_and_no_factor() -> None:
    with pytest.raises(ValueError, match="not negative"):
        of(C.EXACT, "-1")
    with pytest.raises(ValueError, match="above zero"):
        of(C.EXACT, "1").scaled(0)


values = st.decimals(0, 10**6, places=3)
parts = st.tuples(st.sampled_from(list(Comparator)), values)


@st.composite
def figures_with_a_truth(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    """An interval and a value that it leaves open as the true one."""
    comparator, value = draw(parts)
    interval = Interval.of(comparator, value)
    low = interval.low or Decimal(0)
    high = interval.high if interval.high is not None else low + 10**6
    share = draw(st.integers(0, 1000))
    truth = low + (high - low) * share / 1000
    assume(interval.contains(truth))
    return interval, truth


@given(st.lists(figures_with_a_truth(), max_size=6))
def test_a_sum_contains_every_choice_of_points(figures: list[tuple[Interval, Decimal]]) -> None:
    total = Interval.total(interval for interval, _truth in figures)
    assert total.contains(sum((truth for _interval, truth in figures), Decimal(0)))


@given(figures_with_a_truth(), values)
def test_yes_and_no_are_never_wrong(figure: tuple[Interval, Decimal], asked: Decimal) -> None:
    interval, truth = figure
    answer = interval.at_least(asked)
    assert answer is not YES or truth >= asked
    assert answer is not NO or truth < asked


@given(figures_with_a_truth(), st.sampled_from([Decimal("0.001"), Decimal(1000), Decimal(1000000)]))
def test_another_unit_holds_the_same_truths(figure: tuple[Interval, Decimal], factor: Decimal) -> None:
    interval, truth = figure
    assert interval.scaled(factor).contains(truth * factor)


@given(st.lists(parts, min_size=1, max_size=5))
def test_the_word_for_a_sum_says_no_more_than_its_interval(figures: list[tuple[Comparator, Decimal]]) -> None:
    """`combined` names one word for tables; where it is a bound, the interval has that bound."""
    total = Interval.total(Interval.of(c, v) for c, v in figures)
    value = sum((v for _c, v in figures), Decimal(0))
    word = combined(c for c, _v in figures)
    if word in {C.OVER, C.AT_LEAST}:
        assert total.low == value and total.high is None and total.low_open == (word is C.OVER)
    if word is C.NEARLY:
        assert total.high == value and total.high_open == (value > 0 or total.high_open)
    if word is C.EXACT:
        assert total == Interval.exactly(value)
