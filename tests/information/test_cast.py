"""The cast stands as its stories say."""

from tests.cast import PEOPLE, Cast


def test_every_story_has_the_status_of_its_name(cast: Cast) -> None:
    for owner in ("police", "north"):
        for status in ("draft", "submitted", "returned", "recalled"):
            assert cast.fresh(f"{owner}_{status}").status == status
        for status in ("opened", "acknowledged", "evaluated", "used"):
            assert cast.fresh(f"{owner}_{status}").status == "released"
            assert cast.delivery(f"{owner}_{status}").status == status
    assert cast.delivery("police_released_to_customs").status == "delivered"


def test_people_are_what_the_table_says(cast: Cast) -> None:
    for name, (unit, role) in PEOPLE.items():
        held = [(m.unit.code, m.role) for m in cast.people[name].current_memberships]
        assert held == ([] if name in {"disabled", "former"} else [(unit, role)])
