"""The auditor's desk: filters, what is shown of others' people, the log as a file."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.audit.export import cell, lines
from agencies.audit.log import Attempt, record
from agencies.audit.models import AuditEvent
from tests.audit.conftest import Log
from tests.cast import Cast
from tests.clients import ApiClient

Api = Callable[[str | None], ApiClient]
Desk = Callable[[str | None], Client]
DESK = "/admin/audit/auditevent/"
WHY = "Kiểm tra định kỳ"
SAID = {"X_Purpose": "Kiem%20tra"}


def found(api: Api, query: str, by: str = "auditor") -> list[dict[str, Any]]:
    answer = api(by).get(f"audit-events?page_size=200&{query}", **SAID)
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, Any]] = answer.json()["results"]
    return rows


def test_a_record_is_found_by_its_reference_and_where_lists_showed_it(cast: Cast, api: Api) -> None:
    item = cast.items["police_released_to_two"]
    api("police_officer").get("information-items?page_size=200")
    api("police_officer").get(f"deliveries?item={item.pk}")
    rows = found(api, f"object_ref={item.reference}")
    about_it = {row["action"] for row in rows if not row["action"].startswith("consent.")}
    assert about_it == {"item.release", "list"}
    assert all(str(item.pk) in row["subjects"] for row in rows if row["action"] == "list")
    assert {row["action"] for row in found(api, f"object_id={item.pk}")} == {
        *("item.create", "item.submit", "item.release", "list"),
    }
    assert found(api, "object_id=nothing") == []


def test_the_log_is_filtered_by_unit_time_action_and_outcome(cast: Cast, api: Api, log: Log) -> None:
    path = f"information-items/{cast.items['police_released_to_two'].pk}"
    api("customs_officer").post(f"{path}/recall", {"reason": "x"})
    log.mark()
    api("police_head").get(path)
    (event,) = log.events()
    moment = event.at.isoformat().replace("+00:00", "Z")
    assert [row["id"] for row in found(api, f"since={moment}&action=read")] == [str(event.public_id)]
    assert str(event.public_id) not in {row["id"] for row in found(api, f"until={moment}")}
    assert {row["actor_unit"] for row in found(api, "unit=customs")} == {"customs"}
    assert {row["outcome"] for row in found(api, "outcome=denied")} == {"denied"}
    assert api("auditor").get("audit-events?since=gestern").status_code == 400


def test_of_other_agencies_the_unit_and_the_role_are_shown(cast: Cast, api: Api, log: Log) -> None:
    delivery = cast.delivery("police_opened")
    answer = api("customs_focal_point").post(f"deliveries/{delivery.pk}/assign", {"to": "customs_analyst"})
    assert answer.status_code == 200
    (own,) = found(api, "action=delivery.assign", by="customs_auditor")
    assert (own["actor"], own["detail"]) == ("customs_focal_point", {"to": "customs_analyst"})
    (other,) = found(api, "action=delivery.assign")
    assert (other["actor"], other["api_key"], other["detail"], other["subjects"]) == ("", "", {}, [])
    assert (other["actor_unit"], other["role"]) == ("customs", "focal_point")
    assert "customs_analyst" not in api("auditor").get(f"audit-events/{other['id']}").content.decode()
    assert found(api, "actor=customs_focal_point") == []


def test_the_desk_shows_the_same(cast: Cast, api: Api, desk: Desk) -> None:
    delivery = cast.delivery("police_opened")
    api("customs_focal_point").post(f"deliveries/{delivery.pk}/assign", {"to": "customs_analyst"})
    event = AuditEvent.objects.get(action="delivery.assign")
    for page in (f"{DESK}?action=delivery.assign", f"{DESK}{event.pk}/change/"):
        text = desk("auditor").get(page).content.decode()
        assert "delivery.assign" in text
        assert "customs_focal_point" not in text
        assert "customs_analyst" not in text
        assert "customs_focal_point" in desk("customs_auditor").get(page).content.decode()


@pytest.mark.parametrize(
    "query",
    ["actor__startswith=customs", "detail__to=customs_analyst", "subjects__len=1", "api_key=x", "purpose__contains=x"],
)
def test_nothing_else_is_asked_of_the_log(cast: Cast, desk: Desk, query: str) -> None:
    assert desk("auditor").get(f"{DESK}?{query}").status_code == 400


FILTERS = {
    "object_ref": lambda c: f"object_ref={c.items['police_released_to_two'].reference}",
    "object_id": lambda c: f"object_id={c.items['police_released_to_two'].pk}",
    "unit": lambda _c: "actor_unit=police",
    "action": lambda _c: "action=item.",
    "outcome": lambda _c: "outcome__exact=done",
    "days": lambda _c: "since=2024-01-01&until=2199-12-31",
    "search": lambda c: f"q={c.items['police_released_to_two'].reference}",
    "hierarchy": lambda _c: "at__year=2199",
    "a wrong day": lambda _c: "since=gestern",
}


@pytest.mark.parametrize("query", FILTERS.values(), ids=FILTERS.keys())
def test_the_desk_filters(cast: Cast, desk: Desk, query: Callable[[Cast], str]) -> None:
    answer = desk("auditor").get(f"{DESK}?{query(cast)}")
    assert answer.status_code == 200
    rows = answer.context_data["cl"].result_list
    assert bool(rows) == ("2199" not in query(cast) or "until" in query(cast))
    if "item." in query(cast):
        assert {row.action.partition(".")[0] for row in rows} == {"item"}


def test_the_desk_takes_as_many_queries_for_many_events_as_for_one(cast: Cast, desk: Desk) -> None:
    def queries(page: str) -> int:
        client = desk("auditor")
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page).status_code == 200
        return len(seen)

    one = f"{DESK}?object_id={cast.items['police_draft'].pk}"
    assert queries(one) == queries(DESK)


# --- the log as a file ------------------------------------------------------------------------------------------------


def exported(client: Client, query: str = "") -> str:
    page = f"{DESK}export/?{query}"
    form = {"about": "auditevent:export", "target": page, "occasion": "export", "purpose": WHY}
    assert client.post(f"{DESK}purpose/", form).status_code == 302
    answer = client.get(page)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content).decode()


def test_an_export_needs_a_purpose_is_whole_and_is_written_down(cast: Cast, desk: Desk, log: Log) -> None:
    client = desk("auditor")
    asked = client.get(f"{DESK}export/?action=item.")
    assert 'name="purpose"' in asked.content.decode()
    assert log.events() == []
    text = exported(client, "action=item.")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    units = frozenset(u.pk for u in cast.units.values() if u.code.startswith("police"))
    due = AuditEvent.objects.concerning(units).filter(action__startswith="item.").count()
    assert rows[-1]["at"] == f"# rows: {due}"
    assert len(rows) == due + 1
    (event,) = log.events()
    assert (event.action, event.purpose, event.detail) == ("export", WHY, {"filters": {"action": "item."}, "rows": due})


def test_an_export_leaves_others_people_out(cast: Cast, api: Api, desk: Desk) -> None:
    api("customs_analyst").get(f"information-items/{cast.items['police_released_to_two'].pk}")
    text = exported(desk("auditor"), "action=read")
    assert ",customs,analyst," in text
    assert "customs_analyst" not in text


def test_nothing_is_exported_when_the_log_cannot_be_written(
    cast: Cast, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = desk("auditor")
    exported(client)

    def refuse(self: AuditEvent, *args: Any, **kwargs: Any) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(AuditEvent, "save", refuse)
    assert client.get(f"{DESK}export/").status_code == 500


def test_only_auditors_export(cast: Cast, desk: Desk) -> None:
    assert desk("police_officer").get(f"{DESK}export/").status_code == 404


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_computed_by_a_spreadsheet(cast: Cast, text: str) -> None:
    assert cell(text) == f"'{text}"
    event = record(action="item.recall", by=None, on=Attempt("InformationItem", "1", text), purpose=text)
    head, row, last = lines([event])
    (read,) = csv.reader(io.StringIO(row))
    assert f"'{text}" in read
    assert head.startswith("\ufeffat,actor,")
    assert last == "# rows: 1\r\n"
