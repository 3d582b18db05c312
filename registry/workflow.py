"""A workflow is a table from (status, action) to a Move. Read the tables; this only enforces them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.refusals import Conflict, Invalid
from agencies.roles import Permission


class TransitionError(Conflict):
    """The table has no such move from the record's status."""

    code = "wrong_status"


@dataclass(frozen=True, slots=True)
class Move:
    """Where a move leads, who may make it, and whether it needs a reason."""

    to: str
    permission: Permission
    reason: bool = False
    label: str | Promise = ""


S = TypeVar("S", bound=StrEnum)
Table = Mapping[tuple[str, str], Move]


def step(table: Table, *, status: str, action: str, reason: str = "") -> Move:
    """The move, or TransitionError (wrong status) or Invalid (reason missing)."""
    move = table.get((status, action))
    if move is None:
        allowed = ", ".join(a for s, a in table if s == status) or "-"
        raise TransitionError(
            _("“%(action)s” is not possible while the record is “%(status)s”. Possible now: %(allowed)s.")
            % {"action": action, "status": status, "allowed": allowed}
        )
    if move.reason and not reason.strip():
        raise Invalid({"reason": _("Give a reason: it is shown to those concerned and kept.")}, code="required")
    return move


def permission_for(table: Table, action: str) -> Permission:
    """The permission an action needs, whatever the status: whether it is theirs is said before whether it is time."""
    return next(move.permission for (_at, name), move in table.items() if name == action)


def actions_from(table: Table, status: str) -> list[tuple[str, Move]]:
    """The moves that leave a status, in the table's order."""
    return [(action, move) for (at, action), move in table.items() if at == status]


def pairs(table: Table) -> list[tuple[str, str]]:
    """The (from, to) pairs of a table: what the database's trigger lets pass."""
    return sorted({(str(at), str(move.to)) for (at, _action), move in table.items()})
