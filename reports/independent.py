"""The main figures of a period counted a second time, in SQL that shares nothing with the report's own queries.

A report is frozen only where both say the same: an error in either is found before anybody signs.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import connection

from registry.cases.terms import Kind
from registry.periods import Period
from reports.counted import bounds
from reports.document import Figure, QuarterlyReport, Row

_SHARED = """
    WITH shared AS (
        SELECT id, status FROM information_informationitem
         WHERE reference IS NOT NULL AND released_at >= %(from)s AND released_at < %(until)s),
    given AS (
        SELECT d.id, d.item_id, d.status, d.acknowledged_at, d.due_at
          FROM information_delivery d JOIN shared s ON s.id = d.item_id),
    worthy AS (
        SELECT DISTINCT g.item_id FROM given g JOIN information_evaluation e ON e.delivery_id = g.id
         WHERE e.usefulness IN ('new_line', 'contributed'))
    SELECT (SELECT count(*) FROM shared), (SELECT count(*) FROM worthy),
           (SELECT count(*) FROM shared WHERE status = 'recalled'),
           (SELECT count(*) FROM given),
           (SELECT count(*) FROM given WHERE acknowledged_at <= due_at),
           (SELECT count(*) FROM given WHERE acknowledged_at > due_at),
           (SELECT count(*) FROM given WHERE acknowledged_at IS NULL AND status <> 'recalled'),
           (SELECT count(*) FROM given WHERE acknowledged_at IS NULL AND status = 'recalled')
"""
_NAMES = (
    "items_shared",
    "items_valuable",
    "items_recalled",
    "deliveries",
    "acknowledged_in_time",
    "acknowledged_late",
    "not_acknowledged",
    "recalled_unseen",
)
_CASES = """
    SELECT kind, count(*), coalesce(sum(arrests), 0) FROM cases_jointcase
     WHERE opened_on >= %(start)s AND opened_on < %(end)s GROUP BY kind
"""
_LOTS = """
    SELECT coalesce(sum(l.normalised_value) FILTER (WHERE m.dimension = 'mass'), 0) / 1000,
           coalesce(sum(l.normalised_value) FILTER (WHERE m.dimension = 'tablet'), 0),
           count(*) FILTER (WHERE NOT l.weighed)
      FROM cases_seizurelot l LEFT JOIN reference_unitofmeasure m ON m.id = l.unit_id
     WHERE l.seized_on >= %(start)s AND l.seized_on < %(end)s
       AND NOT EXISTS (SELECT 1 FROM cases_lotdivision d WHERE d.id = l.divided_by_id)
       AND l.duplicate_of_id IS NULL
"""
_STATED = """
    SELECT count(DISTINCT agency_id) FROM reports_statement
     WHERE status = 'confirmed' AND period_start = %(start)s AND period_end = %(end)s
"""


def counted_again(period: Period) -> dict[str, Decimal]:
    """The figures by name, from the tables themselves."""
    given = bounds(period)
    shared, cases, lots, stated = (_rows(query, given) for query in (_SHARED, _CASES, _LOTS, _STATED))
    found: dict[str, Any] = dict(zip(_NAMES, shared[0], strict=True))
    by_kind = {kind: (number, persons) for kind, number, persons in cases}
    for kind in Kind:
        found[f"cases_{kind}"], found[f"persons_{kind}"] = by_kind.get(kind.value, (0, 0))
    found["seized_kilograms"], found["seized_tablets"], found["lots_not_weighed"] = lots[0]
    found["agencies_confirmed"] = stated[0][0]
    return {name: Decimal(value) for name, value in found.items()}


def _rows(query: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def printed(document: QuarterlyReport) -> dict[str, Decimal]:
    """The same figures as the document prints them. What it leaves empty is zero here."""
    total, receipts = document.tables["shared_by_agency"].rows[-1], document.tables["receipts"].rows[-1]
    figures = dict(zip(_NAMES, (*_numbers(total, 1, 4), *_numbers(receipts, 1, 6)), strict=True))
    for kind, row in zip(Kind, document.tables["cases_by_kind"].rows, strict=True):
        figures[f"cases_{kind}"], figures[f"persons_{kind}"] = _numbers(row, 1, 3)
    seized = document.tables["seizures"].rows
    figures["seized_kilograms"] = sum((_number(row, 1) for row in seized), Decimal(0))
    figures["seized_tablets"] = sum((_number(row, 2) for row in seized), Decimal(0))
    figures["lots_not_weighed"] = sum((_number(row, -1) for row in seized), Decimal(0))
    stated = document.tables["statement_status"].rows
    figures["agencies_confirmed"] = Decimal(sum(_figure(row, 2).number is not None for row in stated))
    return figures


def _numbers(row: Row, first: int, end: int) -> Iterator[Decimal]:
    return (_number(row, place) for place in range(first, end))


def _number(row: Row, place: int) -> Decimal:
    return Decimal(_figure(row, place).number or 0)


def _figure(row: Row, place: int) -> Figure:
    cell = row.cells[place]
    if not isinstance(cell, Figure):
        raise TypeError("A figure stands here, and words were found.")
    return cell


def disagreements(document: QuarterlyReport, again: dict[str, Decimal]) -> dict[str, tuple[Decimal, Decimal]]:
    """By name: what the document prints, and what was counted a second time, where they differ."""
    first = printed(document)
    return {name: (first[name], value) for name, value in again.items() if first[name] != value}
