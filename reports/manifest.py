"""The manifest of a sealed report: with what it was made, what it counted, and a digest of every record behind it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import connection

from registry.periods import Period
from registry.quantities import plain
from reports.counted import KINDS, Entry, columns_of, entries_of
from reports.document import QuarterlyReport
from reports.freezing import canonical
from reports.missing import Missing
from reports.provenance import definitions, made_with

FORMAT = 1
GAPS = 10_000
"""How far back numbers of the audit log are looked at that the snapshot did not hold: of writers still at work then."""


def build_manifest(
    *, period: Period, document: QuarterlyReport, counts: dict[str, Decimal], missing: list[Missing]
) -> bytes:
    """Canonical bytes. Call it in the snapshot in which the document was built."""
    records: dict[str, Any] = {}
    for kind in KINDS:
        columns = columns_of(kind)
        entries = entries_of(kind, columns, period)
        records[kind.name] = {
            "columns": columns,
            "entries": [[e.id, e.reference, e.number, e.sha256, e.fields] for e in entries],
        }
    return canonical(
        {
            "format": FORMAT,
            "period": {"label": period.label, "start": str(period.start), "end": str(period.end)},
            "snapshot_at": document.generated_at.astimezone(UTC).isoformat(),
            "made_with": made_with(),
            "definitions": definitions(document),
            "counts": {name: plain(value) for name, value in counts.items()},
            "missing": [[one.code, one.agency, one.series] for one in missing],
            "log": _log_position(),
            "records": records,
        }
    )


def _log_position() -> dict[str, Any]:
    """How far the audit log reaches in this snapshot: the last number, and those before it that are not there yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM audit_auditevent")
        last = int(cursor.fetchone()[0])
        cursor.execute(
            "SELECT n FROM generate_series(greatest(%s - %s, 1), %s) n"
            " WHERE NOT EXISTS (SELECT 1 FROM audit_auditevent e WHERE e.id = n) ORDER BY n",
            [last, GAPS, last],
        )
        return {"last": last, "not_yet": [int(row[0]) for row in cursor.fetchall()]}


@dataclass(frozen=True)
class Manifest:
    """A manifest read back."""

    content: bytes

    @cached_property
    def data(self) -> dict[str, Any]:
        """The whole."""
        data: dict[str, Any] = json.loads(self.content)
        return data

    @property
    def period(self) -> Period:
        """The period told about."""
        return Period.parse(self.data["period"]["label"])

    @property
    def sha256(self) -> str:
        """Digest of the bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def snapshot_at(self) -> datetime:
        """When everything was counted."""
        return datetime.fromisoformat(self.data["snapshot_at"])

    @property
    def lacks(self) -> list[tuple[str, str, str]]:
        """What was missing: code, agency, series."""
        return [(code, agency, series) for code, agency, series in self.data["missing"]]

    def columns(self, kind: str) -> list[str]:
        """The columns that the digests of a kind speak of."""
        return list(self.data["records"][kind]["columns"])

    def entries(self, kind: str) -> dict[str, Entry]:
        """The counted records of a kind by id."""
        held = self.data["records"].get(kind, {"entries": []})["entries"]
        return {row[0]: Entry(kind, *row) for row in held}

    def kinds(self) -> Iterator[str]:
        """Kinds that the manifest speaks of, in order."""
        yield from (kind.name for kind in KINDS if kind.name in self.data["records"])

    def is_later(self, event: int) -> bool:
        """Whether an event of the log was written after the snapshot."""
        return event > self.data["log"]["last"] or event in self._not_yet

    @cached_property
    def _not_yet(self) -> frozenset[int]:
        return frozenset(self.data["log"]["not_yet"])
