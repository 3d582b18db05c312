"""Texts written to keep the search for stamps busy: a search that reads a run twice would not come back from these.

A request may carry four times as much. Reading it once takes a blink; its square would take hours.
"""

import pytest

from registry.information.marks import find_marks

LONG = 262_144


@pytest.mark.parametrize(
    "text",
    [
        "\n" * LONG,
        ".\n" * (LONG // 2),
        "_" * LONG,
        "TUYỆT" + " " * LONG,
        "TỐI." + " " * LONG,
        "độ mật:" + " " * LONG,
        "mức" + " " * LONG,
        "a" + "\u0301" * 65_536 + "\u0323" * 65_536,
    ],
    ids=["empty lines", "dots", "underscores", "after a stamp", "after a dot", "after a label", "in a label", "marks"],
)
def test_a_long_text_is_read_once(text: str) -> None:
    assert find_marks(text) == []
    assert find_marks(f"{text}\nTỐI MẬT") == ["TỐI MẬT"]


def test_stamps_stand_out_of_lines_of_ornament() -> None:
    assert find_marks("***\n\n--- MẬT ---\n\n***") == ["MẬT"]
    assert find_marks("TUYỆT \n MẬT") == ["TUYỆT MẬT"]
    assert find_marks("TỐI . MẬT") == ["TỐI MẬT"]
    assert find_marks("TỐI..MẬT") == []


def test_letters_with_a_few_marks_are_read_as_written() -> None:
    decomposed = "TUYE\u0323\u0302T MA\u0323\u0302T"
    assert find_marks("漢" * 100 + "\n" + decomposed) == ["TUYỆT MẬT"]
