"""Joint cases over HTTP. Each verb calls the action of the same name."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.filters import ChoiceFilter, CodeFilter, MethodFilter, Records, TextFilter
from agencies.api.places import AtPlace
from agencies.models import Unit, today
from agencies.refusals import Conflict, Invalid, NotPermitted
from agencies.roles import Permission
from registry.cases import actions
from registry.cases.history_api import CaseHistoryViewSet
from registry.cases.models import CaseItem, HandOver, JointCase, Participation, SeizureLot, TaskForce
from registry.cases.serializers import (
    CaseContentSerializer,
    CaseSerializer,
    CaseWriteSerializer,
    CloseSerializer,
    ConfirmingReasonSerializer,
    ConfirmSerializer,
    JoinSerializer,
    LeaveSerializer,
    LinkSerializer,
    LotWriteSerializer,
    WeighSerializer,
)
from registry.cases.terms import BorderType, CaseStatus, Concealment, Country, Kind, Route, Transport
from registry.information.models import Delivery, InformationItem
from registry.periods import Period


class Holds(ChoiceFilter):
    """One of several codes noted is this one."""

    def __init__(self, field: str, choices: Any) -> None:
        super().__init__(choices, field_name=field)

    def filter(self, qs: Records, value: Any) -> Records:
        """Cases of which it is noted."""
        return qs.filter(**{f"{self.field_name}__contains": [value]}) if value else qs


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
    detected_by = CodeFilter("detected_by")
    route = Holds("routes", Route.choices)
    border_type = Holds("border_types", BorderType.choices)
    transport = Holds("transport", Transport.choices)
    concealment = Holds("concealment", Concealment.choices)
    from_country = Holds("from_countries", Country.choices)
    through_country = Holds("through_countries", Country.choices)
    to_country = Holds("to_countries", Country.choices)

    def of_places(self, records: Records, places: QuerySet[Any]) -> Records:
        """The first place or a further one."""
        further = JointCase.objects.filter(other_places__in=places).values("pk")
        return records.filter(Q(place__in=places) | Q(pk__in=further))

    def led_by(self, records: Records, name: str, value: str) -> Records:
        """Led today by a unit of the agency."""
        return records.led_by_agency(value, on=today())  # type: ignore[attr-defined,no-any-return]

    def in_period(self, records: Records, name: str, value: str) -> Records:
        """Opened in the period."""
        return records.opened_in(Period.parse(value))  # type: ignore[attr-defined,no-any-return]


class CaseViewSet(CaseHistoryViewSet):
    """Joint cases in which the caller's units take part."""

    queryset = JointCase.objects.all()
    serializer_class = CaseSerializer
    read_permissions = (Permission.CASE_READ,)
    filterset_class = CaseFilters
    ordering_fields = ("opened_on", "created_at", "updated_at")
    ordering = ("-opened_on", "-id")
    discloses = True
    write_serializers: ClassVar[dict[str, Any]] = {
        **CaseHistoryViewSet.write_serializers,
        "create": CaseWriteSerializer,
        "partial_update": CaseContentSerializer,
        "close": CloseSerializer,
        "reopen": ConfirmingReasonSerializer,
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
            Prefetch("hand_overs", HandOver.objects.select_related("from_unit", "to_unit")),
            Prefetch("task_forces", TaskForce.objects.prefetch_related("members__unit")),
            "other_places",
        ]
        return records.select_related("unit__agency", "area", "place", "detected_by").prefetch_related(*related)

    def shown_in(self, records: Sequence[Any]) -> Sequence[str]:
        """A case shows which items served it, as far as the caller sees them."""
        items = [str(link.item_id) for case in records for link in getattr(case, "shown_items", ())]
        return [*super().shown_in(records), *items]

    @extend_schema(responses={201: CaseSerializer})
    def create(self, request: Request) -> Response:
        """A new case, led by `unit`."""
        data = self.body()
        participants = [(p["unit"], p["role"]) for p in data.pop("participants", [])]
        facts = {name: data.pop(name) for name in actions.FACTS & data.keys()}
        case = actions.open_case(by=self.person, participants=participants, facts=facts, **data)
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
        content = dict(serializer.validated_data)
        given = {"by": self.person, "confirm": content.pop("confirm", ()), "expected_revision": expected}
        return self.answer(actions.edit_case(case=case, content=content, **given))

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
        return self.answer(actions.close_case(**given, result=data.pop("reason"), **data))

    @extend_schema(responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: Any = None) -> Response:
        """Go on with a closed case."""
        given = self._given()
        return self.answer(actions.reopen_case(**given, **self.body()))

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
        given, data = self._given(), self.body()
        language = (get_language() or settings.LANGUAGE_CODE) if data.pop("weighed") else None
        if language is None and data.get("value") is not None:
            raise Invalid({"weighed": _("What has a quantity is weighed.")})
        return self.answer(actions.add_lot(**given, language=language, **data).case, status=201)

    @extend_schema(responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def weigh(self, request: Request, pk: Any = None) -> Response:
        """Give a lot that was not weighed its quantity."""
        given, data = self._given(), self.body()
        lot = SeizureLot.objects.filter(case=given.pop("case"), pk=data.pop("lot")).first()
        if lot is None:
            raise Invalid({"lot": _("The case has no such lot.")}, code="unknown")
        data["language"] = get_language() or settings.LANGUAGE_CODE
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
