"""The audit log over HTTP."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view

from agencies.api.base import PURPOSE, RecordViewSet
from agencies.api.filters import ChoiceFilter, Records
from agencies.api.serializers import AuditEventSerializer
from agencies.audit.models import AuditEvent, Outcome
from agencies.audit.purpose import Occasion
from agencies.log_reading import as_shown, done_by
from agencies.roles import Permission


class AuditEventFilters(filters.FilterSet):
    """Filters of the audit log."""

    action = filters.CharFilter(max_length=64)
    actor = filters.CharFilter(
        max_length=200, method="done_by", label="Username, of the auditor's own units. Needs X-Purpose."
    )
    unit = filters.CharFilter(field_name="actor_unit", max_length=64)
    object_id = filters.CharFilter(max_length=64, method="about", label="Done to the record, or showing it in a list.")
    object_ref = filters.CharFilter(
        max_length=200, method="of_reference", label="Reference or its beginning; finds lists that showed it too."
    )
    object_type = filters.CharFilter(max_length=64)
    request_id = filters.CharFilter(max_length=64)
    outcome = ChoiceFilter(Outcome.choices)
    since = filters.IsoDateTimeFilter(field_name="at", lookup_expr="gte")
    until = filters.IsoDateTimeFilter(field_name="at", lookup_expr="lt")

    def done_by(self, records: Any, name: str, value: str) -> Records:
        """By a named person."""
        return done_by(records, value, self.request.user.units_with(Permission.AUDIT_READ))

    def about(self, records: Any, name: str, value: str) -> Records:
        """By the record's id."""
        return records.about(value, units=self.request.user.units_with(Permission.AUDIT_READ))  # type: ignore[no-any-return]

    def of_reference(self, records: Any, name: str, value: str) -> Records:
        """By the record's reference."""
        return records.of_reference(value, units=self.request.user.units_with(Permission.AUDIT_READ))  # type: ignore[no-any-return]


@extend_schema_view(list=extend_schema(parameters=[PURPOSE]))
class AuditEventViewSet(RecordViewSet):
    """What was done by the auditor's units, and to their records."""

    queryset = AuditEvent.objects.all()
    serializer_class = AuditEventSerializer
    read_permissions = (Permission.AUDIT_READ,)
    filterset_class = AuditEventFilters
    ordering_fields = ("at",)
    ordering = ("-at",)
    lookup_field = "public_id"
    discloses = True

    def list_occasion(self) -> Occasion | None:
        """What a named person did."""
        return Occasion.NAMED_PERSON if self.request.query_params.get("actor") else None

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page, as far as it is shown."""
        return as_shown(super().paginate_queryset(queryset) or [], self.person.units_with(Permission.AUDIT_READ))

    def get_object(self) -> Any:
        """One event, as far as it is shown."""
        return as_shown([super().get_object()], self.person.units_with(Permission.AUDIT_READ))[0]

    def get_queryset(self) -> QuerySet[Any]:
        """Events concerning the units whose log the caller reads."""
        if getattr(self, "swagger_fake_view", False):
            return AuditEvent.objects.none()
        return AuditEvent.objects.concerning(self.person.units_with(Permission.AUDIT_READ))
