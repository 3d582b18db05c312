"""The frozen form of a document: it comes back equal, renders to the same bytes, and is the same for equal documents."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from reports.document import Figure, QuarterlyReport, Text
from reports.freezing import FrozenFaultError, dump, load
from reports.renderers import RENDERERS, render
from tests.reports.frozen import documents
from tests.reports.test_renderers import report


@given(documents())
@settings(max_examples=150)
def test_what_was_frozen_comes_back_equal(document: QuarterlyReport) -> None:
    back = load(dump(document))
    assert back == document
    assert dump(back) == dump(document)
    assert back.tables == document.tables


@pytest.mark.parametrize("file_format", sorted(RENDERERS))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_document_that_came_back_renders_to_the_same_bytes(file_format: str, language: str) -> None:
    document = report()
    assert render(load(dump(document)), file_format=file_format, language=language) == render(
        document, file_format=file_format, language=language
    )


@given(documents())
@settings(max_examples=40)
def test_pages_and_data_of_any_document_that_came_back_are_the_same(document: QuarterlyReport) -> None:
    for file_format in ("html", "json"):
        before = render(document, file_format=file_format, language="vi")
        assert render(load(dump(document)), file_format=file_format, language="vi") == before


def test_digits_are_kept_as_they_stood() -> None:
    number = Decimal("1.500")
    section = report().sections[0]
    table = section.tables[0]
    row = replace(table.rows[0], cells=(*table.rows[0].cells[:-1], Figure(number, Text.same("kg"))))
    changed = replace(report(), sections=(replace(section, tables=(replace(table, rows=(row,)),)),))
    back = load(dump(changed)).sections[0].tables[0].rows[0].cells[-1]
    assert isinstance(back, Figure)
    assert str(back.number) == "1.500"


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b'{"": "Text", "vi": "a", "en": "b"}', b'{"": "Path"}', b"\xff"]
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(FrozenFaultError):
        load(content)
