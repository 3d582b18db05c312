"""What every route of the API shares: the one door to records, permissions, known parameters, versions, audit."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from agencies.audit.log import disclose, subjects_of
from agencies.audit.purpose import Occasion, demand, from_header
from agencies.models import User
from agencies.refusals import Stale, VersionRequired
from agencies.roles import Permission

PURPOSE = OpenApiParameter(
    "X-Purpose",
    str,
    OpenApiParameter.HEADER,
    description="What the reading is for, in percent-encoded UTF-8. Kept in the log; some readings demand it (428).",
)
PAGE_PARAMETERS = frozenset({"cursor", "page_size", "count"})
LIST_PARAMETERS = PAGE_PARAMETERS | {"ordering"}


class MayRead(BasePermission):
    """The caller holds one of the view's read permissions somewhere. Which records, `visible_to` says."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """403 for roles that never read this kind of record."""
        return isinstance(request.user, User) and any(request.user.holds(p) for p in view.read_permissions)


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses keys it does not know: a misspelt field is an error, not silence."""

    def to_internal_value(self, data: Any) -> Any:
        """Name unknown keys together with every other fault."""
        faults: dict[str, Any] = {}
        if isinstance(data, dict):
            writable = {n for n, f in self.fields.items() if not f.read_only}
            faults = {k: [_("Unknown field.")] for k in data if k not in writable}
        try:
            value = super().to_internal_value(data)
        except ValidationError as fault:
            if isinstance(fault.detail, dict):
                raise ValidationError({**fault.detail, **faults}) from fault
            raise
        if faults:
            raise ValidationError(faults)
        return value


class ReasonSerializer(StrictSerializer):
    """The body of a move that may or must say why."""

    reason = serializers.CharField(required=False, allow_blank=True, max_length=2000, default="")


class RecordViewSet(GenericViewSet[Any]):
    """Records of one kind. List and detail begin at `visible_to`; everything else is refused unless declared."""

    queryset: QuerySet[Any]
    permission_classes = [IsAuthenticated, MayRead]
    read_permissions: ClassVar[Sequence[Permission]] = ()
    filterset_class: type[filters.FilterSet] | None = None
    ordering_fields: ClassVar[Sequence[str]] = ()
    ordering: ClassVar[Sequence[str]] = ("id",)
    indexed_as: ClassVar[Mapping[str, str]] = {}
    """Ordering fields and the alias by which `visible_to` lets the database order alike along an index."""
    extra_parameters: ClassVar[frozenset[str]] = frozenset()
    discloses: ClassVar[bool] = False
    """Reading is written to the audit log before the answer leaves (released content)."""
    write_serializers: ClassVar[dict[str, type[serializers.BaseSerializer[Any]]]] = {}
    paged: ClassVar[frozenset[str]] = frozenset()
    """Actions other than `list` that answer a page of something in a fixed order."""
    lookup_value_converter = "uuid"
    lookup_field = "pk"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse parameters nobody declared."""
        super().initial(request, *args, **kwargs)
        unknown = set(request.query_params) - self.known_parameters()
        if unknown:
            known = ", ".join(sorted(self.known_parameters())) or "-"
            text = _("Unknown parameter. Known here: %s.") % known
            raise ValidationError({name: [text] for name in sorted(unknown)})
        declared: dict[str, Any] = getattr(self.filterset_class, "base_filters", {})
        for name, value in request.query_params.items():
            if isinstance(declared.get(name), filters.BooleanFilter) and value not in {"true", "false"}:
                raise ValidationError({name: [_("Write true or false.")]})

    def known_parameters(self) -> frozenset[str]:
        """Query parameters of the route in hand."""
        if self.action in self.paged:
            return PAGE_PARAMETERS | self.extra_parameters
        if self.action != "list":
            return self.extra_parameters
        declared: frozenset[str] = frozenset(getattr(self.filterset_class, "base_filters", ()))
        return LIST_PARAMETERS | declared | self.extra_parameters

    @property
    def person(self) -> User:
        """Who asks."""
        user = self.request.user
        if not isinstance(user, User):
            raise Http404
        return user

    def get_queryset(self) -> QuerySet[Any]:
        """What the caller may see: the one door."""
        if getattr(self, "swagger_fake_view", False):
            return self.queryset.none()
        return self.prepare(self.queryset.model._default_manager.visible_to(self.person))

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Related rows to fetch along, so that the number of queries does not grow with the page."""
        return records

    def get_serializer_class(self) -> Any:
        """The body of a write where one is declared, else the record."""
        return self.write_serializers.get(self.action or "", self.serializer_class)

    def body(self) -> dict[str, Any]:
        """The validated body of a write."""
        serializer = self.get_serializer(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        data: dict[str, Any] = serializer.validated_data
        return data

    def answer(self, record: Model, status: int = 200) -> Response:
        """The record as the caller sees it now, with its ETag."""
        record = self.get_queryset().get(pk=record.pk)
        data = self.serializer_class(record, context=self.get_serializer_context()).data  # type: ignore[misc]
        return Response(data, status=status, headers=etag_header(record))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page of the records the caller may see."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        if self.discloses:
            purpose = demand(self.list_occasion(), self.purpose)
            disclose(by=self.person, kind=self.kind, ids=self.shown_in(page), purpose=purpose)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One record, or 404 when there is none the caller may see."""
        record = self.get_object()
        if self.discloses:
            purpose = demand(self.occasion(record), self.purpose)
            disclose(by=self.person, kind=self.kind, on=record, ids=self.shown_in([record]), purpose=purpose)
        return Response(self.get_serializer(record).data, headers=self.tag(record))

    def tag(self, record: Any) -> dict[str, str]:
        """The ETag under which the caller reads the record."""
        return etag_header(record)

    @cached_property
    def purpose(self) -> str:
        """What the caller says the reading is for (`X-Purpose`); empty when not said."""
        return from_header(self.request.headers.get("X-Purpose", ""))

    def occasion(self, record: Any) -> Occasion | None:
        """Whether reading the record needs a purpose."""
        return None

    def list_occasion(self) -> Occasion | None:
        """Whether the list asked for needs a purpose."""
        return None

    def shown_in(self, records: Sequence[Any]) -> Sequence[str]:
        """Ids of everything that an answer with the records discloses, in the order shown."""
        return [pk for record in records for pk in subjects_of(record)]

    @cached_property
    def kind(self) -> str:
        """The record type's name in the audit log."""
        return str(self.queryset.model.__name__)

    def expected_revision(self, record: Model, *, required: bool) -> int | None:
        """The revision named in If-Match; VersionRequired or Stale otherwise."""
        header = self.request.headers.get("If-Match", "").strip()
        if not header:
            if required:
                raise VersionRequired
            return None
        revision: int = getattr(record, "revision")  # noqa: B009
        if header != "*" and etag(record) not in {part.strip() for part in header.split(",")}:
            raise Stale
        return revision


def etag(record: Model) -> str:
    """A strong tag of the record's revision."""
    return f'"{record.pk}-{getattr(record, "revision", 0)}"'


def etag_header(record: Model) -> dict[str, str]:
    """The ETag of a versioned record; nothing for others."""
    return {"ETag": etag(record)} if hasattr(record, "revision") else {}
