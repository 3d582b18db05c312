"""What the database itself refuses, whoever asks."""

import pytest

from tests.cast import Cast
from tests.raw import refused, sql

TABLE = "reorganisations_reorganisation"


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("police_draft", "status = 'undone'"),
        ("police_undone", "status = 'draft'"),
        ("police_applied", "plan = '{}'"),
        ("police_applied", "reason = 'x'"),
        ("police_applied", "takes_effect_on = '2000-01-01'"),
        ("police_applied", "applied_by_id = NULL"),
        ("police_undone", "undo_reason = ''"),
        ("police_draft", "reason = ''"),
        ("police_draft", "kind = 'other'"),
    ],
)
def test_a_reorganisation_is_what_it_was_when_it_was_applied(cast: Cast, name: str, change: str) -> None:
    refused(f"UPDATE {TABLE} SET {change} WHERE id = %s", cast.reorganisations[name].pk)


def test_neither_a_reorganisation_nor_what_it_wrote_is_deleted_or_changed(cast: Cast) -> None:
    one = cast.reorganisations["police_applied"].pk
    refused(f"DELETE FROM {TABLE} WHERE id = %s", cast.reorganisations["police_draft"].pk, match="pgtrigger")
    refused("DELETE FROM reorganisations_effect WHERE reorganisation_id = %s", one, match="pgtrigger")
    refused("UPDATE reorganisations_effect SET number = 99 WHERE reorganisation_id = %s", one, match="pgtrigger")


def test_a_planned_one_may_be_changed(cast: Cast) -> None:
    assert sql(f"UPDATE {TABLE} SET reason = 'x' WHERE id = %s", cast.reorganisations["police_draft"].pk) == 1
