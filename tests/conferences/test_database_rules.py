"""What the database refuses to everybody: each rule is broken around the application."""

import pytest

from agencies.visibility import BypassRefusedError
from registry.conferences import actions
from registry.conferences.models import ActionItem, Attendance, Conference, Resolution
from tests.cast import Cast
from tests.conferences.stories import HELD, approved, convened, decided, planned, seated, task
from tests.raw import refused

CONFERENCE = "UPDATE conferences_conference SET {} WHERE id = %s"
ITEM = "UPDATE conferences_actionitem SET {} WHERE id = %s"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("kind = 'party'", "conference_kind_known"),
        ("status = 'minuted'", "Invalid transition"),
        ("status = 'approved'", "Invalid transition"),
        ("status = 'lost'", "Invalid transition|conference_status_known"),
        ("secrecy = 'mat'", "conference_below_state_secret"),
        ("secrecy = 'toi_mat'", "conference_below_state_secret"),
        ("period_basis = 'moon'", "conference_basis_known"),
        ("held_on_missing = ''", "conference_held_on_or_reason"),
        ("held_on = '2024-08-14'", "conference_held_on_or_reason"),
        ("held_on_missing = 'forgot'", "conference_held_on_or_reason"),
        ("host_agency_id = NULL", "conference_host_or_reason"),
        ("venue_missing = ''", "conference_venue_or_reason"),
        ("venue_vi = 'x'", "conference_venue_or_reason"),
        ("chair_office_missing = ''", "conference_chair_or_reason"),
        ("period_end = NULL", "conference_period_or_reason"),
        ("period_end = period_start", "conference_period_or_reason"),
        ("period_missing = 'not_stated'", "conference_period_or_reason"),
        ("status = 'convened'", "conference_held_day_decided"),
        ("host_agency_id = NULL, host_agency_missing = 'unclear', host_inferred = true", "conference_inferred_only"),
    ],
)
def test_a_conference_keeps_its_rules(cast: Cast, change: str, rule: str) -> None:
    refused(CONFERENCE.format(change), planned(cast).pk, match=rule)


def test_minutes_are_not_complete_without_words(cast: Cast) -> None:
    refused(CONFERENCE.format("status = 'minuted'"), convened(cast).pk, match="conference_minuted_has_minutes")


def test_an_approved_conference_and_its_rows_are_final(cast: Cast) -> None:
    conference = planned(cast)
    seat = seated(cast, conference)
    actions.convene_conference(conference=conference, by=cast.secretariat, held_on=HELD)
    resolution = actions.add_resolution(conference=conference, by=cast.secretariat, text_vi="Nghị quyết.")
    actions.complete_minutes(conference=conference, by=cast.secretariat, minutes_vi="Biên bản.")
    actions.approve_minutes(conference=conference, by=cast.secretariat)
    refused(CONFERENCE.format("note_vi = 'x'"), conference.pk, match="Cannot update")
    refused("UPDATE conferences_attendance SET office_vi = 'x' WHERE id = %s", seat.pk, match="frozen")
    refused("UPDATE conferences_resolution SET text_vi = 'x' WHERE id = %s", resolution.pk, match="final")
    refused(
        "INSERT INTO conferences_resolution (id, conference_id, number, kind, text_vi, text_en, note_vi, note_en,"
        " synthetic) VALUES (gen_random_uuid(), %s, 9, 'task', 'x', '', '', '', true)",
        conference.pk,
        match="final",
    )


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("status = 'done'", "action_item_closed_has_evidence"),
        ("status = 'done', closed_at = now()", "action_item_closed_has_evidence"),
        ("status = 'done', evidence = 'x'", "action_item_closed_has_evidence"),
        ("evidence = 'x'", "action_item_closed_has_evidence"),
        ("status = 'lost'", "Invalid transition|action_item_status_known"),
        ("due_on_missing = ''", "action_item_due_on_or_reason"),
        ("due_on = '2024-09-01'", "action_item_due_on_or_reason"),
        ("assignee_missing = ''", "action_item_assignee_or_reason"),
    ],
)
def test_an_action_item_keeps_its_rules(cast: Cast, change: str, rule: str) -> None:
    refused(ITEM.format(change), task(cast, convened(cast)).pk, match=rule)


def test_an_action_item_ends_once(cast: Cast) -> None:
    item = task(cast, convened(cast))
    actions.close_action_item(item=item, by=cast.secretariat, evidence="Xong.")
    refused(ITEM.format("status = 'dropped'"), item.pk, match="Invalid transition")
    refused(ITEM.format("status = 'open', closed_at = NULL, evidence = ''"), item.pk, match="Invalid transition")


@pytest.mark.parametrize(
    ("table", "column", "value", "rule"),
    [
        ("attendance", "part", "king", "attendance_part_known"),
        ("attendance", "presence", "maybe", "attendance_presence_known"),
        ("resolution", "kind", "wish", "resolution_kind_known"),
    ],
)
def test_codes_of_rows_are_known(cast: Cast, table: str, column: str, value: str, rule: str) -> None:
    decided(cast, convened(cast))
    seated(cast, planned(cast, code="next"))
    refused(f"UPDATE conferences_{table} SET {column} = %s", value, match=rule)


@pytest.mark.parametrize("table", ["attendance", "resolution", "actionitem"])
def test_a_number_is_given_once(cast: Cast, table: str) -> None:
    conference, next_one = convened(cast), planned(cast, code="next")
    for _twice in range(2):
        seated(cast, next_one)
        decided(cast, conference)
        task(cast, conference)
    refused(f"UPDATE conferences_{table} SET number = 7", match="number_once")


def test_nothing_of_a_conference_is_deleted(cast: Cast) -> None:
    conference = convened(cast)
    seated(cast, planned(cast, code="next"))
    task(cast, conference, resolution=decided(cast, conference))
    for table in ("actionitem", "resolution", "attendance", "conference"):
        refused(f"DELETE FROM conferences_{table}", match="delete rows")


@pytest.mark.parametrize("model", [Conference, Attendance, Resolution, ActionItem])
def test_bulk_writes_are_refused(cast: Cast, model: type) -> None:
    approved(cast)
    for write in (lambda: model.objects.all().update(synthetic=False), model.objects.all().delete):
        with pytest.raises(BypassRefusedError):
            write()
