"""Items over HTTP. Each verb calls the action of the same name."""

from typing import Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import PURPOSE, ReasonSerializer, StrictSerializer
from agencies.api.filters import ChoiceFilter, CodeFilter, MethodFilter, Records, TextFilter
from agencies.api.places import AtPlace
from agencies.roles import Permission
from registry.information import actions, receipts
from registry.information.api.readers import ReadingItems
from registry.information.api.releases import RELEASE_BODIES, ReleasingItems
from registry.information.area_duty import owing
from registry.information.models import Evaluation, InformationItem, ItemVersion
from registry.information.serializers import (
    ItemChangeSerializer,
    ItemSerializer,
    ItemWriteSerializer,
)
from registry.information.terms import VALUABLE, Status, Tlp, Urgency
from registry.periods import Period

READS = (Permission.ITEM_READ_OWN, Permission.ITEM_READ_DELIVERED)


def codes(links: Any, name: str, **of: Any) -> ArraySubquery:
    """The codes of the records linked to a row, in their order."""
    return ArraySubquery(links.objects.filter(**of).order_by(name).values(f"{name}__code"))


class ItemFilters(AtPlace):
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
    area_duty = ChoiceFilter(
        [("overdue", "overdue")],
        method="not_shared",
        label="Own items that concern another force's area and have not reached that force in time.",
    )
    synthetic = filters.BooleanFilter()

    def of_places(self, records: Records, places: QuerySet[Any]) -> Records:
        """Whose current version names one of the places."""
        named = ItemVersion.places.through.objects.filter(place__in=places)
        return records.filter(current__in=named.values("itemversion"))

    def not_shared(self, records: Records, name: str, value: str) -> Records:
        """Of the caller's own units: others' duties are not theirs to see."""
        own = self.request.user.units_with(Permission.ITEM_READ_OWN)
        return owing(records.filter(unit_id__in=own))

    def in_period(self, records: Records, name: str, value: str) -> Records:
        """First released in the period."""
        return records.released_in(Period.parse(value))  # type: ignore[attr-defined,no-any-return]

    def found_valuable(self, records: Records, name: str, value: bool) -> Records:
        """By evaluations the caller may see: others leave no trace."""
        seen = Evaluation.objects.visible_to(self.request.user).filter(usefulness__in=VALUABLE)
        found = seen.values("delivery__item_id")
        return records.filter(pk__in=found) if value else records.exclude(pk__in=found)


@extend_schema_view(list=extend_schema(parameters=[PURPOSE]))
class InformationItemViewSet(ReadingItems, ReleasingItems):
    """Information items of the caller's units, and those delivered to them."""

    queryset = InformationItem.objects.all()
    serializer_class = ItemSerializer
    read_permissions = READS
    filterset_class = ItemFilters
    ordering_fields = ("created_at",)
    ordering = ("-created_at", "-id")
    indexed_as = {"created_at": "listed_at"}
    discloses = True
    paged = frozenset({"readers"})
    write_serializers: ClassVar[dict[str, Any]] = {
        "create": ItemWriteSerializer,
        "partial_update": ItemChangeSerializer,
        "submit": StrictSerializer,
        **RELEASE_BODIES,
        "return_": ReasonSerializer,
        "recall": ReasonSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in one query: codes of related rows come along as lists."""
        related = ("unit__agency", "author", "current__topic", "current__area")
        sources = ItemVersion.sources.through.objects.filter(itemversion=OuterRef("current"))
        shown: QuerySet[Any] = records.select_related(*related).annotate(
            recipient_codes=codes(InformationItem.recipients.through, "unit", informationitem=OuterRef("pk")),
            place_codes=codes(ItemVersion.places.through, "place", itemversion=OuterRef("current")),
            substance_codes=codes(ItemVersion.substances.through, "substance", itemversion=OuterRef("current")),
            source_ids=ArraySubquery(sources.order_by("informationitem").values("informationitem")),
        )
        return shown

    @extend_schema(parameters=[PURPOSE], responses=ItemSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One item. The first reading by a recipient unit marks its delivery as opened."""
        response = super().retrieve(request, *args, **kwargs)
        receipts.note_opening(item=self.get_object(), by=self.person)
        return response

    def tag(self, record: Any) -> dict[str, str]:
        """A recipient's tag changes with what it reads: not with a correction that waits, nor with a further unit."""
        if record.unit_id in self.person.units_with(Permission.ITEM_READ_OWN):
            return super().tag(record)
        return {"ETag": f'"{record.pk}-v{record.current.number}-{record.status}"'}

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
    def recall(self, request: Request, pk: Any = None) -> Response:
        """Take it back from every recipient."""
        given = self._given()
        return self.answer(actions.recall_item(**given, reason=self.body()["reason"]))
