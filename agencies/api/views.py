"""The directory, the caller and keys over HTTP."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from agencies import actions
from agencies.api.base import RecordViewSet, StrictSerializer
from agencies.api.filters import ChoiceFilter, CodeFilter, Records
from agencies.api.serializers import (
    AgencySerializer,
    ApiKeyIssuedSerializer,
    ApiKeyIssueSerializer,
    ApiKeySerializer,
    AreaSerializer,
    MeSerializer,
    PlaceSerializer,
    RenameSerializer,
    UnitSerializer,
)
from agencies.findable import found_by
from agencies.models import Agency, ApiKey, Area, Level, Place, PlaceKind, Unit, User
from agencies.refusals import Invalid, NotPermitted
from agencies.roles import GRANTS, Permission, Role, Scope, scope_of

AS_OF = OpenApiParameter("as_of", OpenApiTypes.DATE, description="Answer for this day instead of today (YYYY-MM-DD).")


@extend_schema_view(list=extend_schema(parameters=[AS_OF]), retrieve=extend_schema(parameters=[AS_OF]))
class DirectoryViewSet(RecordViewSet):
    """Something with a code and a life: read by code, for a day."""

    read_permissions = (Permission.DIRECTORY_READ,)
    lookup_field = "code"
    lookup_value_converter = "slug"
    ordering_fields: ClassVar[Sequence[str]] = ("code",)
    ordering: ClassVar[Sequence[str]] = ("code",)
    extra_parameters = frozenset({"as_of"})
    ends: ClassVar[bool] = True
    """Records of this kind begin and end: `as_of` leaves out those that did not exist on the day."""

    def as_of(self) -> date | None:
        """The day asked for."""
        asked = self.request.query_params.get("as_of")
        if asked is None:
            return None
        try:
            return date.fromisoformat(asked)
        except ValueError as fault:
            raise ValidationError({"as_of": [_("Write a day as YYYY-MM-DD.")]}) from fault

    def get_serializer_context(self) -> dict[str, Any]:
        """With the day."""
        context = dict(super().get_serializer_context())
        if not getattr(self, "swagger_fake_view", False):
            context["as_of"] = self.as_of()
            context["sought"] = self.request.query_params.get("q", "")
        return context

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Lists for a day show what existed that day."""
        day = self.as_of()
        if self.action == "list" and self.ends and day is not None:
            records = records.as_of(day)  # type: ignore[attr-defined]
        return self.related(records)

    def related(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Related rows to fetch along."""
        return records.prefetch_related("names")


class AgencyViewSet(DirectoryViewSet):
    """The four agencies."""

    queryset = Agency.objects.all()
    serializer_class = AgencySerializer
    ends = False
    ordering_fields = ("code", "protocol_order")
    ordering = ("protocol_order",)


NAMED = "Code, or any name or abbreviation it ever bore; accents aside. `matched` says which."


class UnitFilters(filters.FilterSet):
    """Filters of units. `q` finds present and former names and abbreviations."""

    agency = CodeFilter("agency")
    level = ChoiceFilter(Level.choices)
    q = filters.CharFilter(method="named", max_length=200, label=NAMED)

    def named(self, records: Records, name: str, value: str) -> Records:
        """By code or any name it ever bore, accents aside."""
        return records.filter(found_by(Unit, value))


class UnitViewSet(DirectoryViewSet):
    """Units: the tree of each agency, dated."""

    queryset = Unit.objects.all()
    serializer_class = UnitSerializer
    filterset_class = UnitFilters
    write_serializers: ClassVar[dict[str, Any]] = {"rename": RenameSerializer}

    def related(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Names, place in the tree, successions."""
        return records.select_related("agency").prefetch_related(
            "names", "placements__parent", "placements__place", "successions__successor"
        )

    @extend_schema(responses=UnitSerializer)
    @action(detail=True, methods=["post"])
    def rename(self, request: Request, code: str = "") -> Response:
        """Give the unit a new name from a day on. The old name stays findable."""
        unit = self.get_object()
        actions.rename_unit(unit=unit, by=self.person, **self.body())
        return self.answer(unit)


class PlaceFilters(filters.FilterSet):
    """Filters of places. `q` finds present and former names."""

    kind = ChoiceFilter(PlaceKind.choices)
    q = filters.CharFilter(method="named", max_length=200, label=NAMED)

    def named(self, records: Records, name: str, value: str) -> Records:
        """By code or any name it ever bore, accents aside."""
        return records.filter(found_by(Place, value))


class PlaceViewSet(DirectoryViewSet):
    """Provinces and cities: 63 until 30 June 2025, 34 after."""

    queryset = Place.objects.all()
    serializer_class = PlaceSerializer
    filterset_class = PlaceFilters

    def related(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Names and successions."""
        return records.prefetch_related("names", "successions__successor")


class AreaViewSet(DirectoryViewSet):
    """The kinds of area and their lead agencies."""

    queryset = Area.objects.all()
    serializer_class = AreaSerializer
    ends = False

    def related(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Leads."""
        return records.prefetch_related("leads__agency", "leads__legal_basis")


class ApiKeyViewSet(RecordViewSet):
    """API keys of the caller, and of the units whose keys the caller manages."""

    queryset = ApiKey.objects.all()
    serializer_class = ApiKeySerializer
    read_permissions = (Permission.DIRECTORY_READ,)
    ordering_fields = ("created_at",)
    ordering = ("-created_at",)
    write_serializers: ClassVar[dict[str, Any]] = {
        "create": ApiKeyIssueSerializer,
        "revoke": StrictSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Holder and unit."""
        return records.select_related("user", "unit")

    @extend_schema(responses={201: ApiKeyIssuedSerializer})
    def create(self, request: Request) -> Response:
        """A new key. Its secret is in this answer and nowhere else."""
        data = self.body()
        user = User.objects.visible_to(self.person).filter(username=data["username"]).first()
        if user is None and not self.person.may(Permission.KEY_MANAGE, data["unit"].pk):
            raise NotPermitted
        if user is None:
            raise Invalid({"username": _("No user of this name in the units you manage.")})
        key, secret = actions.issue_key(
            user=user,
            unit=data["unit"],
            name=data["name"],
            scopes=[Scope(s) for s in data["scopes"]],
            expires_at=data.get("expires_at"),
            by=self.person,
        )
        key.api_key = secret  # type: ignore[attr-defined]
        return Response(ApiKeyIssuedSerializer(key).data, status=201)

    @extend_schema(responses=ApiKeySerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: Any = None) -> Response:
        """End the key at once."""
        key = self.get_object()
        self.body()
        return self.answer(actions.revoke_key(key=key, by=self.person))


class MeViewSet(RecordViewSet):
    """The caller."""

    queryset = User.objects.none()
    serializer_class = MeSerializer
    permission_classes = RecordViewSet.permission_classes[:1]
    read_permissions = (Permission.DIRECTORY_READ,)

    @extend_schema(responses=MeSerializer, operation_id="me_retrieve")
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """User, unit, agency, roles, permissions, scopes, language, delegations, the secrecy ceiling."""
        user = self.person
        roles = [Role(m.role) for m in user.current_memberships]
        held = {p for role in roles for p in GRANTS[role]}
        held |= {p for _delegation, given in user.delegations for p in given}
        if user.api_key is not None:
            held = {p for p in held if scope_of(p) in user.api_key.scopes}
        unit = user.home_unit
        body = {
            "username": user.username,
            "display_name": user.display_name,
            "unit": unit.code if unit else None,
            "agency": unit.agency.code if unit else None,
            "roles": sorted(set(roles)),
            "memberships": user.current_memberships,
            "permissions": sorted(held),
            "scopes": user.api_key.scopes if user.api_key else None,
            "api_key": user.api_key.prefix if user.api_key else None,
            "language": get_language() or "vi",
            "acting_for": [
                {
                    "id": delegation.pk,
                    "delegator": delegation.from_user.username,
                    "unit": delegation.unit.code,
                    "scope": sorted(given),
                    "until": delegation.ends_on,
                }
                for delegation, given in user.delegations
            ],
            "secrecy_ceiling": settings.SECRECY_CEILING,
            "secrecy_authorisation": settings.SECRECY_AUTHORISATION,
            "synthetic": user.synthetic,
        }
        return Response(MeSerializer(body).data)
