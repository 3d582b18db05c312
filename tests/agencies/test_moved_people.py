"""Whoever has moved to another agency is no longer in the hands of the administrators of the one they left."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agencies.actions import create_user, end_role, grant_role, set_active, set_email
from agencies.models import User, today
from agencies.refusals import NotPermitted
from agencies.roles import Role
from tests.cast import Cast

Desk = Callable[[str | None], Client]


@pytest.fixture
def moved(cast: Cast) -> User:
    """An officer of central police until yesterday, of customs since."""
    start = today() - timedelta(days=30)
    who = create_user(
        username="moved", password=None, unit=cast.units["police"], role=Role.OFFICER, by=None, valid_from=start
    )
    end_role(membership=who.memberships.get(), by=None, on=today() - timedelta(days=1))
    grant_role(user=who, unit=cast.units["customs"], role=Role.OFFICER, by=None)
    return who


def test_the_former_administrator_neither_shuts_the_account_nor_redirects_its_mail(cast: Cast, moved: User) -> None:
    for write in (
        lambda by: set_active(user=moved, active=False, by=by),
        lambda by: set_email(user=moved, email="elsewhere@example.org", by=by),
    ):
        with pytest.raises(NotPermitted):
            write(cast.police_admin)
        write(cast.customs_admin)


def test_the_page_offers_it_to_the_present_administrator_alone(cast: Cast, desk: Desk, moved: User) -> None:
    address = reverse("admin:agencies_user_move", args=[moved.pk, "deactivate"])
    for name in ("police_admin", "customs_admin"):
        page = desk(name).get(reverse("admin:agencies_user_change", args=[moved.pk])).content.decode()
        assert (address in page) is (name == "customs_admin"), name


def test_somebody_without_a_role_stays_with_whoever_had_them_last(cast: Cast, moved: User) -> None:
    end_role(membership=moved.memberships.get(unit=cast.units["customs"]), by=None)
    for by in (cast.police_admin, cast.customs_admin):
        assert set_active(user=moved, active=False, by=by).is_active is False
