"""Joint cases."""

from registry.cases.models.case import CaseRegister, JointCase, Participation
from registry.cases.models.comparisons import LotComparison
from registry.cases.models.conversions import ConversionFactor
from registry.cases.models.custody import CustodyEvent
from registry.cases.models.divisions import LotDivision
from registry.cases.models.entries import CaseEntry
from registry.cases.models.handovers import HandOver
from registry.cases.models.reweighings import LotReweighing
from registry.cases.models.task_forces import TaskForce, TaskForceMember
from registry.cases.models.yields import CaseItem, SeizureLot

__all__ = [
    "CaseEntry",
    "CaseItem",
    "CaseRegister",
    "ConversionFactor",
    "CustodyEvent",
    "HandOver",
    "JointCase",
    "LotComparison",
    "LotDivision",
    "LotReweighing",
    "Participation",
    "SeizureLot",
    "TaskForce",
    "TaskForceMember",
]
