"""Commendations over HTTP. Each verb calls the action of the same name."""

from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import ReasonSerializer, RecordViewSet
from agencies.api.filters import ChoiceFilter, CodeFilter, MethodFilter, Records
from agencies.roles import Permission
from registry.commendations import actions
from registry.commendations.models import Commendation, CommendationCase, CommendationRecipient
from registry.commendations.serializers import AwardSerializer, CommendationSerializer, CommendationWriteSerializer
from registry.commendations.terms import AwardForm, AwardLevel, CommendationStatus
from registry.periods import Period

RECIPIENTS = CommendationRecipient.objects.select_related("unit__agency").prefetch_related("unit__agency__protocol")


class CommendationFilters(filters.FilterSet):
    """Filters of the list."""

    status = ChoiceFilter(CommendationStatus.choices)
    level = ChoiceFilter(AwardLevel.choices)
    form = ChoiceFilter(AwardForm.choices)
    unit = CodeFilter("unit")
    period = MethodFilter("awarded_in", label="Awarded on a day of this period, e.g. 2024-Q2.")

    def awarded_in(self, records: Records, name: str, value: str) -> Records:
        """From the first day to before the end."""
        period = Period.parse(value)
        return records.filter(awarded_on__gte=period.start, awarded_on__lt=period.end)


class CommendationViewSet(RecordViewSet):
    """Awards, and nominations of the caller's own units."""

    queryset = Commendation.objects.all()
    serializer_class = CommendationSerializer
    read_permissions = (Permission.CONFERENCE_READ, Permission.DOCUMENT_READ)
    filterset_class = CommendationFilters
    ordering_fields = ("proposed_on", "awarded_on", "created_at")
    ordering = ("-proposed_on", "-id")
    write_serializers: ClassVar[dict[str, Any]] = {
        "create": CommendationWriteSerializer,
        "award": AwardSerializer,
        "decline": ReasonSerializer,
        "withdraw": ReasonSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Recipients with their agencies; cases as far as the caller sees them."""
        seen: QuerySet[CommendationCase] = CommendationCase.objects.visible_to(self.person).select_related("case")
        found: Any = records.select_related("unit")
        wanted = (Prefetch("recipients", queryset=RECIPIENTS), Prefetch("cases", queryset=seen))
        prepared: QuerySet[Any] = found.prefetch_related(*wanted)
        return prepared

    @extend_schema(responses={201: CommendationSerializer})
    def create(self, request: Request) -> Response:
        """Nominate units for what they did in cases."""
        data = self.body()
        recipients = [actions.RecipientInput(**one) for one in data.pop("recipients")]
        made = actions.nominate(by=self.person, recipients=recipients, **data)
        response = self.answer(made, status=201)
        response["Location"] = request.build_absolute_uri(f"/api/v1/commendations/{made.pk}")
        return response

    def _given(self) -> dict[str, Any]:
        commendation = self.get_object()
        expected = self.expected_revision(commendation, required=False)
        return {"commendation": commendation, "by": self.person, "expected_revision": expected, **self.body()}

    @extend_schema(responses=CommendationSerializer)
    @action(detail=True, methods=["post"])
    def award(self, request: Request, pk: Any = None) -> Response:
        """Record that the authority awarded it."""
        return self.answer(actions.record_award(**self._given()))

    @extend_schema(responses=CommendationSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: Any = None) -> Response:
        """Record that the authority did not award it."""
        return self.answer(actions.decline_nomination(**self._given()))

    @extend_schema(responses=CommendationSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any = None) -> Response:
        """Take the nomination back."""
        return self.answer(actions.withdraw_nomination(**self._given()))
