"""Statements, reconciliations and reports over HTTP."""

from reports.api.reconciliations import ReconciliationViewSet
from reports.api.reports import PeriodReportViewSet
from reports.api.scorecards import ScorecardViewSet
from reports.api.sheets import PARSERS, StatementSheetViewSet
from reports.api.statements import StatementViewSet
from reports.api.texts import NarrativeViewSet

__all__ = [
    "PARSERS",
    "NarrativeViewSet",
    "PeriodReportViewSet",
    "ReconciliationViewSet",
    "ScorecardViewSet",
    "StatementSheetViewSet",
    "StatementViewSet",
]
