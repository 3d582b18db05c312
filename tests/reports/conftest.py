"""Words that statements are made of."""

import pytest

from tests.cast import Cast
from tests.reports.stated import words


@pytest.fixture
def stating(cast: Cast) -> Cast:
    """The cast, with the words to state figures in."""
    words()
    return cast
