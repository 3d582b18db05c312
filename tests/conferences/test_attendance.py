"""Who is invited and who came."""

from datetime import date

import pytest

from agencies.refusals import Conflict, Incomplete, Invalid
from registry.conferences import actions
from registry.conferences.models import Attendance, Conference
from tests.cast import Cast
from tests.conferences.stories import HELD, fresh, planned, reached, seated
from tests.raw import refused


def offices(conference: Conference) -> list[tuple[str, str, str]]:
    rows = Attendance.objects.filter(conference=conference).select_related("unit")
    return [(row.unit.code if row.unit else "", row.office_vi, row.presence) for row in rows]


def test_the_list_is_filled_from_focal_points_of_central_units_in_protocol_order(cast: Cast) -> None:
    for code in ("customs", "police", "coast", "customs_north"):
        reached(cast.units[code], f"Phòng {code}")
    made = actions.invite_focal_points(conference=planned(cast), by=cast.secretariat)
    assert [(row.unit.code, row.part) for row in made.invited if row.unit] == [
        ("police", "attendee"),
        ("coast", "attendee"),
        ("customs", "attendee"),
    ]
    assert [unit.code for unit in made.without_focal_point] == ["border"]


def test_further_units_are_invited_and_nobody_twice(cast: Cast) -> None:
    conference = planned(cast)
    for code in ("police", "customs_north"):
        reached(cast.units[code])
    given = {"conference": conference, "by": cast.secretariat, "units": [cast.units["customs_north"]]}
    assert len(actions.invite_focal_points(**given).invited) == 2
    revision = fresh(conference).revision
    assert actions.invite_focal_points(**given).invited == []
    assert fresh(conference).revision == revision
    assert offices(conference) == [
        ("police", "Trưởng phòng", "invited"),
        ("customs_north", "Trưởng phòng", "invited"),
    ]


def test_the_focal_point_is_that_of_the_day(cast: Cast) -> None:
    reached(cast.units["police"], "Cũ", valid_to=date(2024, 8, 1))
    reached(cast.units["police"], "Mới", valid_from=date(2024, 8, 1))
    conference = planned(cast, held_on=HELD)
    actions.invite_focal_points(conference=conference, by=cast.secretariat)
    assert offices(conference) == [("police", "Mới", "invited")]


def test_attendance_is_ticked_in_one_go(cast: Cast) -> None:
    conference = planned(cast)
    for name in ("A", "B", "C"):
        seated(cast, conference, office_vi=name, presence="invited")
    presence = {1: "attended", 2: "excused"}
    actions.record_attendance(conference=conference, by=cast.secretariat, presence=presence)
    assert [p for _u, _o, p in offices(conference)] == ["attended", "excused", "invited"]


def test_every_fault_of_a_tick_is_named_and_nothing_is_written(cast: Cast) -> None:
    conference = planned(cast)
    seated(cast, conference, presence="invited")
    with pytest.raises(Invalid) as caught:
        actions.record_attendance(conference=conference, by=cast.secretariat, presence={1: "perhaps", 7: "attended"})
    assert set(caught.value.fields) == {"presence.1", "presence.7"}
    assert offices(conference) == [("", "Cục trưởng", "invited")]


def test_a_conference_is_not_convened_while_it_is_unsaid_who_came(cast: Cast) -> None:
    conference = planned(cast)
    seated(cast, conference, office_vi="Cục trưởng A", presence="invited")
    seated(cast, conference, office_vi="Cục trưởng B")
    with pytest.raises(Incomplete) as caught:
        actions.convene_conference(conference=conference, by=cast.secretariat, held_on=HELD)
    assert caught.value.code == "attendance_open"
    assert "1. Cục trưởng A" in str(caught.value.message)
    assert "Cục trưởng B" not in str(caught.value.message)
    assert fresh(conference).status == "planned"
    actions.convene_conference(conference=conference, by=cast.secretariat, held_on=HELD, presence={1: "absent"})
    assert [p for _u, _o, p in offices(conference)] == ["absent", "attended"]


def test_the_list_stands_once_the_conference_is_convened(cast: Cast) -> None:
    conference = planned(cast)
    seat = seated(cast, conference)
    actions.convene_conference(conference=conference, by=cast.secretariat, held_on=HELD)
    for write in (
        lambda: actions.add_attendance(conference=conference, by=cast.secretariat, office_vi="Muộn"),
        lambda: actions.invite_focal_points(conference=conference, by=cast.secretariat),
        lambda: actions.record_attendance(conference=conference, by=cast.secretariat, presence={1: "absent"}),
    ):
        with pytest.raises(Conflict):
            write()
    refused("UPDATE conferences_attendance SET presence = 'absent' WHERE id = %s", seat.pk, match="frozen")
    refused(
        "INSERT INTO conferences_attendance (id, conference_id, number, office_vi, office_en, office_printed,"
        " rank_printed, part, presence, note_vi, note_en, synthetic)"
        " VALUES (gen_random_uuid(), %s, 9, 'x', '', '', '', 'attendee', 'attended', '', '', true)",
        conference.pk,
        match="frozen",
    )
