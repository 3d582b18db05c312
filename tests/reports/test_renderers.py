"""The renderers: everything escaped, nothing fetched, the language's numbers, bytes that do not depend on the clock."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from registry.figures import Interval
from registry.quantities import Comparator
from reports.document import (
    Column,
    Edition,
    Figure,
    Footnotes,
    Highlight,
    Label,
    Link,
    QuarterlyReport,
    Row,
    Section,
    Span,
    Table,
    Text,
    none,
)
from reports.renderers import RENDERERS, render
from reports.renderers.html import policy

HOSTILE = "<script>alert(1)</script>\"'&</style>"
BAD = Text.same(HOSTILE)
DAYS = Text("01/04/2024 – 30/06/2024", "1 April 2024 – 30 June 2024")


def report(words: Text = BAD) -> QuarterlyReport:
    """A small report of every kind of cell, all its words the same."""
    notes = Footnotes()
    note = (notes.add("note", words),)
    link = Link(f"/api/v1/information-items?q={words.en}", f"/admin/?q={words.en}")
    figures = (
        Figure(1234, words, link=link, footnotes=note),
        Figure(Decimal("1234.5"), Text.same("kg"), Comparator.OVER, needs_confirmation=True),
        Figure(Decimal("-6.8"), Text.same("%"), signed=True),
        none("trống", "empty"),
    )
    columns = (Column(words, numeric=False, note=words, footnotes=note), *(Column(words) for _figure in figures))
    rows = (Row((Label(words, words, note, link), *figures), note=words), Row((Label(words), *figures), total=True))
    table = Table(
        "giver_receiver", words, columns, rows, note=words, footnotes=note, chart="matrix", synthetic=True, units=True
    )
    bare = Table("bare", words, columns, (), empty=words)
    return QuarterlyReport(
        title=words,
        period=Span("2024-Q2", date(2024, 4, 1), date(2024, 7, 1), "calendar", DAYS),
        edition=Edition("own", words, (words,)),
        generated_at=datetime(2024, 8, 1, 2, 30, tzinfo=UTC),
        generated=words,
        highlights=(Highlight(words, figures[0], words),),
        sections=(Section("shared", words, (words,), (table, bare)),),
        footnotes=notes.all(),
        synthetic=True,
        banner=words,
    )


class Tags(HTMLParser):
    """Tags and addresses of a page."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_hostile_words_stay_words(language: str) -> None:
    page = render(report(), file_format="html", language=language)
    found = Tags(page).tags
    assert "script" not in {tag for tag, _attributes in found}
    assert [tag for tag, _attributes in found].count("style") == 1
    assert not [name for _tag, attributes in found for name in attributes if name.startswith("on") or name == "style"]
    assert b"<script" not in page


def test_a_page_fetches_nothing() -> None:
    page = render(report(), file_format="html", language="vi")
    assert not [a for tag, a in Tags(page).tags if tag in {"link", "img", "script", "iframe"} or "src" in a]
    assert b"url(" not in page
    assert b"@import" not in page


def test_its_policy_allows_its_own_style_and_nothing_else() -> None:
    page = render(report(Text.same("x")), file_format="html", language="vi")
    said = policy(page)
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; "
        r"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        said,
    )
    assert policy(page.replace(b"</style>", b" </style>")) != said
    assert "style-src 'none'" in policy(b"no style")


def test_a_sum_that_no_word_describes_prints_its_bounds_and_no_bare_number() -> None:
    mixed = Figure(Decimal(321), Text.same("kg"), Comparator.ABOUT, bounds=Interval(Decimal(319), None, low_open=True))
    table = Table("sum", BAD, (Column(BAD),), (Row((mixed,)),), units=True)
    document = replace(report(), sections=(Section("sum", BAD, (), (table,)),), highlights=())
    vi, en = (render(document, file_format="html", language=code).decode() for code in ("vi", "en"))
    assert "hơn 319\u00a0kg" in vi and "more than 319\u00a0kg" in en
    assert "321" not in vi and "321" not in en
    cell = json.loads(render(document, file_format="json", language="en"))["sections"][0]["tables"][0]["rows"][0][
        "cells"
    ][0]
    assert cell["text"] == "more than 319\u00a0kg"
    assert cell["interval"] == {"lower": "319", "lower_open": True, "upper": None, "upper_open": False}


def test_the_basis_of_the_period_stands_beside_its_days() -> None:
    span = Span("2024-Q2", date(2024, 4, 1), date(2024, 7, 1), "calendar", DAYS, Text("lịch", "calendar"))
    page = render(replace(report(), period=span), file_format="html", language="en").decode()
    assert "<dt>Basis of the period</dt><dd>calendar</dd>" in page


def test_numbers_follow_the_language_and_their_values_do_not() -> None:
    vi, en = (render(report(), file_format="html", language=code).decode() for code in ("vi", "en"))
    assert "hơn 1.234,5\u00a0kg" in vi
    assert "more than 1,234.5\u00a0kg" in en
    assert "−6,8%" in vi
    assert "−6.8%" in en
    values = [re.findall(r'<data value="([^"]+)"', page) for page in (vi, en)]
    assert values[0] == values[1]


def test_links_are_relative_until_the_address_of_the_registry_is_known() -> None:
    page = render(report(Text.same("x")), file_format="html", language="en").decode()
    assert 'href="/admin/?q=x"' in page
    page = render(report(Text.same("x")), file_format="html", language="en", base_url="https://r.example/").decode()
    assert 'href="https://r.example/admin/?q=x"' in page


@pytest.mark.parametrize("file_format", sorted(RENDERERS))
def test_the_same_document_gives_the_same_bytes(file_format: str) -> None:
    once, twice = (render(report(), file_format=file_format, language="vi") for _time in range(2))
    assert once == twice


def test_made_up_data_are_marked_on_top_and_at_the_table() -> None:
    page = render(report(Text.same("x")), file_format="html", language="vi").decode()
    assert '<p class="banner"' in page
    assert "dữ liệu giả định" in page
    honest = replace(report(Text.same("x")), synthetic=False, banner=Text("", ""))
    assert '<p class="banner"' not in render(honest, file_format="html", language="vi").decode()


def test_a_figure_has_a_number_or_a_reason() -> None:
    with pytest.raises(ValueError, match="one of the two"):
        Figure(None)
    with pytest.raises(ValueError, match="one of the two"):
        Figure(1, absent=Text("vì", "because"))
