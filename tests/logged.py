"""What the audit log tells in tests."""

from agencies.audit.models import AuditEvent


def last(action: str) -> AuditEvent:
    """The latest event of the action."""
    return AuditEvent.objects.filter(action=action).latest("pk")
