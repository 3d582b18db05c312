"""Factors for estimates: a better one follows the present one on a day."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import User
from agencies.refusals import Invalid, NotPermitted
from registry.cases.actions.rules import checked
from registry.cases.models import ConversionFactor
from registry.reference.models import Substance, UnitOfMeasure


@transaction.atomic
def set_factor(
    *,
    by: User | None,
    substance: Substance,
    from_measure: UnitOfMeasure,
    to_measure: UnitOfMeasure,
    factor: Decimal,
    valid_from: date,
    source: str,
    synthetic: bool = False,
) -> ConversionFactor:
    """From a day on one `from_measure` is estimated as `factor` of `to_measure`. The factor until then ends.

    Only the operator of the installation does this (`by=None`): no unit's figures hang on it.
    """
    if by is not None:
        raise NotPermitted
    units = {"substance": substance, "from_measure": from_measure, "to_measure": to_measure}
    before = ConversionFactor.objects.select_for_update().filter(**units).order_by("-version").first()
    if from_measure.dimension == to_measure.dimension:
        raise Invalid({"to_measure": _("Within a dimension nothing is estimated: it is converted exactly.")})
    if before is not None:
        if before.valid_from is not None and before.valid_from >= valid_from:
            raise Invalid({"valid_from": _("The present factor began on that day or later. Choose a later day.")})
        before.valid_to = valid_from
        before.save()
    made = ConversionFactor(**units, factor=factor, valid_from=valid_from, source=source.strip(), synthetic=synthetic)
    made.version = before.version + 1 if before is not None else 1
    checked(made)
    made.save()
    record(action="conversion.set", by=by, on=made, version=made.version)
    return made
