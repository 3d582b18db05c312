"""Joint cases over HTTP. Each verb calls the action of the same name."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import ReasonSerializer, RecordViewSet
from agencies.api.filters import ChoiceFilter, CodeFilter, MethodFilter, Records, TextFilter
from agencies.api.places import AtPlace
from agencies.models import Unit, today
from agencies.refusals import Conflict, Invalid, NotPermitted
from agencies.roles import Permission
from registry.cases import actions
from registry.cases.models import CaseItem, JointCase, Participation, SeizureLot
from registry.cases.serializers import (
    CaseContentSerializer,
    CaseSerializer,
    CaseWriteSerializer,
    CloseSerializer,
    ConfirmSerializer,
    JoinSerializer,
    LeaveSerializer,
    LinkSerializer,
    LotWriteSerializer,
    WeighSerializer,
)
from registry.cases.terms import CaseStatus, Kind
from registry.information.models import Delivery, InformationItem
from registry.periods import Period


class CaseFilters(AtPlace):
    """Filters of the case list."""

    kind = ChoiceFilter(Kind.choices)
    status = ChoiceFilter(CaseStatus.choices)
    reference = filters.CharFilter(lookup_expr="exact", max_length=32)
    area = CodeFilter("area")
    unit = CodeFilter("unit")
    lead_agency = MethodFilter("led_by", label="Code of the agency that leads today.")
    period = MethodFilter("in_period", label="Opened in the period, e.g. 2024-Q2.")
    q = TextFilter("title", label="Title contains.")
    synthetic = filters.BooleanFilter()

    def led_by(self, records: Records, name: str, value: str) -> Records:
        """Led today by a unit of the agency."""
        return records.led_by_agency(value, on=today())  # type: ignore[attr-defined,no-any-return]

    def in_period(self, records: Records, name: str, value: str) -> Records:
        """Opened in the period."""
        return records.opened_in(Period.parse(value))  # type: ignore[attr-defined,no-any-return]


class CaseViewSet(RecordViewSet):
    """Joint cases in which the caller's units take part."""

    queryset = JointCase.objects.all()
    serializer_class = CaseSerializer
    read_permissions = (Permission.CASE_READ,)
    filterset_class = CaseFilters
    ordering_fields = ("opened_on", "created_at", "updated_at")
    ordering = ("-opened_on", "-id")
    discloses = True
    write_serializers: ClassVar[dict[str, Any]] = {
        "create": CaseWriteSerializer,
        "partial_update": CaseContentSerializer,
        "close": CloseSerializer,
        "reopen": ReasonSerializer,
        "confirm": ConfirmSerializer,
        "participations": JoinSerializer,
        "end_participation": LeaveSerializer,
        "lots": LotWriteSerializer,
        "weigh": WeighSerializer,
        "items": LinkSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries; items only as far as the caller sees them."""
        shown = CaseItem.objects.visible_to(self.person).select_related("item", "unit")
        related: list[Any] = [
            Prefetch("participations", Participation.objects.select_related("unit__agency")),
            Prefetch("lots", SeizureLot.objects.select_related("substance", "unit")),
            Prefetch("items", shown, to_attr="shown_items"),
        ]
        return records.select_related("unit__agency", "area", "place").prefetch_related(*related)

    def shown_in(self, records: Sequence[Any]) -> Sequence[str]:
        """A case shows which items served it, as far as the caller sees them."""
        items = [str(link.item_id) for case in records for link in getattr(case, "shown_items", ())]
        return [*super().shown_in(records), *items]

    @extend_schema(responses={201: CaseSerializer})
    def create(self, request: Request) -> Response:
        """A new case, led by `unit`."""
        data = self.body()
        participants = [(p["unit"], p["role"]) for p in data.pop("participants", [])]
        case = actions.open_case(by=self.person, participants=participants, **data)
        response = self.answer(case, status=201)
        response["Location"] = request.build_absolute_uri(f"/api/v1/cases/{case.pk}")
        return response

    @extend_schema(responses=CaseSerializer)
    def partial_update(self, request: Request, pk: Any = None) -> Response:
        """Change what the lead writes. Needs If-Match."""
        case = self.get_object()
        expected = self.expected_revision(case, required=True)
        serializer = self.get_serializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        content = serializer.validated_data
        return self.answer(actions.edit_case(case=case, by=self.person, content=content, expected_revision=expected))

    def _given(self) -> dict[str, Any]:
        """Case, person and revision of a move."""
        case = self.get_object()
        return {"case": case, "by": self.person, "expected_revision": self.expected_revision(case, required=False)}

    def _row(self, row: Participation) -> dict[str, Any]:
        """Participation, person and revision of a move."""
        given = self._given()
        del given["case"]
        return {"participation": row, **given}

    @extend_schema(responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: Any = None) -> Response:
        """End the case; `reason` is its result."""
        given, data = self._given(), self.body()
        return self.answer(actions.close_case(**given, result=data["reason"], closed_on=data.get("closed_on")))

    @extend_schema(responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: Any = None) -> Response:
        """Go on with a closed case."""
        given = self._given()
        return self.answer(actions.reopen_case(**given, reason=self.body()["reason"]))

    @extend_schema(responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: Any = None) -> Response:
        """Confirm, once, that one's unit takes part."""
        case, unit = self.get_object(), self.body().get("unit")
        row = self._participation(case, unit or self._own_unit(case))
        return self.answer(actions.confirm_participation(**self._row(row)).case)

    def _own_unit(self, case: JointCase) -> Unit:
        """The one unit in the case for which the caller may confirm."""
        units = {row.unit for row in case.participations.all()}
        mine = [unit for unit in units if self.person.may(Permission.CASE_CONFIRM, unit.pk)]
        if not mine:
            raise NotPermitted
        if len(mine) > 1:
            raise Invalid({"unit": _("You may confirm for several units. Name one.")}, code="required")
        return mine[0]

    def _participation(self, case: JointCase, unit: Unit) -> Participation:
        """The unit's participation that is open, or else its last."""
        rows = Participation.objects.filter(case=case, unit=unit).order_by("-valid_from")
        found = rows.filter(valid_to__isnull=True).first() or rows.first()
        if found is None:
            raise Conflict(_("This unit does not take part in the case."), code="takes_no_part")
        return found

    @extend_schema(responses={201: CaseSerializer})
    @action(detail=True, methods=["post"])
    def participations(self, request: Request, pk: Any = None) -> Response:
        """Take a unit into the case, or hand over the lead."""
        given = self._given()
        return self.answer(actions.add_participation(**given, **self.body()).case, status=201)

    @extend_schema(responses=CaseSerializer)
    @action(detail=True, methods=["post"], url_path="end-participation")
    def end_participation(self, request: Request, pk: Any = None) -> Response:
        """A unit takes part no more."""
        data = self.body()
        given = self._row(self._participation(self.get_object(), data["unit"]))
        return self.answer(actions.end_participation(**given, on=data.get("on")).case)

    @extend_schema(responses={201: CaseSerializer})
    @action(detail=True, methods=["post"])
    def lots(self, request: Request, pk: Any = None) -> Response:
        """Record what was seized."""
        given = self._given()
        return self.answer(actions.add_lot(**given, **self.body()).case, status=201)

    @extend_schema(responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def weigh(self, request: Request, pk: Any = None) -> Response:
        """Give a lot that was not weighed its quantity."""
        given, data = self._given(), self.body()
        lot = SeizureLot.objects.filter(case=given.pop("case"), pk=data.pop("lot")).first()
        if lot is None:
            raise Invalid({"lot": _("The case has no such lot.")}, code="unknown")
        return self.answer(actions.weigh_lot(lot=lot, **given, **data).case)

    @extend_schema(responses={201: CaseSerializer})
    @action(detail=True, methods=["post"])
    def items(self, request: Request, pk: Any = None) -> Response:
        """Say that an item one holds served the case."""
        given, data = self._given(), self.body()
        found: dict[str, Any] = {}
        for name, model in (("delivery", Delivery), ("item", InformationItem)):
            if name in data:
                found[name] = model.objects.visible_to(self.person).filter(pk=data[name]).first()
                if found[name] is None:
                    raise Invalid({name: _("There is none that you may see.")}, code="unknown")
        return self.answer(actions.link_item(**given, **found).case, status=201)
