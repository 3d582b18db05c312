"""Deliveries over HTTP. Each verb calls the action of the same name."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet, StrictSerializer
from agencies.api.filters import ChoiceFilter, CodeFilter, MethodFilter, Records
from agencies.roles import Permission
from registry.information import actions, receipts
from registry.information.models import Delivery
from registry.information.receipt_states import RECEIPTS, Receipt
from registry.information.serializers import (
    AssignSerializer,
    DeliverySerializer,
    DisposalSerializer,
    EvaluationSerializer,
)
from registry.information.serializers.consents import PassOnSerializer
from registry.information.terms import DeliveryStatus, Usefulness
from registry.periods import Period


class DeliveryFilters(filters.FilterSet):
    """Filters of the delivery list."""

    status = ChoiceFilter(DeliveryStatus.choices)
    item = filters.UUIDFilter(field_name="item_id")
    recipient = CodeFilter("unit")
    receiving_agency = CodeFilter("unit__agency")
    originator = CodeFilter("item__unit")
    originating_agency = CodeFilter("item__unit__agency")
    receipt = ChoiceFilter(Receipt.choices, method="by_receipt", label="How the delivery stands with its receipt.")
    usefulness = ChoiceFilter(Usefulness.choices, field_name="evaluation__usefulness")
    period = MethodFilter("in_period", label="Item first released in the period, e.g. 2024-Q2.")
    synthetic = filters.BooleanFilter()

    def in_period(self, records: Records, name: str, value: str) -> Records:
        """Item first released in the period."""
        start, end = Period.parse(value).moments()
        return records.filter(item__released_at__gte=start, item__released_at__lt=end)

    def by_receipt(self, records: Records, name: str, value: str) -> Records:
        """The condition the report counts by."""
        return records.filter(RECEIPTS[value])


class DeliveryViewSet(RecordViewSet):
    """Deliveries to the caller's units, and of the items they originated."""

    queryset = Delivery.objects.all()
    serializer_class = DeliverySerializer
    read_permissions = (Permission.ITEM_READ_OWN, Permission.ITEM_READ_DELIVERED)
    filterset_class = DeliveryFilters
    ordering_fields = ("delivered_at", "due_at")
    ordering = ("-delivered_at", "-id")
    discloses = True
    write_serializers: ClassVar[dict[str, Any]] = {
        "acknowledge": StrictSerializer,
        "evaluate": EvaluationSerializer,
        "assign": AssignSerializer,
        "acknowledge_correction": StrictSerializer,
        "acknowledge_recall": StrictSerializer,
        "confirm_disposal": DisposalSerializer,
        "pass_on": PassOnSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries."""
        related = ("item__unit__agency", "item__current", "unit__agency", "version", "assigned_to")
        records = records.select_related(*related, "evaluation", "recall_receipt")
        return records.prefetch_related("corrections__version")

    def _given(self) -> dict[str, Any]:
        delivery = self.get_object()
        expected = self.expected_revision(delivery, required=False)
        return {"delivery": delivery, "by": self.person, "expected_revision": expected}

    @extend_schema(responses=DeliverySerializer)
    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, pk: Any = None) -> Response:
        """Confirm that the unit has it."""
        given = self._given()
        self.body()
        return self.answer(receipts.acknowledge_delivery(**given))

    @extend_schema(responses=DeliverySerializer)
    @action(detail=True, methods=["post"])
    def evaluate(self, request: Request, pk: Any = None) -> Response:
        """Say what it was worth."""
        given = self._given()
        return self.answer(receipts.evaluate_delivery(**given, **self.body()))

    @extend_schema(responses=DeliverySerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: Any = None) -> Response:
        """Give the work to somebody of the recipient unit."""
        given = self._given()
        return self.answer(receipts.assign_delivery(**given, username=self.body()["to"]))

    @extend_schema(responses=DeliverySerializer)
    @action(detail=True, methods=["post"], url_path="acknowledge-correction")
    def acknowledge_correction(self, request: Request, pk: Any = None) -> Response:
        """Confirm that the unit reads the item as corrected."""
        self.body()
        return self.answer(receipts.acknowledge_correction(delivery=self.get_object(), by=self.person))

    @extend_schema(responses=DeliverySerializer)
    @action(detail=True, methods=["post"], url_path="acknowledge-recall")
    def acknowledge_recall(self, request: Request, pk: Any = None) -> Response:
        """Confirm that the unit knows of the recall."""
        self.body()
        return self.answer(receipts.acknowledge_recall(delivery=self.get_object(), by=self.person))

    @extend_schema(responses=DeliverySerializer)
    @action(detail=True, methods=["post"], url_path="confirm-disposal")
    def confirm_disposal(self, request: Request, pk: Any = None) -> Response:
        """Say that the recalled item was destroyed, or is retained and on which legal ground."""
        delivery = self.get_object()
        return self.answer(receipts.confirm_disposal(delivery=delivery, by=self.person, **self.body()))

    @extend_schema(responses=DeliverySerializer)
    @action(detail=True, methods=["post"], url_path="pass-on")
    def pass_on(self, request: Request, pk: Any = None) -> Response:
        """Hand the item on to further units, as its marks or a consent allow."""
        delivery = self.get_object()
        actions.pass_on(delivery=delivery, by=self.person, units=self.body()["units"])
        return self.answer(delivery)
