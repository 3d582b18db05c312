"""The records that a period's report counts, in plain SQL: which they are, and what stands in each of their columns.

Written apart from the queries that count them: a manifest that asked the same code would repeat its mistakes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from registry.periods import Period

FIELD_DIGITS = 8
"""Hexadecimal digits kept of a single column's digest: they name the column; the record's own digest decides."""

UNCOUNTED = frozenset({"id", "revision", "updated_at"})
"""Columns that say nothing: the identity, and what turns with every other change."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of counted record. `t` is its row in every piece of SQL here.

    `where` picks those of a period by its `%(from)s`, `%(until)s` (moments), `%(start)s`, `%(end)s` (days).
    `fixed` columns never change lawfully, `open` ones may; all others follow `others_fixed`.
    `owners`: ids under which the audit log speaks of changes to the row.
    """

    name: str
    table: str
    reference: str
    where: str
    owners: str = "ARRAY[t.id]"
    open: frozenset[str] = frozenset()
    others_fixed: bool = True
    number: str = "NULL::int"

    def may_change(self, column: str) -> bool:
        """Whether some action changes the column of a record that was counted."""
        return column in self.open or not self.others_fixed


def _columns(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHARED = "t.status IN ('released', 'recalled') AND t.released_at >= %(from)s AND t.released_at < %(until)s"
_ITEM = (
    "FROM information_informationitem i WHERE i.status IN ('released', 'recalled')"
    " AND i.released_at >= %(from)s AND i.released_at < %(until)s"
)
_LED = "FROM cases_jointcase c WHERE c.opened_on >= %(start)s AND c.opened_on < %(end)s"
_STATED = (
    "FROM reports_statement s WHERE s.status = 'confirmed' AND s.period_start = %(start)s AND s.period_end = %(end)s"
)
_ITEM_OF = "(SELECT i.reference FROM information_informationitem i WHERE i.id = {})"
_CASE_OF = "(SELECT c.reference FROM cases_jointcase c WHERE c.id = t.case_id)"
_MEETING_OF = "(SELECT c.code FROM conferences_conference c WHERE c.id = t.conference_id)"
_MET = "FROM conferences_conference c WHERE c.period_start = %(start)s AND c.period_end = %(end)s"
_STATEMENT = (
    "(SELECT a.code || ' ' || s.period_label || '/' || s.number FROM reports_statement s"
    " JOIN agencies_agency a ON a.id = s.agency_id WHERE s.id = {})"
)

KINDS: tuple[Kind, ...] = (
    Kind(
        "item",
        "information_informationitem",
        "t.reference",
        _SHARED,
        open=_columns("status current_id return_reason recalled_at recall_reason"),
    ),
    Kind(
        "version",
        "information_itemversion",
        _ITEM_OF.format("t.item_id"),
        f"t.id IN (SELECT i.current_id {_ITEM})",
        owners="ARRAY[t.id, t.item_id]",
        number="t.number",
    ),
    Kind(
        "delivery",
        "information_delivery",
        _ITEM_OF.format("t.item_id"),
        f"t.item_id IN (SELECT i.id {_ITEM})",
        owners="ARRAY[t.id, t.item_id]",
        open=_columns(
            "status opened_at opened_by_id acknowledged_at acknowledged_by_id assigned_to_id used_at recalled_at"
        ),
    ),
    Kind(
        "evaluation",
        "information_evaluation",
        _ITEM_OF.format("(SELECT d.item_id FROM information_delivery d WHERE d.id = t.delivery_id)"),
        f"t.delivery_id IN (SELECT d.id FROM information_delivery d WHERE d.item_id IN (SELECT i.id {_ITEM}))",  # noqa: S608 - made of constants
        owners="ARRAY[t.id, t.delivery_id]",
        others_fixed=False,
    ),
    Kind(
        "case",
        "cases_jointcase",
        "t.reference",
        "t.opened_on >= %(start)s AND t.opened_on < %(end)s",
        others_fixed=False,
    ),
    Kind(
        "participation",
        "cases_participation",
        _CASE_OF,
        f"t.case_id IN (SELECT c.id {_LED})",
        owners="ARRAY[t.id, t.case_id] || ARRAY(SELECT h.id FROM cases_handover h WHERE h.case_id = t.case_id)",
        others_fixed=False,
    ),
    Kind(
        "lot",
        "cases_seizurelot",
        _CASE_OF,
        "t.seized_on >= %(start)s AND t.seized_on < %(end)s AND t.divided_by_id IS NULL AND t.duplicate_of_id IS NULL",
        owners="ARRAY[t.id, t.case_id]"
        " || ARRAY(SELECT c.id FROM cases_lotcomparison c WHERE t.id IN (c.lot_id, c.other_id))",
        others_fixed=False,
    ),
    Kind("statement", "reports_statement", _STATEMENT.format("t.id"), f"t.id IN (SELECT s.id {_STATED})"),
    Kind(
        "statement_figure",
        "reports_statementfigure",
        _STATEMENT.format("t.statement_id"),
        f"t.statement_id IN (SELECT s.id {_STATED})",
        owners="ARRAY[t.id, t.statement_id]",
    ),
    Kind(
        "claim",
        "reports_claim",
        _STATEMENT.format("(SELECT f.statement_id FROM reports_statementfigure f WHERE f.id = t.figure_id)"),
        f"t.figure_id IN (SELECT f.id FROM reports_statementfigure f WHERE f.statement_id IN (SELECT s.id {_STATED}))",  # noqa: S608 - made of constants
        owners="ARRAY[t.id] || ARRAY(SELECT f.statement_id FROM reports_statementfigure f WHERE f.id = t.figure_id)",
    ),
    Kind(
        "explanation",
        "reports_explanation",
        _STATEMENT.format("t.statement_id"),
        f"t.statement_id IN (SELECT s.id {_STATED})",
    ),
    Kind(
        "conference",
        "conferences_conference",
        "t.code",
        "t.period_start = %(start)s AND t.period_end = %(end)s",
        others_fixed=False,
    ),
    Kind(
        "resolution",
        "conferences_resolution",
        f"{_MEETING_OF} || '#' || t.number",
        f"t.conference_id IN (SELECT c.id {_MET})",
        owners="ARRAY[t.id, t.conference_id]",
        others_fixed=False,
    ),
    Kind(
        "action_item",
        "conferences_actionitem",
        f"{_MEETING_OF} || '#' || t.number",
        f"t.conference_id IN (SELECT c.id {_MET})",
        owners="ARRAY[t.id, t.conference_id]",
        others_fixed=False,
    ),
    Kind(
        "commendation",
        "commendations_commendation",
        "t.reference",
        "t.status = 'awarded' AND t.awarded_on >= %(start)s AND t.awarded_on < %(end)s",
        others_fixed=False,
    ),
    Kind(
        "text",
        "reports_narrativetext",
        "t.period_label || '.' || t.part || '.' || t.language",
        "t.period_label = %(label)s",
        others_fixed=False,
        number="t.revision",
    ),
    Kind(
        "published_figure",
        "documents_publishedfigure",
        "(SELECT d.code || '/' || t.number FROM documents_document d WHERE d.id = t.document_id)",
        "t.kind = 'figure' AND t.period_start < %(end)s AND t.period_end > %(start)s",
        owners="ARRAY[t.id, t.document_id]",
        others_fixed=False,
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Entry:
    """A counted record: who it is, its version or revision, the digest of its content, and one per column."""

    kind: str
    id: str
    reference: str
    number: int | None
    sha256: str
    fields: str

    def digest_of(self, place: int) -> str:
        """The digest of one column."""
        return self.fields[place * FIELD_DIGITS : (place + 1) * FIELD_DIGITS]


def columns_of(kind: Kind) -> list[str]:
    """The columns whose content matters, in alphabetical order."""
    with connection.cursor() as cursor:
        held = connection.introspection.get_table_description(cursor, kind.table)
    return sorted(column.name for column in held if column.name not in UNCOUNTED)


def _select(kind: Kind, columns: Sequence[str], where: str) -> str:
    quoted = [connection.ops.quote_name(column) for column in columns]
    digests = " || ".join(
        f"left(encode(sha256(convert_to(t.id::text || coalesce(to_jsonb(t.{name})::text, 'null'), 'UTF8')), 'hex'),"
        f" {FIELD_DIGITS})"
        for name in quoted
    )
    content = ", ".join(f"to_jsonb(t.{name})" for name in quoted)
    return (
        f"SELECT t.id::text, coalesce({kind.reference}, ''), {kind.number},"  # noqa: S608 - constants and columns
        f" encode(sha256(convert_to(jsonb_build_array({content})::text, 'UTF8')), 'hex'), {digests}"
        f" FROM {kind.table} t WHERE {where} ORDER BY t.id"
    )


def _read(kind: Kind, columns: Sequence[str], where: str, given: dict[str, Any]) -> Iterator[Entry]:
    with connection.cursor() as cursor:
        cursor.execute(_select(kind, columns, where), given)
        for row in cursor.fetchall():
            yield Entry(kind.name, *row)


def bounds(period: Period) -> dict[str, Any]:
    """The period as the SQL asks for it."""
    start, end = period.moments()
    return {"from": start, "until": end, "start": period.start, "end": period.end, "label": period.label}


def entries_of(kind: Kind, columns: Sequence[str], period: Period) -> list[Entry]:
    """The counted records of the kind, in the order of their ids."""
    return list(_read(kind, columns, kind.where, bounds(period)))


def entries_now(kind: Kind, columns: Sequence[str], ids: Sequence[str]) -> dict[str, Entry]:
    """The records with these ids as they stand now."""
    return {entry.id: entry for entry in _read(kind, columns, "t.id = ANY(%(ids)s::uuid[])", {"ids": list(ids)})}


def entered_since(kind: Kind, period: Period, known: Sequence[str]) -> dict[str, str]:
    """References by id of the period's records as they are counted now, but for those known."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.id::text, coalesce({kind.reference}, '') FROM {kind.table} t WHERE ({kind.where})"  # noqa: S608
            " AND NOT EXISTS (SELECT 1 FROM unnest(%(known)s::uuid[]) k(id) WHERE k.id = t.id) ORDER BY t.id",
            bounds(period) | {"known": list(known)},
        )
        return dict(cursor.fetchall())


def owners_of(kind: Kind, ids: Sequence[str]) -> dict[str, list[str]]:
    """Under which ids the audit log speaks of these records."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.id::text, ({kind.owners})::text[] FROM {kind.table} t WHERE t.id = ANY(%s::uuid[])",  # noqa: S608
            [list(ids)],
        )
        return dict(cursor.fetchall())
