"""How a statement becomes an agency's word, and how a report gets built. Read the tables."""

from django.utils.translation import gettext_lazy as _

from agencies.roles import Permission
from registry.workflow import Move
from reports.terms import ReportStatus, SealStatus, StatementStatus

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

_S = SealStatus

SEAL_MOVES: dict[tuple[str, str], Move] = {
    (_S.QUEUED, "start"): Move(_S.BUILDING, Permission.REPORT_PREPARE, label=_("Start building")),
    (_S.BUILDING, "finish"): Move(_S.PREPARED, Permission.REPORT_PREPARE, label=_("Finish")),
    (_S.QUEUED, "fail"): Move(_S.FAILED, Permission.REPORT_PREPARE, label=_("Give up")),
    (_S.BUILDING, "fail"): Move(_S.FAILED, Permission.REPORT_PREPARE, label=_("Give up")),
    (_S.PREPARED, "seal"): Move(_S.SEALED, Permission.REPORT_SEAL, label=_("Seal")),
    (_S.PREPARED, "withdraw"): Move(_S.WITHDRAWN, Permission.REPORT_PREPARE, reason=True, label=_("Withdraw")),
}
"""Built by the job worker; sealed by a head of the issuing unit, never by whoever prepared it. A head may also
withdraw it."""
