"""How a reorganisation moves. Read MOVES."""

from django.utils.translation import gettext_lazy as _

from agencies.roles import Permission
from registry.reorganisations.terms import Status
from registry.workflow import Move

MOVES: dict[tuple[str, str], Move] = {
    (Status.DRAFT, "apply"): Move(Status.APPLIED, Permission.UNIT_MANAGE, label=_("Apply")),
    (Status.APPLIED, "undo"): Move(Status.UNDONE, Permission.UNIT_MANAGE, reason=True, label=_("Undo")),
}
"""A planned one is edited until it is applied; an undone one stays as it was, to be read."""
