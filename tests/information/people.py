"""A person of any role in any unit, for tests that go through all of them."""

from agencies.actions import create_user
from agencies.models import User
from agencies.roles import Role
from tests.cast import LONG_AGO, Cast

ROLES = ("officer", "releaser", "focal_point", "analyst", "secretariat", "auditor", "agency_admin", "system")


def somebody(cast: Cast, *, role: str, unit: str) -> User:
    """Somebody new who is only this."""
    made = create_user(
        username=f"new_{role}_{unit}",
        password=None,
        unit=cast.units[unit],
        role=Role(role),
        by=None,
        valid_from=LONG_AGO,
        synthetic=True,
    )
    return User.objects.get(pk=made.pk)
