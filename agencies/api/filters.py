"""Filters by code and by period of days. Naming what one may not see finds nothing, like what does not exist."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework.request import Request


class DeclaredFilterBackend(filters.DjangoFilterBackend):
    """The view's filters. Where none is asked for, none is made: a form of twelve fields costs more than a page."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """The records that pass."""
        declared: Any = getattr(view.filterset_class, "base_filters", {})
        if declared.keys().isdisjoint(request.query_params):
            return queryset
        found: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return found


class CodeFilter(filters.CharFilter):
    """Equal to a code of a related record; an unknown code gives an empty list."""

    def __init__(self, field: str, **kwargs: Any) -> None:
        super().__init__(field_name=f"{field}__code", lookup_expr="exact", max_length=64, **kwargs)


class ChoiceFilter(filters.ChoiceFilter):
    """One of the codes of a vocabulary; anything else is refused."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        super().__init__(choices=choices, empty_label=None, **kwargs)


class TextFilter(filters.CharFilter):
    """Contains the text, letter case aside."""

    def __init__(self, field: str, **kwargs: Any) -> None:
        super().__init__(field_name=field, lookup_expr="icontains", max_length=200, **kwargs)


class MethodFilter(filters.CharFilter):
    """A filter whose method stands on the filter set."""

    def __init__(self, method: str, **kwargs: Any) -> None:
        super().__init__(method=method, max_length=64, **kwargs)


Records = QuerySet[Any]
