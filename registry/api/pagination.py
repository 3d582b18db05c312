"""Cursor pages: stable while rows arrive, the whole counted only on request."""

from collections import OrderedDict
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

MAX_PAGE = 200


def ordering_of(request: Request, view: Any) -> tuple[str, ...]:
    """The ordering asked for, from the view's allow-list, down to a unique key."""
    asked = request.query_params.get("ordering")
    allowed = tuple(view.ordering_fields)
    if asked is None:
        fields = tuple(view.ordering)
    elif asked.lstrip("-") in allowed and not asked.startswith("--"):
        fields = (asked,)
    else:
        text = _("Choose one of: %s (with “-” before it for descending).") % (", ".join(allowed) or "-")
        raise ValidationError({"ordering": [text]})
    if fields[-1].lstrip("-") != "id":
        fields = (*fields, "-id" if fields[-1].startswith("-") else "id")
    return fields


def indexed(fields: tuple[str, ...], queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
    """The ordering by the names under which the query set at hand orders alike along an index (`view.indexed_as`)."""
    names = {name: alias for name, alias in view.indexed_as.items() if alias in queryset.query.annotations}
    return tuple(f"-{names.get(f[1:], f[1:])}" if f.startswith("-") else names.get(f, f) for f in fields)


class AllowedOrderingFilter(BaseFilterBackend):
    """`ordering` by allow-list."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """The records in the order asked for."""
        return queryset.order_by(*self.get_ordering(request, queryset, view))

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        """The same order, for the cursor."""
        return indexed(ordering_of(request, view), queryset, view)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """For openapi.yaml."""
        values = [v for f in view.ordering_fields for v in (f, f"-{f}")]
        if not values:
            return []
        schema = {"type": "string", "enum": values}
        text = "Order of the list; “-” before the name is descending."
        return [{"name": "ordering", "in": "query", "required": False, "description": text, "schema": schema}]


class RecordCursorPagination(CursorPagination):
    """`{"results", "next", "previous"}`, and `count` with `?count=true`."""

    page_size = 50
    max_page_size = MAX_PAGE
    page_size_query_param = "page_size"
    ordering = ("id",)

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        """One page."""
        self.counted = self._count(queryset, request)
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, DjangoValidationError, ValueError, DataError) as fault:
            text = _("This is no cursor of this list. Take it from `next` or `previous`, or leave it out.")
            raise ValidationError({"cursor": [text]}, code="invalid_cursor") from fault

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        """Kept by the names of the records' fields too: cursors are made of those."""
        fields = ordering_of(request, view)
        self.fields = fields
        return indexed(fields, queryset, view)

    def _get_position_from_instance(self, instance: Any, ordering: Any) -> str:
        return str(getattr(instance, self.fields[0].lstrip("-")))

    def _count(self, queryset: QuerySet[Any], request: Request) -> int | None:
        asked = request.query_params.get("count", "false")
        if asked not in {"true", "false"}:
            raise ValidationError({"count": [_("Write true or false.")]})
        return queryset.count() if asked == "true" else None

    def get_page_size(self, request: Request) -> int:
        """1 to 200; anything else is refused."""
        asked = request.query_params.get("page_size")
        if asked is None:
            return self.page_size
        if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= MAX_PAGE):
            raise ValidationError({"page_size": [_("Write a whole number from 1 to %d.") % MAX_PAGE]})
        return int(asked)

    def get_paginated_response(self, data: Any) -> Response:
        """The page as JSON."""
        body: dict[str, Any] = OrderedDict()
        if self.counted is not None:
            body["count"] = self.counted
        body |= {"next": self.get_next_link(), "previous": self.get_previous_link(), "results": data}
        return Response(body)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """For openapi.yaml."""
        link = {"type": ["string", "null"], "format": "uri"}
        properties = {
            "count": {"type": "integer", "description": "Only with ?count=true."},
            "next": link,
            "previous": link,
            "results": schema,
        }
        return {"type": "object", "required": ["next", "previous", "results"], "properties": properties}

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """For openapi.yaml."""
        size = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": self.page_size}
        return [
            _parameter("cursor", "Taken from `next` or `previous`.", {"type": "string"}),
            _parameter("page_size", "Records on a page.", size),
            _parameter("count", "Count the whole list too.", {"type": "boolean", "default": False}),
        ]


def _parameter(name: str, text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": text, "schema": schema}
