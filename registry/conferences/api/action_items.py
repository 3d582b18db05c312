"""Action items over HTTP. Each verb calls the action of the same name."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import ReasonSerializer, RecordViewSet
from agencies.api.filters import ChoiceFilter, CodeFilter, Records
from agencies.refusals import Invalid
from agencies.roles import Permission
from registry.conferences import actions
from registry.conferences.api.prepared import action_items
from registry.conferences.board import board
from registry.conferences.models import ActionItem, ConferencePaper
from registry.conferences.outcome_serializers import (
    ActionItemCloseSerializer,
    ActionItemDecisionSerializer,
    ActionItemSerializer,
    BoardSerializer,
    EvidenceWriteSerializer,
)
from registry.conferences.terms import ActionKind, ActionStatus
from registry.information.models import InformationItem


class ActionItemFilters(filters.FilterSet):
    """Filters of the list of action items."""

    status = ChoiceFilter(ActionStatus.choices)
    conference = CodeFilter("conference")
    assignee_agency = CodeFilter("assignee_agency")
    assignee_unit = CodeFilter("assignee_unit")
    kind = ChoiceFilter(ActionKind.choices)
    overdue = filters.BooleanFilter(method="is_overdue", label="Open after their day, or all the others.")
    due_before = filters.DateFilter(field_name="due_on", lookup_expr="lt")
    synthetic = filters.BooleanFilter()

    def is_overdue(self, records: Records, name: str, value: bool) -> Records:
        """Those, or all the others."""
        late = ActionItem.objects.overdue().values("pk")
        return records.filter(pk__in=late) if value else records.exclude(pk__in=late)


class ActionItemViewSet(RecordViewSet):
    """What conferences asked somebody to do."""

    queryset = ActionItem.objects.all()
    serializer_class = ActionItemSerializer
    read_permissions = (Permission.CONFERENCE_READ,)
    filterset_class = ActionItemFilters
    ordering_fields = ("created_at",)
    ordering = ("-created_at", "-id")
    write_serializers: ClassVar[dict[str, Any]] = {
        "partial_update": ActionItemDecisionSerializer,
        "close": ActionItemCloseSerializer,
        "drop": ReasonSerializer,
        "add_evidence": EvidenceWriteSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries."""
        return action_items(self.person).filter(pk__in=records.order_by().values("pk"))

    def _given(self) -> dict[str, Any]:
        """Action item, person and revision of a move."""
        item = self.get_object()
        return {"item": item, "by": self.person, "expected_revision": self.expected_revision(item, required=False)}

    @extend_schema(responses=ActionItemSerializer)
    def partial_update(self, request: Request, pk: Any = None) -> Response:
        """Say who does it and by when, where that was left undecided. Needs If-Match."""
        item = self.get_object()
        expected = self.expected_revision(item, required=True)
        decided = actions.edit_action_item(item=item, by=self.person, content=self.body(), expected_revision=expected)
        return self.answer(decided)

    @extend_schema(responses=ActionItemSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: Any = None) -> Response:
        """It is done, and this shows it."""
        given = self._given()
        return self.answer(actions.close_action_item(**given, **self._proof(given["item"])))

    @extend_schema(responses={201: ActionItemSerializer})
    @action(detail=True, methods=["post"], url_path="add-evidence")
    def add_evidence(self, request: Request, pk: Any = None) -> Response:
        """What shows how far it has come."""
        given = self._given()
        actions.add_evidence(**given, **self._proof(given["item"]))
        return self.answer(given["item"], status=201)

    def _proof(self, item: ActionItem) -> dict[str, Any]:
        """The body, with the records named in it; every fault at once."""
        data = self.body()
        reference, number = data.pop("item", ""), data.pop("paper", None)
        faults: dict[str, Any] = {}
        if reference:
            data["information_item"] = (
                InformationItem.objects.visible_to(self.person).filter(reference=reference).first()
            )
            if data["information_item"] is None:
                faults["item"] = _("You see no information item of this reference.")
        if number is not None:
            data["paper"] = ConferencePaper.objects.filter(conference=item.conference_id, number=number).first()
            if data["paper"] is None:
                faults["paper"] = _("The conference has nothing of this number.")
        if faults:
            raise Invalid(faults)
        return data

    @extend_schema(responses=BoardSerializer, filters=False)
    @action(detail=False, methods=["get"], pagination_class=None, filterset_class=None)
    def board(self, request: Request) -> Response:
        """How each agency stands with its action items."""
        return Response(BoardSerializer({"agencies": board(self.person)}).data)

    @extend_schema(responses=ActionItemSerializer)
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: Any = None) -> Response:
        """It will not be done."""
        return self.answer(actions.drop_action_item(**self._given(), **self.body()))
