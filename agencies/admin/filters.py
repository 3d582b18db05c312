"""Filters one types into: a text, a span of time. Stock filters list every value there is, which no log can do."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.admin import ListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class TypedFilter(ListFilter):
    """Fields of a form beside the list; an empty one filters nothing."""

    template = "admin/typed_filter.html"
    fields: tuple[tuple[str, Any, str], ...] = ()
    """Parameter, label, type of the input."""

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.request, self.model_admin = request, model_admin
        for name, _label, _kind in self.fields:
            value = params.pop(name, "")
            self.used_parameters[name] = str(value[-1] if isinstance(value, list) else value).strip()

    def has_output(self) -> bool:
        """Always there."""
        return True

    def expected_parameters(self) -> list[str | None]:
        """Those of the form."""
        return [name for name, _label, _kind in self.fields]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """What the template shows: the fields as filled, and the other filters to keep."""
        mine = set(self.expected_parameters())
        kept = [(k, v) for k, values in changelist.filter_params.items() if k not in mine for v in values]
        kept += [("q", changelist.query)] if changelist.query else []
        rows = [(name, label, kind, self.used_parameters[name]) for name, label, kind in self.fields]
        yield {"fields": rows, "kept": kept, "used": any(value for *_row, value in rows)}

    def value(self, name: str) -> str:
        """What was typed."""
        return str(self.used_parameters[name])


class SpanFilter(TypedFilter):
    """From a day to a day, both included, as days in Viet Nam."""

    title = _("time")
    column = "at"
    fields = (("since", _("From"), "date"), ("until", _("Until"), "date"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Events of the days."""
        since, until = self._day("since"), self._day("until")
        if since is not None:
            queryset = queryset.filter(**{f"{self.column}__gte": _midnight(since)})
        if until is not None:
            queryset = queryset.filter(**{f"{self.column}__lt": _midnight(until + timedelta(days=1))})
        return queryset

    def _day(self, name: str) -> date | None:
        if not self.value(name):
            return None
        try:
            return date.fromisoformat(self.value(name))
        except ValueError:
            messages.error(self.request, gettext("“%s” is no day: write it as 2024-06-30.") % self.value(name))
            return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
