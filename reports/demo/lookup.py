"""Records by their codes, read once."""

from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


def by_code(model: type[M]) -> dict[str, M]:
    """All records of a vocabulary or of the directory."""
    rows: Any = model._default_manager.all()
    return {row.code: row for row in rows}
