"""Words that statements are made of, and files that cost nothing to write."""

from typing import Any

import pytest

from reports import drafting
from reports.document import QuarterlyReport
from reports.freezing import dump
from tests.cast import Cast
from tests.reports.stated import words


@pytest.fixture
def stating(cast: Cast) -> Cast:
    """The cast, with the words to state figures in."""
    words()
    return cast


@pytest.fixture
def plain_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of sealed reports are their document as it is frozen: nothing is drawn."""

    def plain(document: QuarterlyReport, *, file_format: str, language: str, **_more: Any) -> bytes:
        return f"{language} {file_format} ".encode() + dump(document)

    monkeypatch.setattr(drafting, "render", plain)
