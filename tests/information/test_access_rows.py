"""The access rows say what the rule says: for everybody, at any time, whatever becomes of items and units."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.actions import grant_role
from agencies.models import Unit, UnitPlacement, User, today, tree_holds, units_below
from agencies.roles import Permission, Role
from registry.information import actions, receipts
from registry.information.access import keep_access, rebuild_access
from registry.information.models import InformationItem
from tests.access.worlds import undone
from tests.cast import LONG_AGO, PEOPLE, Cast, draft, release, released
from tests.raw import refused, rows, sql

OWN, DELIVERED = Permission.ITEM_READ_OWN, Permission.ITEM_READ_DELIVERED
DIFFERENCE = """
    (SELECT item_id, unit_id, at, own, delivered FROM information_itemaccess
     EXCEPT SELECT item_id, unit_id, at, own, delivered FROM information_access_due)
    UNION ALL
    (SELECT item_id, unit_id, at, own, delivered FROM information_access_due
     EXCEPT SELECT item_id, unit_id, at, own, delivered FROM information_itemaccess)
"""
EVERYBODY = [*PEOPLE, "police_officer_and_head", "two_units", "operator"]


def seen(user: User) -> set[UUID]:
    return set(InformationItem.objects.visible_to(user).values_list("pk", flat=True))


def by_definition(user: User) -> set[UUID]:
    return set(InformationItem.objects.visible_by_definition(user).values_list("pk", flat=True))


def told_apart(cast: Cast) -> list[str]:
    """People whom the access rows show something else than the rule does."""
    people = [cast.again(name) for name in EVERYBODY]
    return [user.username for user in people if seen(user) != by_definition(user)]


def place(cast: Cast, unit: str, parent: str | None, on: date) -> None:
    """Put a unit elsewhere from a day on."""
    before = UnitPlacement.objects.filter(unit=cast.units[unit]).latest("pk")
    if before.valid_from == on:
        before.parent = cast.units[parent] if parent else None
        before.save()
        return
    before.valid_to = on
    before.save()
    UnitPlacement(unit=cast.units[unit], parent=cast.units[parent] if parent else None, valid_from=on).save()


def test_the_rows_show_everybody_what_the_rule_shows(cast: Cast) -> None:
    assert tree_holds()
    assert told_apart(cast) == []
    assert seen(cast.police_officer) >= {item.pk for item in cast.items.values()}
    assert seen(cast.coast_officer) == set()
    assert seen(cast.secretariat) == {cast.items["police_released_inside"].pk, cast.items["north_released_inside"].pk}


def test_a_page_of_items_is_read_from_the_rows_of_one_unit(cast: Cast) -> None:
    shown = str(InformationItem.objects.visible_to(cast.police_officer).query)
    assert "information_itemaccess" in shown
    assert "information_delivery" not in shown
    assert cast.police_officer.roots_with(OWN) == {cast.units["police"].pk}


def test_a_role_above_a_role_leaves_one_unit_to_ask(cast: Cast) -> None:
    north, police = cast.units["police_north"], cast.units["police"]
    user = cast.again("north_officer")
    grant_role(user=user, unit=police, role=Role.ANALYST, by=None, valid_from=LONG_AGO)
    user = cast.again("north_officer")
    assert user.roots_with(OWN) == {police.pk}
    assert {north.pk, police.pk} <= user.units_with(OWN)
    assert seen(user) == by_definition(user)


def test_own_and_delivered_may_reach_different_units(cast: Cast) -> None:
    user = cast.again("north_officer")
    grant_role(user=user, unit=cast.units["customs"], role=Role.SECRETARIAT, by=None, valid_from=LONG_AGO)
    user = cast.again("north_officer")
    assert user.roots_with(OWN) == {cast.units["police_north"].pk}
    assert user.roots_with(DELIVERED) == {cast.units["police_north"].pk, cast.units["customs"].pk}
    assert cast.items["police_released_to_customs"].pk in seen(user)
    assert seen(user) == by_definition(user)


def test_only_the_own_items_are_shown_to_whoever_reads_only_those(cast: Cast) -> None:
    class OwnOnly:
        def units_with(self, permission: Permission) -> frozenset[UUID]:
            return cast.police_officer.units_with(OWN) if permission is OWN else frozenset()

        def roots_with(self, permission: Permission) -> frozenset[UUID] | None:
            return cast.police_officer.roots_with(OWN) if permission is OWN else frozenset()

        def holds(self, permission: Permission) -> bool:
            return permission is OWN

    sent = released(cast, by=cast.coast_officer, head=cast.coast_head, unit="coast", to=("police",))
    reader: Any = OwnOnly()
    assert sent.pk in seen(cast.police_officer)
    assert sent.pk not in seen(reader)
    assert seen(reader) == by_definition(reader)


def test_rows_follow_an_item_from_draft_to_recall(cast: Cast) -> None:
    item = draft(cast, by=cast.coast_officer, unit="coast", to=("customs_north", "border"))

    def held() -> dict[str, tuple[bool, bool]]:
        return {row.unit.code: (row.own, row.delivered) for row in item.access.select_related("unit")}  # type: ignore[attr-defined]

    assert held() == {"coast": (True, False)}
    actions.submit_item(item=item, by=cast.coast_officer)
    release(item, by=cast.coast_head)
    assert held() == {
        "coast": (True, False),
        "customs": (False, True),
        "customs_north": (False, True),
        "border": (False, True),
    }
    receipts.acknowledge_delivery(delivery=item.deliveries.get(unit=cast.units["border"]), by=cast.border_focal_point)
    actions.recall_item(item=item, by=cast.coast_head, reason="Nguồn rút lại.")
    assert held() == {"coast": (True, False)}
    assert rows(DIFFERENCE) == []


def test_rows_follow_what_is_changed_around_the_application(cast: Cast) -> None:
    item = cast.items["police_draft"]
    sql("UPDATE information_informationitem SET created_at = created_at - interval '1 year' WHERE id = %s", item.pk)
    sql("UPDATE information_informationitem SET unit_id = %s WHERE id = %s", cast.units["coast"].pk, item.pk)
    assert rows(DIFFERENCE) == []
    assert item.pk in seen(cast.coast_officer)


def test_nobody_writes_the_rows_by_hand(cast: Cast) -> None:
    match = "access follows from items and deliveries"
    refused("DELETE FROM information_itemaccess", match=match)
    refused("UPDATE information_itemaccess SET own = true", match=match)
    refused(
        "INSERT INTO information_itemaccess (item_id, unit_id, at, own, delivered) VALUES (%s, %s, now(), true, true)",
        cast.items["police_draft"].pk,
        cast.units["coast"].pk,
        match=match,
    )


def test_a_row_without_a_ground_is_refused(cast: Cast) -> None:
    sql("SELECT set_config('registry.writes', 'access', true)")
    refused("UPDATE information_itemaccess SET own = false, delivered = false", match="access_has_a_ground")


def test_a_moved_unit_is_seen_at_once_where_it_is(cast: Cast) -> None:
    place(cast, "police_north", "coast", today())
    assert not tree_holds()
    user = cast.again("coast_officer")
    assert user.roots_with(OWN) is None
    assert cast.items["north_draft"].pk in seen(user)
    assert cast.items["north_draft"].pk not in seen(cast.again("police_officer"))
    assert keep_access()
    assert tree_holds()
    assert not keep_access()
    assert cast.again("coast_officer").roots_with(OWN) == {cast.units["coast"].pk}
    assert cast.items["north_draft"].pk in seen(cast.again("coast_officer"))
    assert cast.items["north_draft"].pk not in seen(cast.again("police_officer"))
    assert told_apart(cast) == []
    assert rows(DIFFERENCE) == []


def test_a_move_that_lies_ahead_is_seen_from_its_day_on(cast: Cast) -> None:
    day = today() + timedelta(days=10)
    place(cast, "customs_north", "coast", day)
    rebuild_access()
    item = cast.items["police_released_below"].pk
    assert item not in seen(cast.again("coast_officer"))
    with time_machine.travel(day, tick=False):
        assert not tree_holds()
        assert item in seen(cast.again("coast_officer"))
        assert keep_access()
        assert item in seen(cast.again("coast_officer"))
        assert item not in seen(cast.again("customs_officer"))
        assert told_apart(cast) == []
    assert not tree_holds(), "what was worked out for a later day is not asked before it"
    assert item not in seen(cast.again("coast_officer"))


def test_a_new_unit_sees_its_items_at_once(cast: Cast) -> None:
    unit = Unit(code="coast_south", agency=cast.units["coast"].agency, level="regional")
    unit.save()
    grant_role(user=cast.coast_officer, unit=unit, role=Role.OFFICER, by=None, valid_from=LONG_AGO)
    cast.units["coast_south"] = unit
    item = draft(cast, by=cast.again("coast_officer"), unit="coast_south")
    assert item.pk in seen(cast.again("coast_officer"))
    assert keep_access()
    assert item.pk in seen(cast.again("coast_officer"))
    assert rows(DIFFERENCE) == []


def test_rebuilding_touches_the_items_of_moved_units_alone(cast: Cast) -> None:
    assert rebuild_access() == 0
    place(cast, "customs_north", "coast", today())
    assert rebuild_access() == 2, "police_released_below and north_released_below"


def test_asking_whether_the_tree_holds_takes_no_query_of_its_own(cast: Cast, django_assert_num_queries: Any) -> None:
    user = cast.again("police_officer")
    with django_assert_num_queries(3):  # roles, units, items
        list(InformationItem.objects.visible_to(user))
    place(cast, "police_north", "coast", today())
    user = cast.again("police_officer")
    with django_assert_num_queries(4):  # units twice: they have to be worked out
        list(InformationItem.objects.visible_to(user))


# --- random trees -------------------------------------------------------------------------------------------------

CODES = ("police", "police_north", "police_south", "border", "border_north", "coast", "customs", "customs_north")
MOVES = st.lists(
    st.tuples(
        st.sampled_from(CODES),
        st.none() | st.sampled_from(CODES),
        st.integers(min_value=-3, max_value=3),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)
RECALLS = st.sets(st.sampled_from(["released_to_customs", "released_to_two", "released_below", "acknowledged"]))


def below(roots: set[UUID]) -> set[UUID]:
    """By hand: the latest placement begun by today decides, and whoever stands below one of them is one of them."""
    parents: dict[UUID, UUID | None] = {}
    begun = [p for p in UnitPlacement.objects.all() if p.valid_from is None or p.valid_from <= today()]
    for placement in sorted(begun, key=lambda p: (p.valid_from or date.min, p.pk)):
        parents[placement.unit_id] = placement.parent_id
    found = set(roots)
    while more := {unit for unit, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def shake(cast: Cast, moves: list[tuple[str, str | None, int, bool]], recalls: set[str]) -> None:
    """Move units about, partly in days to come, rebuild now and then, recall items: always the same for everybody."""
    with undone():
        for unit, parent, days, rebuilt in moves:
            on = today() + timedelta(days=days)
            last = UnitPlacement.objects.filter(unit=cast.units[unit]).latest("pk")
            if unit == parent or (last.valid_from or date.min) > on:
                continue
            place(cast, unit, parent, on)
            if rebuilt:
                rebuild_access()
        for story in sorted(recalls):
            actions.recall_item(item=cast.fresh(f"north_{story}"), by=cast.again("north_head"), reason="x")
        for later in (0, 1, 3):
            with time_machine.travel(today() + timedelta(days=later), tick=False):
                for code in CODES:
                    assert units_below({cast.units[code].pk}) == below({cast.units[code].pk})
                assert told_apart(cast) == []
                keep_access()
                assert rows(DIFFERENCE) == []
                for code in CODES:
                    assert units_below({cast.units[code].pk}) == below({cast.units[code].pk})
                assert told_apart(cast) == []


SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=4, deadline=None, database=None, suppress_health_check=SLOW)
@given(moves=MOVES, recalls=RECALLS)
def test_whatever_happens_the_rows_say_what_the_rule_says(cast: Cast, moves: Any, recalls: set[str]) -> None:
    shake(cast, moves, recalls)


@pytest.mark.prove
@settings(max_examples=100, deadline=None, database=None, suppress_health_check=SLOW)
@given(moves=MOVES, recalls=RECALLS)
def test_at_length_whatever_happens_the_rows_say_what_the_rule_says(cast: Cast, moves: Any, recalls: set[str]) -> None:
    shake(cast, moves, recalls)
