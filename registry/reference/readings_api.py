"""What a typed quantity says, over HTTP: for the read-back of forms and for other systems. Nothing is kept."""

from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet, StrictSerializer
from agencies.models import Language
from agencies.roles import Permission
from registry.quantities import Comparator
from registry.reading_terms import MEASURES
from registry.readings import LONGEST, Reading, read
from registry.reference.models import UnitOfMeasure


class QuantityTextSerializer(StrictSerializer):
    """A quantity as typed. `language`: of the words in the answer, and of how an ambiguous mark is likelier meant."""

    text = serializers.CharField(allow_blank=True, trim_whitespace=False, help_text=f"At most {LONGEST} characters.")
    language = serializers.ChoiceField(
        Language.choices, required=False, help_text="The language of the request where it is left out."
    )


class ExactField(serializers.CharField):
    """A decimal digit by digit: its last zeros stay, a power of ten is written out."""

    def to_representation(self, value: Any) -> str:
        """`5.80`, `1800000`."""
        return f"{value:f}"


class QuantityReadingSerializer(serializers.Serializer[Any]):
    """One way to read the text. Exact decimals, as typed: `5.80` keeps its zero."""

    comparator = serializers.CharField(help_text=f"One of: {', '.join(Comparator)}.")
    value = ExactField(read_only=True, help_text="An exact decimal, a point before its decimals.")
    unit = serializers.SerializerMethodField(
        allow_null=True, help_text=f"One of: {', '.join(MEASURES)}; null where none is written."
    )
    dimension = serializers.SerializerMethodField(allow_null=True)
    words = serializers.CharField(help_text="Comparator, number and unit spelled out.")

    def get_unit(self, reading: Reading) -> str | None:
        """A code of the units of measure."""
        return reading.unit or None

    def get_dimension(self, reading: Reading) -> str | None:
        """Of the unit."""
        return reading.dimension or None


class QuantityReadingsSerializer(serializers.Serializer[Any]):
    """Every way to read the text, the likeliest first. A question is to be answered before any is taken."""

    readings = QuantityReadingSerializer(many=True)
    question = serializers.CharField(allow_null=True)


class QuantityReadingViewSet(RecordViewSet):
    """Reads quantities for everybody who may read the units of measure."""

    queryset = UnitOfMeasure.objects.all()
    serializer_class = QuantityReadingsSerializer
    read_permissions = (Permission.DIRECTORY_READ,)
    write_serializers: ClassVar[dict[str, type[serializers.BaseSerializer[Any]]]] = {"create": QuantityTextSerializer}

    @extend_schema(request=QuantityTextSerializer, responses={200: QuantityReadingsSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Comparator, number and unit of a typed quantity; 400 (`not_a_quantity`) says why it is none.

        Two readings and a question where one group of three digits stands behind a single comma or dot and the
        measure can be divided: `659,149 kg`. Counted things have no decimals of that form: `1.084 bánh`.
        """
        body = self.body()
        language = body.get("language") or get_language() or settings.LANGUAGE_CODE
        return Response(QuantityReadingsSerializer(read(body["text"], language=language)).data)
