"""Statements and reports over HTTP."""

from reports.api.reports import PeriodReportViewSet
from reports.api.scorecards import ScorecardViewSet
from reports.api.statements import StatementViewSet

__all__ = ["PeriodReportViewSet", "ScorecardViewSet", "StatementViewSet"]
