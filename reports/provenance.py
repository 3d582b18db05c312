"""With what a report was made: the software, the templates, the libraries that write it, the rules it counted by."""

import hashlib
import platform
import tomllib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from registry.cases.terms import Kind
from registry.information.terms import RECEIPT_CLOCK, VALUABLE
from reports.document import QuarterlyReport

HERE = Path(__file__).parent
WRITTEN_WITH = (
    *("renderers/*", "fonts/*.ttf"),
    *(
        "document.py",
        "drawing.py",
        "letterhead.py",
        "official.py",
        "ooxml.py",
        "outline.py",
        "packing.py",
        "parts.py",
        "saying.py",
        "typesetting.py",
        "wording.py",
    ),
)
"""Sources that the bytes of a file depend on."""
LIBRARIES = ("typst", "python-docx", "XlsxWriter", "lxml")
RULES = (7, 8, 12, 13, 20, 21, 22, 25, 27)
"""Decisions in docs/adr that say what is counted and how."""


@cache
def template_version() -> str:
    """A digest of the sources that files are written with."""
    found = hashlib.sha256()
    for path in sorted(path for pattern in WRITTEN_WITH for path in HERE.glob(pattern) if path.is_file()):
        found.update(path.relative_to(HERE).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


@cache
def software_version() -> str:
    """The version in pyproject.toml."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def made_with() -> dict[str, Any]:
    """Software, templates, libraries."""
    return {
        "software": software_version(),
        "template": template_version(),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def definitions(document: QuarterlyReport) -> dict[str, Any]:
    """What the words of the report mean: as the code counts, and as the notes of the document say."""
    clock = {
        urgency: {"working_days": limit.working_days, "hours": limit.hours} for urgency, limit in RECEIPT_CLOCK.items()
    }
    return {
        "shared": {"statuses": ["released", "recalled"], "counted_by": "released_at"},
        "valuable": {"grades": sorted(VALUABLE)},
        "acknowledged_in_time": {"clock": clock},
        "joint_cases": {"kinds": [kind.value for kind in Kind], "counted_by": "opened_on"},
        "seizures": {"counted_by": "seized_on", "without": ["divided", "duplicates"]},
        "notes": {note.key: {"vi": note.text.vi, "en": note.text.en} for note in document.footnotes},
        "rules": [f"ADR {number:04}" for number in RULES],
    }
