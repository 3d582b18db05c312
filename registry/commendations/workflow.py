"""How a nomination ends. Read MOVES."""

from django.utils.translation import gettext_lazy as _

from agencies.roles import Permission
from registry.commendations.terms import CommendationStatus
from registry.workflow import Move

_S = CommendationStatus

MOVES: dict[tuple[str, str], Move] = {
    (_S.NOMINATED, "award"): Move(_S.AWARDED, Permission.COMMENDATION_DECIDE, label=_("Record the award")),
    (_S.NOMINATED, "decline"): Move(
        _S.DECLINED, Permission.COMMENDATION_DECIDE, reason=True, label=_("Record that it was declined")
    ),
    (_S.NOMINATED, "withdraw"): Move(
        _S.WITHDRAWN, Permission.COMMENDATION_WRITE, reason=True, label=_("Withdraw the nomination")
    ),
}
"""What was decided stays. The decision is that of the awarding authority; the nominating unit records it."""
