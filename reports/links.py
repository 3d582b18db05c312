"""Addresses of the lists behind the numbers: in the API always, in the admin where its filters can say the same."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from agencies.models import Agency
from registry.documents.models import PublishedFigure
from registry.periods import Period
from registry.reference.models import Topic
from reports.document import Link


def _api(path: str, **filters: Any) -> str:
    given = {name: value for name, value in filters.items() if value}
    return f"/api/v1/{path}?{urlencode(given)}" if given else f"/api/v1/{path}"


def _page(name: str, **lookups: Any) -> str:
    given = {name: value for name, value in lookups.items() if value}
    return f"{reverse(f'admin:{name}_changelist')}?{urlencode(given)}"


def items(period: Period, *, agency: Agency | None = None, topic: Topic | None = None, status: str = "") -> Link:
    """Items first released in the period."""
    start, end = period.moments()
    return Link(
        _api(
            "information-items",
            period=period.label,
            agency=agency and agency.code,
            topic=topic and topic.code,
            status=status,
        ),
        _page(
            "information_informationitem",
            released_at__gte=start,
            released_at__lt=end,
            unit__agency__id__exact=agency and agency.pk,
            current__topic__id__exact=topic and topic.pk,
            status__exact=status,
        ),
    )


def item(pk: Any) -> Link:
    """One item."""
    page = reverse("admin:information_informationitem_change", args=[pk])
    return Link(f"/api/v1/information-items/{pk}", page)


def valuable(period: Period, *, agency: Agency | None = None) -> Link:
    """Items of the period that a recipient found valuable."""
    return Link(
        _api("information-items", period=period.label, agency=agency and agency.code, valuable="true"),
    )


def deliveries(
    period: Period,
    *,
    giver: Agency | None = None,
    receiver: Agency | None = None,
    status: str = "",
    usefulness: str = "",
    receipt: str = "",
) -> Link:
    """Deliveries of items first released in the period."""
    return Link(
        _api(
            "deliveries",
            period=period.label,
            originating_agency=giver and giver.code,
            receiving_agency=receiver and receiver.code,
            status=status,
            usefulness=usefulness,
            receipt=receipt,
        )
    )


def cases(period: Period, *, kind: str = "") -> Link:
    """Joint cases opened in the period."""
    return Link(
        _api("cases", period=period.label, kind=kind),
        _page("cases_jointcase", opened_on__gte=period.start, opened_on__lt=period.end, kind__exact=kind),
    )


def case(pk: Any) -> Link:
    """One joint case."""
    return Link(f"/api/v1/cases/{pk}", reverse("admin:cases_jointcase_change", args=[pk]))


def statement(pk: Any) -> Link:
    """One statement."""
    return Link(f"/api/v1/statements/{pk}", reverse("admin:reports_statement_change", args=[pk]))


def series(key: str) -> Link:
    """One reconciled series."""
    return Link(f"/api/v1/reconciliations/{key}", reverse("admin:reports_reconciliation_series", args=[key]))


def conference(pk: Any) -> Link:
    """One conference."""
    return Link(f"/api/v1/conferences/{pk}", reverse("admin:conferences_conference_change", args=[pk]))


def published(figure: PublishedFigure) -> Link:
    """One published figure."""
    page = reverse("admin:documents_publishedfigure_change", args=[figure.pk])
    return Link(f"/api/v1/published-figures/{figure.pk}", page)


def statements(period: Period) -> Link:
    """Statements of the period."""
    return Link(_api("statements", period=period.label), _page("reports_statement", q=period.label))


def conferences(period: Period) -> Link:
    """Conferences that met about the period."""
    return Link(_api("conferences", period=period.label), _page("conferences_conference", q=period.label))
