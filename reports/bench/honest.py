"""The shortest honest program for the main figures of a quarterly report: one connection, the best SQL, a plain dict.

Its figures are those of the report (compared before anything is measured); there is nothing else of the report here:
no comparison with other quarters, no statements, no words, no links, no languages.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import psycopg

from registry.periods import Period

ITEMS = """
SELECT topic.order, count(*) FROM information_informationitem item
  JOIN information_itemversion version ON version.id = item.current_id
  JOIN reference_topic topic ON topic.id = version.topic_id
 WHERE item.released_at >= %(start)s AND item.released_at < %(end)s AND item.status IN ('released', 'recalled') {items}
 GROUP BY topic.order ORDER BY topic.order
"""

DELIVERIES = """
SELECT giver.protocol_order, receiver.protocol_order, count(*),
       count(*) FILTER (WHERE acknowledged_at <= due_at), count(*) FILTER (WHERE delivery.status = 'used')
  FROM information_informationitem item
  JOIN information_delivery delivery ON delivery.item_id = item.id
  JOIN agencies_unit gave ON gave.id = item.unit_id
  JOIN agencies_agency giver ON giver.id = gave.agency_id
  JOIN agencies_unit received ON received.id = delivery.unit_id
  JOIN agencies_agency receiver ON receiver.id = received.agency_id
 WHERE item.released_at >= %(start)s AND item.released_at < %(end)s {deliveries}
 GROUP BY giver.protocol_order, receiver.protocol_order
"""

VALUABLE = """
SELECT count(*) FROM information_informationitem item
 WHERE item.released_at >= %(start)s AND item.released_at < %(end)s AND item.status IN ('released', 'recalled') {items}
   AND EXISTS (SELECT FROM information_delivery delivery
                 JOIN information_evaluation evaluation ON evaluation.delivery_id = delivery.id
                WHERE delivery.item_id = item.id AND usefulness IN ('new_line', 'contributed') {deliveries})
"""

CASES = """
SELECT kind, count(*) FROM cases_jointcase joint
 WHERE opened_on >= %(first)s AND opened_on < %(after)s {cases} GROUP BY kind
"""

SEIZURES = """
SELECT substance.name_vi, coalesce(measure.dimension, ''), count(*), sum(normalised_value)
  FROM cases_seizurelot lot
  JOIN cases_jointcase joint ON joint.id = lot.case_id
  JOIN reference_substance substance ON substance.id = lot.substance_id
  LEFT JOIN reference_unitofmeasure measure ON measure.id = lot.unit_id
 WHERE lot.seized_on >= %(first)s AND lot.seized_on < %(after)s AND lot.divided_by_id IS NULL
   {lots} {cases}
 GROUP BY substance.name_vi, measure.dimension
"""

ALL = {"items": "", "deliveries": "", "cases": "", "lots": "AND lot.duplicate_of_id IS NULL"}
"""Of whoever counts for all."""

OWN = {
    "items": """
        AND item.id IN (SELECT item_id FROM information_itemaccess WHERE unit_id = %(unit)s)""",
    "deliveries": """
        AND (item.unit_id = ANY(%(units)s) OR delivery.unit_id = ANY(%(units)s))""",
    "cases": """
        AND joint.id IN (SELECT case_id FROM cases_participation WHERE unit_id = ANY(%(units)s))""",
    "lots": """
        AND NOT EXISTS (SELECT FROM cases_seizurelot counted JOIN cases_participation part USING (case_id)
                         WHERE counted.id = lot.duplicate_of_id AND part.unit_id = ANY(%(units)s))""",
}
"""Of what one unit sees, and those below it."""

BELOW = "SELECT array_agg(unit_id) FROM agencies_unitancestor WHERE ancestor_id = %s"
PRINTED = {"mass": ("kg", 1000), "tablet": ("viên", 1)}
"""How each dimension is printed, and how many base units that is."""


def main_figures(connection: "psycopg.Connection[Any]", period: Period, unit: UUID | None) -> dict[str, Any]:
    """The main figures of the conference's edition, or of the edition of a unit."""
    start, end = period.moments()
    asked: dict[str, Any] = {"start": start, "end": end, "first": period.start, "after": period.end, "unit": unit}
    if unit is not None:
        asked["units"] = connection.execute(BELOW, [unit]).fetchone()[0]  # type: ignore[index]
    scope = OWN if unit is not None else ALL
    topics, deliveries, valuable, cases, lots = (
        connection.execute(statement.format(**scope), asked).fetchall()
        for statement in (ITEMS, DELIVERIES, VALUABLE, CASES, SEIZURES)
    )
    return {
        "shared": sum(number for _topic, number in topics),
        "by_topic": dict(topics),
        "giver_receiver": {(giver, receiver): number for giver, receiver, number, _in_time, _used in deliveries},
        "in_time": sum(row[3] for row in deliveries),
        "used": sum(row[4] for row in deliveries),
        "valuable": valuable[0][0],
        "cases": dict(cases),
        "seized": {(name, PRINTED[kind][0]): total / PRINTED[kind][1] for name, kind, _lots, total in lots if kind},
        "not_weighed": sum(number for _name, kind, number, _total in lots if not kind),
    }


def difference(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> str:
    """The figures that two programs tell differently, in one line; nothing where they agree."""
    told = (f"{name}: {ours[name]!r} / {theirs[name]!r}" for name in ours if ours[name] != theirs[name])
    return "; ".join(told)
