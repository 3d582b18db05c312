"""Joint cases."""

from registry.cases.models.case import CaseRegister, JointCase, Participation
from registry.cases.models.entries import CaseEntry
from registry.cases.models.handovers import HandOver
from registry.cases.models.task_forces import TaskForce, TaskForceMember
from registry.cases.models.yields import CaseItem, SeizureLot

__all__ = [
    "CaseEntry",
    "CaseItem",
    "CaseRegister",
    "HandOver",
    "JointCase",
    "Participation",
    "SeizureLot",
    "TaskForce",
    "TaskForceMember",
]
