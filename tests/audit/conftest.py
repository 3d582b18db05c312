"""Shared by the tests of the audit log."""

import pytest

from agencies.audit.models import AuditEvent


class Log:
    """Events that came after the test began to look."""

    def __init__(self) -> None:
        self.mark()

    def mark(self) -> None:
        """Look from here on."""
        self.after = AuditEvent.objects.latest("pk").pk

    def events(self, **filters: object) -> list[AuditEvent]:
        """In the order written."""
        return list(AuditEvent.objects.filter(pk__gt=self.after, **filters).order_by("pk"))

    def told(self) -> list[tuple[str, str]]:
        """(action, actor) of each."""
        return [(event.action, event.actor) for event in self.events()]

    def actions(self) -> list[str]:
        """What was done."""
        return [event.action for event in self.events()]


@pytest.fixture
def log(cast: object) -> Log:
    """What happens from now on."""
    return Log()
