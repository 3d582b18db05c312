"""Statements, reconciliations and reports in the admin."""

from reports.admin.reconciliations import ReconciliationAdmin
from reports.admin.reports import ReportAdmin
from reports.admin.statements import StatementAdmin

__all__ = ["ReconciliationAdmin", "ReportAdmin", "StatementAdmin"]
