"""What stands on the day of a plan: the units it names, their dated rows, and the tree around them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from agencies.models import FocalPoint, Membership, Place, Unit, UnitName, UnitPlacement, User, today
from agencies.models.base import TAKEN_BACK
from registry.reorganisations.plan import Plan


class Ground:
    """Looked up once per preview or application."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.role_day = max(plan.day, today())
        """Roles are given and taken from today at the earliest: nobody held one on a day that is past."""

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Those named that stand or stood, by code; one whose founding was undone does not count."""
        found = Unit.objects.select_related("agency").filter(code__in=self.plan.codes).exclude(TAKEN_BACK)
        return {unit.code: unit for unit in found}

    @cached_property
    def unfounded(self) -> dict[str, Unit]:
        """Units whose founding was undone: their code may be used again."""
        found = Unit.objects.select_related("agency").filter(code__in=self.plan.codes)
        return {unit.code: unit for unit in found.filter(TAKEN_BACK)}

    @cached_property
    def concerned(self) -> list[Unit]:
        """The units named in `units`, as far as they are known, in the plan's order."""
        return [self.units[code] for code in self.plan.units if code in self.units]

    @cached_property
    def places(self) -> dict[str, Place]:
        """Places named, by code."""
        named = {self.plan.place, *(s.place for s in self.plan.successors)}
        return {place.code: place for place in Place.objects.filter(code__in=named).prefetch_related("names")}

    @cached_property
    def people(self) -> dict[str, User]:
        """People named, by username."""
        return {u.username: u for u in User.objects.filter(username__in=[who for who, _code in self.plan.people])}

    def lasting(self, day: date) -> Q:
        """Rows that hold on the day or begin later."""
        return (Q(valid_to__isnull=True) | Q(valid_to__gt=day)) & ~TAKEN_BACK

    def _of(self, units: Iterable[Unit]) -> list[UUID]:
        return [unit.pk for unit in units]

    @cached_property
    def names(self) -> list[UnitName]:
        """Names of the units that hold on the day or later."""
        rows = UnitName.objects.select_related("unit").filter(self.lasting(self.plan.day), unit__in=self.concerned)
        return list(rows.order_by("unit__code", "language", "valid_from"))

    @cached_property
    def placements(self) -> list[UnitPlacement]:
        """Their places in the tree."""
        rows = UnitPlacement.objects.select_related("unit", "parent", "place")
        rows = rows.filter(self.lasting(self.plan.day), unit__in=self.concerned)
        return list(rows.order_by("unit__code", "valid_from"))

    @cached_property
    def children(self) -> list[UnitPlacement]:
        """Places in the tree of units that stand below them on the day or later, and are not among them."""
        rows = UnitPlacement.objects.select_related("unit", "parent", "place")
        rows = rows.filter(self.lasting(self.plan.day), parent__in=self.concerned).exclude(unit__in=self.concerned)
        standing = Unit.objects.filter(self.lasting(self.plan.day))
        return list(rows.filter(unit__in=standing).order_by("unit__code", "valid_from"))

    @cached_property
    def focal_points(self) -> list[FocalPoint]:
        """The offices through which they are reached."""
        rows = FocalPoint.objects.select_related("unit").filter(self.lasting(self.plan.day), unit__in=self.concerned)
        return list(rows.order_by("unit__code", "valid_from"))

    @cached_property
    def memberships(self) -> list[Membership]:
        """Roles held in them on the day from which roles change, or later."""
        rows = Membership.objects.select_related("unit", "user")
        rows = rows.filter(self.lasting(self.role_day), unit__in=self.concerned)
        return list(rows.order_by("unit__code", "user__username", "role", "valid_from"))

    @cached_property
    def parents(self) -> dict[date, dict[UUID, UUID]]:
        """Unit above each unit on the day of the plan and on every later day on which one is placed."""
        rows = list(
            UnitPlacement.objects.filter(~TAKEN_BACK).values_list("unit_id", "parent_id", "valid_from").order_by("pk")
        )
        days = {self.plan.day} | {day for _u, _p, day in rows if day is not None and day > self.plan.day}
        found: dict[date, dict[UUID, UUID]] = {}
        for day in days:
            latest: dict[UUID, tuple[date, UUID | None]] = defaultdict(lambda: (date.min, None))
            for unit, parent, since in rows:
                if (since or date.min) <= day and (since or date.min) >= latest[unit][0]:
                    latest[unit] = (since or date.min, parent)
            found[day] = {unit: parent for unit, (_since, parent) in latest.items() if parent is not None}
        return found

    def is_below(self, unit: Unit, other: Unit) -> bool:
        """Whether on the day, or on a later one, `unit` is `other` or stands below it."""
        for above in self.parents.values():
            seen, one = set(), unit.pk
            while one is not None and one not in seen:
                if one == other.pk:
                    return True
                seen.add(one)
                one = above.get(one)  # type: ignore[assignment]
        return False
