"""Numbered papers, evidence of action items, and the status board."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from agencies.models import today
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted, Stale
from registry.conferences import actions
from registry.conferences.board import board
from registry.conferences.models import ActionItem, Conference, Evidence, PaperCopy
from tests.cast import Cast
from tests.conferences.stories import HELD, agency, approved, convened, minuted, paper, planned, task
from tests.raw import refused


def test_copies_are_handed_out_in_order_as_long_as_there_are_any(cast: Cast) -> None:
    one = paper(cast, planned(cast))
    units = [cast.units[code] for code in ("police", "customs", "border")]
    issued = actions.issue_copies(paper=one, by=cast.secretariat, units=units)
    assert [(copy.number, copy.unit.code) for copy in issued] == [(1, "police"), (2, "customs"), (3, "border")]
    with translation.override("en"), pytest.raises(Incomplete) as caught:
        actions.issue_copies(paper=one, by=cast.secretariat, units=units)
    assert caught.value.code == "no_copy_left"
    assert "4 copies; 1 of them" in str(caught.value.message)
    assert PaperCopy.objects.filter(paper=one).count() == 3
    with pytest.raises(Invalid):
        actions.issue_copies(paper=one, by=cast.secretariat, units=[])


def test_a_copy_comes_back_once_also_after_the_minutes_are_approved(cast: Cast) -> None:
    conference = minuted(cast)
    one = paper(cast, conference)
    first, second = actions.issue_copies(
        paper=one, by=cast.secretariat, units=[cast.units["police"], cast.units["customs"]]
    )
    actions.return_copy(copy=first, by=cast.secretariat)
    actions.approve_minutes(conference=conference, by=cast.secretariat)
    assert [copy.number for copy in PaperCopy.objects.outstanding().filter(paper=one)] == [2]
    with pytest.raises(NotPermitted):
        actions.return_copy(copy=second, by=cast.customs_secretariat)
    with pytest.raises(Invalid):
        actions.return_copy(copy=second, by=cast.secretariat, at=timezone.now() - timedelta(days=1))
    actions.return_copy(copy=second, by=cast.secretariat)
    with pytest.raises(Conflict):
        actions.return_copy(copy=second, by=cast.secretariat)
    with pytest.raises(Conflict):
        actions.issue_copies(paper=one, by=cast.secretariat, units=[cast.units["border"]])
    refused("UPDATE conferences_papercopy SET returned_at = NULL", match="update")
    refused("UPDATE conferences_conferencepaper SET copies = 9", match="final")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("conferencepaper SET mark = 'mat'", "paper_below_state_secret"),
        ("conferencepaper SET copies = 0", "paper_has_copies"),
        ("papercopy SET returned_at = issued_at - interval '1 day'", "copy_returned_after_issue"),
        ("papercopy SET number = 3", "[Rr]ead|[Cc]annot"),
        ("papercopy SET office_vi = 'x'", "[Rr]ead|[Cc]annot"),
    ],
)
def test_papers_keep_their_rules(cast: Cast, change: str, rule: str) -> None:
    one = paper(cast, planned(cast))
    actions.issue_copies(paper=one, by=cast.secretariat, units=[cast.units["police"]])
    refused(f"UPDATE conferences_{change}", match=rule)
    refused("DELETE FROM conferences_papercopy", match="delete")


@pytest.mark.parametrize(("number", "rule"), [(0, "no copy of this number"), (5, "no copy"), (1, "copy_number_once")])
def test_a_paper_has_its_copies_and_no_more(cast: Cast, number: int, rule: str) -> None:
    one = paper(cast, planned(cast))
    actions.issue_copies(paper=one, by=cast.secretariat, units=[cast.units["police"]])
    refused(
        "INSERT INTO conferences_papercopy (id, paper_id, number, unit_id, office_vi, issued_at, synthetic)"
        f" SELECT gen_random_uuid(), paper_id, {number}, unit_id, '', now(), true FROM conferences_papercopy"
        " WHERE paper_id = %s",
        one.pk,
        match=rule,
    )


def test_a_closing_keeps_what_shows_it(cast: Cast) -> None:
    conference = convened(cast)
    one, item = paper(cast, conference), task(cast, conference)
    actions.add_evidence(item=item, by=cast.secretariat, text="Dự thảo.")
    actions.close_action_item(item=item, by=cast.secretariat, evidence="Kế hoạch 05.", paper=one)
    rows = Evidence.objects.filter(action_item=item).order_by("number")
    assert [(row.number, row.text, row.paper) for row in rows] == [(1, "Dự thảo.", None), (2, "Kế hoạch 05.", one)]
    with pytest.raises(Conflict):
        actions.add_evidence(item=item, by=cast.secretariat, text="Muộn.")
    with pytest.raises(Invalid):
        actions.add_evidence(item=task(cast, conference), by=cast.secretariat, text=" ")
    refused("UPDATE conferences_evidence SET text = 'x'", match="update")
    refused("DELETE FROM conferences_evidence", match="delete")


def test_an_information_item_is_named_only_by_whoever_sees_it(cast: Cast) -> None:
    """The secretariat of customs sees what was delivered there, and nothing of the coast guard's."""
    item = task(cast, convened(cast), assignee_unit=cast.units["customs"])
    hidden, delivered = cast.items["police_draft"], cast.items["police_released_to_customs"]
    close = {"item": item, "by": cast.customs_secretariat, "evidence": "Tin đã chia sẻ."}
    with pytest.raises(Invalid) as caught:
        actions.close_action_item(**close, information_item=hidden)
    assert set(caught.value.fields) == {"item"}
    assert ActionItem.objects.get(pk=item.pk).status == "open"
    actions.close_action_item(**close, information_item=delivered)
    assert Evidence.objects.get(action_item=item).item == delivered


def test_what_was_left_undecided_of_a_task_is_set_by_the_host_and_stays(cast: Cast) -> None:
    item = task(cast, approved(cast))
    with pytest.raises(NotPermitted):
        actions.edit_action_item(item=item, by=cast.customs_secretariat, content={"due_on": HELD})
    with pytest.raises(Invalid):
        actions.edit_action_item(item=item, by=cast.secretariat, content={})
    decided = {"assignee_unit": cast.units["customs"], "due_on": HELD}
    item = actions.edit_action_item(item=item, by=cast.secretariat, content=decided)
    assert (item.assignee_agency, item.assignee_missing) == (cast.units["customs"].agency, "")
    assert (item.due_on, item.due_on_missing, item.revision) == (HELD, "", 2)
    with pytest.raises(Invalid) as caught:
        actions.edit_action_item(item=item, by=cast.secretariat, content={**decided, "assignee_agency": None})
    assert set(caught.value.fields) == {"assignee_unit", "due_on"}


def test_what_the_source_does_not_say_of_a_task_is_not_filled_in_later(cast: Cast) -> None:
    item = task(cast, convened(cast), due_on_missing="not_stated")
    with pytest.raises(Invalid) as caught:
        actions.edit_action_item(item=item, by=cast.secretariat, content={"due_on": HELD})
    assert set(caught.value.fields) == {"due_on"}
    other = agency("CUSTOMS")
    with pytest.raises(Invalid) as caught:
        actions.edit_action_item(
            item=item, by=cast.secretariat, content={"assignee_agency": other, "assignee_unit": cast.units["coast"]}
        )
    assert set(caught.value.fields) == {"assignee_unit"}
    actions.drop_action_item(item=item, by=cast.secretariat, reason="Thôi.")
    with pytest.raises(Conflict):
        actions.edit_action_item(item=item, by=cast.secretariat, content={"assignee_agency": other})


def test_the_board_counts_by_agency(cast: Cast) -> None:
    conference = convened(cast)
    soon, customs = today() + timedelta(days=3), {"assignee_unit": cast.units["customs"]}
    before = {row["agency"]: row for row in board(cast.auditor)}
    task(cast, conference, **customs, due_on=today() - timedelta(days=1))
    task(cast, conference, **customs, due_on=soon)
    task(cast, conference, **customs, due_on=today())
    done = task(cast, conference, **customs, due_on=today() - timedelta(days=1))
    actions.close_action_item(item=done, by=cast.secretariat, evidence="Xong.")
    task(cast, conference)
    rows = board(cast.auditor)
    assert [row["agency"] for row in rows] == ["POLICE", "BORDERGUARD", "COASTGUARD", "CUSTOMS", None]
    after = {row["agency"]: row for row in rows}["CUSTOMS"]
    more = {name: after[name] - before["CUSTOMS"][name] for name in ("open", "overdue", "done", "dropped")}
    assert more == {"open": 3, "overdue": 1, "done": 1, "dropped": 0}
    assert after["next_due_on"] == today()
    assert {row["open"] for row in board(cast.operator)} == set()


def test_copies_are_not_handed_out_or_taken_back_over_somebody_elses_change(cast: Cast) -> None:
    conference = planned(cast)
    one = paper(cast, conference)
    now = Conference.objects.get(pk=conference.pk).revision
    given = {"paper": one, "by": cast.secretariat, "units": [cast.units["customs"]]}
    with pytest.raises(Stale):
        actions.issue_copies(**given, expected_revision=now - 1)
    (copy,) = actions.issue_copies(**given, expected_revision=now)
    with pytest.raises(Stale):
        actions.return_copy(copy=copy, by=cast.secretariat, expected_revision=now - 1)
    assert actions.return_copy(copy=copy, by=cast.secretariat, expected_revision=now).returned_at is not None
