"""Consents over HTTP. Each verb calls the action of the same name."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.base import ReasonSerializer, RecordViewSet, StrictSerializer
from agencies.api.filters import ChoiceFilter, CodeFilter
from agencies.refusals import Invalid
from agencies.roles import Permission
from registry.information import actions
from registry.information.models import Consent, Delivery
from registry.information.serializers.consents import (
    ConsentAskSerializer,
    ConsentGrantSerializer,
    ConsentSerializer,
)
from registry.information.terms import ConsentKind, ConsentStatus


class ConsentFilters(filters.FilterSet):
    """Filters of consents."""

    status = ChoiceFilter(ConsentStatus.choices)
    kind = ChoiceFilter(ConsentKind.choices)
    delivery = filters.UUIDFilter(field_name="delivery_id")
    asking_unit = CodeFilter("delivery__unit")
    originator = CodeFilter("delivery__item__unit")


class ConsentViewSet(RecordViewSet):
    """Consents asked by the caller's units, and those they decide."""

    queryset = Consent.objects.all()
    serializer_class = ConsentSerializer
    read_permissions = (Permission.CONSENT_READ,)
    filterset_class = ConsentFilters
    ordering_fields = ("asked_at",)
    ordering = ("-asked_at", "-id")
    write_serializers: ClassVar[dict[str, Any]] = {
        "create": ConsentAskSerializer,
        "grant": ConsentGrantSerializer,
        "refuse": ReasonSerializer,
        "revoke": ReasonSerializer,
        "withdraw": StrictSerializer,
    }

    def prepare(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Everything the serializer shows, in a fixed number of queries."""
        return records.select_related("delivery__item__unit", "delivery__unit").prefetch_related(
            "units", "granted_units"
        )

    @extend_schema(responses={201: ConsentSerializer})
    def create(self, request: Request) -> Response:
        """Ask the originator for one use of a delivery."""
        data = self.body()
        delivery = Delivery.objects.visible_to(self.person).filter(pk=data.pop("delivery")).first()
        if delivery is None:
            raise Invalid({"delivery": _("No delivery that you see has this id.")})
        return self.answer(actions.ask_consent(delivery=delivery, by=self.person, **data), status=201)

    def _given(self) -> dict[str, Any]:
        consent = self.get_object()
        expected = self.expected_revision(consent, required=False)
        return {"consent": consent, "by": self.person, "expected_revision": expected}

    @extend_schema(responses=ConsentSerializer)
    @action(detail=True, methods=["post"])
    def grant(self, request: Request, pk: Any = None) -> Response:
        """Allow the use, in whole or in part, within limits, until a moment."""
        given = self._given()
        return self.answer(actions.grant_consent(**given, **self.body()))

    @extend_schema(responses=ConsentSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: Any = None) -> Response:
        """Refuse the use, with a reason."""
        given = self._given()
        return self.answer(actions.refuse_consent(**given, reason=self.body()["reason"]))

    @extend_schema(responses=ConsentSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: Any = None) -> Response:
        """Take a consent back."""
        given = self._given()
        return self.answer(actions.revoke_consent(**given, reason=self.body()["reason"]))

    @extend_schema(responses=ConsentSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any = None) -> Response:
        """Ask no longer."""
        given = self._given()
        self.body()
        return self.answer(actions.withdraw_consent(**given))
