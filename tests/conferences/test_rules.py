"""What an action on a conference checks beyond who and when."""

from datetime import date, timedelta
from typing import Any

import pytest

from agencies.models import today
from agencies.refusals import Conflict, Incomplete, Invalid, Stale
from registry.conferences import actions
from registry.conferences.models import Attendance, Conference
from tests.cast import Cast
from tests.conferences.stories import HELD, agency, approved, convened, fresh, planned, task


def test_what_is_left_out_is_not_decided_yet(cast: Cast) -> None:
    conference = fresh(planned(cast, host=None))
    assert conference.held_on_missing == "undecided"
    assert conference.host_agency_missing == "undecided"
    assert conference.venue_missing == "undecided"
    assert conference.chair_office_missing == "undecided"


def test_a_quarter_sets_its_days(cast: Cast) -> None:
    conference = planned(cast, period_label="2024-Q3")
    assert (conference.period_start, conference.period_end) == (date(2024, 7, 1), date(2024, 10, 1))
    assert conference.period_missing == ""


def test_a_value_clears_its_reason_and_emptying_asks_for_one(cast: Cast) -> None:
    conference = planned(cast)
    change = {"conference": conference, "by": cast.secretariat}
    assert actions.edit_conference(**change, content={"venue_vi": "Trụ sở"}).venue_missing == ""
    assert actions.edit_conference(**change, content={"venue_vi": ""}).venue_missing == "undecided"
    stated = {"venue_vi": "", "venue_missing": "not_stated"}
    assert actions.edit_conference(**change, content=stated).venue_missing == "not_stated"
    with pytest.raises(Invalid):
        actions.edit_conference(**change, content={"venue_vi": "Trụ sở", "venue_missing": "not_stated"})


def test_a_period_emptied_loses_its_days(cast: Cast) -> None:
    conference = actions.edit_conference(
        conference=planned(cast), by=cast.secretariat, content={"period_label": "", "period_missing": "not_applicable"}
    )
    assert (conference.period_start, conference.period_end) == (None, None)


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"status": "approved"}, "status"),
        ({"secrecy": "mat"}, "secrecy"),
        ({"kind": "party"}, "kind"),
        ({"period_label": "summer"}, "period_label"),
        ({"title_vi": ""}, "title_vi"),
    ],
)
def test_a_fault_is_named(cast: Cast, content: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        actions.edit_conference(conference=planned(cast), by=cast.secretariat, content=content)
    assert set(caught.value.fields) == {field}


def test_a_code_is_given_once(cast: Cast) -> None:
    planned(cast)
    with pytest.raises(Invalid) as caught:
        planned(cast)
    assert set(caught.value.fields) == {"code"}


def test_a_conference_was_held_on_a_day_that_has_come(cast: Cast) -> None:
    conference = planned(cast)
    with pytest.raises(Incomplete):
        actions.convene_conference(conference=conference, by=cast.secretariat)
    with pytest.raises(Invalid):
        actions.convene_conference(conference=conference, by=cast.secretariat, held_on=today() + timedelta(days=1))
    assert actions.convene_conference(conference=conference, by=cast.secretariat, held_on=HELD).held_on == HELD


def test_a_day_no_source_states_stays_empty(cast: Cast) -> None:
    conference = planned(cast, held_on=None, held_on_missing="not_stated")
    assert actions.convene_conference(conference=conference, by=cast.secretariat).held_on is None
    with pytest.raises(Invalid):
        actions.edit_conference(conference=conference, by=cast.secretariat, content={"held_on_missing": "undecided"})


def test_complete_minutes_have_words(cast: Cast) -> None:
    conference = convened(cast)
    with pytest.raises(Incomplete):
        actions.complete_minutes(conference=conference, by=cast.secretariat, minutes_vi="  ")
    actions.edit_conference(conference=conference, by=cast.secretariat, content={"minutes_vi": "Biên bản."})
    assert actions.complete_minutes(conference=conference, by=cast.secretariat).minutes_vi == "Biên bản."


def test_a_change_over_somebody_elses_is_stale(cast: Cast) -> None:
    conference = planned(cast)
    change = {"conference": conference, "by": cast.secretariat, "expected_revision": 1}
    actions.edit_conference(**change, content={"note_vi": "A"})
    with pytest.raises(Stale):
        actions.edit_conference(**change, content={"note_vi": "B"})
    item = task(cast, convened(cast, code="other"))
    with pytest.raises(Stale):
        actions.close_action_item(item=item, by=cast.secretariat, evidence="x", expected_revision=2)


def test_rows_are_numbered_as_they_come_and_units_bring_their_agency(cast: Cast) -> None:
    conference = planned(cast)
    for unit in ("police", "customs"):
        actions.add_attendance(
            conference=conference, by=cast.secretariat, office_vi="Cục trưởng", unit=cast.units[unit]
        )
    rows = Attendance.objects.filter(conference=conference)
    assert [(r.number, r.agency.code if r.agency else None) for r in rows] == [(1, "POLICE"), (2, "CUSTOMS")]


def test_a_unit_is_named_with_its_own_agency(cast: Cast) -> None:
    conference, other = convened(cast), agency("CUSTOMS")
    with pytest.raises(Invalid) as caught:
        actions.add_attendance(
            conference=planned(cast, code="other"),
            by=cast.secretariat,
            office_vi="X",
            agency=other,
            unit=cast.units["police"],
        )
    assert set(caught.value.fields) == {"unit"}
    with pytest.raises(Invalid) as caught:
        task(cast, conference, assignee_agency=other, assignee_unit=cast.units["police"])
    assert set(caught.value.fields) == {"assignee_unit"}


def test_an_action_item_follows_from_a_resolution_of_its_own_conference(cast: Cast) -> None:
    conference, other = convened(cast), convened(cast, code="other")
    mine, foreign = (
        actions.add_resolution(conference=c, by=cast.secretariat, text_vi="Nghị quyết.") for c in (conference, other)
    )
    assert task(cast, conference, resolution=mine).resolution == mine
    with pytest.raises(Invalid) as caught:
        task(cast, conference, resolution=foreign)
    assert set(caught.value.fields) == {"resolution"}


def test_done_needs_evidence_and_dropped_a_reason(cast: Cast) -> None:
    item = task(cast, convened(cast))
    assert (item.due_on, item.due_on_missing, item.assignee_missing) == (None, "undecided", "undecided")
    with pytest.raises(Invalid):
        actions.close_action_item(item=item, by=cast.secretariat, evidence=" ")
    with pytest.raises(Invalid):
        actions.drop_action_item(item=item, by=cast.secretariat, reason="")
    done = actions.close_action_item(item=item, by=cast.secretariat, evidence="Kế hoạch 05.")
    assert (done.status, done.evidence, done.revision) == ("done", "Kế hoạch 05.", 2)


def test_approved_minutes_are_final_and_follow_up_goes_on(cast: Cast) -> None:
    conference = approved(cast)
    with pytest.raises(Conflict):
        actions.edit_conference(conference=conference, by=cast.secretariat, content={"note_vi": "x"})
    item = task(cast, conference, due_on=date(2024, 9, 1))
    assert actions.close_action_item(item=item, by=cast.secretariat, evidence="Xong.").status == "done"


@pytest.mark.parametrize("name", ["coast_officer", "auditor", "customs_admin", "customs_secretariat", "police_analyst"])
def test_everybody_who_reads_conferences_sees_all(cast: Cast, name: str) -> None:
    planned(cast)
    assert Conference.objects.visible_to(cast.people[name]).count() == Conference.objects.count()


@pytest.mark.parametrize("name", ["operator", "disabled", "former"])
def test_nobody_without_a_role_sees_any(cast: Cast, name: str) -> None:
    task(cast, convened(cast))
    assert not Conference.objects.visible_to(cast.people[name]).exists()
    assert not Attendance.objects.visible_to(cast.people[name]).exists()


def test_a_statutory_label_sets_its_days_and_its_basis(cast: Cast) -> None:
    conference = planned(cast, period_label="2024-Q2@statutory")
    assert (conference.period_start, conference.period_end) == (date(2024, 3, 15), date(2024, 6, 15))
    assert conference.period_basis == "statutory_15_14"
