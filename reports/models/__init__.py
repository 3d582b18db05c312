"""What agencies state for a period, texts of reports, and reports people ask for. All else reports only read."""

from reports.models.claims import Claim, Explanation, Reconciliation
from reports.models.narrative import NarrativeText, NarrativeVersion
from reports.models.report import Report
from reports.models.statement import Statement, StatementEditor, StatementFigure

__all__ = [
    "Claim",
    "Explanation",
    "NarrativeText",
    "NarrativeVersion",
    "Reconciliation",
    "Report",
    "Statement",
    "StatementEditor",
    "StatementFigure",
]
