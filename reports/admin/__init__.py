"""Statements, reconciliations, reports and papers in the admin."""

from reports.admin.conference_papers import ConferencePapersAdmin
from reports.admin.papers import RegisteredPaperAdmin
from reports.admin.reconciliations import ReconciliationAdmin
from reports.admin.reports import ReportAdmin
from reports.admin.sealed import SealedReportAdmin
from reports.admin.statements import StatementAdmin
from reports.admin.texts import NarrativeTextAdmin

__all__ = [
    "ConferencePapersAdmin",
    "NarrativeTextAdmin",
    "ReconciliationAdmin",
    "RegisteredPaperAdmin",
    "ReportAdmin",
    "SealedReportAdmin",
    "StatementAdmin",
]
