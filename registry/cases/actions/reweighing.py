"""A lot was weighed or read wrongly: it gets another quantity, and the former one stays in its history."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import User
from agencies.refusals import Conflict, Invalid
from registry.cases.actions.rules import checked, for_writing, touched
from registry.cases.actions.yields import amount_of, measure_lot, require_plausible
from registry.cases.models import LotReweighing, SeizureLot
from registry.cases.persons import confirmed, require_no_person
from registry.documents.terms import Comparator
from registry.reference.models import UnitOfMeasure


@transaction.atomic
def reweigh_lot(
    *,
    lot: SeizureLot,
    by: User,
    reason: str,
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
    """Give a weighed lot another quantity, by value and unit or by its text (see add_lot). What it had stays.

    Totals and what statements claim ask the lot, so they follow; a difference to a confirmed statement is explained
    there. A lot that was split or merged stands as history: what it became is weighed anew.
    """
    case = for_writing(lot.case, by, expected_revision)
    lot = SeizureLot.objects.select_for_update(of=("self",)).select_related("unit").get(pk=lot.pk)
    former = _former(lot)
    former.reason, former.decided_by, former.decided_at = reason.strip(), by, at or timezone.now()
    former.synthetic = case.synthetic
    checked(former)
    lot.raw_text = raw_text.strip()
    measure_lot(lot, *amount_of(raw_text, value, unit, comparator, language, reading))
    _require_another(lot, former)
    checked(lot)
    require_no_person({"raw_text": lot.raw_text, "reason": former.reason}, confirm)
    if language is not None:
        require_plausible(lot, by, confirm)
    former.save()
    lot.save()
    touched(case, at)
    record(action="case.reweigh_lot", by=by, on=case, purpose=former.reason, lot=str(lot.pk), **confirmed(confirm))
    return lot


def _former(lot: SeizureLot) -> LotReweighing:
    """What the lot has until now, as the next row of its history."""
    if lot.divided_by_id is not None:
        text = _("This lot was split or merged: it stands as history. Weigh anew what it became.")
        raise Conflict(text, code="divided_already")
    if lot.value is None or lot.unit is None or lot.normalised_value is None:
        raise Conflict(_("This lot is not weighed yet: weigh it first."), code="not_weighed")
    former = LotReweighing(lot=lot, number=lot.reweighings.count() + 1, former_text=lot.raw_text)
    former.former_value, former.former_unit, former.former_comparator = lot.value, lot.unit, lot.comparator
    former.former_normalised = lot.normalised_value
    return former


def _require_another(lot: SeizureLot, former: LotReweighing) -> None:
    """A quantity, not the one it has; and parts stay in the dimension in which the whole was taken apart."""
    if lot.value is None or lot.unit is None:
        raise Invalid({"value": _("Say the quantity.")}, code="required")
    had = (former.former_value, former.former_unit_id, former.former_comparator)
    if (lot.value, lot.unit_id, lot.comparator) == had:
        raise Invalid({"raw_text": _("The lot has this quantity already.")}, code="unchanged")
    if lot.made_by_id is not None and lot.unit.dimension != former.former_unit.dimension:
        text = _("What came out of a split or merge stays in the dimension of the whole.")
        raise Invalid({"unit": text}, code="other_dimension")
