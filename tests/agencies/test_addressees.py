"""Whom to address in a unit, and where."""

from datetime import date

import pytest

from agencies.actions import end_role, grant_role, set_active, set_email
from agencies.addressees import people_with
from agencies.audit.models import AuditEvent
from agencies.models import User
from agencies.refusals import Invalid, NotPermitted
from agencies.roles import Permission, Role
from tests.cast import Cast


def names(cast: Cast, permission: Permission, unit: str) -> list[str]:
    return [user.username for user in people_with(permission, cast.units[unit])]


def test_people_of_the_very_unit_are_addressed_and_no_machines(cast: Cast) -> None:
    assert names(cast, Permission.DELIVERY_HANDLE, "customs") == ["customs_focal_point"]
    assert names(cast, Permission.ITEM_RELEASE, "police") == ["police_head", "police_officer_and_head"]
    assert names(cast, Permission.ITEM_RELEASE, "police_north") == ["north_head"]
    assert names(cast, Permission.ITEM_READ_OWN, "customs_north") == [
        "customs_north_focal_point",
        "customs_north_officer",
    ]
    assert names(cast, Permission.ITEM_RELEASE, "coast_north") == []


def test_who_was_shut_out_or_whose_role_ended_is_not_addressed(cast: Cast) -> None:
    set_active(user=cast.police_head, active=False, by=None)
    assert names(cast, Permission.ITEM_RELEASE, "police") == ["police_officer_and_head"]
    end_role(membership=cast.north_head.memberships.get(), by=None)
    assert names(cast, Permission.ITEM_RELEASE, "police_north") == []


def test_a_role_that_begins_later_is_not_addressed_yet(cast: Cast) -> None:
    coast = cast.units["coast_north"]
    grant_role(user=cast.coast_head, unit=coast, role=Role.RELEASER, by=None, valid_from=date(2999, 1, 1))
    assert names(cast, Permission.ITEM_RELEASE, "coast_north") == []


def test_two_roles_are_one_person(cast: Cast) -> None:
    assert names(cast, Permission.DIRECTORY_READ, "police").count("police_officer_and_head") == 1


def test_an_address_is_written_by_oneself_or_who_manages_people(cast: Cast) -> None:
    officer = cast.customs_officer
    for by in (officer, cast.customs_admin, None):
        assert set_email(user=officer, email=" a@example.org ", by=by).email == "a@example.org"
    for by in (cast.customs_head, cast.police_admin, cast.operator):
        with pytest.raises(NotPermitted):
            set_email(user=officer, email="b@example.org", by=by)
    assert User.objects.get(pk=officer.pk).email == "a@example.org"
    assert "a@example.org" not in str(list(AuditEvent.objects.filter(action="user.set_email").values()))


def test_an_address_that_is_none_is_refused_and_an_empty_one_is_not(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        set_email(user=cast.customs_officer, email="nowhere", by=None)
    assert set(refusal.value.fields) == {"email"}
    assert set_email(user=cast.customs_officer, email="", by=None).email == ""
