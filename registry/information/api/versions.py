"""Versions of items, and why somebody sees an item: for the originator and the auditor."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet
from agencies.models import Membership, Unit, User
from agencies.roles import Permission
from registry.information.explanation import explain_unit, explain_user
from registry.information.impact import impact
from registry.information.models import InformationItem, ItemVersion
from registry.information.serializers import ExplanationSerializer, VersionSerializer
from registry.information.serializers.consents import ImpactSerializer

READS = (Permission.ITEM_READ_OWN, Permission.AUDIT_READ)


class VersionFilters(filters.FilterSet):
    """Filters of versions."""

    item = filters.UUIDFilter(field_name="item_id")
    reference = filters.CharFilter(field_name="item__reference", lookup_expr="exact", max_length=32)


class ItemVersionViewSet(RecordViewSet):
    """Every version of the items of the caller's units; to an auditor without content."""

    queryset = ItemVersion.objects.all()
    serializer_class = VersionSerializer
    read_permissions = READS
    filterset_class = VersionFilters
    ordering_fields = ("number",)
    ordering = ("-number", "-id")
    discloses = True

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """With the other versions, which each is compared to."""
        content, many = ("topic", "area"), ("places__names", "substances", "attachments__stored")
        related = (
            *many,
            *(f"item__versions__{name}" for name in (*content, *many)),
        )
        return records.select_related("item__unit", *content).prefetch_related(*related)


UNIT = OpenApiParameter("unit", OpenApiTypes.STR, description="Code of a unit: what those see who work there.")
USERNAME = OpenApiParameter("username", OpenApiTypes.STR, description="Somebody of the units the caller reads for.")


class AccessExplanationViewSet(RecordViewSet):
    """Why a unit or a person sees an item, or does not."""

    queryset = InformationItem.objects.all()
    serializer_class = ExplanationSerializer
    read_permissions = READS
    extra_parameters = frozenset({"unit", "username"})

    def get_queryset(self) -> QuerySet[Any]:
        """Items of units one reads for, or whose log one audits."""
        person = self.person
        units = person.units_with(Permission.ITEM_READ_OWN) | person.units_with(Permission.AUDIT_READ)
        return InformationItem.objects.filter(Q(unit_id__in=units)).select_related("unit")

    @extend_schema(parameters=[UNIT, USERNAME], responses=ExplanationSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The chain of rules. Name a unit or a person."""
        item = self.get_object()
        asked = {name: request.query_params.get(name) for name in ("unit", "username")}
        if (asked["unit"] is None) == (asked["username"] is None):
            text = _("Name either a unit or a username.")
            raise ValidationError({"unit": [text]})
        if asked["unit"] is not None:
            unit = Unit.objects.visible_to(self.person).filter(code=asked["unit"][:64]).first()
            if unit is None:
                raise ValidationError({"unit": [_("No unit has this code.")]})
            return Response(ExplanationSerializer(explain_unit(item, unit)).data)
        return Response(ExplanationSerializer(explain_user(item, self._somebody(asked["username"] or ""))).data)

    def _somebody(self, username: str) -> User:
        """A person with a role, now or before, in a unit the caller reads or audits: others are asked for by unit."""
        person = self.person
        units = person.units_with(Permission.ITEM_READ_OWN) | person.units_with(Permission.AUDIT_READ)
        known = Membership.objects.filter(unit_id__in=units).values("user_id")
        found = User.objects.filter(username=username[:64], pk__in=known).first()
        if found is None:
            text = _("Nobody of this username belongs to the units you read for. Ask for their unit instead.")
            raise ValidationError({"username": [text]})
        if not isinstance(found, User):
            raise Http404
        return found


class ImpactViewSet(RecordViewSet):
    """Where an item has been, to its originator."""

    queryset = InformationItem.objects.all()
    serializer_class = ImpactSerializer
    read_permissions = (Permission.ITEM_READ_OWN,)

    def get_queryset(self) -> QuerySet[Any]:
        """Items of the caller's own units."""
        return InformationItem.objects.filter(unit_id__in=self.person.units_with(Permission.ITEM_READ_OWN))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Every holder and what became of the item there."""
        return Response(ImpactSerializer({"holders": impact(self.get_object())}).data)
