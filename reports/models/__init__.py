"""What agencies state for a period, texts and reports of periods, papers with a number. All else is only read."""

from reports.models.claims import Claim, Explanation, Reconciliation
from reports.models.issued import ConferencePapers, IssuedPaper, PaperFile
from reports.models.narrative import NarrativeText, NarrativeVersion
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
    "NarrativeText",
    "NarrativeVersion",
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
