"""What agencies state for a period, and the reports people ask for. Everything else reports only read."""

from reports.models.claims import Claim, Explanation, Reconciliation
from reports.models.report import Report
from reports.models.statement import Statement, StatementEditor, StatementFigure

__all__ = ["Claim", "Explanation", "Reconciliation", "Report", "Statement", "StatementEditor", "StatementFigure"]
