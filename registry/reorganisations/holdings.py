"""Which records name a unit, of whatever app: found by the foreign keys themselves, so that none is forgotten."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Field, Model, QuerySet

from agencies.models import Unit, UnitAncestor
from registry.information.models import ItemAccess
from registry.reorganisations.changes import WRITTEN

DERIVED: tuple[type[Model], ...] = (UnitAncestor, ItemAccess)
"""Rows worked out by the database from others."""


def naming(units: Iterable[Unit], *, directory: bool) -> Iterator[tuple[Field[Any, Any], QuerySet[Any]]]:
    """Rows by the column in which they name one of the units; with `directory`, its own dated rows too."""
    keys = [unit.pk for unit in units]
    for relation in Unit._meta.get_fields(include_hidden=True):
        model: Any = relation.related_model if relation.auto_created and not relation.concrete else None
        column: Any = getattr(relation, "field", None)
        if model is None or column is None or not isinstance(column, Field) or column.many_to_many:
            continue
        if model in DERIVED or (not directory and model in WRITTEN):
            continue
        yield column, model._base_manager.filter(**{f"{column.name}__in": keys})


def counted(units: Iterable[Unit]) -> list[tuple[str, int]]:
    """How many records of which kind name them, apart from the directory's own rows; links of lists apart."""
    found: dict[str, set[Any]] = {}
    for column, rows in naming(units, directory=False):
        if column.model._meta.auto_created:
            continue
        pks = set(rows.values_list("pk", flat=True))
        if pks:
            found.setdefault(str(column.model._meta.verbose_name_plural), set()).update(pks)
    return [(name, len(pks)) for name, pks in sorted(found.items())]
