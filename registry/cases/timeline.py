"""The timeline of a case: what the record itself tells, and what those who take part wrote, in the order of days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from registry.cases.models import CaseItem, HandOver, JointCase, Participation, SeizureLot
from registry.cases.terms import CaseRole


class Event(StrEnum):
    """What kind of line it is."""

    OPENED = "opened"
    JOINED = "joined"
    LEFT = "left"
    CONFIRMED = "confirmed"
    HANDED_OVER = "handed_over"
    RECEIVED = "received"
    SEIZED = "seized"
    REWEIGHED = "reweighed"
    LINKED = "linked"
    ENTRY = "entry"
    TASK_FORCE = "task_force"
    CLOSED = "closed"


ORDER = list(Event)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the day, what it is, in words, whose it is (a unit's code; empty where it is the case's own)."""

    on: date
    event: Event
    text: str
    unit: str = ""
    at: datetime | None = None
    """When it was recorded, where that is known to the minute."""


def timeline(case: JointCase, items: list[CaseItem]) -> list[Line]:
    """Every line, oldest first; lines of a day in the order of a case's life. `items` are those the reader may see."""
    lines = [Line(case.opened_on, Event.OPENED, _("The case was opened: %s.") % case.title, case.unit.code)]
    for row in case.participations.select_related("unit"):
        lines += _of_participation(row)
    for made in case.hand_overs.select_related("from_unit", "to_unit"):
        lines += _of_hand_over(made)
    for lot in case.lots.select_related("substance").prefetch_related("reweighings"):
        lines += _of_lot(lot)
    lines += [
        Line(timezone.localdate(link.linked_at), Event.LINKED, str(link.item), link.unit.code, link.linked_at)
        for link in items
    ]
    lines += [
        Line(entry.happened_on, Event.ENTRY, entry.text, entry.unit.code, entry.created_at)
        for entry in case.entries.select_related("unit")
    ]
    for force in case.task_forces.all():
        text = _("Task force “%(name)s” until %(end)s.") % {
            "name": force.name,
            "end": date_format(force.valid_to, "SHORT_DATE_FORMAT"),
        }
        lines.append(Line(force.valid_from, Event.TASK_FORCE, text, "", force.made_at))
    if case.closed_on is not None:
        lines.append(Line(case.closed_on, Event.CLOSED, _("The case was closed: %s") % case.result))
    return sorted(lines, key=lambda line: (line.on, ORDER.index(line.event), line.unit, line.text))


def _of_participation(row: Participation) -> Iterator[Line]:
    role, code = row.get_role_display(), row.unit.code
    if row.valid_from is not None:
        yield Line(
            row.valid_from, Event.JOINED, _("%(unit)s takes part: %(role)s.") % {"unit": code, "role": role}, code
        )
    if row.confirmed_at is not None and row.role != CaseRole.LEAD:
        day = timezone.localdate(row.confirmed_at)
        yield Line(day, Event.CONFIRMED, _("%s confirmed that it takes part.") % code, code, row.confirmed_at)
    if row.valid_to is not None:
        text = _("%(unit)s ends its part: %(role)s.") % {"unit": code, "role": role}
        yield Line(row.valid_to, Event.LEFT, text, code)


def _of_hand_over(made: HandOver) -> Iterator[Line]:
    units = {"from": made.from_unit.code, "to": made.to_unit.code}
    text = _("The lead goes from %(from)s to %(to)s.") % units
    yield Line(made.handed_on, Event.HANDED_OVER, f"{text} {made.what}".strip(), made.from_unit.code, made.made_at)
    if made.received_at is not None:
        said = f"{_('%s confirmed the receipt.') % made.to_unit.code} {made.receipt_note}".strip()
        yield Line(timezone.localdate(made.received_at), Event.RECEIVED, said, made.to_unit.code, made.received_at)


def _of_lot(lot: SeizureLot) -> Iterator[Line]:
    """The seizure as it was recorded first, then each new quantity with what it took the place of."""
    substance, held = lot.substance.name(), list(lot.reweighings.all())
    texts = [*(former.former_text for former in held), lot.raw_text]
    yield Line(lot.seized_on, Event.SEIZED, f"{substance}: {texts[0]}", "", lot.created_at)
    for former, text in zip(held, texts[1:], strict=True):
        said = _("%(substance)s weighed anew: %(text)s instead of %(former)s. %(reason)s") % {
            "substance": substance, "text": text, "former": former.former_text, "reason": former.reason,
        }  # fmt: skip
        yield Line(timezone.localdate(former.decided_at), Event.REWEIGHED, said, "", former.decided_at)
