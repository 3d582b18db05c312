"""Conferences and action items over HTTP. Each verb calls the action of the same name."""

from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import ReasonSerializer, RecordViewSet, StrictSerializer
from agencies.api.filters import ChoiceFilter, CodeFilter, MethodFilter, Records
from agencies.refusals import Invalid
from agencies.roles import Permission
from registry.conferences import actions
from registry.conferences.models import ActionItem, Attendance, Conference, Resolution
from registry.conferences.serializers import (
    ActionItemSerializer,
    ActionItemWriteSerializer,
    ConferenceAttendanceWriteSerializer,
    ConferenceContentSerializer,
    ConferenceSerializer,
    ConferenceWriteSerializer,
    ConveneSerializer,
    EvidenceSerializer,
    MinuteSerializer,
    ResolutionWriteSerializer,
)
from registry.conferences.terms import ActionStatus, ConferenceStatus, Kind
from registry.periods import Period

ACTION_ITEMS = ActionItem.objects.select_related(
    "conference", "resolution", "assignee_agency", "assignee_unit"
).prefetch_related("traps")


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


class ConferenceViewSet(RecordViewSet):
    """Conferences of the agencies: read by everybody, written by the host's secretariat."""

    queryset = Conference.objects.all()
    serializer_class = ConferenceSerializer
    read_permissions = (Permission.CONFERENCE_READ,)
    filterset_class = ConferenceFilters
    ordering_fields = ("created_at", "updated_at", "code")
    ordering = ("-created_at", "-id")
    write_serializers: ClassVar[dict[str, Any]] = {
        "create": ConferenceWriteSerializer,
        "partial_update": ConferenceContentSerializer,
        "convene": ConveneSerializer,
        "minute": MinuteSerializer,
        "approve": StrictSerializer,
        "attendance": ConferenceAttendanceWriteSerializer,
        "resolutions": ResolutionWriteSerializer,
        "action_items": ActionItemWriteSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries."""
        present = Attendance.objects.select_related("agency", "unit").prefetch_related("traps")
        related: list[Any] = [
            "traps",
            Prefetch("attendance", present),
            Prefetch("resolutions", Resolution.objects.prefetch_related("traps")),
            Prefetch("action_items", ACTION_ITEMS.all()),
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

    def _given(self) -> dict[str, Any]:
        """Conference, person and revision of a move."""
        conference = self.get_object()
        expected = self.expected_revision(conference, required=False)
        return {"conference": conference, "by": self.person, "expected_revision": expected}

    @extend_schema(responses=ConferenceSerializer)
    @action(detail=True, methods=["post"])
    def convene(self, request: Request, pk: Any = None) -> Response:
        """Record that it was held."""
        return self.answer(actions.convene_conference(**self._given(), **self.body()))

    @extend_schema(responses=ConferenceSerializer)
    @action(detail=True, methods=["post"])
    def minute(self, request: Request, pk: Any = None) -> Response:
        """The minutes are complete."""
        return self.answer(actions.complete_minutes(**self._given(), **self.body()))

    @extend_schema(responses=ConferenceSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: Any = None) -> Response:
        """The minutes are final."""
        given = self._given()
        self.body()
        return self.answer(actions.approve_minutes(**given))

    @extend_schema(responses={201: ConferenceSerializer})
    @action(detail=True, methods=["post"])
    def attendance(self, request: Request, pk: Any = None) -> Response:
        """Note an office that takes part."""
        return self.answer(actions.add_attendance(**self._given(), **self.body()).conference, status=201)

    @extend_schema(responses={201: ConferenceSerializer})
    @action(detail=True, methods=["post"])
    def resolutions(self, request: Request, pk: Any = None) -> Response:
        """Record what the conference decided, proposed or set."""
        return self.answer(actions.add_resolution(**self._given(), **self.body()).conference, status=201)

    @extend_schema(responses={201: ConferenceSerializer})
    @action(detail=True, methods=["post"], url_path="action-items")
    def action_items(self, request: Request, pk: Any = None) -> Response:
        """Note who is to do what by when."""
        given, data = self._given(), self.body()
        given.pop("expected_revision")
        number = data.pop("resolution", None)
        if number is not None:
            data["resolution"] = Resolution.objects.filter(conference=given["conference"], number=number).first()
            if data["resolution"] is None:
                raise Invalid({"resolution": _("The conference has no resolution of this number.")})
        return self.answer(actions.add_action_item(**given, **data).conference, status=201)


class ActionItemFilters(filters.FilterSet):
    """Filters of the list of action items."""

    status = ChoiceFilter(ActionStatus.choices)
    conference = CodeFilter("conference")
    assignee_agency = CodeFilter("assignee_agency")
    assignee_unit = CodeFilter("assignee_unit")
    due_before = filters.DateFilter(field_name="due_on", lookup_expr="lt")
    synthetic = filters.BooleanFilter()


class ActionItemViewSet(RecordViewSet):
    """What conferences asked somebody to do."""

    queryset = ActionItem.objects.all()
    serializer_class = ActionItemSerializer
    read_permissions = (Permission.CONFERENCE_READ,)
    filterset_class = ActionItemFilters
    ordering_fields = ("created_at",)
    ordering = ("-created_at", "-id")
    write_serializers: ClassVar[dict[str, Any]] = {"close": EvidenceSerializer, "drop": ReasonSerializer}

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries."""
        return records.select_related("conference", "resolution", "assignee_agency", "assignee_unit").prefetch_related(
            "traps"
        )

    def _given(self) -> dict[str, Any]:
        """Action item, person and revision of a move."""
        item = self.get_object()
        return {"item": item, "by": self.person, "expected_revision": self.expected_revision(item, required=False)}

    @extend_schema(responses=ActionItemSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: Any = None) -> Response:
        """It is done, and this shows it."""
        return self.answer(actions.close_action_item(**self._given(), **self.body()))

    @extend_schema(responses=ActionItemSerializer)
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: Any = None) -> Response:
        """It will not be done."""
        return self.answer(actions.drop_action_item(**self._given(), **self.body()))
