"""Names of the record's day on every page of the admin: lists, records, rows on a record's page."""

from copy import copy
from typing import Any

from django.db.models import ForeignKey, Model, prefetch_related_objects
from django.forms.models import BaseInlineFormSet
from django.utils.html import format_html

from agencies.models import Named, Record, Unit, named_then


def names_of(model: type[Model]) -> list[str]:
    """What to fetch along for `named_on_its_day`: two queries per relation, however many records."""
    return [
        f"{field.name}__names"
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and issubclass(field.related_model, Named)
    ]


def named_on_its_day(record: Model) -> None:
    """Units, agencies and places that came along with the record print the name they bore on its day.

    Each gets an object of its own: records of other days may share the one that was fetched.
    """
    if not isinstance(record, Record):
        return
    for field in record._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.is_cached(record):
            related: Any = getattr(record, field.name)
            if isinstance(related, Named):
                setattr(record, field.name, named_then(copy(related), record.names_day()))


def fetched(record: Model) -> None:
    """The same for one record, whose related ones are fetched where they did not come along."""
    for field in record._meta.concrete_fields:
        if isinstance(field, ForeignKey) and issubclass(field.related_model, Named):
            getattr(record, field.name)
    named_on_its_day(record)
    lists = [f.name for f in record._meta.many_to_many if issubclass(f.related_model, Named)]
    if isinstance(record, Record) and lists:
        prefetch_related_objects([record], *(f"{name}__names" for name in lists))
        for related in (one for name in lists for one in getattr(record, name).all()):
            named_then(related, record.names_day())


class DayFormSet(BaseInlineFormSet[Any, Any, Any]):
    """Rows on a record's page."""

    def get_queryset(self) -> Any:
        """With the names of each row's own day."""
        rows = super().get_queryset()
        for row in rows:
            named_on_its_day(row)
        return rows


def code_with_name(unit: Unit) -> str:
    """The code as lists print it; the name it bore on the record's day is read out, and shown by the pointer."""
    return format_html('<span class="unit-code" title="{}">{}</span>', unit.name() or unit.code, unit.code)
