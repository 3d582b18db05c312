"""How a conference goes from plan to approved minutes, and how an action item ends. Read the tables."""

from django.utils.translation import gettext_lazy as _

from agencies.roles import Permission
from registry.conferences.terms import ActionStatus, ConferenceStatus
from registry.workflow import Move

_S = ConferenceStatus
_WRITE = Permission.CONFERENCE_WRITE

MOVES: dict[tuple[str, str], Move] = {
    (_S.PLANNED, "convene"): Move(_S.CONVENED, _WRITE, label=_("Record as held")),
    (_S.CONVENED, "minute"): Move(_S.MINUTED, _WRITE, label=_("Minutes are complete")),
    (_S.MINUTED, "approve"): Move(_S.APPROVED, _WRITE, label=_("Approve the minutes")),
}

ACTION_MOVES: dict[tuple[str, str], Move] = {
    (ActionStatus.OPEN, "close"): Move(ActionStatus.DONE, _WRITE, reason=True, label=_("Done: give the evidence")),
    (ActionStatus.OPEN, "drop"): Move(ActionStatus.DROPPED, _WRITE, reason=True, label=_("Drop")),
}
