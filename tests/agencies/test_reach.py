"""Where a permission holds: which unit, which day, through which key."""

from datetime import date, timedelta

import pytest
import time_machine

from agencies.actions import grant_role, issue_key, set_active
from agencies.models import Membership, Unit, UnitPlacement, User, today
from agencies.roles import Permission, Role, Scope
from tests.cast import Cast

P = Permission
FIRST, LAST, END = date(2030, 1, 1), date(2030, 1, 31), date(2030, 2, 1)


def codes(user: User, permission: Permission) -> set[str]:
    """The units in which the permission holds."""
    return set(Unit.objects.filter(pk__in=user.units_with(permission)).values_list("code", flat=True))


def test_reading_reaches_down_and_writing_stays(cast: Cast) -> None:
    officer = cast.police_officer
    assert codes(officer, P.ITEM_READ_OWN) == {"police", "police_north", "police_south"}
    assert codes(officer, P.ITEM_DRAFT) == {"police"}
    assert codes(cast.police_head, P.ITEM_RELEASE) == {"police"}
    assert codes(cast.north_officer, P.ITEM_READ_OWN) == codes(cast.north_officer, P.ITEM_DRAFT) == {"police_north"}


def test_a_permission_holds_for_records_of_its_units_alone(cast: Cast) -> None:
    may = {code: cast.police_officer.may(P.ITEM_DRAFT, unit.pk) for code, unit in cast.units.items()}
    assert {code for code, yes in may.items() if yes} == {"police"}
    assert not cast.police_officer.may(P.ITEM_DRAFT, None)


def test_a_role_gives_what_the_table_grants_it_and_no_more(cast: Cast) -> None:
    assert codes(cast.police_officer, P.ITEM_RELEASE) == set()
    assert codes(cast.auditor, P.ITEM_READ_OWN) == set()
    assert codes(cast.secretariat, P.ITEM_READ_OWN) == set()
    assert codes(cast.police_officer_and_head, P.ITEM_RELEASE) == {"police"}


@pytest.mark.parametrize("name", ["operator", "disabled", "former"])
def test_without_a_role_nothing_is_permitted(cast: Cast, name: str) -> None:
    user = cast.again(name)
    assert [p for p in P if user.holds(p) or user.units_with(p)] == []
    assert not user.has_perm("information.view_informationitem")
    assert not user.has_perm("agencies.delete_user")


@pytest.mark.parametrize(
    ("day", "holds"),
    [(FIRST - timedelta(days=1), False), (FIRST, True), (LAST, True), (END, False), (END + timedelta(days=9), False)],
)
def test_a_role_holds_from_its_first_day_until_the_day_before_its_end(cast: Cast, day: date, holds: bool) -> None:
    grant_role(user=cast.former, unit=cast.units["coast"], role=Role.ANALYST, by=None, valid_from=FIRST, valid_to=END)
    with time_machine.travel(f"{day}T12:00:00+07:00", tick=False):
        assert cast.again("former").holds(P.DELIVERY_EVALUATE) == holds
        membership = Membership.objects.get(user=cast.former, role="analyst")
        assert membership.holds_on(day) == holds
        assert Membership.objects.as_of(day).filter(pk=membership.pk).exists() == holds


def test_whoever_is_shut_out_holds_nothing_whatever_the_roles(cast: Cast) -> None:
    set_active(user=cast.police_head, active=False, by=None)
    assert cast.again("police_head").current_memberships == []


def test_a_key_speaks_for_its_unit_alone(cast: Cast) -> None:
    user = cast.again("two_units")
    assert codes(user, P.ITEM_DRAFT) == {"police", "border"}
    for unit in ("police", "border"):
        key, _secret = issue_key(user=user, unit=cast.units[unit], name=unit, scopes=[Scope.WRITE], by=None)
        bound = cast.again("two_units")
        bound.api_key = key
        assert codes(bound, P.ITEM_DRAFT) == {unit}


def test_a_key_without_a_scope_reaches_no_unit(cast: Cast) -> None:
    reads, writes = (cast.again("police_officer") for _ in range(2))
    reads.api_key, writes.api_key = cast.keys["read_only"], cast.keys["write_only"]
    assert (codes(reads, P.ITEM_DRAFT), reads.holds(P.ITEM_DRAFT)) == (set(), False)
    assert (codes(writes, P.ITEM_READ_OWN), writes.holds(P.ITEM_READ_OWN)) == (set(), False)
    assert codes(reads, P.ITEM_READ_OWN) >= {"police"}
    assert codes(writes, P.ITEM_DRAFT) == {"police"}


def test_counting_for_all_is_reading(cast: Cast) -> None:
    user = cast.again("secretariat")
    user.api_key = cast.keys["read_only"]
    user.api_key.unit = cast.units["police"]
    assert user.holds(P.REPORT_COUNT_ALL)


def test_a_unit_is_below_the_one_it_was_moved_to_from_that_day(cast: Cast) -> None:
    north, tomorrow = cast.units["police_north"], today() + timedelta(days=1)
    placement = UnitPlacement.objects.get(unit=north)
    placement.valid_to = tomorrow
    placement.save()
    UnitPlacement(unit=north, parent=cast.units["police_south"], valid_from=tomorrow).save()
    assert "police_north" in codes(cast.police_officer, P.ITEM_READ_OWN)
    assert "police_north" not in codes(cast.south_officer, P.ITEM_READ_OWN)
    with time_machine.travel(f"{tomorrow}T12:00:00+07:00", tick=False):
        assert "police_north" in codes(cast.again("south_officer"), P.ITEM_READ_OWN)
