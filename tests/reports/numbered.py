"""Papers that take a number."""

from datetime import UTC, date, datetime
from typing import Any

from reports.document import Text
from reports.models import RegisteredPaper
from reports.numbering import register_paper
from reports.terms import PaperKind
from tests.cast import Cast

SIGNED = date(2024, 8, 20)
NOON = datetime(2024, 8, 20, 5, 0, tzinfo=UTC)


def numbered(cast: Cast, unit: str = "police", **more: Any) -> RegisteredPaper:
    """The next paper of the unit's agency."""
    given: dict[str, Any] = {
        "unit": cast.units[unit],
        "kind": PaperKind.REPORT,
        "subject": Text("Kết quả phối hợp", "Results of coordination"),
        "signed_on": SIGNED,
        "office": Text("Cục trưởng", "Director"),
        "signer": "Nguyễn Văn Mẫu",
        "by": cast.secretariat,
        "at": NOON,
    }
    return register_paper(**(given | more))
