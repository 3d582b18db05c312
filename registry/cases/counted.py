"""What a reader is told of a period's seizures: totals by substance, and on request by province. Kept in the log."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import User, today
from agencies.refusals import Invalid
from registry.cases.models import JointCase, SeizureLot
from registry.cases.provinces import Province, provinces
from registry.cases.totals import Classes, Line, OverlapError, lines, require_apart, sums_of
from registry.periods import Period
from registry.reference.models import Substance


@dataclass(slots=True)
class TotalsRead:
    """The totals of a period, as the audit log knows them: they are reckoned anew for every reader."""

    pk: str

    def audit_reference(self) -> str:
        """The period."""
        return self.pk

    def audit_owner(self) -> UUID | None:
        """They belong to all."""
        return None


@dataclass(frozen=True, slots=True)
class ProvinceLines:
    """One province: its cases by kind, and its lines."""

    province: Province
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class SeizureTotals:
    """Everything that is told. `provinces` is empty where they were not asked for."""

    period: Period
    lines: list[Line]
    provinces: list[ProvinceLines] = field(default_factory=list)
    synthetic: bool = False


def seizure_totals(
    *,
    by: User,
    period: Period,
    substances: Sequence[str] = (),
    by_province: bool = False,
    places_of_today: bool = False,
) -> SeizureTotals:
    """As the reader counts. Without `substances` all that lie in no class, each with what its class holds.

    Invalid (field `substance`) for a code nobody knows, and where two of them would be counted twice.
    """
    classes = Classes.read()
    asked = _asked(classes, substances)
    lots = SeizureLot.objects.countable_by(by).seized_in(period)
    told = lines(sums_of(lots), classes, asked)
    held: list[ProvinceLines] = []
    if by_province:
        cases = JointCase.objects.countable_by(by).opened_in(period)
        found = provinces(lots, cases, rolled_on=today() if places_of_today else None)
        held = [ProvinceLines(one, lines(one.sums, classes, asked)) for one in found]
    record(action="seizure_totals.read", by=by, on=TotalsRead(period.label))
    return SeizureTotals(period, told, held, lots.filter(synthetic=True).exists())


def _asked(classes: Classes, codes: Sequence[str]) -> list[Substance] | None:
    if not codes:
        return None
    known = {one.code: one for one in classes.known.values()}
    if unknown := [code for code in codes if code not in known]:
        raise Invalid({"substance": _("There is no substance of this code: %s.") % ", ".join(unknown)}, code="unknown")
    asked = [known[code] for code in codes]
    try:
        require_apart(classes, asked)
    except OverlapError as fault:
        text = _("One of these substances lies in the class of another: side by side they would be counted twice.")
        raise Invalid({"substance": text}, code="overlap") from fault
    return asked
