"""Sums of lots: each dimension for itself, a class together with its members or each alone, never both."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from registry.cases.models import SeizureLot
from registry.cases.models.yields import SeizureLotQuerySet
from registry.figures import Interval
from registry.quantities import Comparator, combined
from registry.reference.models import Substance


class OverlapError(ValueError):
    """Sums were asked for of a class and of something in it: side by side they would be added twice."""


@dataclass(frozen=True, slots=True)
class Total:
    """Of so many lots, in base units of one dimension. The comparator says no more than the loosest lot.

    Where no one word says what is known (over one weight and nearly another), `bounds` do.
    """

    value: Decimal
    comparator: Comparator
    lots: int
    bounds: Interval | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything under one substance: by dimension, and how many lots are not weighed yet."""

    by_dimension: Mapping[str, Total]
    not_weighed: int

    @property
    def lots(self) -> int:
        """How many, weighed or not."""
        return self.not_weighed + sum(total.lots for total in self.by_dimension.values())


@dataclass(frozen=True, slots=True)
class Line:
    """The totals of one substance with all in its class. With `within` it is a part of that line, never added to it."""

    substance: Substance
    within: Substance | None
    depth: int
    totals: Totals


@dataclass(slots=True)
class Sums:
    """What lots come to, by substance as recorded. Asked of the database in one query."""

    held: dict[UUID, list[tuple[str, Total]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: Mapping[str, Any]) -> None:
        """A group of lots alike; the dimension is empty for those not weighed."""
        dimension = row["unit__dimension"] if row["weighed"] else ""
        total = Total(row["total"] or Decimal(0), Comparator(row["comparator"]), row["lots"])
        self.held[row["substance_id"]].append((dimension, total))

    def of(self, substances: Iterable[UUID]) -> Totals:
        """Together."""
        groups: dict[str, list[Total]] = defaultdict(list)
        for pk in substances:
            for dimension, total in self.held.get(pk, ()):
                groups[dimension].append(total)
        waiting = sum(total.lots for total in groups.pop("", []))
        return Totals({dimension: _together(some) for dimension, some in sorted(groups.items())}, waiting)


GROUPED = ("substance_id", "unit__dimension", "weighed", "comparator")


def grouped(lots: "QuerySet[SeizureLot]", *also: str) -> Iterable[dict[str, Any]]:
    """Lots by substance, dimension and comparator, and by what else is named."""
    rows: Any = lots.order_by().values(*GROUPED, *also).annotate(total=Sum("normalised_value"), lots=Count("pk"))
    return rows  # type: ignore[no-any-return]


def sums_of(lots: "QuerySet[SeizureLot]") -> Sums:
    """What the lots come to. `lots` says whose and of when, and gives each seizure once: `counted`, `countable_by`."""
    sums = Sums()
    for row in grouped(lots):
        sums.add(row)
    return sums


@dataclass(frozen=True, slots=True)
class Classes:
    """The hierarchy of substances, read once."""

    known: Mapping[UUID, Substance]

    @classmethod
    def read(cls) -> "Classes":
        """All of them, in their order."""
        rows: Any = Substance.objects.order_by("order", "code")
        return cls({one.pk: one for one in rows})

    def tree(self, top: UUID) -> frozenset[UUID]:
        """The substance and everything in its class, to any depth."""
        found, grown = {top}, True
        while grown:
            more = {one.pk for one in self.known.values() if one.parent_id in found} - found
            found, grown = found | more, bool(more)
        return frozenset(found)

    def tops(self) -> list[Substance]:
        """Those that lie in no class."""
        return [one for one in self.known.values() if one.parent_id is None]

    def members(self, of: Substance) -> list[Substance]:
        """What the class holds directly."""
        return [one for one in self.known.values() if one.parent_id == of.pk]


def tree_of(substance: Substance) -> frozenset[UUID]:
    """The substance and everything in its class, to any depth."""
    return Classes.read().tree(substance.pk)


def require_apart(classes: Classes, asked: Iterable[Substance]) -> None:
    """OverlapError when one of the substances lies in another's class, or stands there twice."""
    several = list(asked)
    for one in several:
        inside = [other.code for other in several if other.pk in classes.tree(one.pk) - {one.pk}]
        if inside or sum(other.pk == one.pk for other in several) > 1:
            raise OverlapError(f"{one.code} holds {', '.join(inside) or 'itself'}: ask for one of the two.")


def lines(sums: Sums, classes: Classes, asked: Iterable[Substance] | None = None) -> list[Line]:
    """A line for each substance asked for (whatever lies in no class), then its parts that hold lots."""
    found: list[Line] = []
    for top in classes.tops() if asked is None else asked:
        totals = sums.of(classes.tree(top.pk))
        if totals.lots or asked is not None:
            found.append(Line(top, None, 0, totals))
            found += _parts(sums, classes, top, 1)
    return found


def _parts(sums: Sums, classes: Classes, of: Substance, depth: int) -> list[Line]:
    found: list[Line] = []
    for one in classes.members(of):
        totals = sums.of(classes.tree(one.pk))
        if totals.lots:
            found += [Line(one, of, depth, totals), *_parts(sums, classes, one, depth + 1)]
    return found


def total_under(lots: SeizureLotQuerySet, substance: Substance) -> Totals:
    """Lots of the substance and of all in its class, each once; of `lots` only those that count."""
    return sums_of(lots.counted()).of(tree_of(substance))


def totals_of(lots: SeizureLotQuerySet, substances: Iterable[Substance]) -> dict[Substance, Totals]:
    """Side by side, so that they may be added: OverlapError when one of the substances lies in another's class."""
    asked, classes = list(substances), Classes.read()
    require_apart(classes, asked)
    sums = sums_of(lots.counted())
    return {one: sums.of(classes.tree(one.pk)) for one in asked}


_LOOSE = frozenset({Comparator.ABOUT, Comparator.UNSTATED})
"""Of these a sum does not keep the bounds that its parts had."""


def _together(totals: Iterable[Total]) -> Total:
    parts = list(totals)
    value = sum((part.value for part in parts), Decimal(0))
    words = {part.comparator for part in parts}
    comparator = combined(words)
    mixed = comparator is Comparator.ABOUT and not words & _LOOSE
    bounds = Interval.total(Interval.of(part.comparator, part.value.normalize()) for part in parts) if mixed else None
    return Total(value, comparator, sum(part.lots for part in parts), bounds)
