"""Figures of requests per agency and period. Each equals the length of the list filtered the same way."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from django.utils import timezone

from agencies.models import Agency
from agencies.roles import Permission
from agencies.visibility import Reader
from registry.periods import Period
from registry.requests.models import InformationRequest
from registry.requests.terms import AnswerKind, RefusalReason, RequestStatus


@dataclass(slots=True)
class RequestFigures:
    """One agency in one period. `asked` counts what it sent; everything else is about what it was asked.

    A request counts in the period it was sent in, as it stands now. `median_hours` runs from sending (or reopening)
    to the answer or refusal that stands; None where there is none.
    """

    agency: Agency
    asked: int = 0
    received: int = 0
    answered: int = 0
    no_information: int = 0
    refused: int = 0
    refused_by_reason: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RefusalReason.values, 0))
    withdrawn: int = 0
    in_time: int = 0
    overdue: int = 0
    median_hours: float | None = None


def counts_all(reader: Reader) -> bool:
    """Whether the reader's figures are of all four agencies, or only of the requests the reader may see."""
    return reader.holds(Permission.REPORT_COUNT_ALL)


def request_figures(*, reader: Reader, period: Period, at: datetime | None = None) -> list[RequestFigures]:
    """Figures of every agency, in protocol order; two queries. `at` is the moment of `overdue` (now)."""
    moment = at or timezone.now()
    agencies = Agency.objects.visible_to(reader).prefetch_related("names").order_by("protocol_order")
    figures = {agency.pk: RequestFigures(agency) for agency in agencies}
    hours: dict[UUID, list[float]] = {pk: [] for pk in figures}
    sent = InformationRequest.objects.countable_by(reader).sent_in(period)
    for request in sent.select_related("unit", "addressee", "answer").order_by("pk"):
        if request.unit.agency_id in figures:
            figures[request.unit.agency_id].asked += 1
        if request.addressee.agency_id in figures:
            _count(figures[request.addressee.agency_id], request, moment)
            if request.answered_at is not None:
                hours[request.addressee.agency_id].append(_hours(request))
    for pk, spans in hours.items():
        figures[pk].median_hours = round(median(spans), 1) if spans else None
    return list(figures.values())


def _count(row: RequestFigures, request: InformationRequest, moment: datetime) -> None:
    """Add one request to what its addressee was asked."""
    row.received += 1
    row.answered += request.status == RequestStatus.ANSWERED
    row.refused += request.status == RequestStatus.REFUSED
    row.withdrawn += request.status == RequestStatus.WITHDRAWN
    if request.answer is not None:
        row.no_information += request.answer.kind == AnswerKind.NO_INFORMATION
        row.in_time += not request.late
        if request.answer.reason:
            row.refused_by_reason[request.answer.reason] += 1
    row.overdue += request.is_overdue_at(moment)


def _hours(request: InformationRequest) -> float:
    """From sending, or from reopening, to the answer."""
    start = request.reopened_at or request.sent_at
    if start is None or request.answered_at is None:
        return 0.0
    return (request.answered_at - start) / timedelta(hours=1)
