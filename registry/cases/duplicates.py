"""Lots that may be one seizure recorded twice: suggested side by side, decided by a lead."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection

from agencies.models import today
from registry.cases.models import LotComparison, SeizureLot
from registry.cases.models.yields import SeizureLotQuerySet

DAYS = 3
"""Seized at most so many days apart."""
SHARE = "0.05"
"""Quantities differ by at most this share of the larger one."""
MOST = 200
"""Pairs that are told at once: the nearest days first."""

_PAIRS = """
WITH RECURSIVE seen AS ({seen}),
lots AS (
    SELECT l.*, m.dimension FROM cases_seizurelot l JOIN reference_unitofmeasure m ON m.id = l.unit_id
     WHERE l.weighed AND l.divided_by_id IS NULL AND l.id IN (SELECT id FROM seen)
),
classes AS (
    SELECT id AS inner_id, id AS outer_id FROM reference_substance
    UNION
    SELECT c.inner_id, s.parent_id FROM classes c JOIN reference_substance s ON s.id = c.outer_id
     WHERE s.parent_id IS NOT NULL
),
spots AS (
    SELECT c.id AS case_id, c.place_id FROM cases_jointcase c WHERE c.place_id IS NOT NULL
    UNION
    SELECT o.jointcase_id, o.place_id FROM cases_jointcase_other_places o
),
became AS (
    SELECT id AS former_id, id AS place_id FROM agencies_place
    UNION
    SELECT b.former_id, s.successor_id FROM became b JOIN agencies_placesuccession s ON s.predecessor_id = b.place_id
     WHERE s."on" <= %s
)
SELECT a.id, b.id
  FROM lots a JOIN lots b ON a.id < b.id AND a.dimension = b.dimension
   AND abs(a.seized_on - b.seized_on) <= %s
   AND abs(a.normalised_value - b.normalised_value) <= %s * greatest(a.normalised_value, b.normalised_value)
   AND EXISTS (SELECT 1 FROM classes k WHERE (k.inner_id, k.outer_id)
                   IN ((a.substance_id, b.substance_id), (b.substance_id, a.substance_id)))
   AND EXISTS (SELECT 1 FROM spots x, spots y, became m
                WHERE x.case_id = a.case_id AND y.case_id = b.case_id
                  AND (m.former_id, m.place_id) IN ((x.place_id, y.place_id), (y.place_id, x.place_id)))
   AND (a.made_by_id IS NULL OR b.made_by_id IS NULL OR a.made_by_id <> b.made_by_id)
 ORDER BY abs(a.seized_on - b.seized_on), a.seized_on DESC, a.id, b.id
 LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lots side by side, and the decision that holds between them, if there is one."""

    lot: SeizureLot
    other: SeizureLot
    decision: LotComparison | None

    @property
    def decided(self) -> str | None:
        """The verdict that holds."""
        return self.decision.verdict if self.decision is not None else None


def possible_duplicates(lots: SeizureLotQuerySet, *, of: UUID | None = None, decided: bool | None = None) -> list[Pair]:
    """Pairs among the lots given: near in day and amount, of one place, of one substance or a class and its member.

    A province that is gone and the one it went into are one place; two that went into a third are two.

    Give only lots the reader may see. `of`: pairs with this lot. `decided`: with or without a decision.
    """
    pairs = [pair for pair in _pairs(lots) if of is None or of in pair]
    found = {lot.pk: lot for lot in _shown(lots.filter(pk__in={pk for pair in pairs for pk in pair}))}
    held = _decisions(pairs)
    made = [Pair(found[a], found[b], held.get(frozenset((a, b)))) for a, b in pairs]
    return [pair for pair in made if decided is None or (pair.decision is not None) == decided]


def _pairs(lots: SeizureLotQuerySet) -> list[tuple[UUID, UUID]]:
    try:
        seen, given = lots.order_by().values("id").query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS.replace("{seen}", seen), [*given, today(), DAYS, SHARE, MOST])
        return [(a, b) for a, b in cursor.fetchall()]


def _shown(lots: SeizureLotQuerySet) -> SeizureLotQuerySet:
    """With everything a page shows of them."""
    return lots.select_related("substance", "unit", "case__unit__agency", "case__place").prefetch_related(
        "case__participations__unit", "case__place__names"
    )


def _decisions(pairs: list[tuple[UUID, UUID]]) -> dict[frozenset[UUID], LotComparison]:
    """The latest decision on each pair, whichever of the two it was made from."""
    ids = {pk for pair in pairs for pk in pair}
    made = LotComparison.objects.filter(lot__in=ids, other__in=ids).select_related("unit").order_by("decided_at", "pk")
    return {frozenset((one.lot_id, one.other_id)): one for one in made}
