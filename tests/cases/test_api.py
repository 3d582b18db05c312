"""Joint cases over HTTP."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.audit.models import AuditEvent
from registry.cases import actions
from registry.cases.models import JointCase
from tests.cases.stories import closed, delivered, fresh, lot, measure, opened, own_item
from tests.cast import Cast
from tests.clients import ApiClient

Api = Callable[[str | None], ApiClient]
BODY = {
    "unit": "police",
    "kind": "case",
    "title": "Vụ một",
    "area": "inland",
    "opened_on": "2024-05-14",
    "participants": [{"unit": "customs", "role": "co_lead"}],
}


def test_a_case_is_opened_read_changed_and_closed(cast: Cast, api: Api) -> None:
    police = api("police_officer")
    made = police.post("cases", BODY)
    assert made.status_code == 201, made.content
    body = made.json()
    assert (body["lead"], body["lead_agency"], body["status"]) == ("police", "POLICE", "open")
    assert body["arrests"] is None
    assert [(p["unit"], p["role"]) for p in body["participations"]] == [("police", "lead"), ("customs", "co_lead")]
    path = f"cases/{body['id']}"
    assert police.get(path).json()["reference"] == body["reference"]
    assert police.patch(path, {"arrests": 3}).status_code == 428
    changed = police.patch(path, {"arrests": 3}, If_Match=made["ETag"])
    assert (changed.status_code, changed.json()["arrests"]) == (200, 3)
    assert police.patch(path, {"arrests": 4}, If_Match=made["ETag"]).status_code == 412
    assert police.post(f"{path}/close").status_code == 400
    done = police.post(f"{path}/close", {"reason": "Bắt giữ.", "closed_on": "2024-06-01"})
    assert (done.json()["status"], done.json()["closed_on"], done.json()["result"]) == (
        "closed",
        "2024-06-01",
        "Bắt giữ.",
    )
    assert police.post(f"{path}/close", {"reason": "x"}).status_code == 409
    assert police.post(f"{path}/reopen", {"reason": "Thêm đối tượng."}).json()["status"] == "open"


def test_quantities_are_text_with_unit_and_dimension(cast: Cast, api: Api) -> None:
    path = f"cases/{opened(cast).pk}"
    lots = [
        {"substance": "heroin", "raw_text": "1,50 kg", "value": "1.50", "unit": "kg", "seized_on": "2024-05-14"},
        {"substance": "heroin", "raw_text": "2 bánh", "weighed": False, "seized_on": "2024-05-14"},
    ]
    for one in lots:
        made = api("police_officer").post(f"{path}/lots", one)
        assert made.status_code == 201, made.content
    weighed, unweighed = made.json()["lots"]
    assert (weighed["value"], weighed["unit"], weighed["dimension"]) == ("1.5", "kg", "mass")
    assert weighed["normalised_value"] == "1500"
    assert (unweighed["value"], unweighed["unit"], unweighed["weighed"]) == (None, None, False)
    body = {"lot": unweighed["id"], "raw_text": "700 g", "value": "700", "unit": "g"}
    later = api("police_officer").post(f"{path}/weigh", body)
    assert [one["normalised_value"] for one in later.json()["lots"]] == ["1500", "700"]
    assert api("police_officer").post(f"{path}/weigh", body).status_code == 409
    foreign = lot(cast, opened(cast))
    assert api("police_officer").post(f"{path}/weigh", body | {"lot": str(foreign.pk)}).status_code == 400


def test_those_who_take_part_confirm_and_never_enter_again(cast: Cast, api: Api) -> None:
    path = f"cases/{opened(cast).pk}"
    confirmed = api("customs_focal_point").post(f"{path}/confirm")
    assert confirmed.status_code == 200, confirmed.content
    assert [p["unit"] for p in confirmed.json()["participations"] if p["confirmed_at"]] == ["police", "customs"]
    assert api("customs_focal_point").post(f"{path}/confirm").status_code == 409
    assert api("customs_focal_point").post(f"{path}/confirm", {"unit": "border"}).status_code == 403
    assert api("customs_focal_point").post(f"{path}/confirm", {"unit": "coast"}).status_code == 409
    assert api("customs_officer").post(f"{path}/confirm").status_code == 403
    assert api("customs_officer").post(f"{path}/close", {"reason": "x"}).status_code == 403
    denied = AuditEvent.objects.filter(outcome="denied", action="case.close")
    assert denied.count() == 1


def test_the_lead_is_handed_over_and_a_unit_leaves(cast: Cast, api: Api) -> None:
    path = f"cases/{opened(cast).pk}"
    police = api("police_officer")
    left = police.post(f"{path}/end-participation", {"unit": "border", "on": "2024-06-01"})
    assert left.status_code == 200, left.content
    assert police.post(f"{path}/end-participation", {"unit": "coast"}).status_code == 409
    body = {"unit": "customs", "role": "lead", "valid_from": "2024-06-01", "deviation_reason": "Cửa khẩu."}
    assert police.post(f"{path}/participations", body).json()["lead"] == "customs"
    assert police.post(f"{path}/participations", body).status_code == 403
    listed = api("customs_officer").get("cases?lead_agency=CUSTOMS").json()["results"]
    assert path.removeprefix("cases/") in {one["id"] for one in listed}


def test_a_linked_item_is_shown_only_to_who_may_see_it(cast: Cast, api: Api) -> None:
    path = f"cases/{opened(cast).pk}"
    delivery = delivered(cast)
    linked = api("customs_officer").post(f"{path}/items", {"delivery": str(delivery.pk)})
    assert linked.status_code == 201, linked.content
    assert [i["reference"] for i in linked.json()["items"]] == [delivery.item.reference]
    assert len(api("police_officer").get(path).json()["items"]) == 1
    assert api("border_officer").get(path).json()["items"] == []
    assert delivery.item.reference not in api("border_officer").get(path).content.decode()
    assert delivery.item.reference not in api("border_officer").get("cases").content.decode()


def test_an_item_one_may_not_see_is_like_one_that_does_not_exist(cast: Cast, api: Api) -> None:
    path = f"cases/{opened(cast).pk}/items"
    unseen, nothing = own_item(cast).pk, cast.units["coast"].pk
    answers = [api("border_officer").post(path, {"item": str(pk)}) for pk in (unseen, nothing)]
    assert [a.status_code for a in answers] == [400, 400]
    assert answers[0].json() == answers[1].json()


@pytest.mark.parametrize("name", ["coast_officer", "north_officer", "customs_north_officer"])
def test_a_case_one_takes_no_part_in_is_not_there(cast: Cast, api: Api, name: str) -> None:
    case = opened(cast)
    client = api(name)
    assert client.get(f"cases/{case.pk}").status_code == 404
    assert client.post(f"cases/{case.pk}/close", {"reason": "x"}).status_code == 404
    assert client.get(f"cases?count=true&reference={case.reference}").json()["count"] == 0


@pytest.mark.parametrize("name", ["secretariat", "auditor", "police_admin"])
def test_roles_that_do_not_read_cases_are_refused(cast: Cast, api: Api, name: str) -> None:
    assert api(name).get(f"cases/{opened(cast).pk}").status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=case_file", "open closed"),
        ("kind=prosecuted_case", ""),
        ("status=closed", "closed"),
        ("status=open", "open"),
        ("area=inland", "open closed"),
        ("area=sea", ""),
        ("unit=police", "open closed"),
        ("lead_agency=POLICE", "open closed"),
        ("lead_agency=CUSTOMS", ""),
        ("period=2024-Q2", "open closed"),
        ("period=2024-Q1", ""),
        ("q=chuyên án", "open closed"),
        ("synthetic=true", "open closed"),
        ("synthetic=false", ""),
    ],
)
def test_the_list_is_filtered(cast: Cast, api: Api, query: str, found: str) -> None:
    made = {str(opened(cast).pk): "open", str(closed(cast).pk): "closed"}
    listed = api("police_officer").get(f"cases?page_size=200&{query}").json()["results"]
    assert {made[one["id"]] for one in listed if one["id"] in made} == set(found.split())


@pytest.mark.parametrize("query", ["kind=feud", "period=2024-Q9", "nonsense=1", "ordering=title"])
def test_a_parameter_nobody_knows_is_refused(cast: Cast, api: Api, query: str) -> None:
    assert api("police_officer").get(f"cases?{query}").status_code == 400


@pytest.mark.parametrize(
    ("fault", "pointer"),
    [
        ({"kind": "feud"}, "/kind"),
        ({"arrests": -1}, "/arrests"),
        ({"area": "sea"}, "/deviation_reason"),
        ({"participants": [{"unit": "customs", "role": "lead"}]}, "/participants/0/role"),
        ({"nonsense": 1}, "/nonsense"),
        ({"opened_on": "2999-01-01"}, "/opened_on"),
    ],
)
def test_a_fault_is_named_where_it_is(cast: Cast, api: Api, fault: dict[str, Any], pointer: str) -> None:
    answer = api("police_officer").post("cases", BODY | fault)
    assert answer.status_code == 400, answer.content
    assert [e["pointer"] for e in answer.json()["errors"]] == [pointer]
    assert not JointCase.objects.filter(title=BODY["title"]).exists()


def test_reading_is_written_to_the_audit_log(cast: Cast, api: Api) -> None:
    case = opened(cast)
    api("customs_officer").get(f"cases/{case.pk}")
    event = AuditEvent.objects.filter(action="read", object_type="JointCase").get()
    assert (event.actor, event.object_ref) == ("customs_officer", case.reference)


def test_the_list_takes_as_many_queries_for_many_cases_as_for_one(cast: Cast, api: Api) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert api("police_officer").get("cases").status_code == 200
        return len(seen)

    def full() -> None:
        case = opened(cast)
        lot(cast, case, value=Decimal(1), unit=measure())
        actions.link_item(case=case, by=cast.police_officer, item=own_item(cast))

    full()
    queries()
    few = queries()
    for _number in range(4):
        full()
    assert queries() == few


def test_the_etag_moves_with_every_write(cast: Cast, api: Api) -> None:
    case = opened(cast)
    before = api("police_officer").get(f"cases/{case.pk}")["ETag"]
    lot(cast, case)
    after = api("police_officer").get(f"cases/{case.pk}")["ETag"]
    assert before != after
    assert str(fresh(case).revision) in after
