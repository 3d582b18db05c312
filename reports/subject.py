"""What the audit log speaks of when somebody reads or builds the report of a period."""

from dataclasses import dataclass
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
