"""Lots are split and merged; merging the parts back is how a split is undone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.audit.log import record
from agencies.models import User
from agencies.refusals import Conflict, Invalid
from registry.cases.actions.rules import checked, for_writing, touched
from registry.cases.models import JointCase, LotDivision, SeizureLot
from registry.cases.persons import confirmed, require_no_person
from registry.cases.terms import DivisionKind
from registry.quantities import Comparator, combined
from registry.reference.models import UnitOfMeasure

PLACES = Decimal("1E-9")
MOST_PARTS = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a split: its text as typed, its value and unit."""

    raw_text: str
    value: Decimal
    unit: UnitOfMeasure


def _locked(lots: Sequence[SeizureLot]) -> list[SeizureLot]:
    """The lots, locked in the order of their ids; what they were given as may be out of date."""
    found = SeizureLot.objects.select_for_update(of=("self",)).select_related("unit", "substance")
    return list(found.filter(pk__in=[lot.pk for lot in lots]).order_by("pk"))


def _require_divisible(lots: Sequence[SeizureLot]) -> None:
    for lot in lots:
        if lot.divided_by_id is not None:
            raise Conflict(_("This lot was split or merged already: it stands as history."), code="divided_already")
        if lot.duplicate_of_id is not None:
            raise Conflict(_("This lot is a duplicate: take that decision back first."), code="is_duplicate")
        if not lot.weighed:
            raise Conflict(_("A lot is weighed before it is split or merged."), code="not_weighed")


def _divided(
    case: JointCase, by: User, kind: str, reason: str, at: datetime | None, confirm: Collection[str]
) -> LotDivision:
    made = LotDivision(case=case, kind=kind, reason=reason.strip(), decided_by=by, synthetic=case.synthetic)
    made.decided_at = at or timezone.now()
    checked(made)
    require_no_person({"reason": made.reason}, confirm)
    made.save()
    return made


def _product(division: LotDivision, like: SeizureLot, part: Part, comparator: str) -> SeizureLot:
    lot = SeizureLot(
        case=division.case,
        substance=like.substance,
        raw_text=part.raw_text.strip(),
        value=part.value,
        unit=part.unit,
        comparator=comparator,
        normalised_value=(part.value * part.unit.factor).quantize(PLACES),
        seized_on=like.seized_on,
        created_at=division.decided_at,
        made_by=division,
        synthetic=division.synthetic,
    )
    checked(lot, raw_text="parts", value="parts", normalised_value="parts")
    lot.save()
    return lot


@transaction.atomic
def split_lot(
    *,
    lot: SeizureLot,
    by: User,
    parts: Sequence[Part],
    reason: str,
    confirm: Collection[str] = (),
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> LotDivision:
    """Take a lot apart. Its parts amount exactly to the whole; the lot stays as history and counts no more."""
    case = for_writing(lot.case, by, expected_revision)
    (whole,) = _locked([lot])
    _require_divisible([whole])
    _require_balance(whole, parts)
    require_no_person({"parts": " ; ".join(part.raw_text for part in parts)}, confirm)
    division = _divided(case, by, DivisionKind.SPLIT, reason, at, confirm)
    whole.divided_by = division
    whole.save()
    made = [_product(division, whole, part, whole.comparator) for part in parts]
    touched(case, at)
    detail: dict[str, Any] = {"lot": str(whole.pk), "parts": [str(one.pk) for one in made]}
    record(action="case.split_lot", by=by, on=case, **detail, **confirmed(confirm))
    return division


def _require_balance(whole: SeizureLot, parts: Sequence[Part]) -> None:
    """At least two parts, in the dimension of the whole, and exactly as much as it."""
    if not 2 <= len(parts) <= MOST_PARTS:
        raise Invalid({"parts": _("A lot is split into 2 to %d parts.") % MOST_PARTS})
    if any(whole.unit is None or part.unit.dimension != whole.unit.dimension for part in parts):
        raise Invalid({"parts": _("Every part is measured in the dimension of the whole.")}, code="other_dimension")
    if any(not part.value.is_finite() or part.value <= 0 for part in parts):
        raise Invalid({"parts": _("Every part is greater than zero.")})
    total = sum((part.value * part.unit.factor for part in parts), Decimal(0))
    if total != whole.normalised_value and whole.unit is not None and whole.normalised_value is not None:
        short = (whole.normalised_value - total) / whole.unit.factor
        text = _("The parts do not amount to the whole: %(whole)s less %(parts)s leaves %(rest)s %(unit)s.")
        figures = {"whole": whole.value, "parts": total / whole.unit.factor, "rest": short}
        shown = {
            name: f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else value
            for name, value in figures.items()
        }
        raise Invalid({"parts": text % {**shown, "unit": whole.unit.code}}, code="unbalanced")


@transaction.atomic
def merge_lots(
    *,
    lots: Sequence[SeizureLot],
    by: User,
    reason: str,
    raw_text: str = "",
    confirm: Collection[str] = (),
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> LotDivision:
    """Put lots of one case, substance, day and dimension together. The parts of a split merged are its undoing."""
    case = for_writing(lots[0].case, by, expected_revision) if lots else None
    if case is None or len({lot.pk for lot in lots}) != len(lots) or len(lots) < 2:
        raise Invalid({"lots": _("Name at least two lots, each once.")})
    locked_now = {lot.pk: lot for lot in _locked(lots)}
    found = [locked_now[lot.pk] for lot in lots]
    _require_divisible(found)
    kinds = {(lot.case_id, lot.substance_id, lot.seized_on, lot.unit and lot.unit.dimension) for lot in found}
    if len(kinds) != 1:
        text = _("Only lots of one case, substance, day of seizure and dimension are merged.")
        raise Invalid({"lots": text}, code="unlike")
    require_no_person({"raw_text": raw_text}, confirm)
    division = _divided(case, by, DivisionKind.MERGE, reason, at, confirm)
    for lot in found:
        lot.divided_by = division
        lot.save()
    made = _merged(division, found, raw_text)
    touched(case, at)
    detail: dict[str, Any] = {"lots": [str(lot.pk) for lot in found], "lot": str(made.pk)}
    record(action="case.merge_lots", by=by, on=case, **detail, **confirmed(confirm))
    return division


def _merged(division: LotDivision, lots: Sequence[SeizureLot], raw_text: str) -> SeizureLot:
    """All of them as one lot, in the unit of the largest; no more is said of it than of its loosest part."""
    unit = max((lot.unit for lot in lots if lot.unit is not None), key=lambda one: (one.factor, one.code))
    total = sum((lot.normalised_value or Decimal(0) for lot in lots), Decimal(0))
    value = total / unit.factor
    if value != value.quantize(Decimal("1E-6")):
        unit = min((lot.unit for lot in lots if lot.unit is not None), key=lambda one: (one.factor, one.code))
        value = total / unit.factor
    comparator = combined(Comparator(lot.comparator) for lot in lots)
    text = raw_text.strip() or " + ".join(lot.raw_text for lot in lots)[:120]
    return _product(division, lots[0], Part(text, value, unit), comparator)
