"""Statements, reconciliations and reports over HTTP."""

from reports.api.builds import ReportBuildViewSet
from reports.api.conference_papers import ConferencePaperViewSet
from reports.api.papers import RegisteredPaperViewSet
from reports.api.reconciliations import ReconciliationViewSet
from reports.api.reports import PeriodReportViewSet
from reports.api.scorecards import ScorecardViewSet
from reports.api.sealed import SealedReportViewSet
from reports.api.sheets import PARSERS, StatementSheetViewSet
from reports.api.statements import StatementViewSet
from reports.api.texts import NarrativeViewSet

__all__ = [
    "PARSERS",
    "ConferencePaperViewSet",
    "NarrativeViewSet",
    "PeriodReportViewSet",
    "ReconciliationViewSet",
    "RegisteredPaperViewSet",
    "ReportBuildViewSet",
    "ScorecardViewSet",
    "SealedReportViewSet",
    "StatementSheetViewSet",
    "StatementViewSet",
]
