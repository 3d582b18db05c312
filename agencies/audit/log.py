"""Write to the audit log. Called inside the transaction of the write it speaks of."""

from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(slots=True)
class Attempt:
    """What somebody tried to act on, as far as the address names it: there may be no such record."""

    audit_kind: str
    pk: str
    reference: str = ""

    def audit_reference(self) -> str:
        """As the address names it."""
        return self.reference

    def audit_owner(self) -> UUID | None:
        """Not known."""
        return None


OPERATOR = {"actor": "operator", "role": "operator"}


def record(
    *,
    action: str,
    by: Actor | None,
    on: Auditable,
    purpose: str = "",
    outcome: Outcome = Outcome.DONE,
    also: Iterable[str] = (),
    **detail: Any,
) -> AuditEvent:
    """Append one event. `by=None` is the operator of the installation (commands, seeding).

    `also` are ids of other records that the event discloses, besides those the record itself names.
    """
    identity = by.audit_identity() if by is not None else OPERATOR
    object_id, *shown = subjects_of(on)
    return AuditEvent.objects.create(
        **identity,
        request_id=current().request_id,
        action=action,
        object_type=getattr(on, "audit_kind", type(on).__name__),
        object_id=object_id,
        object_ref=on.audit_reference()[:200],
        owner_unit_id=on.audit_owner(),
        purpose=purpose,
        outcome=outcome,
        subjects=[pk for pk in dict.fromkeys([*shown, *also]) if pk != object_id],
        detail=detail,
    )


def record_denial(*, action: str, by: Actor, on: Auditable, code: str) -> None:
    """Append that somebody tried what is not theirs. Called when the attempt has been rolled back."""
    record(action=action[:64], by=by, on=on, outcome=Outcome.DENIED, code=code)


def subjects_of(on: Any) -> list[str]:
    """The ids under which a record is asked for in the log: its own, and those of records whose content it shows."""
    own = str(getattr(on, "public_id", on.pk))
    also = getattr(on, "audit_subjects", None)
    return [own, *also()] if also is not None else [own]


def disclose(
    *,
    by: Actor,
    kind: str,
    on: Auditable | None = None,
    ids: Iterable[str] = (),
    purpose: str = "",
    **detail: Any,
) -> None:
    """Append that content was read: one record (`on`), or a page of them (`ids`, in the order shown).

    Called before the first byte of the answer. An empty page discloses nothing and is not written.
    """
    if on is not None:
        record(action="read", by=by, on=on, purpose=purpose, also=ids, **detail)
    elif shown := list(dict.fromkeys(ids)):
        AuditEvent.objects.create(
            **by.audit_identity(),
            request_id=current().request_id,
            action="list",
            object_type=kind,
            object_id="",
            purpose=purpose,
            subjects=shown,
            detail=detail,
        )
