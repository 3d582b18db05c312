"""Docket cards over HTTP. Each verb calls the action; there is no route for content, because there is none."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import ReasonSerializer, RecordViewSet, StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.api.filters import ChoiceFilter, CodeFilter, TextFilter
from agencies.models import Unit, User
from agencies.roles import Permission
from registry.information.dockets import create_docket, end_docket, tell_docket
from registry.information.models import Docket
from registry.information.terms import DocketLevel, DocketStatus


class DocketWriteSerializer(StrictSerializer):
    """Body of a new card."""

    unit = CodeField(Unit.objects)
    level = serializers.ChoiceField(DocketLevel.choices)
    number = serializers.CharField(max_length=64, help_text="Number and symbol of the paper.")
    dated_on = serializers.DateField()
    issuer = serializers.CharField(max_length=200)
    copy_number = serializers.CharField(max_length=16, allow_blank=True, required=False)
    kept_at = serializers.CharField(max_length=200, help_text="Where the paper lies.")
    term_ends_on = serializers.DateField(allow_null=True, required=False)
    subject = serializers.CharField(
        max_length=200, allow_blank=True, required=False, help_text="Never of a paper of the highest degree."
    )
    courier_receipt = serializers.CharField(max_length=64, allow_blank=True, required=False)


class TellSerializer(StrictSerializer):
    """Whom to tell."""

    units = CodeField(Unit.objects, many=True, allow_empty=False)


class DocketSerializer(serializers.Serializer[Any]):
    """A card. Where the paper lies, how it came and who else knows of it is the holder's matter: null to others."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    unit = serializers.CharField(source="unit.code")
    agency = serializers.CharField(source="unit.agency.code")
    level = serializers.ChoiceField(DocketLevel.choices)
    number = serializers.CharField()
    dated_on = serializers.DateField()
    issuer = serializers.CharField()
    term_ends_on = serializers.DateField(allow_null=True)
    subject = serializers.CharField()
    status = serializers.ChoiceField(DocketStatus.choices)
    ended_at = UtcDateTimeField(allow_null=True)
    created_at = UtcDateTimeField()
    synthetic = serializers.BooleanField()
    copy_number = serializers.CharField(allow_null=True)
    kept_at = serializers.CharField(allow_null=True)
    courier_receipt = serializers.CharField(allow_null=True)
    end_reason = serializers.CharField(allow_null=True)
    told = serializers.SerializerMethodField(allow_null=True)

    def get_told(self, docket: Docket) -> list[str]:
        """Codes of the units told."""
        return [unit.code for unit in docket.told.all()]

    def to_representation(self, instance: Docket) -> dict[str, Any]:
        """The holder's matters, to the holder alone."""
        shown = dict(super().to_representation(instance))
        user: User = self.context["request"].user
        if instance.unit_id not in user.units_with(Permission.DOCKET_READ):
            shown |= dict.fromkeys(("copy_number", "kept_at", "courier_receipt", "end_reason", "told"))
        return shown


class DocketFilters(filters.FilterSet):
    """Filters of the list."""

    level = ChoiceFilter(DocketLevel.choices)
    status = ChoiceFilter(DocketStatus.choices)
    unit = CodeFilter("unit")
    agency = CodeFilter("unit__agency")
    reference = filters.CharFilter(lookup_expr="exact", max_length=40)
    number = TextFilter("number", label="Number and symbol contain.")
    term_ends_before = filters.DateFilter(field_name="term_ends_on", lookup_expr="lt")


class DocketViewSet(RecordViewSet):
    """Docket cards of the caller's units, and those the caller's units were told of."""

    queryset = Docket.objects.all()
    serializer_class = DocketSerializer
    read_permissions = (Permission.DOCKET_READ,)
    filterset_class = DocketFilters
    ordering_fields = ("created_at", "dated_on")
    ordering = ("-created_at", "-id")
    discloses = True
    write_serializers: ClassVar[dict[str, Any]] = {
        "create": DocketWriteSerializer,
        "tell": TellSerializer,
        "return_": ReasonSerializer,
        "destroy_paper": ReasonSerializer,
        "declassify": ReasonSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries."""
        return records.select_related("unit__agency").prefetch_related("told")

    @extend_schema(responses={201: DocketSerializer})
    def create(self, request: Request) -> Response:
        """A new card for a paper the unit holds."""
        data = self.body()
        unit = data.pop("unit")
        return self.answer(create_docket(unit=unit, by=self.person, card=data), status=201)

    def _given(self) -> dict[str, Any]:
        """Card, person and revision of a move."""
        docket = self.get_object()
        expected = self.expected_revision(docket, required=False)
        return {"docket": docket, "by": self.person, "expected_revision": expected}

    @extend_schema(responses=DocketSerializer)
    @action(detail=True, methods=["post"])
    def tell(self, request: Request, pk: Any = None) -> Response:
        """Tell units that the paper exists and who holds it."""
        given = self._given()
        return self.answer(tell_docket(**given, **self.body()))

    def _end(self, verb: str) -> Response:
        given = self._given()
        return self.answer(end_docket(**given, action=verb, reason=self.body()["reason"]))

    @extend_schema(responses=DocketSerializer)
    @action(detail=True, methods=["post"], url_path="return")
    def return_(self, request: Request, pk: Any = None) -> Response:
        """The paper went back to its issuer."""
        return self._end("return")

    @extend_schema(responses=DocketSerializer)
    @action(detail=True, methods=["post"], url_path="destroy")
    def destroy_paper(self, request: Request, pk: Any = None) -> Response:
        """The paper was destroyed. The card stays."""
        return self._end("destroy")

    @extend_schema(responses=DocketSerializer)
    @action(detail=True, methods=["post"])
    def declassify(self, request: Request, pk: Any = None) -> Response:
        """The paper is secret no more. Its content may be entered as an item."""
        return self._end("declassify")
