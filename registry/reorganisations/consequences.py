"""What a plan changes without writing a row: who reads what, what is left behind, which keys stop."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import ApiKey, Delegation, Unit
from agencies.refusals import Text
from registry.reorganisations.changes import going
from registry.reorganisations.ground import Ground
from registry.reorganisations.holdings import counted
from registry.reorganisations.plan import Plan
from registry.reorganisations.terms import Kind


@dataclass(frozen=True, slots=True)
class Consequence:
    """One, with a stable code. `access` says that somebody reads more, or less, than before."""

    code: str
    unit: str
    text: Text
    access: bool = False


def consequences_of(plan: Plan, ground: Ground) -> list[Consequence]:
    """In the order in which they are read."""
    if plan.kind is Kind.RENAME:
        return [
            Consequence("names_kept", "", _("The present name stays findable; records of before keep printing it."))
        ]
    if plan.kind is Kind.MOVE:
        return list(_moved(plan, ground))
    return [*_reading(plan, ground), *_left_behind(plan, ground)]


def _moved(plan: Plan, ground: Ground) -> Iterator[Consequence]:
    for row in ground.placements:
        if not plan.parent or (row.parent is not None and row.parent.code == plan.parent):
            continue
        named = {"unit": row.unit.code, "old": row.parent.code if row.parent else "-", "new": plan.parent}
        text = _(
            "Whoever reads down the line from %(new)s reads what %(unit)s holds and gets, of before too; "
            "whoever reads down from %(old)s alone no longer does."
        )
        yield Consequence("read_from_above", row.unit.code, text % named, access=True)


def _reading(plan: Plan, ground: Ground) -> Iterator[Consequence]:
    """Who reads what the units that end held: those above them, and the heir's people where the plan says so."""
    for unit in ground.concerned:
        records = ", ".join(f"{count} {name}" for name, count in counted([unit])) or "-"
        named = {"unit": unit.code, "records": records, "heir": plan.heir}
        if plan.heir:
            text = _("The people of %(heir)s will read what %(unit)s held (%(records)s): it is placed below them.")
            yield Consequence("heir_reads", unit.code, text % named, access=True)
        else:
            text = _(
                "What %(unit)s held stays with it (%(records)s): no successor reads it. Those above it go on reading."
            )
            yield Consequence("stays", unit.code, text % named)
    for one in plan.successors:
        standing = ground.units.get(one.code)
        if standing is None:
            continue
        to = going(plan)
        people = {m.user.username for m in ground.memberships if (to.get("") or to.get(m.user.username)) == one.code}
        if people:
            text = _("These people will read what %(unit)s holds already: %(people)s.")
            named = {"unit": one.code, "people": ", ".join(sorted(people))}
            yield Consequence("joins_standing", one.code, text % named, access=True)


def _left_behind(plan: Plan, ground: Ground) -> Iterator[Consequence]:
    to = going(plan)
    for unit in ground.concerned:
        without = sorted(
            {
                m.user.username
                for m in ground.memberships
                if m.unit_id == unit.pk and not (to.get("") or to.get(m.user.username))
            }
        )
        if without:
            text = _("These people hold no role in a successor: %(people)s.")
            yield Consequence("people", unit.code, text % {"people": ", ".join(without)}, access=True)
        yield from _keys(unit)
        yield from _delegations(unit)
    for one in plan.successors:
        if one.described:
            text = _("%(unit)s has no focal point and no keys yet: enter them after applying.")
            yield Consequence("no_focal_point", one.code, text % {"unit": one.code})
    if plan.closes:
        yield Consequence("area_leads", "", _("Area leads name agencies, not units: they stay as they are."))


def _keys(unit: Unit) -> Iterator[Consequence]:
    keys = ApiKey.objects.usable_at(timezone.now()).filter(unit=unit).order_by("prefix")
    if keys:
        named = {"keys": ", ".join(f"{key.name} ({key.prefix})" for key in keys)}
        text = _("These API keys give nothing from that day on; issue new ones in the successor: %(keys)s.")
        yield Consequence("keys", unit.code, text % named, access=True)


def _delegations(unit: Unit) -> Iterator[Consequence]:
    rows = Delegation.objects.filter(unit=unit, revoked_at__isnull=True, ends_on__gte=timezone.localdate())
    if rows:
        named = {"count": len(rows)}
        text = _("Delegations that give nothing from that day on, because the roles end: %(count)d.")
        yield Consequence("delegations", unit.code, text % named, access=True)
