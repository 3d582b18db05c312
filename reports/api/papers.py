"""The registers of official papers over HTTP. A number is taken by whatever makes the paper, not here."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from agencies.api.base import RecordViewSet
from agencies.api.filters import ChoiceFilter, CodeFilter
from agencies.roles import Permission
from reports.models import RegisteredPaper
from reports.paper_serializers import RegisteredPaperSerializer
from reports.terms import PaperKind


class RegisteredPaperFilters(filters.FilterSet):
    """Filters of the registers."""

    agency = CodeFilter("agency")
    unit = CodeFilter("unit")
    year = filters.NumberFilter(min_value=1900, max_value=9999, decimal_places=0)
    kind = ChoiceFilter(PaperKind.choices)


class RegisteredPaperViewSet(ListModelMixin, RetrieveModelMixin, RecordViewSet):
    """Papers that have their number: those that went to all agencies, and one's own units'."""

    queryset = RegisteredPaper.objects.all()
    serializer_class = RegisteredPaperSerializer
    read_permissions = (Permission.REPORT_READ,)
    filterset_class = RegisteredPaperFilters
    ordering_fields = ("year", "number", "signed_on", "created_at")
    ordering = ("-year", "agency", "-number", "id")

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """With agency and unit."""
        return records.select_related("agency", "unit")
