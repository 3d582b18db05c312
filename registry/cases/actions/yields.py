"""What a case yielded and what served it: seizure lots, items used."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Unit, User, today
from agencies.refusals import Conflict, Invalid, NotPermitted
from agencies.roles import Permission
from registry.cases.actions.rules import checked, for_writing, locked, require_open, touched
from registry.cases.lot_readings import OVER_TEN_TIMES, Measured, chosen, is_far_above
from registry.cases.models import CaseItem, JointCase, SeizureLot
from registry.cases.persons import confirmed, require_no_person
from registry.cases.terms import SEIZABLE, Kind
from registry.documents.terms import Comparator
from registry.information.models import Delivery, InformationItem
from registry.information.receipts import use_delivery
from registry.information.terms import DeliveryStatus, Status
from registry.information.uses import require_court_use, require_unexpired
from registry.reference.models import Substance, UnitOfMeasure

FINEST = Decimal("1E-6")
LIMIT = Decimal(10) ** 12
"""Quantities that are kept, in the unit they were entered in."""


@transaction.atomic
def add_lot(
    *,
    case: JointCase,
    by: User,
    substance: Substance,
    raw_text: str,
    seized_on: date,
    value: Decimal | None = None,
    unit: UnitOfMeasure | None = None,
    comparator: str = Comparator.EXACT,
    language: str | None = None,
    reading: int | None = None,
    confirm: Collection[str] = (),
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> SeizureLot:
    """Record what was seized. `raw_text` is kept as typed.

    With a `language` and no value the text is read, and `reading` (from 1) says which way where there are several.
    With neither the lot is not weighed yet. What somebody typed (so in a `language`) and is over ten times the
    agency's own maximum must be confirmed.
    """
    case = for_writing(case, by, expected_revision)
    lot = SeizureLot(case=case, substance=substance, raw_text=raw_text.strip(), seized_on=seized_on)
    lot.created_at, lot.synthetic = at or timezone.now(), case.synthetic
    measure_lot(lot, *amount_of(raw_text, value, unit, comparator, language, reading))
    if seized_on > today():
        raise Invalid({"seized_on": _("Nothing is seized on a day to come.")})
    checked(lot)
    require_no_person({"raw_text": lot.raw_text}, confirm)
    if language is not None:
        require_plausible(lot, by, confirm)
    lot.save()
    touched(case, at)
    record(action="case.add_lot", by=by, on=case, lot=str(lot.pk), substance=substance.code, **confirmed(confirm))
    return lot


@transaction.atomic
def weigh_lot(
    *,
    lot: SeizureLot,
    by: User,
    raw_text: str,
    value: Decimal | None = None,
    unit: UnitOfMeasure | None = None,
    comparator: str = Comparator.EXACT,
    language: str | None = None,
    reading: int | None = None,
    confirm: Collection[str] = (),
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> SeizureLot:
    """Give a lot that was not weighed yet its quantity, once: by value and unit, or by its text (see add_lot)."""
    case = for_writing(lot.case, by, expected_revision)
    lot = SeizureLot.objects.select_for_update().get(pk=lot.pk)
    if lot.weighed:
        raise Conflict(_("This lot has its quantity already."), code="already_weighed")
    lot.raw_text = raw_text.strip()
    measure_lot(lot, *amount_of(raw_text, value, unit, comparator, language, reading))
    if lot.value is None:
        raise Invalid({"value": _("Say the quantity.")}, code="required")
    checked(lot)
    require_no_person({"raw_text": lot.raw_text}, confirm)
    if language is not None:
        require_plausible(lot, by, confirm)
    lot.save()
    touched(case, at)
    record(action="case.weigh_lot", by=by, on=case, lot=str(lot.pk), **confirmed(confirm))
    return lot


def amount_of(
    raw_text: str,
    value: Decimal | None,
    unit: UnitOfMeasure | None,
    comparator: str,
    language: str | None,
    reading: int | None,
) -> tuple[Decimal | None, UnitOfMeasure | None, str]:
    """What was measured: as said in figures, or as the text reads; nothing where it was not weighed."""
    if value is not None or language is None:
        return value, unit, comparator
    found = chosen(raw_text, language, reading)
    return found.value, found.unit, found.comparator


def require_plausible(lot: SeizureLot, by: User, confirm: Collection[str]) -> None:
    """A misread decimal sign is a thousandfold: what is far above everything before is asked about."""
    if lot.value is None or lot.unit is None or OVER_TEN_TIMES in confirm:
        return
    amount = Measured(lot.value, lot.unit, lot.comparator)
    if is_far_above(by=by, case=lot.case, substance_id=lot.substance_id, measured=amount):
        text = _("This is over ten times the most your agency has recorded. If it is right, confirm “over_ten_times”.")
        raise Invalid({"raw_text": text}, code=OVER_TEN_TIMES)


def measure_lot(lot: SeizureLot, value: Decimal | None, unit: UnitOfMeasure | None, comparator: str) -> None:
    """Set quantity and unit, and the normalised value in the base unit of the unit's own dimension."""
    if unit is not None and unit.dimension not in SEIZABLE:
        raise Invalid({"unit": _("Quantities of drugs are not measured in this unit.")})
    if value is not None and unit is None:
        raise Invalid({"unit": _("Say in which unit the quantity is measured.")}, code="required")
    if value is not None and (not value.is_finite() or value <= 0):
        raise Invalid({"value": _("A quantity is greater than zero. Leave it empty when it is not weighed yet.")})
    lot.value, lot.unit, lot.comparator, lot.weighed = value, unit, comparator, value is not None
    lot.normalised_value = None
    if value is not None and unit is not None:
        if value >= LIMIT or value != value.quantize(FINEST):
            raise Invalid({"value": _("Write at most 12 digits before and 6 after the decimal sign.")})
        lot.normalised_value = (value * unit.factor).quantize(Decimal("1E-9"))


@transaction.atomic
def link_item(
    *,
    case: JointCase,
    by: User,
    delivery: Delivery | None = None,
    item: InformationItem | None = None,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> CaseItem:
    """Say that an item served the case: one delivered to a unit that takes part (`delivery`), or its own (`item`).

    The delivery becomes “used in a case”; the originator learns that, and not which case. The case keeps its
    revision: a link that others may not see must not show in what they see.
    """
    case = locked(case, expected_revision)
    if (delivery is None) == (item is None):
        raise Invalid({"delivery": _("Name either a delivery or an item of your own unit.")})
    used = delivery.item if delivery is not None else item
    unit = delivery.unit if delivery is not None else used.unit  # type: ignore[union-attr]
    _require_may_link(case, by, unit, used)  # type: ignore[arg-type]
    require_open(case)
    require_unexpired(item=used, holder=unit, at=at)  # type: ignore[arg-type]
    if case.kind == Kind.PROSECUTED_CASE:
        require_court_use(item=used, holder=unit, at=at)  # type: ignore[arg-type]
    link = CaseItem(case=case, item=used, delivery=delivery, unit=unit, linked_by=by, synthetic=case.synthetic)
    link.linked_at = at or timezone.now()
    if CaseItem.objects.filter(case=case, item=used, unit=unit).exists():
        raise Conflict(_("Your unit has linked this item to the case already."), code="already_linked")
    if delivery is not None and Delivery.objects.get(pk=delivery.pk).status != DeliveryStatus.USED:
        use_delivery(delivery=delivery, by=by, at=at)
    link.save()
    record(action="case.link_item", by=by, on=link, item=str(link.item_id))
    return link


def _require_may_link(case: JointCase, by: User, unit: Unit, item: InformationItem) -> None:
    """One writes cases for the unit, the unit takes part, and one sees the item, which stands released and locked."""
    takes_part = case.participations.filter(unit=unit).exists()
    if not (takes_part and by.may(Permission.CASE_WRITE, unit.pk)):
        raise NotPermitted(_("Only a unit that takes part in the case links items it holds."))
    InformationItem.objects.select_for_update().get(pk=item.pk)
    if not InformationItem.objects.visible_to(by).filter(pk=item.pk, status=Status.RELEASED).exists():
        raise Conflict(_("Only a released item can be linked."), code="not_released")
