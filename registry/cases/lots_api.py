"""Seizure lots over HTTP: lists, custody, splits and merges, possible duplicates, estimates."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import RecordViewSet
from agencies.api.filters import ChoiceFilter, CodeFilter, MethodFilter, Records
from agencies.audit.log import disclose
from agencies.refusals import Invalid
from agencies.roles import Permission
from registry.cases import actions
from registry.cases.duplicates import possible_duplicates
from registry.cases.estimates import estimates
from registry.cases.lot_readings import chosen
from registry.cases.lot_serializers import (
    CompareSerializer,
    ConversionFactorSerializer,
    CustodyWriteSerializer,
    EstimatesSerializer,
    LotDetailSerializer,
    MergeSerializer,
    PairsSerializer,
    ReweighSerializer,
    SplitSerializer,
)
from registry.cases.models import ConversionFactor, CustodyEvent, LotReweighing, SeizureLot
from registry.cases.terms import SEIZABLE
from registry.cases.totals import tree_of
from registry.periods import Period
from registry.reference.models import Substance


class LotFilters(filters.FilterSet):
    """Filters of the list."""

    case = filters.UUIDFilter(field_name="case_id")
    substance = CodeFilter("substance")
    under = MethodFilter("in_class", label="Code of a substance: with everything in its class.")
    dimension = ChoiceFilter([(d.value, d.value) for d in SEIZABLE], field_name="unit__dimension")
    weighed = filters.BooleanFilter()
    period = MethodFilter("in_period", label="Seized in the period, e.g. 2024-Q2.")
    synthetic = filters.BooleanFilter()

    def in_class(self, records: Records, name: str, value: str) -> Records:
        """The substance and everything under it."""
        top = Substance.objects.filter(code=value).first()
        return records.filter(substance__in=tree_of(top)) if isinstance(top, Substance) else records.none()

    def in_period(self, records: Records, name: str, value: str) -> Records:
        """Seized in the period."""
        return records.seized_in(Period.parse(value))  # type: ignore[attr-defined,no-any-return]


class SeizureLotViewSet(ListModelMixin, RetrieveModelMixin, RecordViewSet):
    """Lots of the cases in which the caller's units take part."""

    queryset = SeizureLot.objects.all()
    serializer_class = LotDetailSerializer
    read_permissions = (Permission.CASE_READ,)
    filterset_class = LotFilters
    ordering_fields = ("seized_on", "created_at")
    ordering = ("-seized_on", "-id")
    discloses = True
    write_serializers: ClassVar[dict[str, Any]] = {
        "custody": CustodyWriteSerializer,
        "reweigh": ReweighSerializer,
        "split": SplitSerializer,
        "merge": MergeSerializer,
        "compare": CompareSerializer,
    }

    def known_parameters(self) -> frozenset[str]:
        """Pairs are asked for with or without a decision."""
        return frozenset({"decided"}) if self.action == "duplicates" else super().known_parameters()

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries; of duplicates only what the caller sees."""
        events = CustodyEvent.objects.select_related("from_unit", "to_unit", "measure")
        records = records.told_to(self.person)  # type: ignore[attr-defined]
        former = Prefetch("reweighings", LotReweighing.objects.select_related("former_unit"))
        related: list[Any] = [Prefetch("custody", events), former, "made_by__sources", "divided_by__products"]
        return records.select_related("case", "substance", "unit", "made_by", "divided_by").prefetch_related(*related)

    def shown_in(self, records: Sequence[Any]) -> Sequence[str]:
        """Lots are read as a part of their case."""
        return list(dict.fromkeys(pk for lot in records for pk in (str(lot.pk), str(lot.case_id))))

    def _given(self) -> dict[str, Any]:
        """Lot, person and the revision of the lot's case."""
        lot = self.get_object()
        return {"lot": lot, "by": self.person, "expected_revision": self.expected_revision(lot.case, required=False)}

    @extend_schema(responses={201: LotDetailSerializer})
    @action(detail=True, methods=["post"])
    def custody(self, request: Request, pk: Any = None) -> Response:
        """Record who holds the lot from a day on. If-Match is the case's."""
        given = self._given()
        return self.answer(actions.record_custody(**given, **self.body()).lot, status=201)

    @extend_schema(responses=LotDetailSerializer)
    @action(detail=True, methods=["post"])
    def reweigh(self, request: Request, pk: Any = None) -> Response:
        """Give a wrongly weighed lot another quantity. The former one stays in its history. If-Match is the case's."""
        given, data = self._given(), self.body()
        language = get_language() or settings.LANGUAGE_CODE
        return self.answer(actions.reweigh_lot(**given, language=language, **data))

    @extend_schema(responses={201: LotDetailSerializer})
    @action(detail=True, methods=["post"])
    def split(self, request: Request, pk: Any = None) -> Response:
        """Take the lot apart into parts that amount exactly to it. It stays as history and counts no more."""
        given, data = self._given(), self.body()
        data["parts"] = [self._part(number, part) for number, part in enumerate(data["parts"])]
        actions.split_lot(**given, **data)
        return self.answer(given["lot"], status=201)

    def _part(self, number: int, part: dict[str, Any]) -> actions.Part:
        """As said in figures, or as its text reads."""
        value, unit = part.get("value"), part.get("unit")
        if value is None:
            try:
                found = chosen(part["raw_text"], get_language() or settings.LANGUAGE_CODE, part.get("reading"))
            except Invalid as fault:
                named = {f"parts.{number}.{name}": text for name, text in fault.fields.items()}
                raise Invalid(named, code=fault.code) from fault
            value, unit = found.value, found.unit
        if unit is None:
            raise Invalid({f"parts.{number}.unit": _("Say in which unit the quantity is measured.")}, code="required")
        return actions.Part(part["raw_text"], value, unit)

    @extend_schema(responses={201: LotDetailSerializer})
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: Any = None) -> Response:
        """Put further lots together with this one. Merging all parts of a split takes it back."""
        given, data = self._given(), self.body()
        ids = data.pop("lots")
        others = list(SeizureLot.objects.visible_to(self.person).filter(pk__in=ids))
        if len(others) != len(ids):
            raise Invalid({"lots": _("Name lots that you may see, each once.")}, code="unknown")
        division = actions.merge_lots(lots=[given.pop("lot"), *others], **given, **data)
        return self.answer(division.products.get(), status=201)

    @extend_schema(responses=LotDetailSerializer)
    @action(detail=True, methods=["post"])
    def compare(self, request: Request, pk: Any = None) -> Response:
        """Decide whether this lot is the same seizure as another one. The latest decision holds."""
        given, data = self._given(), self.body()
        other = SeizureLot.objects.visible_to(self.person).filter(pk=data.pop("other")).first()
        if other is None:
            raise Invalid({"other": _("There is no other lot of this id that you may see.")}, code="unknown")
        return self.answer(actions.compare_lots(other=other, **given, **data).lot)

    @extend_schema(
        parameters=[OpenApiParameter("decided", bool, description="With a decision, or without one.")],
        responses=PairsSerializer,
        filters=False,
    )
    @action(detail=False, methods=["get"], pagination_class=None)
    def duplicates(self, request: Request) -> Response:
        """Pairs of lots that may be one seizure: day, place, substance and quantity are near each other."""
        asked = request.query_params.get("decided")
        if asked not in {None, "true", "false"}:
            raise ValidationError({"decided": [_("Write true or false.")]})
        seen = SeizureLot.objects.visible_to(self.person)
        pairs = possible_duplicates(seen, decided=None if asked is None else asked == "true")
        shown = [lot for pair in pairs for lot in (pair.lot, pair.other)]
        disclose(by=self.person, kind=self.kind, ids=self.shown_in(shown), purpose=self.purpose)
        return Response(PairsSerializer({"pairs": pairs}).data)

    @extend_schema(responses=EstimatesSerializer)
    @action(detail=True, methods=["get"])
    def estimates(self, request: Request, pk: Any = None) -> Response:
        """What the lot would be in another dimension, each estimate with its factor and source."""
        lot = self.get_object()
        disclose(by=self.person, kind=self.kind, on=lot, ids=self.shown_in([lot]), purpose=self.purpose)
        return Response(EstimatesSerializer({"estimates": estimates(lot)}).data)


class ConversionFactorFilters(filters.FilterSet):
    """Factors of a substance."""

    substance = CodeFilter("substance")


class ConversionFactorViewSet(ListModelMixin, RetrieveModelMixin, RecordViewSet):
    """Factors for estimates, former ones too."""

    queryset = ConversionFactor.objects.all()
    serializer_class = ConversionFactorSerializer
    read_permissions = (Permission.DIRECTORY_READ,)
    filterset_class = ConversionFactorFilters
    ordering_fields = ("valid_from",)
    ordering = ("-valid_from", "id")

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """With the codes of each."""
        return records.select_related("substance", "from_measure", "to_measure")
