"""Whom to address in a unit: the people who hold a permission there today."""

from django.db.models import QuerySet

from agencies.models import Membership, Unit, User, today
from agencies.roles import GRANTS, Permission, Role


def people_with(permission: Permission, unit: Unit) -> QuerySet[User]:
    """Active people who hold the permission today by a role in this very unit, in the order of their usernames.

    Those above the unit, whose permissions may reach it, are not addressed; nor are service accounts of systems.
    """
    roles = [role for role, granted in GRANTS.items() if permission in granted and role is not Role.SYSTEM]
    held = Membership.objects.as_of(today()).filter(unit=unit, role__in=roles)
    people: QuerySet[User] = User.objects.filter(is_active=True, pk__in=held.values("user_id"))
    return people.order_by("username")
