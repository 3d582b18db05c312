"""The 152 items of the quarter, counted by SQL that shares nothing with the registry's own counting."""

from typing import Any

import pytest

from tests.raw import rows

pytestmark = pytest.mark.usefixtures("demo")

LOCAL = "(i.released_at AT TIME ZONE 'Asia/Ho_Chi_Minh')"


def one(statement: str) -> Any:
    """The single value the database says."""
    return rows(statement)[0][0]


def test_exactly_152_items_were_first_released_in_the_second_quarter_of_2024() -> None:
    quarter = f"{LOCAL} >= TIMESTAMP '2024-04-01' AND {LOCAL} < TIMESTAMP '2024-07-01'"
    assert one(f"SELECT count(*) FROM information_informationitem i WHERE {quarter}") == 152


def test_the_neighbouring_quarters_and_the_year_before_have_items_too() -> None:
    per_quarter = dict(
        rows(f"SELECT to_char({LOCAL}, 'YYYY-Q'), count(*) FROM information_informationitem i GROUP BY 1")
    )
    assert (per_quarter["2023-2"], per_quarter["2024-1"], per_quarter["2024-3"]) == (118, 131, 147)


def test_all_four_agencies_and_some_of_their_units_gave_items_in_the_quarter() -> None:
    givers = rows(
        f"""SELECT a.code, count(DISTINCT u.id) FROM information_informationitem i
              JOIN agencies_unit u ON u.id = i.unit_id JOIN agencies_agency a ON a.id = u.agency_id
             WHERE to_char({LOCAL}, 'YYYY-Q') = '2024-2' GROUP BY 1 ORDER BY 1"""
    )
    assert givers == [("BORDERGUARD", 4), ("COASTGUARD", 4), ("CUSTOMS", 4), ("POLICE", 4)]


def test_references_have_no_gap_per_agency_and_year_and_follow_the_order_of_release() -> None:
    numbers: dict[tuple[str, str], list[int]] = {}
    for (reference,) in rows(
        "SELECT reference FROM information_informationitem i WHERE reference <> '' ORDER BY released_at"
    ):
        agency, year, number = reference.rsplit("-", 2)
        numbers.setdefault((agency, year), []).append(int(number))
    assert len(numbers) >= 8
    for found in numbers.values():
        assert found == list(range(1, len(found) + 1))


def test_the_year_in_a_reference_is_that_of_the_release() -> None:
    wrong = f"SELECT count(*) FROM information_informationitem i WHERE split_part(reference, '-', 2) <> to_char({LOCAL}, 'YYYY')"
    assert one(wrong) == 0


def test_nobody_released_what_they_wrote_or_edited() -> None:
    wrong = """SELECT count(*) FROM information_informationitem i JOIN information_itemversion v ON v.id = i.current_id
                WHERE i.released_by_id IN (i.author_id, v.edited_by_id)"""
    assert one(wrong) == 0


def test_every_released_item_went_to_another_agency_and_to_at_most_four_units() -> None:
    lonely = """SELECT count(*) FROM information_informationitem i JOIN agencies_unit g ON g.id = i.unit_id
                 WHERE i.released_at IS NOT NULL AND NOT EXISTS (
                       SELECT 1 FROM information_delivery d JOIN agencies_unit u ON u.id = d.unit_id
                        WHERE d.item_id = i.id AND u.agency_id <> g.agency_id)"""
    assert one(lonely) == 0
    most = "SELECT max(c) FROM (SELECT count(*) AS c FROM information_delivery GROUP BY item_id) AS counted"
    assert one(most) == 4


def test_receipts_are_mostly_in_time_some_late_some_missing() -> None:
    in_time, late, never = rows(
        """SELECT count(*) FILTER (WHERE acknowledged_at <= due_at), count(*) FILTER (WHERE acknowledged_at > due_at),
                  count(*) FILTER (WHERE acknowledged_at IS NULL) FROM information_delivery"""
    )[0]
    assert in_time > 4 * late > 0
    assert in_time > 4 * never > 0


def test_two_items_of_the_quarter_were_recalled() -> None:
    recalled = f"SELECT count(*) FROM information_informationitem i WHERE status = 'recalled' AND to_char({LOCAL}, 'YYYY-Q') = '2024-2'"
    assert one(recalled) == 2


def test_drafts_submitted_and_returned_items_lie_on_the_desks() -> None:
    found = dict(rows("SELECT status, count(*) FROM information_informationitem WHERE released_at IS NULL GROUP BY 1"))
    assert found == {"draft": 9, "submitted": 6, "returned": 4}


def test_nine_of_ten_releases_fall_on_working_days_in_office_hours() -> None:
    hours = f"extract(isodow FROM {LOCAL}) < 6 AND {LOCAL}::time BETWEEN '07:30' AND '17:00'"
    inside, released = rows(
        f"SELECT count(*) FILTER (WHERE {hours}), count(released_at) FROM information_informationitem i"
    )[0]
    assert released * 0.9 < inside < released


def test_steps_of_a_delivery_follow_each_other() -> None:
    wrong = """SELECT count(*) FROM information_delivery d LEFT JOIN information_evaluation e ON e.delivery_id = d.id
                WHERE d.opened_at < d.delivered_at OR d.acknowledged_at < d.opened_at OR e.evaluated_at < d.acknowledged_at
                   OR d.recalled_at < e.evaluated_at"""
    assert one(wrong) == 0


def test_every_body_says_that_it_is_synthetic() -> None:
    assert one("SELECT count(*) FROM information_itemversion WHERE body NOT LIKE '[Dữ liệu giả lập]%'") == 0
