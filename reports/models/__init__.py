"""What agencies state for a period, reports people ask for, papers that were given a number. The rest only reads."""

from reports.models.claims import Claim, Explanation, Reconciliation
from reports.models.issued import ConferencePapers, IssuedPaper, PaperFile
from reports.models.papers import PaperRegister, RegisteredPaper
from reports.models.report import Report
from reports.models.sealed import FILES, SealedFile, SealedReport
from reports.models.statement import Statement, StatementEditor, StatementFigure

__all__ = [
    "FILES",
    "Claim",
    "ConferencePapers",
    "Explanation",
    "IssuedPaper",
    "PaperFile",
    "PaperRegister",
    "Reconciliation",
    "RegisteredPaper",
    "Report",
    "SealedFile",
    "SealedReport",
    "Statement",
    "StatementEditor",
    "StatementFigure",
]
