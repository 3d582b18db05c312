"""Who makes accounts, gives and ends roles, shuts people out and renames units."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from agencies import actions
from agencies.audit.models import AuditEvent
from agencies.models import Membership, User
from agencies.refusals import Invalid, NotPermitted
from agencies.roles import Role
from tests.cast import LONG_AGO, Cast
from tests.logged import last

ELSEWHERE = ("customs_admin", "police_officer", "police_head", "secretariat", "auditor", "operator", "north_head")
"""None of them manages people of police north."""

GOOD = "một-mật-khẩu-đủ-dài-và-lạ-7"


def fresh(name: str) -> User:
    return User.objects.get(username=name)


def create(cast: Cast, by: User, **changes: Any) -> Any:
    values = {"username": "newcomer", "password": None, "unit": cast.units["police_north"], "role": Role.OFFICER}
    return actions.create_user(**{**values, **changes}, by=by)  # type: ignore[arg-type]


def grant(cast: Cast, by: User) -> Any:
    return actions.grant_role(user=cast.north_officer, unit=cast.units["police_north"], role=Role.ANALYST, by=by)


def end(cast: Cast, by: User) -> Any:
    return actions.end_role(membership=cast.north_officer.memberships.get(), by=by)


def shut_out(cast: Cast, by: User) -> Any:
    return actions.set_active(user=cast.north_officer, active=False, by=by)


def rename(cast: Cast, by: User) -> Any:
    unit = cast.units["police_north"]
    return actions.rename_unit(unit=unit, language="vi", name="Tên mới", on=date(2024, 6, 1), by=by)


WRITES: list[tuple[Callable[[Cast, User], Any], str]] = [
    (create, "user.create"),
    (grant, "membership.grant"),
    (end, "membership.end"),
    (shut_out, "user.deactivate"),
    (rename, "unit.rename"),
]


@pytest.mark.parametrize("name", ELSEWHERE)
@pytest.mark.parametrize("write", [write for write, _action in WRITES])
def test_nobody_else_manages_people_and_units(cast: Cast, write: Callable[[Cast, User], Any], name: str) -> None:
    before = AuditEvent.objects.count()
    with pytest.raises(NotPermitted), transaction.atomic():
        write(cast, cast.people[name])
    assert AuditEvent.objects.count() == before
    assert not User.objects.filter(username="newcomer").exists()
    assert fresh("north_officer").is_active
    assert Membership.objects.get(user=cast.north_officer).valid_to is None


@pytest.mark.parametrize(("write", "action"), WRITES)
def test_the_administrator_of_the_agency_manages_the_units_below(
    cast: Cast, write: Callable[[Cast, User], Any], action: str
) -> None:
    write(cast, cast.police_admin)
    event = last(action)
    assert (event.actor, event.actor_unit) == ("police_admin", "police")


def test_an_account_begins_with_the_role_it_was_made_for(cast: Cast) -> None:
    made = create(cast, cast.police_admin, valid_from=LONG_AGO, password=GOOD, display_name="Người mới")
    assert made.check_password(GOOD)
    assert [(m.unit.code, m.role) for m in fresh("newcomer").current_memberships] == [("police_north", "officer")]


def test_an_account_without_a_password_has_none(cast: Cast) -> None:
    assert not create(cast, cast.police_admin).has_usable_password()


@pytest.mark.parametrize("password", ["short", "123456789012345", "newcomer-new"])
def test_a_weak_password_is_refused_with_the_reason(cast: Cast, password: str) -> None:
    with pytest.raises(Invalid) as refusal:
        create(cast, cast.police_admin, password=password)
    assert set(refusal.value.fields) == {"password"}


def test_a_username_is_given_once(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        create(cast, cast.police_admin, username="coast_officer")
    assert set(refusal.value.fields) == {"username"}


def test_a_stranger_does_not_learn_that_a_username_is_taken(cast: Cast) -> None:
    for username in ("coast_officer", "nobody_of_this_name"):
        with pytest.raises(NotPermitted):
            create(cast, cast.customs_admin, username=username)


def test_nobody_grants_a_role_to_themselves(cast: Cast) -> None:
    with pytest.raises(NotPermitted) as refusal:
        actions.grant_role(user=cast.police_admin, unit=cast.units["police"], role=Role.RELEASER, by=cast.police_admin)
    assert refusal.value.code == "self_grant"


def test_a_role_granted_now_holds_at_once(cast: Cast) -> None:
    user = cast.coast_officer
    assert [m.role for m in user.current_memberships] == ["officer"]
    actions.grant_role(user=user, unit=cast.units["coast"], role=Role.ANALYST, by=None)
    assert sorted(m.role for m in user.current_memberships) == ["analyst", "officer"]


def test_one_holds_a_role_in_a_unit_once_at_a_time(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.grant_role(user=cast.north_officer, unit=cast.units["police_north"], role=Role.OFFICER, by=None)


def test_a_role_does_not_end_before_its_first_day(cast: Cast) -> None:
    membership = cast.north_officer.memberships.get()
    with pytest.raises(Invalid):
        actions.end_role(membership=membership, by=cast.police_admin, on=date(2019, 12, 31))
    assert actions.end_role(membership=membership, by=cast.police_admin, on=date(2024, 6, 1)).valid_to == date(
        2024, 6, 1
    )
    assert fresh("north_officer").current_memberships == []


def test_whoever_is_let_in_again_has_the_roles_again(cast: Cast) -> None:
    shut_out(cast, cast.police_admin)
    assert fresh("north_officer").current_memberships == []
    actions.set_active(user=cast.north_officer, active=True, by=cast.police_admin)
    assert [m.role for m in fresh("north_officer").current_memberships] == ["officer"]


def test_a_former_name_ends_where_the_new_one_begins(cast: Cast) -> None:
    rename(cast, cast.police_admin)
    names = cast.units["police_north"].names.filter(language="vi").order_by("valid_to")
    assert [(n.name, n.valid_from, n.valid_to) for n in names] == [
        ("Đơn vị police_north", None, date(2024, 6, 1)),
        ("Tên mới", date(2024, 6, 1), None),
    ]


def test_a_unit_is_renamed_again_and_again(cast: Cast) -> None:
    rename(cast, cast.police_admin)
    unit, day = cast.units["police_north"], date(2025, 3, 1)
    actions.rename_unit(unit=unit, language="vi", name="Tên mới hơn", on=day, by=cast.police_admin)
    assert unit.name(day, "vi") == "Tên mới hơn"
    assert unit.name(date(2025, 2, 28), "vi") == "Tên mới"


@pytest.mark.parametrize("day", [date(2024, 6, 1), date(2024, 5, 1)])
def test_a_new_name_begins_after_the_present_one(cast: Cast, day: date) -> None:
    rename(cast, cast.police_admin)
    with pytest.raises(Invalid) as refusal:
        actions.rename_unit(unit=cast.units["police_north"], language="vi", name="Khác", on=day, by=cast.police_admin)
    assert set(refusal.value.fields) == {"on"}
