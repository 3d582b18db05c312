"""Statements, reconciliations and reports over HTTP."""

from reports.api.reconciliations import ReconciliationViewSet
from reports.api.reports import PeriodReportViewSet
from reports.api.statements import StatementViewSet

__all__ = ["PeriodReportViewSet", "ReconciliationViewSet", "StatementViewSet"]
