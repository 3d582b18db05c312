"""Resolutions that every agency must assent to, and proposals that ministries answer."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from agencies.models import Agency, today
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted
from registry.conferences import actions
from registry.conferences.models import ActionItem, Assent, Conference, ProposalAnswer, Resolution
from tests.cast import Cast
from tests.conferences.stories import (
    HELD,
    assented,
    convened,
    decided,
    minuted,
    proposed,
    waiting,
)
from tests.raw import refused

AGENCIES = "POLICE BORDERGUARD COASTGUARD CUSTOMS".split()


def stands(resolution: Resolution) -> tuple[str, list[str]]:
    agencies = list(Agency.objects.order_by("protocol_order"))
    one = Resolution.objects.get(pk=resolution.pk)
    return str(one.adoption(agencies)), [agency.code for agency in one.missing(agencies)]


def minutes_of(cast: Cast, conference: Conference) -> Conference:
    return actions.complete_minutes(conference=conference, by=cast.secretariat, minutes_vi="Biên bản.")


def test_a_resolution_is_adopted_when_all_four_have_assented(cast: Cast) -> None:
    resolution = waiting(cast, convened(cast))
    assert stands(resolution) == ("open", AGENCIES)
    assented(cast, resolution, "customs_head")
    assert stands(resolution) == ("open", ["CUSTOMS"])
    actions.give_assent(resolution=resolution, by=cast.customs_secretariat)
    assert stands(resolution) == ("adopted", [])


@pytest.mark.parametrize(
    ("name", "speaks"),
    [
        ("police_head", True),
        ("customs_head", True),
        ("customs_secretariat", True),
        ("secretariat", True),
        ("north_head", False),
        ("police_officer", False),
        ("police_analyst", False),
        ("police_focal_point", False),
        ("police_system", False),
        ("delegate", False),
        ("auditor", False),
        ("police_admin", False),
        ("operator", False),
        ("former", False),
    ],
)
def test_the_agencys_own_head_or_secretariat_speaks_for_it(cast: Cast, name: str, speaks: bool) -> None:
    resolution, by = waiting(cast, convened(cast)), cast.people[name]
    if not speaks:
        with pytest.raises(NotPermitted):
            actions.give_assent(resolution=resolution, by=by)
        return
    row = actions.give_assent(resolution=resolution, by=by)
    assert (row.agency.code, row.given_by) == ("CUSTOMS" if "customs" in name else "POLICE", by)


def test_nobody_speaks_for_another_agency(cast: Cast) -> None:
    resolution, customs = waiting(cast, convened(cast)), Agency.objects.get(code="CUSTOMS")
    with pytest.raises(NotPermitted):
        actions.give_assent(resolution=resolution, by=cast.secretariat, agency=customs)
    assert not Assent.objects.exists()


def test_an_objection_says_why_and_the_last_word_counts(cast: Cast) -> None:
    resolution = waiting(cast, convened(cast))
    assented(cast, resolution)
    given = {"resolution": resolution, "by": cast.customs_head}
    with pytest.raises(Invalid) as caught:
        actions.give_assent(**given, answer="objects", reason=" ")
    assert set(caught.value.fields) == {"reason"}
    actions.give_assent(**given, answer="objects", reason="Chưa có kinh phí.")
    assert stands(resolution) == ("open", ["CUSTOMS"])
    actions.give_assent(**given)
    assert stands(resolution) == ("adopted", [])
    said = Assent.objects.filter(agency__code="CUSTOMS").order_by("number")
    assert [(row.number, row.answer) for row in said] == [(1, "assents"), (2, "objects"), (3, "assents")]


def test_the_same_word_twice_is_refused(cast: Cast) -> None:
    resolution = waiting(cast, convened(cast))
    actions.give_assent(resolution=resolution, by=cast.customs_head)
    with pytest.raises(Conflict) as caught:
        actions.give_assent(resolution=resolution, by=cast.customs_secretariat)
    assert caught.value.code == "said_already"
    with pytest.raises(Invalid):
        actions.give_assent(resolution=resolution, by=cast.coast_head, answer="perhaps")


def test_what_needs_no_assent_is_given_none(cast: Cast) -> None:
    resolution = decided(cast, convened(cast))
    assert stands(resolution)[0] == "not_asked"
    with pytest.raises(Conflict) as caught:
        actions.give_assent(resolution=resolution, by=cast.customs_head)
    assert caught.value.code == "no_assent_needed"


def test_minutes_are_not_approved_while_an_assent_is_missing(cast: Cast) -> None:
    conference = convened(cast)
    decided(cast, conference)
    resolution = waiting(cast, conference)
    assented(cast, resolution, "customs_head", "coast_head")
    minutes_of(cast, conference)
    with pytest.raises(Incomplete) as caught:
        actions.approve_minutes(conference=conference, by=cast.secretariat)
    assert caught.value.code == "assent_open"
    assert "2: COASTGUARD, CUSTOMS" in str(caught.value.message)
    refused("UPDATE conferences_conference SET status = 'approved' WHERE id = %s", conference.pk, match="assent")
    assented(cast, resolution, "police_head", "border_head")
    assert actions.approve_minutes(conference=conference, by=cast.secretariat).status == "approved"


def test_what_the_agencies_do_not_agree_on_is_left_as_not_adopted(cast: Cast) -> None:
    conference = convened(cast)
    resolution = waiting(cast, conference)
    given = {"resolution": resolution, "by": cast.secretariat}
    with pytest.raises(NotPermitted):
        actions.set_aside_resolution(**given | {"by": cast.customs_secretariat}, reason="Không thống nhất.")
    with pytest.raises(Invalid):
        actions.set_aside_resolution(**given, reason=" ")
    actions.set_aside_resolution(**given, reason="Không thống nhất.")
    assert stands(resolution)[0] == "not_adopted"
    with pytest.raises(Conflict):
        actions.give_assent(resolution=resolution, by=cast.customs_head)
    with pytest.raises(Conflict):
        actions.set_aside_resolution(**given, reason="Lần nữa.")
    minutes_of(cast, conference)
    assert actions.approve_minutes(conference=conference, by=cast.secretariat).status == "approved"


def test_an_assent_comes_before_the_minutes_are_final_and_is_never_changed(cast: Cast) -> None:
    conference = convened(cast)
    resolution = waiting(cast, conference)
    assented(cast, resolution)
    refused("UPDATE conferences_assent SET answer = 'objects', reason = 'x'", match="Cannot update|update")
    refused("DELETE FROM conferences_assent", match="delete")
    actions.approve_minutes(conference=minutes_of(cast, conference), by=cast.secretariat)
    with pytest.raises(Conflict):
        actions.give_assent(resolution=resolution, by=cast.customs_head, answer="objects", reason="Muộn.")
    refused(INSERT.format("objects", "x", 2), resolution.pk, match="final")


INSERT = (
    "INSERT INTO conferences_assent (id, resolution_id, agency_id, number, answer, reason, unit_id, given_by_id,"
    " given_at, synthetic) SELECT gen_random_uuid(), %s, u.agency_id, {2}, '{0}', '{1}', u.id, p.id, now(), true"
    " FROM agencies_unit u, agencies_user p WHERE u.code = 'customs' AND p.username = 'customs_head'"
)


@pytest.mark.parametrize(
    ("answer", "reason", "number", "rule"),
    [
        ("maybe", "x", 2, "assent_answer_known"),
        ("objects", "", 2, "assent_objection_says_why"),
        ("objects", "x", 1, "assent_number_once"),
    ],
)
def test_an_assent_keeps_its_rules(cast: Cast, answer: str, reason: str, number: int, rule: str) -> None:
    resolution = waiting(cast, convened(cast))
    actions.give_assent(resolution=resolution, by=cast.customs_head)
    refused(INSERT.format(answer, reason, number), resolution.pk, match=rule)


def test_the_database_takes_no_assent_to_what_needs_none(cast: Cast) -> None:
    refused(INSERT.format("assents", "", 1), decided(cast, convened(cast)).pk, match="needs no assent")
    refused(
        "UPDATE conferences_resolution SET not_adopted_reason = 'x' WHERE id = %s",
        decided(cast, convened(cast, code="other")).pk,
        match="resolution_not_adopted_was_asked",
    )


def test_approval_owes_both_follow_ups_to_each_agency_once(cast: Cast) -> None:
    conference = actions.approve_minutes(conference=minuted(cast), by=cast.secretariat)
    owed = ActionItem.objects.filter(conference=conference).order_by("number")
    kinds = ("report_up", "inform_down")
    assert [(i.assignee_agency.code, i.kind) for i in owed if i.assignee_agency] == [
        (code, kind) for code in AGENCIES for kind in kinds
    ]
    assert {i.assignee_unit.code for i in owed if i.assignee_unit} == {"police", "border", "coast", "customs"}
    assert {i.due_on_missing for i in owed} == {"undecided"}
    refused(
        "INSERT INTO conferences_actionitem (id, conference_id, number, kind, text_vi, text_en, assignee_agency_id,"
        " assignee_missing, due_on_missing, status, evidence, created_at, revision, synthetic, note_vi, note_en)"
        " SELECT gen_random_uuid(), conference_id, 99, kind, 'x', '', assignee_agency_id, '', 'undecided', 'open',"
        " '', now(), 1, true, '', '' FROM conferences_actionitem WHERE id = %s",
        owed[0].pk,
        match="action_item_follow_up_once",
    )


def test_a_proposal_is_sent_and_answered_also_after_the_minutes_are_approved(cast: Cast) -> None:
    conference = convened(cast)
    proposal = proposed(cast, conference)
    actions.approve_minutes(conference=minutes_of(cast, conference), by=cast.secretariat)
    given = {"resolution": proposal, "by": cast.secretariat}
    with pytest.raises(Conflict) as caught:
        actions.answer_proposal(**given, text="Đồng ý.", answered_on=HELD)
    assert caught.value.code == "not_sent"
    assert actions.send_proposal(**given, sent_on=HELD).status == "waiting"
    with pytest.raises(Conflict):
        actions.send_proposal(**given, sent_on=HELD)
    with pytest.raises(Invalid):
        actions.answer_proposal(**given, text="Đồng ý.", answered_on=HELD - timedelta(days=1))
    with pytest.raises(Invalid):
        actions.answer_proposal(**given, text=" ", answered_on=HELD)
    with pytest.raises(Invalid):
        actions.answer_proposal(**given, text="Đồng ý.", answered_on=today() + timedelta(days=1))
    assert actions.answer_proposal(**given, text="Đồng ý.", answered_on=date(2024, 9, 1)).status == "answered"
    with pytest.raises(Conflict):
        actions.answer_proposal(**given, text="Không.", answered_on=date(2024, 9, 2))
    refused("UPDATE conferences_proposalanswer SET text = 'x'", match="update")
    refused("DELETE FROM conferences_proposalanswer", match="delete")


def test_only_a_proposal_with_an_addressee_is_sent_by_the_hosts_secretariat(cast: Cast) -> None:
    conference = convened(cast)
    with pytest.raises(Conflict):
        actions.send_proposal(resolution=decided(cast, conference), by=cast.secretariat, sent_on=HELD)
    unnamed = decided(cast, conference, kind="proposal")
    with pytest.raises(Incomplete):
        actions.send_proposal(resolution=unnamed, by=cast.secretariat, sent_on=HELD)
    named = proposed(cast, conference)
    with pytest.raises(NotPermitted):
        actions.send_proposal(resolution=named, by=cast.customs_secretariat, sent_on=HELD)
    with pytest.raises(Invalid):
        actions.send_proposal(resolution=named, by=cast.secretariat, sent_on=today() + timedelta(days=1))
    with translation.override("en"), pytest.raises(Invalid) as caught:
        decided(cast, conference, addressee_vi="Bộ Tài chính")
    assert "Only a proposal has an addressee." in str(caught.value.fields)
    assert not ProposalAnswer.objects.exists()
    actions.send_proposal(resolution=named, by=cast.secretariat, sent_on=HELD)
    refused("UPDATE conferences_proposalanswer SET answered_on = '2024-09-01'", match="proposal_answered_with_words")
    refused(f"UPDATE conferences_proposalanswer SET resolution_id = '{unnamed.pk}'", match="[Rr]ead|[Cc]annot")
    refused(
        "INSERT INTO conferences_proposalanswer (id, resolution_id, sent_on, text, synthetic)"
        " SELECT gen_random_uuid(), id, '2024-09-01', '', true FROM conferences_resolution WHERE number = 1"
        " AND conference_id = %s",
        conference.pk,
        match="only a proposal",
    )
