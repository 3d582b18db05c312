"""Who has read an item: what its originator may know. The audit log answers; asking is written to it as well."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from agencies.audit.log import record
from agencies.audit.models import AuditEvent
from agencies.audit.purpose import Occasion
from agencies.models import Unit, User
from agencies.refusals import NotPermitted
from agencies.roles import Permission
from registry.information.models import InformationItem
from registry.information.terms import Tlp

TAKEN_OUT = ("download", "export", "print", "report.download")
"""Readings that leave a file in the reader's hands: of the item, of a file of it, of a report that quotes it."""


class How(StrEnum):
    """How content left the registry."""

    DETAIL = "detail"
    LIST = "list"
    RELATED = "related"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading. `person` is a username of the reader's own agency; of other agencies it is empty."""

    at: datetime
    how: str
    agency: str
    unit: str
    role: str
    person: str


def agencies_of(user: User) -> frozenset[UUID]:
    """The agencies in which the user holds a role now."""
    return frozenset(m.unit.agency_id for m in user.current_memberships)


def occasion_of(item: InformationItem, reader: User) -> Occasion | None:
    """The content of another agency's TLP:RED is not read without saying why."""
    marked = item.current is not None and item.current.tlp == Tlp.RED
    return Occasion.RESTRICTED if marked and item.unit.agency_id not in agencies_of(reader) else None


def require_originator(item: InformationItem, by: User) -> None:
    """Those who read the item as their unit's own; recipients do not learn of each other."""
    if not by.may(Permission.ITEM_READ_OWN, item.unit_id):
        raise NotPermitted


def readings_of(item: InformationItem) -> QuerySet[AuditEvent]:
    """Events by which the item was disclosed, newest first. Who may see them: require_originator."""
    return AuditEvent.objects.disclosing(str(item.pk)).order_by("-id")


def shown_readings(*, item: InformationItem, events: list[AuditEvent], by: User) -> list[Reading]:
    """A page of readings as their originator may see them. That this was asked is written down first."""
    require_originator(item, by)
    record(action="item.readers", by=by, on=item, readings=len(events))
    found = Unit.objects.filter(pk__in={e.actor_unit_id for e in events if e.actor_unit_id})
    units = {unit.pk: unit for unit in found.select_related("agency")}
    mine = agencies_of(by)
    return [_reading(event, units.get(event.actor_unit_id or item.pk), str(item.pk), mine) for event in events]


def _reading(event: AuditEvent, unit: Unit | None, item_id: str, mine: frozenset[UUID]) -> Reading:
    if event.action in TAKEN_OUT:
        how = How.FILE
    elif event.action == "list":
        how = How.LIST
    else:
        how = How.DETAIL if event.object_id == item_id else How.RELATED
    known = unit is None or unit.agency_id in mine
    return Reading(
        at=event.at,
        how=how,
        agency=unit.agency.code if unit else "",
        unit=event.actor_unit,
        role=event.role,
        person=event.actor if known else "",
    )
