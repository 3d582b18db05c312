"""Which unit stands below which: worked out once, and worked out anew for whoever asks while that does not hold."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models.base import today
from agencies.models.organisation import Unit


class UnitAncestor(models.Model):
    """A unit and one above it, itself included. Written by the database alone, when the tree is worked out."""

    pk = models.CompositePrimaryKey("ancestor_id", "unit_id")
    ancestor = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False, verbose_name=_("unit above"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))

    class Meta:
        verbose_name = _("unit above a unit")
        verbose_name_plural = _("units above units")

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.ancestor_id}"


class UnitTree(models.Model):
    """One row: on which days what was worked out from the tree holds, and whether units were placed since."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    current = models.BooleanField(_("current"), default=False)
    holds_from = models.DateField(_("holds from"), null=True)
    holds_until = models.DateField(_("holds until (exclusive)"), null=True)

    class Meta:
        verbose_name = _("tree of units")
        verbose_name_plural = _("tree of units")
        constraints = [models.CheckConstraint(name="unit_tree_is_one", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"{self.holds_from} - {self.holds_until}"


@dataclass(frozen=True, slots=True)
class Branches:
    """Units with all below them, on one day."""

    units: frozenset[UUID]
    tops: frozenset[UUID] | None
    """The roots that stand below no other; None while what was worked out from the tree does not hold."""


_HOLDS = """
EXISTS (
    SELECT FROM agencies_unittree
     WHERE current AND (holds_from IS NULL OR holds_from <= %(day)s) AND (holds_until IS NULL OR %(day)s < holds_until)
)
"""

_WORKED_OUT = f"""
SELECT ancestor_id, unit_id FROM agencies_unitancestor WHERE ancestor_id = ANY(%(roots)s::uuid[]) AND {_HOLDS}
"""  # noqa: S608 - made of constants

_BELOW = """
WITH RECURSIVE latest AS (
    SELECT DISTINCT ON (unit_id) unit_id, parent_id FROM agencies_unitplacement
    WHERE (valid_from IS NULL OR valid_from <= %(day)s) AND valid_to IS DISTINCT FROM coalesce(valid_from, 'infinity')
    ORDER BY unit_id, valid_from DESC NULLS LAST, id DESC
), below AS (
    SELECT unnest(%(roots)s::uuid[]) AS unit_id
    UNION
    SELECT latest.unit_id FROM latest JOIN below ON latest.parent_id = below.unit_id
)
SELECT unit_id FROM below
"""


def branches(roots: frozenset[UUID]) -> Branches:
    """The roots and all units below them today. A unit that ended stays below its last parent.

    One query; a second one while what was worked out does not hold: then it gives no row, not even of a root itself.
    """
    if not roots:
        return Branches(frozenset(), frozenset())
    asked: dict[str, Any] = {"roots": list(roots), "day": today()}
    below: dict[UUID, set[UUID]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_WORKED_OUT, asked)
        for root, unit in cursor.fetchall():
            below[root].add(unit)
        if below:
            return Branches(frozenset().union(*below.values()), _tops(below))
        cursor.execute(_BELOW, asked)
        return Branches(frozenset(row[0] for row in cursor.fetchall()), None)


def _tops(below: dict[UUID, set[UUID]]) -> frozenset[UUID]:
    """Roots that are not below another one that stays."""
    tops = set(below)
    for root in sorted(below):
        if any(root in below[other] for other in tops - {root}):
            tops.discard(root)
    return frozenset(tops)


def units_below(roots: set[UUID]) -> frozenset[UUID]:
    """See branches."""
    return branches(frozenset(roots)).units


def tree_holds() -> bool:
    """Whether what was worked out from the tree of units holds today."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_HOLDS}", {"day": today()})
        return bool(cursor.fetchone()[0])
