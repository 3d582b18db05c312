"""What the two conferences of fixtures/conferences.json say, and that loading is safe to repeat."""

import copy
import json
import re
from datetime import date
from typing import Any

import pytest

from agencies.audit.models import AuditEvent
from agencies.refusals import Invalid, NotPermitted
from agencies.roles import Role
from registry.conferences import actions
from registry.conferences.actions import load_conferences
from registry.conferences.management.commands.load_conferences import CONFERENCES
from registry.conferences.models import ActionItem, Attendance, Conference
from tests.documents.loaded import documents, documents_data, person

__all__ = ["documents", "documents_data"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("documents")]


@pytest.fixture
def data() -> dict[str, Any]:
    """The content of fixtures/conferences.json."""
    read: dict[str, Any] = json.loads(CONFERENCES.read_text(encoding="utf-8"))
    return read


@pytest.fixture
def both(data: dict[str, Any]) -> dict[str, Conference]:
    """The two conferences, standing in the database."""
    load_conferences(data=data)
    return {conference.code: conference for conference in Conference.objects.all()}


def traps(row: Any) -> set[str]:
    return set(row.traps.values_list("code", flat=True))


def test_the_first_quarter_has_no_day_no_host_no_venue_and_says_so(both: dict[str, Conference]) -> None:
    first = both["2024-q1-exchange"]
    assert (first.held_on, first.host_agency, first.venue_vi, first.chair_office_vi) == (None, None, "", "")
    reasons = (first.held_on_missing, first.host_agency_missing, first.venue_missing, first.chair_office_missing)
    assert set(reasons) == {"not_stated"}
    assert traps(first) >= {"T-NODATE", "T-HOST", "T-VENUE", "T-MISSING"}
    assert first.source_document is not None
    assert first.source_document.code == "2024-q1-conference"


def test_the_second_quarter_was_held_at_the_coast_guards_headquarters(both: dict[str, Conference]) -> None:
    second = both["2024-q2-exchange"]
    assert second.held_on == date(2024, 8, 14)
    assert second.venue_en == "Headquarters of the Coast Guard Command"
    assert second.host_agency is not None
    assert (second.host_agency.code, second.host_inferred) == ("COASTGUARD", True)
    assert (second.chair_office_vi, second.chair_office_missing) == ("", "not_stated")
    assert second.status == "convened"
    assert not second.synthetic


def test_attendance_is_by_office_and_printed_rank(both: dict[str, Conference]) -> None:
    rows = Attendance.objects.filter(conference=both["2024-q2-exchange"])
    assert [(r.rank_printed, r.agency.code if r.agency else None, r.part) for r in rows] == [
        ("Major General", "COASTGUARD", "attendee"),
        ("Major General", "BORDERGUARD", "attendee"),
        ("Lieutenant General", "POLICE", "attendee"),
        ("", "CUSTOMS", "attendee"),
        ("Colonel", "COASTGUARD", "reporter"),
    ]
    assert {"T-OFFICE", "T-RANK"} <= traps(rows[0])


def test_no_action_item_has_a_day_or_an_assignee_the_document_does_not_give(both: dict[str, Conference]) -> None:
    items = ActionItem.objects.all()
    assert items.count() == 6
    for item in items:
        assert (item.due_on, item.due_on_missing) == (None, "not_stated")
        assert (item.assignee_agency, item.assignee_missing) == (None, "not_stated")
        assert "T-NODUE" in traps(item)
        assert item.resolution is not None


def test_no_persons_name_is_kept(data: dict[str, Any]) -> None:
    text = json.dumps(data, ensure_ascii=False)
    assert not re.search(r"Luu Manh|Vu Trung|Do Ngoc|Nguyen Van|Nguyen Hung|Pham Tien", text)


def test_a_second_load_changes_nothing(both: dict[str, Conference], data: dict[str, Any]) -> None:
    events = AuditEvent.objects.count()
    again = load_conferences(data=data)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)
    assert AuditEvent.objects.count() == events


def test_what_people_recorded_since_outranks_the_file(both: dict[str, Conference], data: dict[str, Any]) -> None:
    secretariat = person(Role.SECRETARIAT, "CG-NVPL")
    actions.edit_conference(
        conference=both["2024-q2-exchange"], by=secretariat, content={"chair_office_vi": "Tư lệnh Cảnh sát biển"}
    )
    load_conferences(data=data)
    assert Conference.objects.get(code="2024-q2-exchange").chair_office_vi == "Tư lệnh Cảnh sát biển"


def test_loading_is_the_operators(data: dict[str, Any]) -> None:
    with pytest.raises(NotPermitted):
        load_conferences(data=data, by=person(Role.SECRETARIAT))


@pytest.mark.parametrize(
    ("where", "value", "path"),
    [
        (("host_agency",), "NAVY", "2024-q1-exchange.host_agency"),
        (("traps",), ["T-NOBODY"], "2024-q1-exchange.traps"),
        (("held_on",), "yesterday", "2024-q1-exchange.held_on"),
        (("guests",), 5, "2024-q1-exchange.guests"),
        (("held_on_missing",), "", "2024-q1-exchange"),
        (("attendance", 0, "unit"), "C04", "2024-q1-exchange.attendance.1.unit"),
        (("action_items", 0, "due_on_missing"), "", "2024-q1-exchange.action_items.1"),
    ],
)
def test_a_fault_is_named_by_its_place_and_nothing_is_written(
    data: dict[str, Any], where: tuple[Any, ...], value: Any, path: str
) -> None:
    broken = copy.deepcopy(data)
    spot = broken["conferences"][0]
    for key in where[:-1]:
        spot = spot[key]
    spot[where[-1]] = value
    with pytest.raises(Invalid) as caught:
        load_conferences(data=broken)
    assert set(caught.value.fields) == {path}
    assert not Conference.objects.exists()
