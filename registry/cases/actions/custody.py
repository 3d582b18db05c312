"""Who holds a lot: each hand-over of the exhibit is an event, added and never changed."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Unit, User, today
from agencies.refusals import Invalid, NotPermitted
from agencies.roles import Permission
from registry.cases.actions.rules import checked, locked, touched
from registry.cases.models import CustodyEvent, SeizureLot
from registry.cases.persons import confirmed, require_no_person
from registry.reference.models import UnitOfMeasure


@transaction.atomic
def record_custody(
    *,
    lot: SeizureLot,
    by: User,
    to_unit: Unit,
    store: str,
    happened_on: date,
    seal: str = "",
    value: Decimal | None = None,
    measure: UnitOfMeasure | None = None,
    note: str = "",
    confirm: Collection[str] = (),
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> CustodyEvent:
    """Record who holds the lot from a day on: by the lead, or by the unit that held it until then.

    The weight or count is that of the hand-over; the lot keeps the one it was seized with. Exhibits go on after a
    case is closed.
    """
    case = locked(lot.case, expected_revision)
    lot = SeizureLot.objects.select_for_update(of=("self",)).select_related("unit").get(pk=lot.pk)
    last = lot.custody.order_by("-number").first()
    holder = last.to_unit_id if last is not None else None
    if not any(by.may(Permission.CASE_WRITE, pk) for pk in (case.leading_unit_id(), holder)):
        raise NotPermitted(_("The lead records custody, or the unit that holds the lot."))
    event = CustodyEvent(lot=lot, to_unit=to_unit, from_unit_id=holder, recorded_by=by, synthetic=case.synthetic)
    event.number = last.number + 1 if last is not None else 1
    event.happened_on, event.recorded_at = happened_on, at or timezone.now()
    event.store, event.seal, event.note = store.strip(), seal.strip(), note.strip()
    event.value, event.measure = value, measure
    _require_sound(event, last)
    require_no_person({"store": event.store, "seal": event.seal, "note": event.note}, confirm)
    event.save()
    touched(case, at)
    detail: dict[str, Any] = {"lot": str(lot.pk), "number": event.number, "to_unit": to_unit.code}
    record(action="case.record_custody", by=by, on=event, **detail, **confirmed(confirm))
    return event


def _require_sound(event: CustodyEvent, last: CustodyEvent | None) -> None:
    faults = {}
    earliest = last.happened_on if last is not None else event.lot.seized_on
    if not earliest <= event.happened_on <= today():
        faults["happened_on"] = _("Not before the seizure or the last event, and not on a day to come.")
    if not event.lot.case.participations.filter(unit=event.to_unit).exists():
        faults["to_unit"] = _("Exhibits are held by units that take part in the case.")
    if (event.value is None) != (event.measure is None):
        faults["measure"] = _("Say weight or count together with its unit, or neither.")
    elif event.value is not None and not (event.value.is_finite() and event.value > 0):
        faults["value"] = _("Weight or count is greater than zero.")
    elif event.measure and event.lot.unit and event.measure.dimension != event.lot.unit.dimension:
        faults["measure"] = _("Weigh or count it in the dimension of the lot.")
    if faults:
        raise Invalid(faults)
    checked(event)
