"""How a joint case is closed and reopened. Read MOVES."""

from django.utils.translation import gettext_lazy as _

from agencies.roles import Permission
from registry.cases.terms import CaseStatus
from registry.workflow import Move

MOVES: dict[tuple[str, str], Move] = {
    (CaseStatus.OPEN, "close"): Move(CaseStatus.CLOSED, Permission.CASE_WRITE, reason=True, label=_("Close the case")),
    (CaseStatus.CLOSED, "reopen"): Move(
        CaseStatus.OPEN, Permission.CASE_WRITE, reason=True, label=_("Reopen the case")
    ),
}
