"""From the quantity as typed to one reading of it: read back, chosen, and asked about where it is very large."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.refusals import Invalid
from registry.cases.models import JointCase, SeizureLot
from registry.readings import Reading, Readings, far_above, read
from registry.reference.models import UnitOfMeasure

OVER_TEN_TIMES = "over_ten_times"
"""What is confirmed, and the code of the question."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a lot amounts to."""

    value: Decimal
    unit: UnitOfMeasure
    comparator: str


def read_lot(raw_text: str, language: str) -> Readings:
    """Every way to read the text; Invalid (field `raw_text`) where it is no quantity with a unit."""
    try:
        found = read(raw_text, language=language)
    except Invalid as fault:
        text = fault.fields.get("text", fault.message)
        raise Invalid({"raw_text": text}, code=fault.code) from fault
    if any(not reading.unit for reading in found.readings):
        raise Invalid({"raw_text": _("Say the unit too: a number alone is no quantity.")}, code="not_a_quantity")
    return found


def chosen(raw_text: str, language: str, reading: int | None) -> Measured:
    """The reading of the number (from 1). Where there are several and none is chosen all of them are told."""
    found = read_lot(raw_text, language)
    if reading is None and len(found.readings) > 1:
        ways = "; ".join(f"{number}: {one.words}" for number, one in enumerate(found.readings, start=1))
        text = gettext("%(question)s %(ways)s. Send “reading” with the number of the one that is meant.")
        raise Invalid({"raw_text": text % {"question": found.question or "", "ways": ways}}, code="ambiguous")
    number = reading or 1
    if not 1 <= number <= len(found.readings):
        raise Invalid({"reading": _("There is no reading of this number.")}, code="unknown")
    return measured(found.readings[number - 1])


def measured(reading: Reading) -> Measured:
    """With the unit of the vocabulary."""
    unit: UnitOfMeasure | None = UnitOfMeasure.objects.filter(code=reading.unit).first()  # type: ignore[assignment]
    if unit is None:
        raise Invalid({"raw_text": _("The unit is not in the vocabulary.")}, code="unknown")
    return Measured(reading.value, unit, reading.comparator)


def own_maximum(*, by: User, case: JointCase, substance_id: UUID, dimension: str) -> Decimal | None:
    """The largest lot of the substance, in base units of the dimension, that the agency of the case recorded.

    Only of cases the person sees: what one is asked about must not tell of others.
    """
    seen = SeizureLot.objects.visible_to(by).filter(
        case__unit__agency=case.unit.agency_id, substance_id=substance_id, unit__dimension=dimension, weighed=True
    )
    found: Decimal | None = seen.aggregate(most=Max("normalised_value"))["most"]
    return found


def is_far_above(*, by: User, case: JointCase, substance_id: UUID, measured: Measured) -> bool:
    """Whether a quantity is over ten times the agency's own maximum."""
    most = own_maximum(by=by, case=case, substance_id=substance_id, dimension=measured.unit.dimension)
    return far_above(measured.value * measured.unit.factor, most)
