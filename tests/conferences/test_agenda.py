"""What stands on an agenda, and what of it everybody may read."""

from datetime import date, timedelta

import pytest

from agencies.models import Unit, today
from agencies.refusals import Conflict, Invalid
from registry.conferences import actions, agenda
from registry.conferences.models import AgendaPoint, Conference
from registry.information.actions import ask_consent
from tests.cast import Cast
from tests.conferences.stories import HELD, convened, planned, task
from tests.raw import refused, sql


def points(conference: Conference, *kinds: str) -> list[AgendaPoint]:
    found = AgendaPoint.objects.filter(conference=conference).order_by("number")
    return [point for point in found if not kinds or point.kind in kinds]


def fill(cast: Cast, conference: Conference) -> list[AgendaPoint]:
    return actions.fill_agenda(conference=conference, by=cast.secretariat)


def test_open_action_items_stand_on_the_next_agenda_by_themselves(cast: Cast) -> None:
    before = convened(cast, code="before")
    late = task(cast, before, assignee_unit=cast.units["customs"], due_on=today() - timedelta(days=1))
    undated = task(cast, before)
    done = task(cast, before)
    actions.close_action_item(item=done, by=cast.secretariat, evidence="Xong.")
    conference = planned(cast, code="next", period_label="2024-Q3")
    carried = {point.subject_id: point for point in points(conference, "action_item")}
    assert late.pk in carried
    assert done.pk not in carried
    assert "task 1 of “Conference one”, customs" in carried[late.pk].text_en
    assert "#v" not in carried[late.pk].text_vi + carried[late.pk].text_en
    assert "overdue" in carried[late.pk].text_en
    (other,) = [p for p in carried.values() if p.subject_id == undated.pk]
    assert "not decided yet" in other.text_en
    assert "chưa quyết định" in other.text_vi
    assert carried[late.pk].link == f"/admin/conferences/actionitem/{late.pk}/change/"


def test_an_item_made_later_is_carried_at_the_latest_when_the_conference_meets(cast: Cast) -> None:
    before = convened(cast, code="before")
    conference = planned(cast, code="next", held_on=date(2024, 11, 1))
    item = task(cast, before)
    assert item.pk not in {p.subject_id for p in points(conference)}
    actions.convene_conference(conference=conference, by=cast.secretariat)
    assert item.pk in {p.subject_id for p in points(conference)}


def test_an_item_of_a_later_conference_is_not_carried_back(cast: Cast) -> None:
    later = task(cast, convened(cast, code="later"))
    earlier = planned(cast, code="earlier", held_on=date(2024, 8, 13))
    assert later.pk not in {p.subject_id for p in points(earlier)}
    undated = planned(cast, code="undated", period_label="2024-Q1")
    assert later.pk not in {p.subject_id for p in points(undated)}


def test_filling_again_adds_nothing_and_tells_how_it_is_now(cast: Cast) -> None:
    item = task(cast, convened(cast, code="before"))
    conference = planned(cast, code="next")
    count = len(points(conference))
    assert fill(cast, conference) == []
    actions.close_action_item(item=item, by=cast.secretariat, evidence="Xong.")
    assert fill(cast, conference) == []
    assert len(points(conference)) == count
    (point,) = [p for p in points(conference) if p.subject_id == item.pk]
    assert ", done)" in point.text_en


def test_a_withdrawn_point_is_kept_and_not_carried_again(cast: Cast) -> None:
    item = task(cast, convened(cast, code="before"))
    conference = planned(cast, code="next")
    (point,) = [p for p in points(conference) if p.subject_id == item.pk]
    with pytest.raises(Invalid):
        actions.withdraw_agenda_point(point=point, by=cast.secretariat, reason=" ")
    actions.withdraw_agenda_point(point=point, by=cast.secretariat, reason="Đã bàn riêng.")
    assert fill(cast, conference) == []
    assert AgendaPoint.objects.get(pk=point.pk).withdrawn_reason == "Đã bàn riêng."
    with pytest.raises(Conflict):
        actions.withdraw_agenda_point(point=point, by=cast.secretariat, reason="Lần nữa.")
    refused("DELETE FROM conferences_agendapoint WHERE id = %s", point.pk, match="delete rows")


def test_points_are_typed_and_put_in_order(cast: Cast) -> None:
    conference = planned(cast)
    for text in ("Một", "Hai", "Ba"):
        last = actions.add_agenda_point(conference=conference, by=cast.secretariat, text_vi=text)
    actions.withdraw_agenda_point(point=last, by=cast.secretariat, reason="Thôi.")
    standing = [p.number for p in points(conference) if not p.withdrawn_reason]
    actions.reorder_agenda(conference=conference, by=cast.secretariat, order=standing[::-1])
    assert points(conference)[0].text_vi == "Hai"
    assert points(conference)[-1].text_vi == "Ba"
    for order in (standing[1:], [*standing, standing[0]], [*standing, 99]):
        with pytest.raises(Invalid) as caught:
            actions.reorder_agenda(conference=conference, by=cast.secretariat, order=order)
        assert set(caught.value.fields) == {"order"}


def test_the_agenda_stands_once_the_conference_is_convened(cast: Cast) -> None:
    conference = planned(cast)
    point = actions.add_agenda_point(conference=conference, by=cast.secretariat, text_vi="Một")
    actions.convene_conference(conference=conference, by=cast.secretariat, held_on=HELD)
    for write in (
        lambda: fill(cast, conference),
        lambda: actions.add_agenda_point(conference=conference, by=cast.secretariat, text_vi="Hai"),
        lambda: actions.withdraw_agenda_point(point=point, by=cast.secretariat, reason="Muộn."),
    ):
        with pytest.raises(Conflict):
            write()
    refused("UPDATE conferences_agendapoint SET text_vi = 'x' WHERE id = %s", point.pk, match="frozen")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("kind = 'gossip', key = 'x'", "agenda_kind_known"),
        ("key = 'x'", "agenda_carried_has_key"),
        ("kind = 'consent'", "agenda_carried_has_key"),
        ("text_vi = ''", "agenda_has_words"),
    ],
)
def test_a_point_keeps_its_rules(cast: Cast, change: str, rule: str) -> None:
    point = actions.add_agenda_point(conference=planned(cast), by=cast.secretariat, text_vi="Một")
    refused(f"UPDATE conferences_agendapoint SET {change} WHERE id = %s", point.pk, match=rule)


def test_a_subject_is_carried_once_and_a_number_given_once(cast: Cast) -> None:
    task(cast, convened(cast, code="before"))
    conference = planned(cast, code="next")
    actions.add_agenda_point(conference=conference, by=cast.secretariat, text_vi="Một")
    where = f"WHERE conference_id = '{conference.pk}'"
    refused(f"UPDATE conferences_agendapoint SET number = 7 {where}", match="agenda_number_once")
    refused(f"UPDATE conferences_agendapoint SET kind = 'area', key = 'same' {where}", match="agenda_carried_once")


def test_consents_that_wait_are_counted_and_nobody_is_named(cast: Cast) -> None:
    """The cast holds one that waits; more are asked for until the number is told."""
    conference = planned(cast)
    (point,) = points(conference, "consent")
    assert "fewer than three" in point.text_en
    for unit, analyst, kind in (("border", "border_analyst", "court"), ("border", "border_analyst", "quote")):
        delivery = cast.delivery("police_released_to_two", unit)
        ask_consent(delivery=delivery, by=cast.people[analyst], kind=kind, purpose="Bí mật.")
    fill(cast, conference)
    (point,) = points(conference, "consent")
    assert ": 3. " in point.text_en
    hidden = ("Bí mật", *(i.reference for i in cast.items.values() if i.reference), *units())
    for text in (point.text_vi, point.text_en, point.link, point.key):
        assert not [word for word in hidden if word in text.lower()]
    assert (point.subject_id, point.link) == (None, "")


def units() -> list[str]:
    return [code for code in Unit.objects.values_list("code", flat=True) if code != "coast"]


def test_a_small_number_of_consents_reads_alike(cast: Cast) -> None:
    """One more or less among the few changes no word."""
    conference = planned(cast)
    (before,) = points(conference, "consent")
    delivery = cast.delivery("police_released_to_two", "border")
    ask_consent(delivery=delivery, by=cast.border_analyst, kind="court", purpose="Bí mật.")
    fill(cast, conference)
    (after,) = points(conference, "consent")
    assert (before.text_vi, before.text_en) == (after.text_vi, after.text_en)


def test_what_has_been_answered_says_so(cast: Cast) -> None:
    conference = planned(cast)
    sql("UPDATE information_consent SET status = 'withdrawn' WHERE status = 'asked'")
    fill(cast, conference)
    (point,) = points(conference, "consent")
    assert "none any more" in point.text_en
    assert not points(planned(cast, code="next"), "consent")


def test_information_about_anothers_area_is_counted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    conference = planned(cast)
    monkeypatch.setattr(agenda, "owing", lambda items: items.all())
    fill(cast, conference)
    (point,) = points(conference, "area")
    assert f": {len(cast.items)}. " in point.text_en
    assert "not told here" in point.text_en


def test_the_roof_adds_unexplained_differences_as_a_count(cast: Cast) -> None:
    period = "2025-Q1"
    conference = planned(cast, period_label=period)
    (point,) = points(conference, "difference")
    assert period in point.text_en
    assert "fewer than three" in point.text_en
    assert "POLICE" not in point.text_en
    assert points(planned(cast, code="other", period_label="", period_missing="not_applicable"), "difference") == []
