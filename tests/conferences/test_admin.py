"""Conferences and action items in the admin."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import today
from registry.conferences import actions
from registry.conferences.models import (
    ActionItem,
    Assent,
    Attendance,
    Conference,
    Evidence,
    ProposalAnswer,
    Resolution,
)
from tests.cast import Cast
from tests.conferences.stories import (
    agency,
    approved,
    convened,
    fresh,
    minuted,
    paper,
    planned,
    proposed,
    reached,
    task,
    waiting,
)

Desk = Callable[[str | None], Client]


def address(record: Any, what: str = "change", *more: Any) -> str:
    return reverse(f"admin:conferences_{type(record).__name__.lower()}_{what}", args=[record.pk, *more])


def content(conference: Conference | None = None, **changes: Any) -> dict[str, Any]:
    """What the secretariat's form sends."""
    names = ("attendance", "agenda", "papers", "resolutions", "action_items")
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


def test_the_lists_are_written_by_buttons_and_steps(cast: Cast, desk: Desk) -> None:
    reached(cast.units["customs"])
    conference, secretariat = planned(cast), desk("secretariat")
    for step in ("invite", "tick", "order"):
        assert (address(conference, "step", step) in secretariat.get(address(conference)).content.decode()) == (
            step != "tick"
        )
    assert secretariat.get(address(conference, "step", "invite")).status_code == 200
    secretariat.post(address(conference, "step", "invite"), {"units": [str(cast.units["customs_north"].pk)]})
    row = Attendance.objects.get(conference=conference)
    assert (row.agency.code if row.agency else "", row.presence) == ("CUSTOMS", "invited")
    assert secretariat.get(address(conference, "step", "tick")).status_code == 200
    secretariat.post(address(conference, "step", "tick"), {"presence.1": "excused"})
    row.refresh_from_db()
    assert row.presence == "excused"
    points = list(conference.agenda.standing().order_by("number"))
    secretariat.post(
        address(conference, "step", "order"),
        {f"place.{p.number}": 1 if p == points[-1] else p.number + 1 for p in points},
    )
    assert conference.agenda.order_by("number")[0] == points[-1]
    before = conference.agenda.count()
    task(cast, convened(cast, code="earlier"))
    secretariat.post(address(conference, "move", "fill"))
    assert conference.agenda.count() == before + 1
    point = conference.agenda.get(number=1)
    assert secretariat.get(address(point)).status_code == 200
    secretariat.post(address(point, "move", "withdraw"), {"reason": "Thôi."})
    point.refresh_from_db()
    assert point.withdrawn_reason == "Thôi."


@pytest.mark.parametrize("name", ["customs_secretariat", "police_officer", "auditor"])
def test_nobody_else_finds_these_buttons(cast: Cast, desk: Desk, name: str) -> None:
    conference = planned(cast)
    one = paper(cast, conference)
    for record, step in ((conference, "invite"), (conference, "order"), (one, "issue")):
        assert "/step/" not in desk(name).get(address(record)).content.decode()
        assert desk(name).post(address(record, "step", step), {}).status_code in {302, 403, 404}
    assert not conference.attendance.exists()


def test_agencies_assent_by_a_button_and_the_page_says_who_is_missing(cast: Cast, desk: Desk) -> None:
    conference = convened(cast)
    resolution = waiting(cast, conference)
    assert (
        address(resolution, "move", "assent") not in desk("customs_officer").get(address(resolution)).content.decode()
    )
    assert address(resolution, "move", "assent") in desk("customs_head").get(address(resolution)).content.decode()
    desk("customs_head").post(address(resolution, "move", "assent"))
    desk("coast_head").post(address(resolution, "move", "object"), {"reason": "Chưa rõ."})
    assert [(a.agency.code, a.answer) for a in Assent.objects.order_by("agency__code")] == [
        ("COASTGUARD", "objects"),
        ("CUSTOMS", "assents"),
    ]
    for page in (address(resolution), address(conference), "/admin/conferences/resolution/"):
        assert "POLICE, BORDERGUARD, COASTGUARD" in desk("auditor").get(page).content.decode()
    desk("secretariat").post(address(resolution, "move", "set-aside"), {"reason": "Không thống nhất."})
    assert Resolution.objects.get(pk=resolution.pk).not_adopted_reason == "Không thống nhất."


def test_a_proposal_is_sent_and_answered_on_its_page(cast: Cast, desk: Desk) -> None:
    proposal = proposed(cast, convened(cast))
    secretariat = desk("secretariat")
    secretariat.post(address(proposal, "step", "send"), {"sent_on": "2024-08-20"})
    secretariat.post(address(proposal, "step", "answer"), {"text": "Đồng ý.", "answered_on": "2024-09-20"})
    assert ProposalAnswer.objects.get(resolution=proposal).text == "Đồng ý."
    assert "Đồng ý." in desk("auditor").get(address(proposal)).content.decode()


def test_copies_that_are_out_stand_on_the_page_and_do_not_hold_up_the_approval(cast: Cast, desk: Desk) -> None:
    conference = minuted(cast)
    one, secretariat = paper(cast, conference), desk("secretariat")
    units = [str(cast.units[code].pk) for code in ("customs", "border")]
    assert secretariat.get(address(one, "step", "issue")).status_code == 200
    secretariat.post(address(one, "step", "issue"), {"units": units})
    assert "Còn 2 bản chưa thu hồi" in secretariat.get(address(conference)).content.decode()
    secretariat.post(address(one, "step", "return"), {"copies": ["1"]})
    page = secretariat.post(address(conference, "move", "approve"), follow=True).content.decode()
    assert "Còn 1 bản chưa thu hồi" in page
    assert fresh(conference).status == "approved"


def test_evidence_is_added_and_an_item_is_named_only_to_whoever_sees_it(cast: Cast, desk: Desk) -> None:
    item = task(cast, convened(cast), assignee_unit=cast.units["customs"])
    shared = cast.items["police_released_to_customs"]
    page = address(item, "step", "evidence")
    assert desk("customs_secretariat").get(page).status_code == 200
    desk("customs_secretariat").post(page, {"text": "Dự thảo.", "item": "XX-2024-000001"})
    assert not Evidence.objects.filter(action_item=item).exists()
    desk("customs_secretariat").post(page, {"text": "Đã chia sẻ.", "item": shared.reference, "done": "on"})
    assert ActionItem.objects.get(pk=item.pk).status == "done"
    assert shared.reference in desk("customs_secretariat").get(address(item)).content.decode()
    for outsider in ("coast_officer", "auditor"):
        seen = desk(outsider).get(address(item)).content.decode()
        assert "Đã chia sẻ." in seen
        assert shared.reference not in seen


def test_the_board_stands_above_the_list_and_the_list_shows_what_is_late(cast: Cast, desk: Desk) -> None:
    conference = convened(cast)
    late = task(cast, conference, due_on=today() - timedelta(days=1), assignee_unit=cast.units["customs"])
    task(cast, conference, due_on=today())
    page = desk("auditor").get("/admin/conferences/actionitem/")
    assert 'id="board-heading"' in page.content.decode()
    page = desk("auditor").get("/admin/conferences/actionitem/?overdue=yes")
    assert [row.pk for row in page.context["cl"].result_list] == [late.pk]


def test_the_minutes_box_tells_its_script_where_to_save(cast: Cast, desk: Desk) -> None:
    conference = convened(cast)
    page = desk("secretariat").get(address(conference)).content.decode()
    assert f'data-autosave="/api/v1/conferences/{conference.pk}"' in page
    assert f'data-tag="{conference.pk}-"' in page
    assert "registry/minutes.js" in page
    assert "<script>" not in page
