"""A wrongly weighed lot gets another quantity; the former one stays, and whatever is counted follows."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from agencies.audit.models import AuditEvent
from agencies.refusals import Conflict, Invalid, NotPermitted, Stale
from registry.cases import actions
from registry.cases.models import LotReweighing, SeizureLot
from registry.cases.timeline import timeline
from registry.cases.totals import total_under
from tests.cases.stories import DAY, fresh, halves, lot, measure, opened, two_lots
from tests.cast import SPRING, Cast
from tests.clients import ApiClient
from tests.raw import refused

Api = Callable[[str | None], ApiClient]
Desk = Callable[[str | None], Client]


def anew(cast: Cast, one: SeizureLot, **changes: Any) -> SeizureLot:
    """Two kilograms were three."""
    values: dict[str, Any] = {"by": cast.police_officer, "reason": "Cân sai.", "raw_text": "3 kg"}
    return actions.reweigh_lot(lot=one, **values | {"value": Decimal(3), "unit": measure()} | changes)


def held(one: SeizureLot) -> list[tuple[int, str, Decimal, str, str]]:
    rows = one.reweighings.order_by("number")
    return [(r.number, r.former_text, r.former_value, r.former_comparator, r.reason) for r in rows]


def test_the_former_quantity_stays_in_the_lots_history(cast: Cast) -> None:
    one = two_lots(cast)[0]
    revision = fresh(one.case).revision
    anew(cast, one)
    again = anew(cast, one, raw_text="hơn 3,5 kg", value=Decimal("3.5"), comparator="over", reason="Đọc nhầm.")
    assert (again.raw_text, again.value, again.comparator, again.normalised_value) == (
        "hơn 3,5 kg", Decimal("3.5"), "over", Decimal(3500),
    )  # fmt: skip
    assert held(one) == [(1, "2 kg", Decimal(2), "exact", "Cân sai."), (2, "3 kg", Decimal(3), "exact", "Đọc nhầm.")]
    assert fresh(one.case).revision == revision + 2
    event = AuditEvent.objects.filter(action="case.reweigh_lot").latest("at")
    assert (event.purpose, event.detail["lot"]) == ("Đọc nhầm.", str(one.pk))


def test_totals_and_the_timeline_follow(cast: Cast) -> None:
    one, other = two_lots(cast)
    anew(cast, one, at=SPRING + timedelta(days=40))
    told = total_under(SeizureLot.objects.filter(case=one.case), one.substance)
    assert told.by_dimension["mass"].value == 5000
    lines = [(line.event.value, line.on, line.text) for line in timeline(fresh(one.case), [])]
    name = other.substance.name()
    seized = [text for event, _day, text in lines if event == "seized"]
    assert seized == [f"{name}: 2 kg"] * 2, "what was recorded then stays what was recorded then"
    ((_event, day, text),) = [line for line in lines if line[0] == "reweighed"]
    assert (day, "3 kg" in text, "2 kg" in text, "Cân sai." in text) == (
        (SPRING + timedelta(days=40)).date(), True, True, True,
    )  # fmt: skip


def test_who_does_not_lead_weighs_nothing_anew(cast: Cast) -> None:
    one = two_lots(cast)[0]
    for name in ("customs_officer", "border_officer", "police_analyst", "coast_officer", "north_officer"):
        with pytest.raises(NotPermitted):
            anew(cast, one, by=cast.people[name])
    with pytest.raises(Stale):
        anew(cast, one, expected_revision=1)
    assert held(one) == []


def test_a_lot_of_a_closed_case_waits_until_it_is_open_again(cast: Cast) -> None:
    one = two_lots(cast)[0]
    actions.close_case(case=one.case, by=cast.police_officer, result="Xong.", closed_on=DAY)
    with pytest.raises(Conflict) as caught:
        anew(cast, one)
    assert caught.value.code == "wrong_status"
    actions.reopen_case(case=fresh(one.case), by=cast.police_officer, reason="Cân sai.")
    assert anew(cast, one).value == 3


def test_history_is_not_weighed_anew_but_what_it_became_is(cast: Cast) -> None:
    one = two_lots(cast)[0]
    division = actions.split_lot(lot=one, by=cast.police_officer, parts=halves(), reason="Mẫu.")
    with pytest.raises(Conflict) as caught:
        anew(cast, one)
    assert caught.value.code == "divided_already"
    part = division.products.order_by("pk")[0]
    anew(cast, part, raw_text="1,1 kg", value=Decimal("1.1"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    told = total_under(SeizureLot.objects.filter(case=one.case), one.substance)
    assert told.by_dimension["mass"].value == 4100
    with pytest.raises(Invalid) as other:
        anew(cast, part, raw_text="1 viên", value=Decimal(1), unit=measure("tablet"))
    assert set(other.value.fields) == {"unit"}


def test_a_part_weighed_anew_is_merged_as_it_is_now(cast: Cast) -> None:
    one = two_lots(cast)[0]
    division = actions.split_lot(lot=one, by=cast.police_officer, parts=halves(), reason="Mẫu.")
    first, second = division.products.order_by("pk")
    anew(cast, first, raw_text="1,1 kg", value=Decimal("1.1"))
    merged = actions.merge_lots(lots=[first, second], by=cast.police_officer, reason="Gộp.").products.get()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert merged.normalised_value == 2100


def test_a_lot_without_a_quantity_is_weighed_not_weighed_anew(cast: Cast) -> None:
    with pytest.raises(Conflict) as caught:
        anew(cast, lot(cast, opened(cast), raw_text="chưa cân"))
    assert caught.value.code == "not_weighed"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"raw_text": "2 kg", "value": Decimal(2)}, "raw_text"),
        ({"reason": "  "}, "reason"),
        ({"raw_text": "  "}, "raw_text"),
        ({"value": None, "unit": None}, "value"),
        ({"reason": "Nguyễn Văn An sinh năm 1990"}, "reason"),
        ({"raw_text": "900 kg", "value": Decimal(900), "language": "vi"}, "raw_text"),
    ],
)
def test_a_fault_is_named_and_changes_nothing(cast: Cast, change: dict[str, Any], field: str) -> None:
    one = two_lots(cast)[0]
    with pytest.raises(Invalid) as caught:
        anew(cast, one, **change)
    assert set(caught.value.fields) == {field}
    assert (SeizureLot.objects.get(pk=one.pk).value, held(one)) == (Decimal(2), [])


def test_the_database_lets_no_quantity_change_without_its_history(cast: Cast) -> None:
    one, other = two_lots(cast)
    for change in ("raw_text = 'x'", "value = 9, normalised_value = 9000", "comparator = 'over'"):
        refused(f"UPDATE cases_seizurelot SET {change} WHERE id = %s", one.pk, match="until it is weighed anew")
    anew(cast, one)
    refused("UPDATE cases_seizurelot SET value = 9 WHERE id = %s", one.pk, match="until it is weighed anew")
    refused("UPDATE cases_lotreweighing SET reason = 'x'", match="Cannot update or delete")
    refused("DELETE FROM cases_lotreweighing", match="Cannot update or delete")
    copy = (
        "INSERT INTO cases_lotreweighing SELECT (jsonb_populate_record(w, jsonb_build_object('id', gen_random_uuid(), {}))).*"
        " FROM cases_lotreweighing w WHERE lot_id = %s"
    )
    now = "'former_text', '3 kg', 'former_value', 3, 'former_normalised', 3000"
    for change, rule in (
        (now, "without a gap"),
        ("'number', 2", "the one the lot has"),
        (f"{now}, 'number', 3", "without a gap"),
        (f"{now}, 'number', 2, 'reason', ''", "reweighing_has_reason"),
        (f"{now}, 'number', 2, 'lot_id', '{other.pk}'", "the one the lot has"),
    ):
        refused(copy.format(change), one.pk, match=rule)


def test_the_database_keeps_what_was_divided(cast: Cast) -> None:
    one = two_lots(cast)[0]
    actions.split_lot(lot=one, by=cast.police_officer, parts=halves(), reason="Mẫu.")
    with pytest.raises(DatabaseError, match="the one the lot has"), transaction.atomic():
        LotReweighing(
            lot=one, number=1, former_text="2 kg", former_value=2, former_unit=measure(), former_comparator="exact",
            former_normalised=2000, reason="x", decided_by=cast.police_officer,
        ).save()  # fmt: skip


def test_a_lot_is_weighed_anew_over_http_and_its_history_is_listed(cast: Cast, api: Api) -> None:
    one = two_lots(cast)[0]
    path = f"seizure-lots/{one.pk}/reweigh"
    asked = api("police_officer").post(path, {"raw_text": "3,125 kg", "reason": "Cân sai."})
    assert (asked.status_code, asked.json()["errors"][0]["code"]) == (400, "ambiguous")
    done = api("police_officer").post(path, {"raw_text": "3,125 kg", "reading": 1, "reason": "Cân sai."})
    assert done.status_code == 200, done.json()
    (former,) = done.json()["reweighings"]
    assert (former["number"], former["raw_text"], former["value"], former["unit"], former["reason"]) == (
        1, "2 kg", "2", "kg", "Cân sai.",
    )  # fmt: skip
    assert done.json()["raw_text"] == "3,125 kg"
    assert api("customs_officer").post(path, {"raw_text": "4 kg", "reason": "x"}).status_code == 403
    assert api("coast_officer").post(path, {"raw_text": "4 kg", "reason": "x"}).status_code == 404
    assert set(_faults(api("police_officer").post(path, {}))) == {"/raw_text", "/reason"}


def _faults(answer: Any) -> list[str]:
    return [error["pointer"] for error in answer.json()["errors"]]


def test_the_admin_reads_the_new_quantity_back_and_shows_the_former(cast: Cast, desk: Desk) -> None:
    one = two_lots(cast)[0]
    page = reverse("admin:cases_seizurelot_step", args=[one.pk, "reweigh"])
    first = desk("police_officer").post(page, {"raw_text": "3 kg", "reason": "Cân sai."})
    assert first.status_code == 200
    assert SeizureLot.objects.get(pk=one.pk).value == 2
    sent = {"raw_text": "3 kg", "read_text": "3 kg", "reading": "1", "reason": "Cân sai."}
    assert desk("police_officer").post(page, sent).status_code == 302
    assert SeizureLot.objects.get(pk=one.pk).value == 3
    shown = desk("customs_officer").get(reverse("admin:cases_seizurelot_change", args=[one.pk])).content.decode()
    assert "Cân sai." in shown and "2 kg" in shown
    assert desk("customs_officer").get(page).status_code == 404
