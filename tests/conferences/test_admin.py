"""Conferences and action items in the admin."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from registry.conferences import actions
from registry.conferences.models import ActionItem, Conference, Resolution
from tests.cast import Cast
from tests.conferences.stories import agency, approved, convened, fresh, planned, task

Desk = Callable[[str | None], Client]


def address(record: Conference | ActionItem, what: str = "change", *more: Any) -> str:
    return reverse(f"admin:conferences_{type(record).__name__.lower()}_{what}", args=[record.pk, *more])


def content(conference: Conference | None = None, **changes: Any) -> dict[str, Any]:
    """What the secretariat's form sends."""
    names = ("attendance", "resolutions", "action_items")
    counts = {f"{n}-TOTAL_FORMS": 0 for n in names} | {f"{n}-INITIAL_FORMS": 0 for n in names}
    read = {"read_revision": conference.revision} if conference else {"code": "meeting"}
    police = agency("POLICE")
    return {
        "kind": "quarterly_exchange",
        "title_vi": "Hội nghị một",
        "title_en": "Conference one",
        "secrecy": "internal",
        "period_label": "2024-Q2",
        "period_start": "2024-04-01",
        "period_end": "2024-07-01",
        "period_basis": "calendar",
        "period_missing": "",
        "held_on": "",
        "held_on_missing": conference.held_on_missing if conference else "",
        "host_agency": str(police.pk) if police else "",
        "host_agency_missing": "",
        "venue_missing": "undecided" if conference else "",
        "chair_office_missing": "undecided" if conference else "",
        **counts,
        **read,
        **changes,
    }


@pytest.mark.parametrize("name", ["coast_officer", "auditor", "customs_admin", "customs_secretariat"])
def test_everybody_finds_and_opens_conferences_and_action_items(cast: Cast, desk: Desk, name: str) -> None:
    item = task(cast, convened(cast))
    for model in ("conference", "actionitem"):
        listed = desk(name).get(f"/admin/conferences/{model}/")
        assert listed.status_code == 200
        assert "meeting" in listed.content.decode()
    for record in (item.conference, item):
        page = desk(name).get(address(record))
        assert page.status_code == 200
        assert "/move/" not in page.content.decode().replace(address(item, "move", "close"), "") or name.endswith(
            "secretariat"
        )


def test_the_secretariat_plans_and_edits(cast: Cast, desk: Desk) -> None:
    answer = desk("secretariat").post("/admin/conferences/conference/add/", content())
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    made = Conference.objects.get(code="meeting")
    assert made.venue_missing == "undecided"
    answer = desk("secretariat").post(address(made), content(made, venue_vi="Trụ sở", venue_missing=""))
    assert answer.status_code == 302, answer.content.decode()
    assert fresh(made).venue_vi == "Trụ sở"


def test_a_refusal_comes_back_on_the_form(cast: Cast, desk: Desk) -> None:
    conference = planned(cast)
    actions.edit_conference(conference=conference, by=cast.secretariat, content={"note_vi": "Trước"})
    answer = desk("secretariat").post(address(conference), content(conference, note_vi="Sau"))
    assert answer.status_code == 200
    assert fresh(conference).note_vi == "Trước"


def test_rows_are_added_on_the_conferences_page(cast: Cast, desk: Desk) -> None:
    conference = convened(cast)
    rows = {
        "resolutions-TOTAL_FORMS": 1,
        "resolutions-0-kind": "task",
        "resolutions-0-text_vi": "Lập kế hoạch.",
        "held_on": "2024-08-14",
        "held_on_missing": "",
    }
    answer = desk("secretariat").post(address(conference), content(conference, **rows))
    assert answer.status_code == 302, answer.content.decode()
    assert Resolution.objects.get(conference=conference).text_vi == "Lập kế hoạch."


@pytest.mark.parametrize("name", ["customs_secretariat", "police_officer", "auditor"])
def test_nobody_else_writes(cast: Cast, desk: Desk, name: str) -> None:
    conference = planned(cast)
    assert desk(name).post(address(conference), content(conference, note_vi="x")).status_code == 403
    desk(name).post(address(conference, "move", "convene"))
    assert fresh(conference).status == "planned"
    assert address(conference, "move", "convene") not in desk(name).get(address(conference)).content.decode()


def test_moves_are_buttons(cast: Cast, desk: Desk) -> None:
    conference = planned(cast, held_on="2024-08-14", minutes_vi="Biên bản.")
    for name, status in (("convene", "convened"), ("minute", "minuted"), ("approve", "approved")):
        assert address(conference, "move", name) in desk("secretariat").get(address(conference)).content.decode()
        desk("secretariat").post(address(conference, "move", name))
        assert fresh(conference).status == status


def test_an_approved_conference_is_read_only(cast: Cast, desk: Desk) -> None:
    conference = approved(cast)
    page = desk("secretariat").get(address(conference))
    assert page.status_code == 200
    assert 'name="title_vi"' not in page.content.decode()
    assert desk("secretariat").post(address(conference), content(conference)).status_code == 403


def test_an_action_item_is_ended_by_a_button(cast: Cast, desk: Desk) -> None:
    item = task(cast, convened(cast), assignee_unit=cast.units["customs"])
    desk("customs_secretariat").post(address(item, "move", "close"), {"reason": ""})
    assert ActionItem.objects.get(pk=item.pk).status == "open"
    desk("customs_secretariat").post(address(item, "move", "close"), {"reason": "Kế hoạch 05."})
    assert ActionItem.objects.get(pk=item.pk).evidence == "Kế hoạch 05."
    other = task(cast, item.conference)
    desk("secretariat").post(address(other, "move", "drop"), {"reason": "Thừa."})
    assert ActionItem.objects.get(pk=other.pk).status == "dropped"


def test_nothing_is_deleted(cast: Cast, desk: Desk) -> None:
    conference = planned(cast)
    assert desk("secretariat").post(address(conference, "delete"), {"post": "yes"}).status_code == 403
