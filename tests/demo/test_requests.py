"""The demo's requests for information: every outcome, between all four agencies, some still on the desks."""

import pytest
from django.db.models import Count

from registry.periods import Period
from registry.requests.counting import request_figures
from registry.requests.models import Answer, InformationRequest
from registry.requests.terms import AnswerKind, RequestStatus
from reports.counting import Operator
from tests.demo.loaded import DESK_DAY

pytestmark = pytest.mark.usefixtures("demo")


def test_every_status_and_every_kind_of_answer_occurs() -> None:
    found = dict(InformationRequest.objects.order_by().values_list("status").annotate(n=Count("pk")))
    assert found == {
        RequestStatus.DRAFT: 1,
        RequestStatus.SENT: 1,
        RequestStatus.RECEIVED: 2,
        RequestStatus.ANSWERED: 9,
        RequestStatus.REFUSED: 2,
        RequestStatus.WITHDRAWN: 1,
    }
    assert set(Answer.objects.given().values_list("kind", flat=True)) == set(AnswerKind.values)
    assert Answer.objects.filter(given_at__isnull=True).count() == 1


def test_all_four_agencies_ask_and_are_asked() -> None:
    requests = InformationRequest.objects.filter(sent_at__isnull=False)
    assert requests.values("unit__agency").distinct().count() == 4
    assert requests.values("addressee__agency").distinct().count() == 4


def test_the_quarter_has_figures() -> None:
    """Six were sent in the second quarter: two answered late or twice, two refused, one withdrawn."""
    rows = {row.agency.code: row for row in request_figures(reader=Operator(), period=Period.parse("2024-Q2"))}
    assert sum(row.asked for row in rows.values()) == sum(row.received for row in rows.values()) == 6
    assert sum(row.refused for row in rows.values()) == 2
    assert rows["BORDERGUARD"].in_time == 1, "the other answer came after 95 of 72 hours"


def test_one_answer_is_overdue_on_the_desks_and_one_request_waits_to_be_sent() -> None:
    assert InformationRequest.objects.overdue(DESK_DAY).count() == 1
    assert InformationRequest.objects.filter(status=RequestStatus.DRAFT).get().unit.code == "C04"
