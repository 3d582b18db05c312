"""Write to the audit log. Called inside the transaction of the write it speaks of."""

from typing import Any, Protocol
from uuid import UUID

from agencies.audit.context import current
from agencies.audit.models import AuditEvent, Outcome


class Actor(Protocol):
    """Whoever acts, as far as the log needs to know."""

    def audit_identity(self) -> dict[str, Any]:
        """Values for actor_id, actor, actor_unit_id, actor_unit, role and api_key."""


class Auditable(Protocol):
    """A record that can be spoken of in the log."""

    pk: Any

    def audit_reference(self) -> str:
        """What people call the record: a reference number or a code, never content."""

    def audit_owner(self) -> UUID | None:
        """The unit that owns the record, or None when it belongs to all."""


OPERATOR = {"actor": "operator", "role": "operator"}


def record(
    *,
    action: str,
    by: Actor | None,
    on: Auditable,
    purpose: str = "",
    outcome: Outcome = Outcome.DONE,
    **detail: Any,
) -> AuditEvent:
    """Append one event. `by=None` is the operator of the installation (commands, seeding)."""
    identity = by.audit_identity() if by is not None else OPERATOR
    return AuditEvent.objects.create(
        **identity,
        request_id=current().request_id,
        action=action,
        object_type=type(on).__name__,
        object_id=str(on.pk),
        object_ref=on.audit_reference(),
        owner_unit_id=on.audit_owner(),
        purpose=purpose,
        outcome=outcome,
        detail=detail,
    )


def disclose(
    *, by: Actor, kind: str, on: Auditable | None = None, ids: list[str] | None = None, purpose: str = ""
) -> None:
    """Append that content was read: one record (`on`), or a page of them (`ids`, in the order shown).

    Called before the first byte of the answer. An empty page discloses nothing and is not written.
    """
    if on is not None:
        record(action="read", by=by, on=on, purpose=purpose)
    elif ids:
        AuditEvent.objects.create(
            **by.audit_identity(),
            request_id=current().request_id,
            action="list",
            object_type=kind,
            object_id="",
            purpose=purpose,
            detail={"ids": ids},
        )
