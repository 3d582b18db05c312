"""The history of a case: timeline and entries, hand-overs, task forces, lessons."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from agencies.audit.models import AuditEvent
from agencies.models import today
from agencies.refusals import Conflict, Invalid, NotPermitted
from registry.cases import actions
from registry.cases.models import CaseEntry, HandOver, JointCase, TaskForce
from registry.cases.timeline import timeline
from tests.cases.stories import DAY, closed, delivered, fresh, lot, opened, row
from tests.cast import Cast
from tests.clients import ApiClient
from tests.raw import refused, sql

Api = Callable[[str | None], ApiClient]
Desk = Callable[[str | None], Client]
JUNE = date(2024, 6, 1)


def handed_over(cast: Cast, **changes: Any) -> JointCase:
    """Customs leads since the first of June."""
    case = opened(cast)
    values: dict[str, Any] = {
        "case": case,
        "by": cast.police_officer,
        "unit": cast.units["customs"],
        "role": "lead",
        "valid_from": JUNE,
        "deviation_reason": "Cửa khẩu.",
        "handed_over": "Hồ sơ 120 tờ, 2 xe.",
    }
    actions.add_participation(**values | changes)
    return fresh(case)


def force(cast: Cast, case: JointCase, **changes: Any) -> TaskForce:
    """A task force of police and customs in June."""
    values: dict[str, Any] = {
        "case": case,
        "by": cast.police_officer,
        "name": "Tổ công tác một",
        "units": [cast.units["police"], cast.units["customs"]],
        "valid_from": JUNE,
        "valid_to": date(2024, 7, 1),
    }
    return actions.set_up_task_force(**values | changes)


@pytest.mark.parametrize("name", ["police_officer", "customs_officer", "border_head"])
def test_whoever_takes_part_writes_into_the_timeline(cast: Cast, name: str) -> None:
    entry = actions.add_entry(case=opened(cast), by=cast.people[name], happened_on=DAY, text=" Họp ban chuyên án. ")
    assert (entry.text, entry.unit.code) == ("Họp ban chuyên án.", name.split("_", maxsplit=1)[0])
    assert AuditEvent.objects.filter(action="case.add_entry", detail__entry=str(entry.pk)).count() == 1


@pytest.mark.parametrize(
    "name", ["coast_officer", "north_officer", "customs_analyst", "customs_focal_point", "auditor"]
)
def test_nobody_else_does(cast: Cast, name: str) -> None:
    with pytest.raises(NotPermitted):
        actions.add_entry(case=opened(cast), by=cast.people[name], happened_on=DAY, text="x")


def test_whoever_left_writes_no_more(cast: Cast) -> None:
    case = opened(cast)
    actions.end_participation(participation=row(case, "border"), by=cast.police_officer, on=JUNE)
    with pytest.raises(NotPermitted):
        actions.add_entry(case=case, by=cast.border_officer, happened_on=DAY, text="x")


def test_somebody_of_two_units_writes_for_the_lead_or_for_the_unit_named(cast: Cast) -> None:
    case = opened(cast)
    values: dict[str, Any] = {"case": case, "by": cast.two_units, "happened_on": DAY, "text": "x"}
    assert actions.add_entry(**values).unit.code == "police"
    assert actions.add_entry(**values, unit=cast.units["border"]).unit.code == "border"
    with pytest.raises(NotPermitted):
        actions.add_entry(**values, unit=cast.units["customs"])


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"text": "  "}, "text"),
        ({"happened_on": today() + timedelta(days=1)}, "happened_on"),
        ({"text": "Nguyễn Văn Ánh (SN 1985)"}, "text"),
    ],
)
def test_an_entry_with_a_fault_is_refused_by_name(cast: Cast, fault: dict[str, Any], field: str) -> None:
    values: dict[str, Any] = {"case": opened(cast), "by": cast.police_officer, "happened_on": DAY, "text": "x"}
    with pytest.raises(Invalid) as caught:
        actions.add_entry(**values | fault)
    assert set(caught.value.fields) == {field}


def test_a_closed_case_gets_no_entry(cast: Cast) -> None:
    with pytest.raises(Conflict):
        actions.add_entry(case=closed(cast), by=cast.police_officer, happened_on=DAY, text="x")


def test_an_entry_is_never_changed_nor_deleted(cast: Cast) -> None:
    actions.add_entry(case=opened(cast), by=cast.police_officer, happened_on=DAY, text="x")
    refused("UPDATE cases_caseentry SET text = 'y'", match="Cannot update")
    refused("DELETE FROM cases_caseentry", match="delete rows")
    refused(
        "INSERT INTO cases_caseentry SELECT (jsonb_populate_record(e,"
        " jsonb_build_object('id', gen_random_uuid(), 'text', ''))).* FROM cases_caseentry e",
        match="case_entry_says_something",
    )


def test_the_timeline_tells_the_life_of_a_case_in_order(cast: Cast) -> None:
    case = handed_over(cast)
    made = HandOver.objects.get(case=case)
    actions.receive_hand_over(hand_over=made, by=cast.customs_head, note="Thiếu 1 tờ.")
    actions.add_entry(case=case, by=cast.border_officer, happened_on=date(2024, 5, 20), text="Khám xét.")
    lot(cast, fresh(case), by=cast.customs_officer, raw_text="1 gói", seized_on=date(2024, 5, 21))
    actions.close_case(case=case, by=cast.customs_officer, result="Xong.", closed_on=date(2024, 6, 9))
    lines = timeline(fresh(case), [])
    told = [(str(line.on), str(line.event), line.unit) for line in lines if line.on < today()]
    assert told == [
        ("2024-05-14", "opened", "police"),
        ("2024-05-14", "joined", "border"),
        ("2024-05-14", "joined", "customs"),
        ("2024-05-14", "joined", "police"),
        ("2024-05-20", "entry", "border"),
        ("2024-05-21", "seized", ""),
        ("2024-06-01", "joined", "customs"),
        ("2024-06-01", "left", "customs"),
        ("2024-06-01", "left", "police"),
        ("2024-06-01", "handed_over", "police"),
        ("2024-06-09", "closed", ""),
    ]
    received = [line.text for line in lines if line.event == "received"]
    assert len(received) == 1
    assert received[0].endswith("Thiếu 1 tờ.")


def test_the_timeline_shows_an_item_only_to_who_may_see_it(cast: Cast, api: Api) -> None:
    case, delivery = opened(cast), delivered(cast)
    actions.link_item(case=case, by=cast.customs_officer, delivery=delivery)
    path, reference = f"cases/{case.pk}/timeline", delivery.item.reference
    told = api("customs_officer").get(path)
    assert told.status_code == 200, told.content
    assert reference in told.content.decode()
    assert reference not in api("border_officer").get(path).content.decode()
    assert api("coast_officer").get(path).status_code == 404
    event = AuditEvent.objects.filter(action="read", object_id=str(case.pk), actor="customs_officer").get()
    assert delivery.item_id in event.subjects


def test_a_hand_over_leaves_a_record_and_the_new_lead_confirms_it_once(cast: Cast) -> None:
    made = HandOver.objects.get(case=handed_over(cast))
    assert (made.from_unit.code, made.to_unit.code, made.handed_on) == ("police", "customs", JUNE)
    assert made.what == "Hồ sơ 120 tờ, 2 xe."
    for name in ("police_head", "border_head", "customs_officer", "coast_head"):
        with pytest.raises(NotPermitted):
            actions.receive_hand_over(hand_over=made, by=cast.people[name])
    received = actions.receive_hand_over(hand_over=made, by=cast.customs_focal_point, note="Đủ.")
    assert (received.received_by, received.receipt_note) == (cast.customs_focal_point, "Đủ.")
    with pytest.raises(Conflict):
        actions.receive_hand_over(hand_over=made, by=cast.customs_head)


def test_joining_otherwise_makes_no_hand_over(cast: Cast) -> None:
    case = opened(cast)
    actions.add_participation(case=case, by=cast.police_officer, unit=cast.units["coast"], role="coordinator")
    assert not HandOver.objects.filter(case=case).exists()


def test_what_is_handed_over_names_nobody(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        handed_over(cast, handed_over="Đối tượng Nguyễn Văn Ánh (SN 1985)")
    assert set(caught.value.fields) == {"handed_over"}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("what = 'x'", "Cannot update"),
        ("handed_on = '2024-01-01'", "Cannot update"),
        ("from_unit_id = to_unit_id", "Cannot update|hand_over_to_another"),
        ("received_at = now()", "hand_over_received_by_somebody"),
        ("receipt_note = 'x'", "hand_over_received_by_somebody"),
    ],
)
def test_a_hand_over_keeps_its_rules(cast: Cast, change: str, rule: str) -> None:
    made = HandOver.objects.get(case=handed_over(cast))
    refused(f"UPDATE cases_handover SET {change} WHERE id = %s", made.pk, match=rule)
    refused("DELETE FROM cases_handover", match="delete rows")


def test_a_receipt_is_final_and_a_hand_over_goes_from_lead_to_lead(cast: Cast) -> None:
    made = HandOver.objects.get(case=handed_over(cast))
    actions.receive_hand_over(hand_over=made, by=cast.customs_head)
    refused("UPDATE cases_handover SET receipt_note = 'x' WHERE id = %s", made.pk, match="Cannot update")
    copy = (
        "INSERT INTO cases_handover SELECT (jsonb_populate_record(h, jsonb_build_object('id', gen_random_uuid(), {}))).*"
        " FROM cases_handover h WHERE id = %s"
    )
    refused(copy.format("'handed_on', '2024-06-02'"), made.pk, match="from the lead until that day")
    refused(copy.format("'synthetic', true"), made.pk, match="hand_over_once")


def test_units_that_take_part_form_a_task_force_with_an_end(cast: Cast) -> None:
    case = opened(cast)
    made = force(cast, case)
    assert [member.unit.code for member in made.members.all()] == ["customs", "police"]
    assert list(TaskForce.objects.as_of(date(2024, 6, 30)).filter(case=case)) == [made]
    assert not TaskForce.objects.as_of(date(2024, 7, 1)).filter(case=case).exists()
    ended = actions.end_task_force(task_force=made, by=cast.police_officer, on=date(2024, 6, 15))
    assert ended.valid_to == date(2024, 6, 15)
    with pytest.raises(Conflict):
        actions.end_task_force(task_force=made, by=cast.police_officer, on=date(2024, 6, 20))


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"valid_to": JUNE}, "valid_to"),
        ({"valid_from": DAY - timedelta(days=1)}, "valid_from"),
        ({"name": " "}, "name"),
        ({"purpose": "Nguyễn Văn Ánh (SN 1985)"}, "purpose"),
    ],
)
def test_a_task_force_with_a_fault_is_refused_by_name(cast: Cast, fault: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        force(cast, opened(cast), **fault)
    assert set(caught.value.fields) == {field}


@pytest.mark.parametrize("codes", ["police", "police police", "police coast"])
def test_a_task_force_has_units_of_the_case_each_once(cast: Cast, codes: str) -> None:
    with pytest.raises(Invalid) as caught:
        force(cast, opened(cast), units=[cast.units[code] for code in codes.split()])
    assert set(caught.value.fields) == {"units"}


def test_only_the_lead_sets_up_and_ends_a_task_force(cast: Cast) -> None:
    case = opened(cast)
    with pytest.raises(NotPermitted):
        force(cast, case, by=cast.customs_officer)
    made = force(cast, case)
    with pytest.raises(NotPermitted):
        actions.end_task_force(task_force=made, by=cast.customs_head)


def test_a_task_force_keeps_its_rules(cast: Cast) -> None:
    made = force(cast, opened(cast))
    for change, rule in (
        ("valid_to = valid_from", "task_force_ends_after_it_began"),
        ("valid_to = NULL", "null value"),
        ("name = 'x'", "Cannot update"),
    ):
        refused(f"UPDATE cases_taskforce SET {change} WHERE id = %s", made.pk, match=rule)
    insert = "INSERT INTO cases_taskforcemember (task_force_id, unit_id) VALUES (%s, %s)"
    refused(insert, made.pk, cast.units["coast"].pk, match="take part in its case")
    refused(insert, made.pk, cast.units["police"].pk, match="task_force_member_once")
    assert sql(insert, made.pk, cast.units["border"].pk) == 1
    refused("UPDATE cases_taskforcemember SET unit_id = unit_id", match="Cannot update")
    refused("DELETE FROM cases_taskforcemember", match="delete rows")
    refused("DELETE FROM cases_taskforce", match="delete rows")


def test_lessons_stay_when_a_case_is_reopened(cast: Cast) -> None:
    case = opened(cast)
    actions.close_case(case=case, by=cast.police_officer, result="Xong.", lessons=" Trao đổi sớm hơn. ")
    actions.reopen_case(case=case, by=cast.police_officer, reason="Thêm đối tượng.")
    assert (fresh(case).result, fresh(case).lessons) == ("", "Trao đổi sớm hơn.")


def test_the_history_is_written_over_http(cast: Cast, api: Api) -> None:
    case = handed_over(cast)
    path = f"cases/{case.pk}"
    entry = {"happened_on": "2024-06-02", "text": "Họp."}
    assert api("border_officer").post(f"{path}/entries", entry).status_code == 201
    assert api("customs_analyst").post(f"{path}/entries", entry).status_code == 403
    lines = api("customs_officer").get(f"{path}/timeline").json()["lines"]
    assert {"on": "2024-06-02", "event": "entry", "text": "Họp.", "unit": "border"}.items() <= lines[-1].items()
    (made,) = api("customs_officer").get(path).json()["hand_overs"]
    assert (made["from_unit"], made["to_unit"], made["received_at"]) == ("police", "customs", None)
    body = {"hand_over": made["id"], "note": "Đủ."}
    assert api("police_head").post(f"{path}/receive-hand-over", body).status_code == 403
    received = api("customs_head").post(f"{path}/receive-hand-over", body)
    assert received.json()["hand_overs"][0]["receipt_note"] == "Đủ."
    assert api("customs_head").post(f"{path}/receive-hand-over", body).status_code == 409
    other = {"hand_over": str(HandOver.objects.get(case=handed_over(cast)).pk)}
    assert api("customs_head").post(f"{path}/receive-hand-over", other).status_code == 400
    team = {"name": "Tổ", "units": ["customs", "border"], "valid_from": "2024-06-03", "valid_to": "2024-08-01"}
    made = api("customs_officer").post(f"{path}/task-forces", team)
    assert made.status_code == 201, made.content
    (shown,) = made.json()["task_forces"]
    assert (shown["units"], shown["valid_to"]) == (["border", "customs"], "2024-08-01")
    ended = api("customs_officer").post(f"{path}/end-task-force", {"task_force": shown["id"], "on": "2024-07-01"})
    assert ended.json()["task_forces"][0]["valid_to"] == "2024-07-01"
    closing = {"reason": "Xong.", "lessons": "Sớm hơn."}
    assert api("customs_officer").post(f"{path}/close", closing).json()["lessons"] == "Sớm hơn."


def test_the_history_is_written_on_pages_of_its_own(cast: Cast, desk: Desk) -> None:
    case = opened(cast)
    page = f"/admin/cases/jointcase/{case.pk}/step"
    said = {"happened_on": "2024-05-20", "text": "Khám xét Nguyễn Văn Ánh (SN 1985)."}
    asked = desk("border_officer").post(f"{page}/entry/", said)
    assert (asked.status_code, 'name="confirm_person"' in asked.content.decode()) == (200, True)
    assert desk("border_officer").post(f"{page}/entry/", said | {"confirm_person": "on"}).status_code == 302
    assert CaseEntry.objects.get(case=case).unit.code == "border"
    team = {"name": "Tổ", "units": [str(cast.units[c].pk) for c in ("police", "customs")]}
    team |= {"valid_from": "2024-06-01", "valid_to": "2024-07-01"}
    assert desk("police_officer").post(f"{page}/task-force/", team).status_code == 302
    give = {"unit": str(cast.units["customs"].pk), "valid_from": "2024-06-01", "handed_over": "Hồ sơ."}
    refusal = desk("police_officer").post(f"{page}/hand-over/", give)
    assert refusal.status_code == 200
    assert (
        desk("police_officer").post(f"{page}/hand-over/", give | {"deviation_reason": "Cửa khẩu."}).status_code == 302
    )
    assert desk("customs_head").post(f"{page}/receive/", {"note": "Đủ."}).status_code == 302
    told = desk("border_officer").get(f"{page}/timeline/")
    assert told.status_code == 200
    assert "Đủ." in told.content.decode()
    assert (
        desk("customs_officer").post(f"{page}/close/", {"closed_on": "2024-06-09", "reason": "Xong."}).status_code
        == 302
    )
    assert desk("customs_officer").post(f"{page}/reopen/", {"reason": "Thêm."}).status_code == 302
    assert fresh(case).status == "open"
    shown = desk("border_officer").get(f"/admin/cases/jointcase/{case.pk}/change/").content.decode()
    assert "Tổ" in shown
    assert "Hồ sơ." in shown
