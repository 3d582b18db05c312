"""Sums of lots: each dimension for itself, a class together with its members or each alone, never both."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from registry.cases.models import SeizureLot
from registry.cases.models.yields import SeizureLotQuerySet
from registry.quantities import Comparator, combined
from registry.reference.models import Substance


class OverlapError(ValueError):
    """Sums were asked for of a class and of something in it: side by side they would be added twice."""


@dataclass(frozen=True, slots=True)
class Total:
    """Of so many lots, in base units of one dimension. The comparator says no more than the loosest lot."""

    value: Decimal
    comparator: Comparator
    lots: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything under one substance: by dimension, and how many lots are not weighed yet."""

    by_dimension: dict[str, Total]
    not_weighed: int


def tree_of(substance: Substance) -> frozenset[UUID]:
    """The substance and everything in its class, to any depth."""
    parents = list(Substance.objects.values_list("pk", "parent_id"))
    found, grown = {substance.pk}, True
    while grown:
        more = {pk for pk, parent in parents if parent in found} - found
        found, grown = found | more, bool(more)
    return frozenset(found)


def total_under(lots: SeizureLotQuerySet, substance: Substance) -> Totals:
    """Lots of the substance and of all in its class, each once. `lots` says whose and of when; only counted ones."""
    held: dict[str, list[SeizureLot]] = {}
    not_weighed = 0
    for lot in lots.counted().filter(substance__in=tree_of(substance)).select_related("unit").order_by("pk"):
        if lot.weighed and lot.unit is not None:
            held.setdefault(lot.unit.dimension, []).append(lot)
        else:
            not_weighed += 1
    return Totals({dimension: _total(some) for dimension, some in sorted(held.items())}, not_weighed)


def totals_of(lots: SeizureLotQuerySet, substances: Iterable[Substance]) -> dict[Substance, Totals]:
    """Side by side, so that they may be added: OverlapError when one of the substances lies in another's class."""
    asked = list(substances)
    for one in asked:
        tree = tree_of(one) - {one.pk}
        inside = [other.code for other in asked if other.pk in tree]
        if inside or sum(other.pk == one.pk for other in asked) > 1:
            raise OverlapError(f"{one.code} holds {', '.join(inside) or 'itself'}: ask for one of the two.")
    return {one: total_under(lots, one) for one in asked}


def _total(lots: list[SeizureLot]) -> Total:
    value = sum((lot.normalised_value or Decimal(0) for lot in lots), Decimal(0))
    return Total(value, combined(Comparator(lot.comparator) for lot in lots), len(lots))
