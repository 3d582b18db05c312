"""Requests over HTTP. Each verb calls the action of the same name."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import ReasonSerializer, RecordViewSet, StrictSerializer
from agencies.api.filters import ChoiceFilter, CodeFilter, MethodFilter, Records, TextFilter
from agencies.models import today
from agencies.roles import Permission
from registry.information.models import InformationItem
from registry.periods import Period
from registry.requests import actions
from registry.requests.actions.rules import unknown_item
from registry.requests.counting import counts_all, request_figures
from registry.requests.models import Answer, InformationRequest, RequestMessage
from registry.requests.serializers import (
    AnswerDraftSerializer,
    FiguresSerializer,
    InformationRequestSerializer,
    MessageWriteSerializer,
    RefusalSerializer,
    ReopenSerializer,
    RequestChangeSerializer,
    RequestWriteSerializer,
    StatisticsSerializer,
)
from registry.requests.terms import CLOSED, OPEN, AnswerKind, RefusalReason, RequestStatus, RequestUrgency

DIRECTIONS = (("asked", "asked"), ("received", "received"))


class RequestFilters(filters.FilterSet):
    """Filters of the request list."""

    status = ChoiceFilter(RequestStatus.choices)
    reference = filters.CharFilter(lookup_expr="exact", max_length=40)
    direction = ChoiceFilter(DIRECTIONS, method="by_direction", label="Asked by, or received by, the caller's units.")
    unit = CodeFilter("unit")
    addressee = CodeFilter("addressee")
    asking_agency = CodeFilter("unit__agency")
    addressee_agency = CodeFilter("addressee__agency")
    urgency = ChoiceFilter(RequestUrgency.choices)
    topic = CodeFilter("topic")
    answer = ChoiceFilter(AnswerKind.choices, field_name="answer__kind", label="The answer or refusal that stands.")
    refusal = ChoiceFilter(RefusalReason.choices, field_name="answer__reason", label="Reason of the refusal.")
    period = MethodFilter("in_period", label="Sent in the period, e.g. 2024-Q2.")
    overdue = filters.BooleanFilter(method="by_overdue", label="An answer is owed and the deadline has passed.")
    in_time = filters.BooleanFilter(method="by_time", label="Answered or refused, never (true) or once (false) late.")
    q = TextFilter("subject", label="Subject contains.")
    synthetic = filters.BooleanFilter()

    def by_direction(self, records: Records, name: str, value: str) -> Records:
        """The side of the caller's units, those below included."""
        units = self.request.user.units_with(Permission.REQUEST_READ)
        return records.filter(**{"unit_id__in" if value == "asked" else "addressee_id__in": units})

    def in_period(self, records: Records, name: str, value: str) -> Records:
        """Sent in the period."""
        return records.sent_in(Period.parse(value))  # type: ignore[attr-defined,no-any-return]

    def by_overdue(self, records: Records, name: str, value: bool) -> Records:
        """Now."""
        late = Q(status__in=OPEN, due_at__lt=timezone.now())
        return records.filter(late if value else ~late)

    def by_time(self, records: Records, name: str, value: bool) -> Records:
        """The condition that the figures count by."""
        return records.filter(status__in=CLOSED, late=not value)


class InformationRequestViewSet(RecordViewSet):
    """Requests that the caller's units asked, and those sent to them."""

    queryset = InformationRequest.objects.all()
    serializer_class = InformationRequestSerializer
    read_permissions = (Permission.REQUEST_READ,)
    filterset_class = RequestFilters
    ordering_fields = ("created_at", "sent_at", "due_at")
    ordering = ("-created_at", "-id")
    discloses = True
    write_serializers: ClassVar[dict[str, Any]] = {
        "create": RequestWriteSerializer,
        "partial_update": RequestChangeSerializer,
        "send": StrictSerializer,
        "discard": StrictSerializer,
        "receive": StrictSerializer,
        "draft_answer": AnswerDraftSerializer,
        "answer_": StrictSerializer,
        "refuse": RefusalSerializer,
        "withdraw": ReasonSerializer,
        "reopen": ReopenSerializer,
        "messages": MessageWriteSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries; items and drafts only for who may see them."""
        items = InformationItem.objects.visible_to(self.person)
        answers = Answer.objects.visible_to(self.person).prefetch_related(Prefetch("items", items))
        related: list[Any] = [
            Prefetch("item", items),
            Prefetch("answer__items", items),
            Prefetch("answers", answers, to_attr="shown_answers"),
            Prefetch("messages", RequestMessage.objects.select_related("unit", "author")),
        ]
        parts = ("unit__agency", "addressee__agency", "author", "topic", "answer")
        return records.select_related(*parts).prefetch_related(*related)

    def _item(self, data: dict[str, Any]) -> dict[str, Any]:
        """The content with the item that the id names; one the caller may not see does not exist."""
        if data.get("item") is not None:
            data["item"] = self._items("item", [data["item"]])[0]
        return data

    def _items(self, field: str, ids: Sequence[UUID]) -> list[InformationItem]:
        found = InformationItem.objects.visible_to(self.person).in_bulk(ids)
        if not set(ids) <= set(found):
            raise unknown_item(field)
        return list(found.values())

    @extend_schema(responses={201: InformationRequestSerializer})
    def create(self, request: Request) -> Response:
        """A new draft of `unit`."""
        data = self._item(self.body())
        unit = data.pop("unit")
        made = actions.create_request(unit=unit, by=self.person, content=data)
        response = self.answer(made, status=201)
        response["Location"] = request.build_absolute_uri(f"/api/v1/requests/{made.pk}")
        return response

    @extend_schema(responses=InformationRequestSerializer)
    def partial_update(self, request: Request, pk: Any = None) -> Response:
        """Change a draft. Needs If-Match."""
        one = self.get_object()
        expected = self.expected_revision(one, required=True)
        serializer = self.get_serializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        content = self._item(dict(serializer.validated_data))
        edited = actions.edit_request(request=one, by=self.person, content=content, expected_revision=expected)
        return self.answer(edited)

    def _given(self) -> dict[str, Any]:
        """Request, person and revision of a move."""
        one = self.get_object()
        expected = self.expected_revision(one, required=False)
        return {"request": one, "by": self.person, "expected_revision": expected}

    def _moved(self, move: Any) -> Response:
        """One move, with what its body says."""
        given = self._given()
        return self.answer(move(**given, **self.body()))

    @extend_schema(responses=InformationRequestSerializer)
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: Any = None) -> Response:
        """Number the request and hand it to the addressee. Never by its author."""
        return self._moved(actions.send_request)

    @extend_schema(responses=InformationRequestSerializer)
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, pk: Any = None) -> Response:
        """Give a draft up."""
        return self._moved(actions.discard_request)

    @extend_schema(responses=InformationRequestSerializer)
    @action(detail=True, methods=["post"])
    def receive(self, request: Request, pk: Any = None) -> Response:
        """Confirm that the addressee has it."""
        return self._moved(actions.receive_request)

    @extend_schema(responses=InformationRequestSerializer)
    @action(detail=True, methods=["post"], url_path="draft-answer")
    def draft_answer(self, request: Request, pk: Any = None) -> Response:
        """Write the answer that the head may give. The ETag stays: the asker does not notice."""
        one = self.get_object()
        data = self.body()
        items = self._items("items", data.pop("items", []))
        actions.draft_answer(request=one, by=self.person, items=items, **data)
        return self.answer(one)

    @extend_schema(responses=InformationRequestSerializer)
    @action(detail=True, methods=["post"], url_path="answer")
    def answer_(self, request: Request, pk: Any = None) -> Response:
        """Give the drafted answer. Never by whoever drafted it."""
        return self._moved(actions.give_answer)

    @extend_schema(responses=InformationRequestSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: Any = None) -> Response:
        """Refuse for one of the listed reasons."""
        return self._moved(actions.refuse_request)

    @extend_schema(responses=InformationRequestSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any = None) -> Response:
        """Take back what is not answered yet, with a reason."""
        return self._moved(actions.withdraw_request)

    @extend_schema(responses=InformationRequestSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: Any = None) -> Response:
        """Say, once, that the answer is not sufficient."""
        return self._moved(actions.reopen_request)

    @extend_schema(responses={201: InformationRequestSerializer})
    @action(detail=True, methods=["post"])
    def messages(self, request: Request, pk: Any = None) -> Response:
        """Write to the other side while the request is open."""
        given = self._given()
        actions.write_message(**given, **self.body())
        return self.answer(given["request"], status=201)


PERIOD = OpenApiParameter("period", str, description="Sent in the period, e.g. 2024-Q2. Left out: this quarter.")


def this_quarter() -> str:
    """The label of the quarter we are in."""
    day = today()
    return f"{day.year}-Q{(day.month + 2) // 3}"


class RequestStatisticsViewSet(RecordViewSet):
    """Figures per agency: of every request for whoever counts for all, else of those the caller may see."""

    queryset = InformationRequest.objects.all()
    serializer_class = FiguresSerializer
    read_permissions = (Permission.REQUEST_READ, Permission.REPORT_COUNT_ALL)
    pagination_class = None
    filter_backends = ()

    def known_parameters(self) -> frozenset[str]:
        """The period alone."""
        return frozenset({"period"})

    @extend_schema(
        parameters=[PERIOD],
        responses=forced_singular_serializer(StatisticsSerializer),  # type: ignore[no-untyped-call]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The figures of a period, agencies in protocol order."""
        period = Period.parse(str(request.query_params.get("period", this_quarter())))
        rows = request_figures(reader=self.person, period=period)
        scope = "all" if counts_all(self.person) else "visible"
        figures = FiguresSerializer(rows, many=True).data
        return Response({"period": period.label, "basis": period.basis.value, "scope": scope, "results": figures})
