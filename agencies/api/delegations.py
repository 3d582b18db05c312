"""Delegations over HTTP: those given by and to the caller, and those of the units the caller manages."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet, StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.delegations import delegate, revoke_delegation
from agencies.models import Delegable, Delegation, Unit
from agencies.roles import Permission


class DelegationSerializer(serializers.Serializer[Any]):
    """A delegation. `state` speaks of its own days; it gives nothing either once its giver holds the role no more."""

    id = serializers.UUIDField()
    delegator = serializers.CharField(source="from_user.username")
    username = serializers.CharField(source="to_user.username")
    unit = serializers.CharField(source="unit.code")
    scope = serializers.ListField(child=serializers.ChoiceField(Delegable.choices))
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="The last day on which it holds.")
    reason = serializers.CharField()
    state = serializers.ChoiceField(["upcoming", "in_force", "ended", "revoked"])
    created_at = UtcDateTimeField()
    revoked_at = UtcDateTimeField(allow_null=True)
    synthetic = serializers.BooleanField()


class DelegationWriteSerializer(StrictSerializer):
    """Body of a new delegation."""

    unit = CodeField(Unit.objects)
    username = serializers.CharField(max_length=64, help_text="Somebody who works in the unit.")
    scope = serializers.ListField(child=serializers.ChoiceField(Delegable.choices), min_length=1, max_length=8)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="The last day on which it holds; at most 90 days in all.")
    reason = serializers.CharField(max_length=500)


class DelegationViewSet(RecordViewSet):
    """Delegations of the caller, and of the units the caller manages."""

    queryset = Delegation.objects.all()
    serializer_class = DelegationSerializer
    read_permissions = (Permission.DIRECTORY_READ,)
    ordering_fields = ("created_at", "starts_on")
    ordering = ("-starts_on", "id")
    write_serializers: ClassVar[dict[str, Any]] = {"create": DelegationWriteSerializer, "revoke": StrictSerializer}

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Giver, taker, unit."""
        return records.select_related("from_user", "to_user", "unit")

    @extend_schema(responses={201: DelegationSerializer})
    def create(self, request: Request) -> Response:
        """Delegate to somebody of one's unit. In a session only: an API key does not delegate."""
        return self.answer(delegate(by=self.person, **self.body()), status=201)

    @extend_schema(responses=DelegationSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: Any = None) -> Response:
        """Take it back at once."""
        delegation = self.get_object()
        self.body()
        return self.answer(revoke_delegation(delegation=delegation, by=self.person))
