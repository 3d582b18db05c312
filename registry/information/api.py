"""Items and deliveries over HTTP. Each verb calls the action of the same name."""

from typing import Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import ReasonSerializer, RecordViewSet, StrictSerializer
from agencies.api.filters import ChoiceFilter, CodeFilter, MethodFilter, Records, TextFilter
from agencies.roles import Permission
from registry.information import actions, receipts
from registry.information.models import Delivery, Evaluation, InformationItem, ItemVersion
from registry.information.receipt_states import RECEIPTS, Receipt
from registry.information.serializers import (
    AssignSerializer,
    DeliverySerializer,
    EvaluationSerializer,
    ItemChangeSerializer,
    ItemSerializer,
    ItemWriteSerializer,
    ReleaseSerializer,
)
from registry.information.terms import VALUABLE, DeliveryStatus, Status, Tlp, Urgency, Usefulness
from registry.periods import Period

READS = (Permission.ITEM_READ_OWN, Permission.ITEM_READ_DELIVERED)


def codes(links: Any, name: str, **of: Any) -> ArraySubquery:
    """The codes of the records linked to a row, in their order."""
    return ArraySubquery(links.objects.filter(**of).order_by(name).values(f"{name}__code"))


class ItemFilters(filters.FilterSet):
    """Filters of the item list."""

    status = ChoiceFilter(Status.choices)
    reference = filters.CharFilter(lookup_expr="exact", max_length=32)
    topic = CodeFilter("current__topic")
    area = CodeFilter("current__area")
    unit = CodeFilter("unit")
    agency = CodeFilter("unit__agency")
    tlp = ChoiceFilter(Tlp.choices, field_name="current__tlp")
    urgency = ChoiceFilter(Urgency.choices, field_name="current__urgency")
    period = MethodFilter("in_period", label="First released in the period, e.g. 2024-Q2.")
    valuable = filters.BooleanFilter(method="found_valuable", label="A recipient found it valuable, as far as you see.")
    q = TextFilter("current__title", label="Title contains.")
    synthetic = filters.BooleanFilter()

    def in_period(self, records: Records, name: str, value: str) -> Records:
        """First released in the period."""
        return records.released_in(Period.parse(value))  # type: ignore[attr-defined,no-any-return]

    def found_valuable(self, records: Records, name: str, value: bool) -> Records:
        """By evaluations the caller may see: others leave no trace."""
        seen = Evaluation.objects.visible_to(self.request.user).filter(usefulness__in=VALUABLE)
        found = seen.values("delivery__item_id")
        return records.filter(pk__in=found) if value else records.exclude(pk__in=found)


class InformationItemViewSet(RecordViewSet):
    """Information items of the caller's units, and those delivered to them."""

    queryset = InformationItem.objects.all()
    serializer_class = ItemSerializer
    read_permissions = READS
    filterset_class = ItemFilters
    ordering_fields = ("created_at", "updated_at")
    ordering = ("-created_at", "-id")
    indexed_as = {"created_at": "listed_at"}
    discloses = True
    write_serializers: ClassVar[dict[str, Any]] = {
        "create": ItemWriteSerializer,
        "partial_update": ItemChangeSerializer,
        "submit": StrictSerializer,
        "release": ReleaseSerializer,
        "return_": ReasonSerializer,
        "recall": ReasonSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in one query: codes of related rows come along as lists."""
        related = ("unit__agency", "author", "current__topic", "current__area")
        shown: QuerySet[Any] = records.select_related(*related).annotate(
            recipient_codes=codes(InformationItem.recipients.through, "unit", informationitem=OuterRef("pk")),
            place_codes=codes(ItemVersion.places.through, "place", itemversion=OuterRef("current")),
            substance_codes=codes(ItemVersion.substances.through, "substance", itemversion=OuterRef("current")),
        )
        return shown

    @extend_schema(responses=ItemSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One item. The first reading by a recipient unit marks its delivery as opened."""
        response = super().retrieve(request, *args, **kwargs)
        receipts.note_opening(item=self.get_object(), by=self.person)
        return response

    @extend_schema(responses={201: ItemSerializer})
    def create(self, request: Request) -> Response:
        """A new draft."""
        data = self.body()
        item = actions.create_item(
            unit=data["unit"],
            by=self.person,
            content=data.get("current", {}),
            recipients=data.get("recipients", []),
        )
        response = self.answer(item, status=201)
        response["Location"] = request.build_absolute_uri(f"/api/v1/information-items/{item.pk}")
        return response

    @extend_schema(responses=ItemSerializer)
    def partial_update(self, request: Request, pk: Any = None) -> Response:
        """Change a draft or a returned item. Needs If-Match."""
        item = self.get_object()
        expected = self.expected_revision(item, required=True)
        serializer = self.get_serializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        item = actions.edit_item(
            item=item,
            by=self.person,
            content=data.get("current", {}),
            recipients=data.get("recipients"),
            expected_revision=expected,
        )
        return self.answer(item)

    def _given(self) -> dict[str, Any]:
        """Item, person and revision of a move."""
        item = self.get_object()
        expected = self.expected_revision(item, required=False)
        return {"item": item, "by": self.person, "expected_revision": expected}

    @extend_schema(responses=ItemSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: Any = None) -> Response:
        """Hand the draft to the head."""
        given = self._given()
        self.body()
        return self.answer(actions.submit_item(**given))

    @extend_schema(responses=ItemSerializer)
    @action(detail=True, methods=["post"], url_path="return")
    def return_(self, request: Request, pk: Any = None) -> Response:
        """Send it back to the author with a reason."""
        given = self._given()
        return self.answer(actions.return_item(**given, reason=self.body()["reason"]))

    @extend_schema(responses=ItemSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: Any = None) -> Response:
        """Number the item and deliver it. Never by its author."""
        given = self._given()
        return self.answer(actions.release_item(**given, recipients=self.body().get("recipients")))

    @extend_schema(responses=ItemSerializer)
    @action(detail=True, methods=["post"])
    def recall(self, request: Request, pk: Any = None) -> Response:
        """Take it back from every recipient."""
        given = self._given()
        return self.answer(actions.recall_item(**given, reason=self.body()["reason"]))


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
    read_permissions = READS
    filterset_class = DeliveryFilters
    ordering_fields = ("delivered_at", "due_at")
    ordering = ("-delivered_at", "-id")
    discloses = True
    write_serializers: ClassVar[dict[str, Any]] = {
        "acknowledge": StrictSerializer,
        "evaluate": EvaluationSerializer,
        "assign": AssignSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries."""
        return records.select_related("item__unit__agency", "unit__agency", "version", "assigned_to", "evaluation")

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
