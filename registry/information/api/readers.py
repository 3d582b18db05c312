"""Who has read an item, told to its originator; and when reading one needs a purpose."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet
from agencies.audit.purpose import Occasion
from registry.api.pagination import AllowedOrderingFilter
from registry.information import readers
from registry.information.serializers import ReadingSerializer


class ReadingItems(RecordViewSet):
    """What an item's view set answers besides."""

    def occasion(self, record: Any) -> Occasion | None:
        """Another agency's TLP:RED."""
        return readers.occasion_of(record, self.person)

    @extend_schema(responses=ReadingSerializer(many=True))
    @action(
        detail=True,
        methods=["get"],
        filterset_class=None,
        filter_backends=[AllowedOrderingFilter],
        ordering_fields=(),
        ordering=("-at", "-id"),
    )
    def readers(self, request: Request, pk: Any = None) -> Response:
        """Who has read the item, newest first. To its originator; other agencies' people by unit and role."""
        item = get_object_or_404(self.get_queryset(), pk=pk)
        readers.require_originator(item, self.person)
        page = self.paginate_queryset(readers.readings_of(item)) or []
        shown = readers.shown_readings(item=item, events=page, by=self.person)
        return self.get_paginated_response(ReadingSerializer(shown, many=True).data)
