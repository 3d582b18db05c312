"""Why somebody sees an item, or does not: the rules one by one, in the words of the registry.

`visible_to` decides; this tells. The two are held against each other for everybody and every item by a test.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Membership, Unit, User, today, units_below
from agencies.roles import GRANTS, REACH, Permission, Reach, Role
from registry.information.models import Delivery, InformationItem
from registry.information.terms import Status


@dataclass(frozen=True, slots=True)
class Seat:
    """A role in a unit: what a reader's rights come from."""

    unit: Unit
    role: Role

    def reaches(self, permission: Permission, unit_id: Any) -> bool:
        """Whether the role gives the permission for records of the unit."""
        if permission not in GRANTS[self.role]:
            return False
        return unit_id in (
            units_below({self.unit.pk}) if REACH[permission] is Reach.SUBTREE else frozenset({self.unit.pk})
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One rule: whether it holds, and why."""

    rule: str
    holds: bool
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether the item is seen, and the rules in the order in which they were asked."""

    allowed: bool
    steps: tuple[Step, ...]


def explain_user(item: InformationItem, user: User) -> Explanation:
    """For one person, by the roles they hold today."""
    if not user.is_active:
        return Explanation(False, (Step("active", False, _("The account is shut.")),))
    held = Membership.objects.as_of(today()).filter(user=user).select_related("unit").order_by("valid_from", "pk")
    return _explain(item, [Seat(m.unit, Role(m.role)) for m in held])


def explain_unit(item: InformationItem, unit: Unit) -> Explanation:
    """For a unit: what those see who work with information there."""
    return _explain(item, [Seat(unit, Role.ANALYST)])


def _explain(item: InformationItem, seats: list[Seat]) -> Explanation:
    if not seats:
        return Explanation(False, (Step("role", False, _("No role is held today: nothing is seen.")),))
    steps: list[Step] = []
    for rule in (_originates, _received):
        found = list(rule(item, seats))
        steps += found
        if found[-1].holds:
            return Explanation(True, tuple(steps))
    return Explanation(False, tuple(steps))


def _originates(item: InformationItem, seats: Iterable[Seat]) -> Iterator[Step]:
    """Units see what they and the units below them wrote, in any status."""
    for seat in seats:
        if seat.reaches(Permission.ITEM_READ_OWN, item.unit_id):
            names = {"role": seat.role.value, "unit": seat.unit.code, "origin": item.unit.code}
            yield Step(
                "originator",
                True,
                _("As “%(role)s” in %(unit)s they see what %(origin)s writes, in any status.") % names,
            )
            return
    text = _("No role of theirs reads what %s writes.") % item.unit.code
    yield Step("originator", False, text)


def _received(item: InformationItem, seats: list[Seat]) -> Iterator[Step]:
    """Others see it while it is released and stands delivered to a unit they read for."""
    if item.status != Status.RELEASED:
        text = _("The item is “%s”: only a released item is seen by others.") % item.get_status_display()
        yield Step("released", False, text)
        return
    yield Step("released", True, _("The item is released."))
    for delivery in Delivery.objects.filter(item=item).standing().select_related("unit").order_by("unit__code"):
        for seat in seats:
            if seat.reaches(Permission.ITEM_READ_DELIVERED, delivery.unit_id):
                names = {"role": seat.role.value, "unit": seat.unit.code, "to": delivery.unit.code}
                yield Step(
                    "delivered",
                    True,
                    _("It was delivered to %(to)s, for which “%(role)s” in %(unit)s reads.") % names,
                )
                return
    yield Step("delivered", False, _("It was delivered to no unit for which they read."))
