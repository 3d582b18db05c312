"""Joint cases."""

from registry.cases.models.case import CaseRegister, JointCase, Participation
from registry.cases.models.yields import CaseItem, SeizureLot

__all__ = ["CaseItem", "CaseRegister", "JointCase", "Participation", "SeizureLot"]
