"""The project's own source files, parsed once."""

import ast
from functools import cache
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
FLOORS = ("agencies", "registry", "reports")


@cache
def sources() -> dict[str, ast.Module]:
    """Every module of the three floors, migrations apart, by its path."""
    paths = [path for floor in FLOORS for path in (TOP / floor).rglob("*.py") if "migrations" not in path.parts]
    return {str(path.relative_to(TOP)): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(paths)}
