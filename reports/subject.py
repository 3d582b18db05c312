"""What the audit log speaks of when somebody reads or builds the report of a period."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(slots=True)
class PeriodReport:
    """The report of a period, as far as the audit log needs to know one. It is built anew for every reader."""

    pk: str

    def audit_reference(self) -> str:
        """The period."""
        return self.pk

    def audit_owner(self) -> UUID | None:
        """It belongs to all."""
        return None


@dataclass(slots=True)
class ReconciliationRead:
    """The reconciliation of a period or of a series, as one reader is shown it, and the records it shows."""

    pk: str
    shown: list[str] = field(default_factory=list)

    def audit_reference(self) -> str:
        """The period and the series."""
        return self.pk

    def audit_owner(self) -> UUID | None:
        """It belongs to all."""
        return None

    def audit_subjects(self) -> list[str]:
        """Statements and cases that it shows."""
        return self.shown
