"""Which numbers of a text are figures typed by hand; and which references stand in one language only."""

import pytest

from reports.typed import at_odds, typed_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Bốn lực lượng trao đổi 152 nguồn tin.", ["152"]),
        ("The four shared 1,024 items and 1.5 kg; 152 again, 152.", ["1,024", "1.5", "152"]),
        ("Theo Nghị định 105/2021/NĐ-CP, Điều 8 khoản 1.", []),
        ("Công văn 15/BC-C04 ngày 05/01/2026.", []),
        ("Ngày 14 tháng 8 năm 2024, quý 2, 2024-Q2, Q2/2024.", []),
        ("On 14 August 2024, in Q2 2024, since 2021; Article 8.", []),
        ("6 tháng đầu năm 2024", []),
        ("1. Một là\n2) Hai là\n1.2. Ba", []),
        ("C04 và PC04 trên QL7", []),
        ("{shared.total} và {cases.case}", []),
        ("Đã có {shared.total} tin, trong đó 34 tin.", ["34"]),
        ("năm 2024 có 2.024 tin", ["2.024"]),
        ("tăng 12,5% so với 2023", ["12,5"]),
        ("", []),
    ],
)
def test_numbers_typed_by_hand_are_found_and_days_and_laws_are_not(text: str, numbers: list[str]) -> None:
    assert typed_numbers(text) == numbers


def test_what_stands_in_one_language_more_often_than_in_the_other_is_named() -> None:
    assert at_odds("{a.b} {a.b} {c.d}", "{a.b} {e.f}") == ["{a.b}", "{c.d}", "{e.f}"]
    assert at_odds("{a.b} {c.d}", "{c.d}, {a.b}") == []
    assert at_odds("{a.b}", "") == [], "the only text stands in both languages"


@pytest.mark.parametrize("text", ["1" * 2_000_000, "\n " * 1_000_000, "1\n " * 500_000, "A1" * 1_000_000])
def test_a_text_of_one_kind_of_sign_is_read_at_once(text: str) -> None:
    assert len(typed_numbers(text)) <= 1, "a pattern that begins anew within what it read takes hours here"
