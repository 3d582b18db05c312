"""Work that waits at a unit: before the unit ends it is done, withdrawn or handed over where it stands."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Unit, today
from agencies.refusals import Text
from registry.cases.models import Participation
from registry.cases.terms import CaseStatus
from registry.conferences.models import ActionItem
from registry.conferences.terms import ActionStatus
from registry.information.models import Consent, Delivery, InformationItem
from registry.information.terms import ConsentStatus, DeliveryStatus, Status
from registry.requests.models import InformationRequest
from registry.requests.terms import OPEN, RequestStatus


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many records of a kind wait at a unit, what to do with them, and where they are listed."""

    unit: str
    code: str
    count: int
    what: Text
    page: str


@dataclass(frozen=True, slots=True)
class _Kind:
    code: str
    rows: Callable[[], QuerySet[Any]]
    unit: str
    what: Text
    page: str


KINDS: tuple[_Kind, ...] = (
    _Kind(
        "items",
        lambda: InformationItem.objects.filter(status__in=(Status.DRAFT, Status.SUBMITTED, Status.RETURNED)),
        "unit",
        _("items that are not released: release them, or write them anew in the successor"),
        "information_informationitem",
    ),
    _Kind(
        "deliveries",
        lambda: Delivery.objects.filter(status__in=(DeliveryStatus.DELIVERED, DeliveryStatus.OPENED)),
        "unit",
        _("deliveries that are not acknowledged: the focal point acknowledges them"),
        "information_delivery",
    ),
    _Kind(
        "consents",
        lambda: Consent.objects.filter(status=ConsentStatus.ASKED),
        "delivery__item__unit",
        _("consents that were asked for: the head grants or refuses them"),
        "information_consent",
    ),
    _Kind(
        "requests_asked",
        lambda: InformationRequest.objects.filter(status__in=(RequestStatus.DRAFT, *OPEN)),
        "unit",
        _("requests that it asked and that are open: the head withdraws them, or the answer is waited for"),
        "requests_informationrequest",
    ),
    _Kind(
        "requests_received",
        lambda: InformationRequest.objects.filter(status__in=OPEN),
        "addressee",
        _("requests that it owes an answer: the head answers or refuses them"),
        "requests_informationrequest",
    ),
    _Kind(
        "cases",
        lambda: Participation.objects.as_of(today()).filter(case__status=CaseStatus.OPEN),
        "unit",
        _("open joint cases that it leads or takes part in: hand them over, end the participation, or close them"),
        "cases_jointcase",
    ),
    _Kind(
        "action_items",
        lambda: ActionItem.objects.filter(status=ActionStatus.OPEN),
        "assignee_unit",
        _("action items of conferences: the secretariat closes or drops them"),
        "conferences_actionitem",
    ),
)
"""Counts only: whoever reorganises units does not read their records."""


def waiting_at(units: Sequence[Unit]) -> list[Waiting]:
    """What waits at the units; one query per kind."""
    return list(_waiting({unit.pk: unit.code for unit in units})) if units else []


def _waiting(codes: dict[Any, str]) -> Iterator[Waiting]:
    for kind in KINDS:
        rows = kind.rows().filter(Q(**{f"{kind.unit}__in": list(codes)})).order_by()
        for pk, count in sorted(
            rows.values_list(kind.unit).annotate(n=Count("pk")).values_list(kind.unit, "n"), key=str
        ):
            page = reverse(f"admin:{kind.page}_changelist")
            yield Waiting(codes[pk], kind.code, count, kind.what, page)


def told(waiting: Sequence[Waiting]) -> str:
    """In one text."""
    return "; ".join(f"{one.unit}: {one.count} {one.what}" for one in waiting)
