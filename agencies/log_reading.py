"""What a reader of the audit log is shown of an event.

Of one's own units everything; of others the unit, the role and the time: their people and what else they read are
their own affair. An event without a unit is the operator's, and shown.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from agencies.audit.models import DISCLOSURES, AuditEvent


def knows_person(event: AuditEvent, units: frozenset[UUID]) -> bool:
    """Whether a reader of these units' log learns who it was."""
    return event.actor_unit_id is None or event.actor_unit_id in units


def as_shown(events: Iterable[AuditEvent], units: frozenset[UUID]) -> list[AuditEvent]:
    """The events with what is not the reader's blanked. They are never saved: the log refuses it."""
    shown = list(events)
    for event in shown:
        if not knows_person(event, units):
            event.actor = event.api_key = ""
            event.detail, event.subjects = {}, []
            if event.action in DISCLOSURES:
                event.purpose = ""
    return shown


def done_by(events: QuerySet[AuditEvent], person: str, units: frozenset[UUID]) -> QuerySet[AuditEvent]:
    """Events of a named person, of those whose person the reader learns."""
    return events.filter(Q(actor_unit_id__in=units) | Q(actor_unit_id__isnull=True), actor=person)
