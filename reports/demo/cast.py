"""The people of the demo: one account per role and agency, and four more in each of their provincial units."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from agencies.actions import create_user
from agencies.models import Unit, User
from agencies.roles import Role

PASSWORD = "lien-nganh-demo-2024"  # noqa: S105 - exists in the demo only, which listens on loopback only
SINCE = date(2023, 1, 1)
LOCAL_ROLES = (Role.OFFICER, Role.RELEASER, Role.FOCAL_POINT, Role.ANALYST)


@dataclass(frozen=True, slots=True)
class Member:
    """An account of the demo: its user, and what it is in which unit."""

    user: User
    unit: Unit
    role: Role


class Cast:
    """Who plays. Users are read once, so that their roles are looked up once."""

    def __init__(self, members: list[Member]) -> None:
        self.members = members
        self.units = {m.unit.code: m.unit for m in members}
        self._users = {(m.unit.code, m.role): m.user for m in members}

    def user(self, unit: str, role: Role) -> User:
        """The account of a role in a unit."""
        return self._users[unit, role]

    def has(self, unit: str, role: Role) -> bool:
        """Whether the unit has somebody of the role."""
        return (unit, role) in self._users


def load_cast(script: Mapping[str, Any]) -> tuple[Cast, int]:
    """The accounts, and how many had to be created."""
    wanted = [_Account.of(entry, role, script) for entry in script["cast"] for role in _roles(entry)]
    codes = {account.unit for account in wanted}
    units = {u.code: u for u in Unit.objects.filter(code__in=codes).select_related("agency")}
    users = {u.username: u for u in User.objects.filter(username__in=[account.username for account in wanted])}
    missing = [account for account in wanted if account.username not in users]
    hashed = make_password(PASSWORD) if missing else ""
    for account in missing:
        users[account.username] = create_user(
            username=account.username,
            password=PASSWORD,
            password_hash=hashed,
            display_name=account.display_name,
            unit=units[account.unit],
            role=account.role,
            by=None,
            valid_from=SINCE,
            synthetic=True,
        )
    return Cast([Member(users[a.username], units[a.unit], a.role) for a in wanted]), len(missing)


@dataclass(frozen=True, slots=True)
class _Account:
    username: str
    display_name: str
    unit: str
    role: Role

    @classmethod
    def of(cls, entry: Mapping[str, Any], role: Role, script: Mapping[str, Any]) -> "_Account":
        """`bg.nghean.head`: an account name says the unit and the role."""
        short, title = script["role_titles"][role]
        return cls(f"{entry['account']}.{short}", f"{title} · {entry['label']}", entry["unit"], role)


def _roles(entry: Mapping[str, Any]) -> tuple[Role, ...]:
    return tuple(Role) if entry.get("central") else LOCAL_ROLES
