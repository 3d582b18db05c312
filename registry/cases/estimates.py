"""What a lot would be in another dimension: an estimate, labelled as one, with the factor it hangs on.

No figure of a statement or a report is made of these: an estimate is never added to what was weighed or counted.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.models import today
from registry.cases.models import ConversionFactor, SeizureLot
from registry.quantities import number


@dataclass(frozen=True, slots=True)
class Estimate:
    """About `value` of the unit with this code, by a version of a factor and its source."""

    value: Decimal
    unit: str
    factor: Decimal
    version: int
    source: str
    label: str


def estimates(lot: SeizureLot, on: date | None = None) -> list[Estimate]:
    """What the lot is by each factor that holds on the day (today); none for a lot not weighed."""
    if lot.value is None or lot.unit is None:
        return []
    held = ConversionFactor.objects.as_of(on or today()).filter(substance=lot.substance_id)
    held = held.filter(from_measure__dimension=lot.unit.dimension).select_related("from_measure", "to_measure")
    return [_estimate(lot, factor) for factor in held.order_by("to_measure__order", "pk")]


def _estimate(lot: SeizureLot, factor: ConversionFactor) -> Estimate:
    base = lot.normalised_value or Decimal(0)
    value = (base / factor.from_measure.factor * factor.factor).quantize(Decimal("0.001"))
    language = get_language() or "vi"
    label = _("estimate: about %(value)s %(unit)s, by factor %(factor)s (version %(version)d, %(source)s)") % {
        "value": number(value, language),
        "unit": factor.to_measure.symbol(language),
        "factor": number(factor.factor, language),
        "version": factor.version,
        "source": factor.source,
    }
    return Estimate(value, factor.to_measure.code, factor.factor, factor.version, factor.source, label)
