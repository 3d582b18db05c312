"""Conferences over HTTP. Each verb calls the action of the same name."""

from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import StrictSerializer
from agencies.api.filters import ChoiceFilter, CodeFilter, MethodFilter, Records
from agencies.refusals import Invalid
from agencies.roles import Permission
from registry.conferences import actions
from registry.conferences.api.lists import ConferenceLists
from registry.conferences.api.prepared import action_items, papers, resolutions
from registry.conferences.models import AgendaPoint, Attendance, Conference, Resolution
from registry.conferences.outcome_serializers import ActionItemWriteSerializer, ResolutionWriteSerializer
from registry.conferences.serializers import (
    ConferenceContentSerializer,
    ConferenceSerializer,
    ConferenceWriteSerializer,
    ConveneSerializer,
    MinuteSerializer,
)
from registry.conferences.terms import ConferenceStatus, Kind
from registry.periods import Period


class ConferenceFilters(filters.FilterSet):
    """Filters of the conference list."""

    kind = ChoiceFilter(Kind.choices)
    status = ChoiceFilter(ConferenceStatus.choices)
    code = filters.CharFilter(lookup_expr="exact", max_length=64)
    period = MethodFilter("of_period", label="About exactly this period, e.g. 2024-Q2.")
    host_agency = CodeFilter("host_agency")
    source_document = CodeFilter("source_document")
    synthetic = filters.BooleanFilter()

    def of_period(self, records: Records, name: str, value: str) -> Records:
        """About the very days, whatever label they were given."""
        period = Period.parse(value)
        return records.filter(period_start=period.start, period_end=period.end)


class ConferenceViewSet(ConferenceLists):
    """Conferences of the agencies: read by everybody, written by the host's secretariat."""

    queryset = Conference.objects.all()
    serializer_class = ConferenceSerializer
    read_permissions = (Permission.CONFERENCE_READ,)
    filterset_class = ConferenceFilters
    ordering_fields = ("created_at", "updated_at", "code")
    ordering = ("-created_at", "-id")
    write_serializers: ClassVar[dict[str, Any]] = {
        **ConferenceLists.bodies,
        "create": ConferenceWriteSerializer,
        "partial_update": ConferenceContentSerializer,
        "convene": ConveneSerializer,
        "minute": MinuteSerializer,
        "approve": StrictSerializer,
        "resolutions": ResolutionWriteSerializer,
        "action_items": ActionItemWriteSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries."""
        present = Attendance.objects.select_related("agency", "unit").prefetch_related("traps")
        related: list[Any] = [
            "traps",
            Prefetch("attendance", present),
            Prefetch("agenda", AgendaPoint.objects.order_by("number")),
            Prefetch("resolutions", resolutions(self.person)),
            Prefetch("action_items", action_items(self.person)),
            Prefetch("papers", papers(self.person)),
        ]
        return records.select_related("host_agency", "source_document").prefetch_related(*related)

    @extend_schema(responses={201: ConferenceSerializer})
    def create(self, request: Request) -> Response:
        """A planned conference."""
        content = self.body()
        code = content.pop("code")
        conference = actions.create_conference(by=self.person, code=code, content=content)
        response = self.answer(conference, status=201)
        response["Location"] = request.build_absolute_uri(f"/api/v1/conferences/{conference.pk}")
        return response

    @extend_schema(responses=ConferenceSerializer)
    def partial_update(self, request: Request, pk: Any = None) -> Response:
        """Change a conference until its minutes are approved. Needs If-Match."""
        conference = self.get_object()
        expected = self.expected_revision(conference, required=True)
        serializer = self.get_serializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        content = serializer.validated_data
        return self.answer(
            actions.edit_conference(conference=conference, by=self.person, content=content, expected_revision=expected)
        )

    @extend_schema(responses=ConferenceSerializer)
    @action(detail=True, methods=["post"])
    def convene(self, request: Request, pk: Any = None) -> Response:
        """Record that it was held."""
        given, data = self.given(), self.body()
        presence = {office["number"]: office["presence"] for office in data.pop("offices", ())}
        return self.answer(actions.convene_conference(**given, **data, presence=presence))

    @extend_schema(responses=ConferenceSerializer)
    @action(detail=True, methods=["post"])
    def minute(self, request: Request, pk: Any = None) -> Response:
        """The minutes are complete."""
        return self.answer(actions.complete_minutes(**self.given(), **self.body()))

    @extend_schema(responses=ConferenceSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: Any = None) -> Response:
        """The minutes are final."""
        given = self.given()
        self.body()
        return self.answer(actions.approve_minutes(**given))

    @extend_schema(responses={201: ConferenceSerializer})
    @action(detail=True, methods=["post"])
    def resolutions(self, request: Request, pk: Any = None) -> Response:
        """Record what the conference decided, proposed or set."""
        return self.answer(actions.add_resolution(**self.given(), **self.body()).conference, status=201)

    @extend_schema(responses={201: ConferenceSerializer})
    @action(detail=True, methods=["post"], url_path="action-items")
    def action_items(self, request: Request, pk: Any = None) -> Response:
        """Note who is to do what by when."""
        given, data = self.given(), self.body()
        given.pop("expected_revision")
        number = data.pop("resolution", None)
        if number is not None:
            data["resolution"] = Resolution.objects.filter(conference=given["conference"], number=number).first()
            if data["resolution"] is None:
                raise Invalid({"resolution": _("The conference has no resolution of this number.")})
        return self.answer(actions.add_action_item(**given, **data).conference, status=201)
