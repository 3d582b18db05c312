"""Events as CSV: one line each, safe to open in a spreadsheet, and a last line that says how many there were."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from agencies.audit.models import AuditEvent

COLUMNS = (
    "at",
    "actor",
    "actor_unit",
    "role",
    "api_key",
    "action",
    "object_type",
    "object_id",
    "object_ref",
    "purpose",
    "outcome",
    "request_id",
    "subjects",
    "detail",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would compute."""


class _Line:
    """A file of which only the latest line is wanted."""

    def write(self, text: str) -> str:
        """Hand the line back to whoever wrote it."""
        return text


def cell(value: Any) -> str:
    """The value as text that no spreadsheet computes."""
    text = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def lines(events: Iterable[AuditEvent]) -> Iterator[str]:
    """Header, events, and `# rows: N`: a file without that last line was cut off."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(COLUMNS)
    rows = 0
    for event in events:
        rows += 1
        values = (event.at.isoformat() if name == "at" else cell(getattr(event, name)) for name in COLUMNS)
        yield writer.writerow(values)
    yield f"# rows: {rows}\r\n"
