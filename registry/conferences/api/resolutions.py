"""Resolutions over HTTP: agencies' words on them, and what becomes of proposals."""

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
from registry.conferences import actions
from registry.conferences.api.prepared import resolutions
from registry.conferences.models import Resolution
from registry.conferences.outcome_serializers import (
    AssentWriteSerializer,
    ProposalAnswerSerializer,
    ResolutionSerializer,
    SendSerializer,
)
from registry.conferences.terms import ResolutionKind


class ResolutionFilters(filters.FilterSet):
    """Filters of the list of resolutions."""

    kind = ChoiceFilter(ResolutionKind.choices)
    conference = CodeFilter("conference")
    needs_assent = filters.BooleanFilter()
    synthetic = filters.BooleanFilter()


class ResolutionViewSet(RecordViewSet):
    """What conferences decided or proposed, and agencies' words on it."""

    queryset = Resolution.objects.all()
    serializer_class = ResolutionSerializer
    read_permissions = (Permission.CONFERENCE_READ,)
    filterset_class = ResolutionFilters
    ordering = ("conference_id", "number")
    write_serializers: ClassVar[dict[str, Any]] = {
        "assent": AssentWriteSerializer,
        "set_aside": ReasonSerializer,
        "send": SendSerializer,
        "record_answer": ProposalAnswerSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries."""
        return resolutions(self.person).filter(pk__in=records.order_by().values("pk"))

    def _given(self) -> dict[str, Any]:
        """The resolution and who asks."""
        return {"resolution": self.get_object(), "by": self.person}

    @extend_schema(responses={201: ResolutionSerializer})
    @action(detail=True, methods=["post"])
    def assent(self, request: Request, pk: Any = None) -> Response:
        """Your agency assents or objects. A later word counts in place of an earlier one."""
        return self.answer(actions.give_assent(**self._given(), **self.body()).resolution, status=201)

    @extend_schema(responses=ResolutionSerializer)
    @action(detail=True, methods=["post"], url_path="set-aside")
    def set_aside(self, request: Request, pk: Any = None) -> Response:
        """The agencies do not agree: it stays in the minutes as not adopted."""
        return self.answer(actions.set_aside_resolution(**self._given(), **self.body()))

    @extend_schema(responses=ResolutionSerializer)
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: Any = None) -> Response:
        """The proposal went to its addressee."""
        return self.answer(actions.send_proposal(**self._given(), **self.body()).resolution)

    @extend_schema(responses=ResolutionSerializer)
    @action(detail=True, methods=["post"], url_path="record-answer")
    def record_answer(self, request: Request, pk: Any = None) -> Response:
        """What the addressee answered."""
        return self.answer(actions.answer_proposal(**self._given(), **self.body()).resolution)
