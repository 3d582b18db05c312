"""Statements, reconciliations and reports in the admin."""

from reports.admin.reconciliations import ReconciliationAdmin
from reports.admin.reports import ReportAdmin
from reports.admin.statements import StatementAdmin
from reports.admin.texts import NarrativeTextAdmin

__all__ = ["NarrativeTextAdmin", "ReconciliationAdmin", "ReportAdmin", "StatementAdmin"]
