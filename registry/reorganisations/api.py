"""Reorganisations over HTTP. Each verb calls the action of the same name. Keys need the scope admin."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import ReasonSerializer, RecordViewSet
from agencies.api.filters import ChoiceFilter, CodeFilter
from agencies.roles import Permission
from registry.reorganisations import actions
from registry.reorganisations.models import Reorganisation
from registry.reorganisations.preview import preview_of
from registry.reorganisations.serializers import (
    ApplySerializer,
    ReorganisationChangeSerializer,
    ReorganisationPreviewSerializer,
    ReorganisationSerializer,
    ReorganisationWriteSerializer,
)
from registry.reorganisations.terms import Kind, Status


class ReorganisationFilters(filters.FilterSet):
    """Filters of the list."""

    kind = ChoiceFilter(Kind.choices)
    status = ChoiceFilter(Status.choices)
    unit = CodeFilter("unit")


class ReorganisationViewSet(RecordViewSet):
    """Reorganisations of the units the caller manages."""

    queryset = Reorganisation.objects.all()
    serializer_class = ReorganisationSerializer
    read_permissions = (Permission.DIRECTORY_READ,)
    filterset_class = ReorganisationFilters
    ordering_fields = ("takes_effect_on", "created_at")
    ordering = ("-takes_effect_on", "-id")
    write_serializers: ClassVar[dict[str, Any]] = {
        "create": ReorganisationWriteSerializer,
        "partial_update": ReorganisationChangeSerializer,
        "apply": ApplySerializer,
        "undo": ReasonSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """People, unit, law."""
        return records.select_related("unit", "legal_basis", "author", "applied_by", "undone_by")

    @extend_schema(responses={201: ReorganisationSerializer})
    def create(self, request: Request) -> Response:
        """Plan one. Nothing changes until it is applied."""
        planned = actions.plan_reorganisation(by=self.person, **self.body())
        response = self.answer(planned, status=201)
        response["Location"] = request.build_absolute_uri(f"/api/v1/reorganisations/{planned.pk}")
        return response

    @extend_schema(responses=ReorganisationSerializer)
    def partial_update(self, request: Request, pk: Any = None) -> Response:
        """Change what is planned. Needs If-Match."""
        planned = self.get_object()
        expected = self.expected_revision(planned, required=True)
        given = {"reorganisation": planned, "by": self.person, "expected_revision": expected}
        return self.answer(actions.change_plan(**given, changes=self.body()))

    @extend_schema(responses=ReorganisationPreviewSerializer)
    @action(detail=True, methods=["get"])
    def preview(self, request: Request, pk: Any = None) -> Response:
        """Every row that applying would write, what follows, and the work that waits. Its hash is what is approved."""
        seen = preview_of(self.get_object(), by=self.person)
        return Response(ReorganisationPreviewSerializer(seen).data)

    def _given(self) -> dict[str, Any]:
        planned = self.get_object()
        expected = self.expected_revision(planned, required=False)
        return {"reorganisation": planned, "by": self.person, "expected_revision": expected}

    @extend_schema(responses=ReorganisationSerializer)
    @action(detail=True, methods=["post"])
    def apply(self, request: Request, pk: Any = None) -> Response:
        """Write the rows that the preview showed."""
        given = self._given()
        return self.answer(actions.apply_reorganisation(**given, preview=self.body()["preview"]))

    @extend_schema(responses=ReorganisationSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: Any = None) -> Response:
        """Bring every row back to what it was."""
        given = self._given()
        return self.answer(actions.undo_reorganisation(**given, reason=self.body()["reason"]))
