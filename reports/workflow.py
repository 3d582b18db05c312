"""How a statement becomes an agency's word, and how a report gets built. Read the tables."""

from django.utils.translation import gettext_lazy as _

from agencies.roles import Permission
from registry.workflow import Move
from reports.terms import ReportStatus, StatementStatus

MOVES: dict[tuple[str, str], Move] = {
    (StatementStatus.DRAFT, "confirm"): Move(
        StatementStatus.CONFIRMED, Permission.STATEMENT_CONFIRM, label=_("Confirm")
    ),
}

_R = ReportStatus

REPORT_MOVES: dict[tuple[str, str], Move] = {
    (_R.QUEUED, "start"): Move(_R.RUNNING, Permission.REPORT_READ, label=_("Start building")),
    (_R.RUNNING, "finish"): Move(_R.COMPLETE, Permission.REPORT_READ, label=_("Finish")),
    (_R.QUEUED, "fail"): Move(_R.FAILED, Permission.REPORT_READ, label=_("Give up")),
    (_R.RUNNING, "fail"): Move(_R.FAILED, Permission.REPORT_READ, label=_("Give up")),
}
"""Made by the job worker in the name of whoever asked. A build that died is started again, not moved back."""
