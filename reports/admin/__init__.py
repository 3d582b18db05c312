"""Statements and reports in the admin."""

from reports.admin.reports import ReportAdmin
from reports.admin.statements import StatementAdmin

__all__ = ["ReportAdmin", "StatementAdmin"]
