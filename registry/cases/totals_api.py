"""Totals of seizures over HTTP."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet, StrictSerializer
from agencies.roles import Permission
from registry.cases.counted import ProvinceLines, seizure_totals
from registry.cases.measures import told
from registry.cases.models import SeizureLot
from registry.cases.serializers import plain
from registry.cases.terms import Kind
from registry.cases.totals import Line
from registry.periods import Period

READS = (Permission.CASE_READ, Permission.REPORT_COUNT_ALL)


class TotalSerializer(StrictSerializer):
    """What lots come to in one dimension, in its base unit. Dimensions stand side by side and never add."""

    dimension = serializers.CharField(read_only=True)
    value = serializers.CharField(read_only=True)
    comparator = serializers.CharField(read_only=True, help_text="Says no more than the loosest lot.")
    lots = serializers.IntegerField(read_only=True)
    words = serializers.CharField(read_only=True, help_text="The phrase in the language of the answer.")


class TotalLineSerializer(StrictSerializer):
    """A substance with everything in its class. With `within` it is a part of that line: add the others alone."""

    substance = serializers.CharField(source="substance.code", read_only=True)
    name = serializers.CharField(source="substance.name", read_only=True)
    within = serializers.CharField(source="within.code", read_only=True, allow_null=True, default=None)
    totals = serializers.SerializerMethodField()
    not_weighed = serializers.IntegerField(source="totals.not_weighed", read_only=True)

    @extend_schema_field(TotalSerializer(many=True))
    def get_totals(self, line: Line) -> list[dict[str, Any]]:
        """By dimension."""
        language = get_language() or "vi"
        return [
            {
                "dimension": dimension,
                "value": plain(total.value),
                "comparator": str(total.comparator),
                "lots": total.lots,
                "words": told(total.value, dimension, language, total.comparator),
            }
            for dimension, total in line.totals.by_dimension.items()
        ]


class ProvinceTotalsSerializer(StrictSerializer):
    """One province; `place` is null for cases of which no place is recorded."""

    place = serializers.CharField(source="province.place.code", read_only=True, allow_null=True, default=None)
    name = serializers.SerializerMethodField(allow_null=True)
    cases = serializers.SerializerMethodField(help_text="Cases opened in the period, by kind: kinds never add.")
    lines = TotalLineSerializer(many=True, read_only=True)

    def get_name(self, one: ProvinceLines) -> str | None:
        """In the reader's language."""
        return str(one.province.place) if one.province.place is not None else None

    def get_cases(self, one: ProvinceLines) -> dict[str, int]:
        """By kind."""
        return {kind: one.province.cases.get(kind, 0) for kind in Kind.values}


class SeizureTotalsSerializer(StrictSerializer):
    """Totals of a period."""

    period = serializers.CharField(source="period.label", read_only=True)
    start = serializers.DateField(source="period.start", read_only=True)
    end = serializers.DateField(source="period.end", read_only=True, help_text="The first day after the period.")
    basis = serializers.CharField(source="period.basis", read_only=True)
    synthetic = serializers.BooleanField(read_only=True)
    lines = TotalLineSerializer(many=True, read_only=True)
    provinces = ProvinceTotalsSerializer(many=True, read_only=True)


ASKED = (
    OpenApiParameter("period", str, required=True, description="E.g. 2024-Q2: seized in the period."),
    OpenApiParameter("substance", str, many=True, description="Codes of substances, none in the class of another."),
    OpenApiParameter("by", str, enum=["province"], description="Also by the first place of the case."),
    OpenApiParameter("places", str, enum=["recorded", "today"], description="`today`: as the provinces of today."),
)


class SeizureTotalsViewSet(RecordViewSet):
    """What was seized in a period, as the caller counts."""

    queryset = SeizureLot.objects.all()
    serializer_class = SeizureTotalsSerializer
    read_permissions = READS
    pagination_class = None
    filter_backends = ()

    def known_parameters(self) -> frozenset[str]:
        """Those of ASKED."""
        return frozenset(one.name for one in ASKED)

    @extend_schema(
        parameters=list(ASKED),
        responses=forced_singular_serializer(SeizureTotalsSerializer),  # type: ignore[no-untyped-call]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """By substance: each dimension for itself, lots not weighed counted, a class and its members never twice."""
        asked = request.query_params
        faults: dict[str, Any] = {}
        if not asked.get("period"):
            faults["period"] = [_("Say which period, for example 2024-Q2.")]
        for name, known in (("by", ("province",)), ("places", ("recorded", "today"))):
            if name in asked and asked[name] not in known:
                faults[name] = [_("Known here: %s.") % ", ".join(known)]
        if faults:
            raise ValidationError(faults)
        found = seizure_totals(
            by=self.person,
            period=Period.parse(asked["period"]),
            substances=asked.getlist("substance"),
            by_province=asked.get("by") == "province",
            places_of_today=asked.get("places") == "today",
        )
        return Response(SeizureTotalsSerializer(found).data)
