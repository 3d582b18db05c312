"""Who holds what was seized: an unbroken chain, added and never changed."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.audit.models import AuditEvent
from agencies.models import today
from agencies.refusals import Invalid, NotPermitted
from registry.cases import actions
from registry.cases.models import CustodyEvent, SeizureLot
from tests.cases.stories import DAY, lot, measure, opened
from tests.cast import Cast
from tests.clients import ApiClient
from tests.raw import refused

Api = Callable[[str | None], ApiClient]
Desk = Callable[[str | None], Client]


def seized(cast: Cast) -> SeizureLot:
    found: SeizureLot = lot(cast, opened(cast), raw_text="2 kg", value=Decimal(2), unit=measure())
    return found


def held(cast: Cast, one: SeizureLot, **changes: Any) -> CustodyEvent:
    values: dict[str, Any] = {
        "lot": one,
        "by": cast.police_officer,
        "to_unit": cast.units["police"],
        "store": "Kho 1",
        "happened_on": DAY,
        "seal": "N-001",
    }
    return actions.record_custody(**values | changes)


def test_a_chain_goes_from_unit_to_unit(cast: Cast) -> None:
    one = seized(cast)
    first = held(cast, one)
    second = held(cast, one, to_unit=cast.units["customs"], happened_on=date(2024, 5, 16), value=Decimal("1.998"),
                  measure=measure())  # fmt: skip
    assert [(e.number, e.from_unit, e.to_unit.code) for e in (first, second)] == [
        (1, None, "police"),
        (2, cast.units["police"], "customs"),
    ]
    third = held(cast, one, by=cast.customs_officer, store="Kho 2", to_unit=cast.units["customs"], happened_on=today())
    assert (third.number, third.from_unit) == (3, cast.units["customs"])
    assert SeizureLot.objects.get(pk=one.pk).value == 2
    assert AuditEvent.objects.filter(action="case.record_custody", detail__lot=str(one.pk)).count() == 3


@pytest.mark.parametrize("name", ["customs_officer", "border_officer", "police_analyst", "coast_officer"])
def test_only_the_lead_or_the_holder_records(cast: Cast, name: str) -> None:
    one = seized(cast)
    held(cast, one)
    with pytest.raises(NotPermitted):
        held(cast, one, by=cast.people[name])


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"happened_on": DAY - timedelta(days=1)}, "happened_on"),
        ({"happened_on": today() + timedelta(days=1)}, "happened_on"),
        ({"store": "  "}, "store"),
        ({"value": Decimal(1)}, "measure"),
        ({"note": "Giao Nguyễn Văn Ánh (SN 1985)"}, "note"),
    ],
)
def test_an_event_with_a_fault_is_refused_by_name(cast: Cast, fault: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        held(cast, seized(cast), **fault)
    assert set(caught.value.fields) == {field}


def test_a_lot_is_weighed_in_its_own_dimension_and_more_than_nothing(cast: Cast) -> None:
    one = seized(cast)
    for fault, field in (({"measure": measure("tablet")}, "measure"), ({"value": Decimal(0)}, "value")):
        with pytest.raises(Invalid) as caught:
            held(cast, one, **{"value": Decimal(1), "measure": measure(), **fault})
        assert set(caught.value.fields) == {field}


def test_exhibits_stay_with_units_of_the_case_and_go_on_after_it_is_closed(cast: Cast) -> None:
    one = seized(cast)
    with pytest.raises(Invalid) as caught:
        held(cast, one, to_unit=cast.units["coast"])
    assert set(caught.value.fields) == {"to_unit"}
    actions.close_case(case=one.case, by=cast.police_officer, result="Xong.")
    assert held(cast, one).number == 1


def test_the_database_keeps_the_chain(cast: Cast) -> None:
    one = seized(cast)
    held(cast, one)
    event = held(cast, one, to_unit=cast.units["customs"], happened_on=date(2024, 5, 16))
    copy = (
        "INSERT INTO cases_custodyevent SELECT (jsonb_populate_record(e,"
        " jsonb_build_object('id', gen_random_uuid(), 'from_unit_id', e.to_unit_id, {}))).*"
        " FROM cases_custodyevent e WHERE id = %s"
    )
    for change, rule in (
        ("'number', 2", "without a gap"),
        ("'number', 4", "without a gap"),
        ("'number', 3, 'happened_on', '2024-05-15'", "not back in time"),
        ("'number', 3, 'from_unit_id', NULL", "from the last holder"),
        ("'number', 3, 'store', ''", "custody_says_where"),
        ("'number', 3, 'value', 1", "custody_value_with_measure"),
    ):
        refused(copy.format(change), event.pk, match=rule)
    refused("UPDATE cases_custodyevent SET store = 'x'", match="Cannot update")
    refused("DELETE FROM cases_custodyevent", match="delete rows")


def test_custody_over_http_and_on_its_page(cast: Cast, api: Api, desk: Desk) -> None:
    one = seized(cast)
    path = f"seizure-lots/{one.pk}"
    body = {"to_unit": "customs", "store": "Kho hải quan", "happened_on": "2024-05-16", "value": "1.9", "measure": "kg"}
    assert api("border_officer").post(f"{path}/custody", body).status_code == 403
    assert api("coast_officer").post(f"{path}/custody", body).status_code == 404
    done = api("police_officer").post(f"{path}/custody", body)
    assert done.status_code == 201, done.content
    (event,) = done.json()["custody"]
    assert (event["to_unit"], event["value"], event["from_unit"]) == ("customs", "1.9", None)
    page = f"/admin/cases/seizurelot/{one.pk}"
    sent = {"to_unit": str(cast.units["police"].pk), "store": "Kho 1", "happened_on": "2024-05-17"}
    assert desk("border_officer").get(f"{page}/step/custody/").status_code == 404
    assert desk("customs_officer").post(f"{page}/step/custody/", sent).status_code == 302
    shown = desk("border_officer").get(f"{page}/change/").content.decode()
    assert "Kho hải quan" in shown
    assert desk("coast_officer").get(f"{page}/change/").status_code in {302, 404}


def test_the_list_of_lots_takes_as_many_queries_for_many_as_for_one(cast: Cast, api: Api) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert api("police_officer").get("seizure-lots").status_code == 200
        return len(seen)

    held(cast, seized(cast))
    queries()
    few = queries()
    for _number in range(3):
        held(cast, seized(cast))
    assert queries() == few
