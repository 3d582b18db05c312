"""Documents of every shape, for properties of their frozen form."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from registry.figures import Interval
from registry.quantities import Comparator
from reports import document as d

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
TEXTS = st.builds(d.Text, WORDS, WORDS)
SAID = st.builds(d.Text, WORDS.map(lambda word: f"x{word}"), WORDS)
NUMBERS = st.integers(-(10**9), 10**9) | st.decimals(
    min_value=Decimal(-(10**9)), max_value=Decimal(10**9), allow_nan=False, places=3
)
LINKS = st.none() | st.builds(d.Link, st.just("/api/v1/x"), st.just(""))
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
INTERVALS = st.none() | st.builds(Interval, st.just(Decimal("1.50")), st.just(Decimal(2)), st.booleans(), st.booleans())
COUNTED = st.builds(
    d.Figure,
    NUMBERS.map(abs),
    TEXTS,
    st.sampled_from(Comparator),
    WORDS,
    link=LINKS,
    addable=st.booleans(),
    needs_confirmation=st.booleans(),
    bounds=INTERVALS,
)
FIGURES = (
    COUNTED | st.builds(d.Figure, st.none(), absent=SAID) | st.builds(d.Figure, NUMBERS, TEXTS, signed=st.just(True))
)
CELLS = FIGURES | st.builds(d.Label, TEXTS, TEXTS, link=LINKS)


def table(place: int, rows: list[list[Any]], words: list[d.Text]) -> d.Table:
    """A table of two columns."""
    columns = (d.Column(words[0], numeric=False), d.Column(words[1], note=words[2]))
    lines = tuple(d.Row(tuple(row), total=n % 2 == 1, note=words[0]) for n, row in enumerate(rows))
    return d.Table(f"table_{place}", words[1], columns, lines, empty=words[2], synthetic=bool(rows), units=place > 0)


ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=3)
TABLES = st.lists(st.tuples(ROWS, st.lists(TEXTS, min_size=3, max_size=3)), max_size=2).map(
    lambda found: tuple(table(place, rows, words) for place, (rows, words) in enumerate(found))
)
FORMS = st.none() | st.builds(
    d.OfficialForm,
    *(TEXTS, TEXTS, st.just("BC-C04"), TEXTS, TEXTS, TEXTS),
    grounds=st.lists(TEXTS, max_size=2).map(tuple),
    recipients=st.lists(TEXTS, max_size=3).map(tuple),
    number=st.none() | st.integers(1, 400),
    signed_on=st.none() | DAYS,
    signer=WORDS,
)


@st.composite
def documents(draw: st.DrawFn) -> d.QuarterlyReport:
    """A whole report."""
    words = draw(st.lists(SAID, min_size=5, max_size=5))
    start, end = sorted(draw(st.lists(DAYS, min_size=2, max_size=2)))
    return d.QuarterlyReport(
        title=words[0],
        period=d.Span("2024-Q2", start, end, "calendar", words[1], words[2]),
        edition=d.Edition("conference", words[3], (words[4],)),
        generated_at=draw(st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))),
        generated=words[1],
        highlights=(d.Highlight(words[0], draw(FIGURES), words[2]),),
        sections=(d.Section("part", words[3], (words[4],), draw(TABLES)),),
        footnotes=(d.Footnote("note", 1, words[2]),),
        synthetic=draw(st.booleans()),
        form=draw(FORMS),
        quoted=tuple(draw(st.lists(st.uuids().map(str), max_size=2))),
    )
