"""Who nominates whom for what, how a nomination ends, and that nobody is awarded twice."""

from datetime import date, timedelta

import pytest

from agencies.models import today
from agencies.refusals import Conflict, Invalid, NotPermitted, Stale
from registry.commendations import actions
from registry.commendations.actions import RecipientInput
from registry.commendations.models import Commendation, CommendationRegister
from registry.commendations.terms import AwardLevel
from registry.workflow import TransitionError
from tests.cast import Cast
from tests.commendations.stories import award, awarded, content, in_status, nominated


def test_an_officer_nominates_and_the_head_records_the_award(cast: Cast) -> None:
    made = award(cast, nominated(cast))
    assert (made.status, made.document_number, made.revision) == ("awarded", "15/QĐ-KT", 2)
    assert made.reference.startswith("CM-POLICE-")
    assert made.reference.endswith("-000001")


@pytest.mark.parametrize("who", ["customs_officer", "police_analyst", "secretariat", "north_officer", "auditor"])
def test_nobody_else_nominates_in_the_units_name(cast: Cast, who: str) -> None:
    with pytest.raises(NotPermitted):
        nominated(cast, by=who)


def test_every_fault_of_a_nomination_is_named_at_once_and_no_number_is_taken(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        nominated(
            cast,
            level=9,
            form="statue",
            authority_vi=" ",
            achievement_vi="",
            cases=[],
            recipients=[],
            proposed_on=today() + timedelta(days=1),
        )
    assert sorted(refusal.value.fields) == [
        "achievement_vi", "authority_vi", "cases", "form", "level", "proposed_on", "recipients",
    ]  # fmt: skip
    assert not CommendationRegister.objects.exists()


def test_a_hidden_case_and_one_without_part_are_told_alike(cast: Cast) -> None:
    told = set()
    for case in ("case_customs", "case_north"):
        with pytest.raises(Invalid) as refusal:
            nominated(cast, case=case)
        told.add(str(refusal.value.fields["cases"]))
    assert len(told) == 1


def test_a_unit_is_commended_as_a_whole_or_by_the_number_of_its_people(cast: Cast) -> None:
    nobody = [RecipientInput(cast.units["police"], collective=False)]
    with pytest.raises(Invalid) as refusal:
        nominated(cast, recipients=nobody)
    assert list(refusal.value.fields) == ["recipients.0"]
    with pytest.raises(Invalid):
        nominated(cast, recipients=[RecipientInput(cast.units["police"])] * 2)
    people = nominated(cast, recipients=[RecipientInput(cast.units["customs"], collective=False, individuals=12)])
    assert people.recipients.get().individuals == 12


def test_an_achievement_that_looks_like_a_person_is_asked_about(cast: Cast) -> None:
    text = "Khen Nguyễn Văn Mẫu, sinh năm 1990."
    with pytest.raises(Invalid) as refusal:
        nominated(cast, achievement_vi=text)
    assert refusal.value.code == "looks_like_person"
    assert nominated(cast, achievement_vi=text, confirm=["looks_like_person"])


@pytest.mark.parametrize("status", ["awarded", "declined", "withdrawn"])
@pytest.mark.parametrize("verb", ["award", "decline", "withdraw"])
def test_what_was_decided_stays(cast: Cast, status: str, verb: str) -> None:
    made = in_status(cast, status)
    head = cast.again("police_head")
    with pytest.raises(TransitionError):
        match verb:
            case "award":
                award(cast, made)
            case "decline":
                actions.decline_nomination(commendation=made, reason="x", by=head)
            case "withdraw":
                actions.withdraw_nomination(commendation=made, reason="x", by=head)


def test_only_the_head_of_the_nominating_unit_records_a_decision(cast: Cast) -> None:
    made = nominated(cast)
    for who in ("police_officer", "customs_head", "north_head"):
        with pytest.raises(NotPermitted):
            award(cast, made, by=who)
        with pytest.raises(NotPermitted):
            actions.decline_nomination(commendation=made, reason="x", by=cast.again(who))
    with pytest.raises(NotPermitted):
        actions.withdraw_nomination(commendation=made, reason="x", by=cast.again("customs_officer"))
    with pytest.raises(Stale):
        actions.withdraw_nomination(commendation=made, reason="x", by=cast.again("police_officer"), expected_revision=7)
    with pytest.raises(Invalid):
        actions.withdraw_nomination(commendation=made, reason=" ", by=cast.again("police_officer"))


def test_an_award_has_a_day_and_a_number(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        award(cast, nominated(cast), awarded_on=date(2024, 6, 19), document_number=" ")
    assert sorted(refusal.value.fields) == ["awarded_on", "document_number"]
    with pytest.raises(Invalid) as refusal:
        award(cast, nominated(cast), awarded_on=today() + timedelta(days=1))
    assert list(refusal.value.fields) == ["awarded_on"]


def test_a_unit_awarded_for_a_case_is_not_nominated_again_on_that_level(cast: Cast) -> None:
    first = awarded(cast, units=("police", "customs"))
    with pytest.raises(Conflict) as refusal:
        nominated(cast, units=("customs",))
    assert refusal.value.code == "awarded_already"
    assert first.reference in str(refusal.value.message)
    assert nominated(cast, units=("border",)), "another unit"
    assert nominated(cast, case="case_closed"), "another case"


def test_a_second_nomination_that_waited_is_not_awarded(cast: Cast) -> None:
    first, second = nominated(cast), nominated(cast)
    award(cast, first)
    with pytest.raises(Conflict) as refusal:
        award(cast, second)
    assert refusal.value.code == "awarded_already"
    assert Commendation.objects.get(pk=second.pk).status == "nominated"


def test_a_declined_nomination_stands_in_nobodys_way(cast: Cast) -> None:
    in_status(cast, "declined")
    assert awarded(cast)


def test_a_higher_level_needs_a_reason_and_a_lower_one_is_refused(cast: Cast) -> None:
    awarded(cast)
    with pytest.raises(Invalid) as refusal:
        nominated(cast, level=AwardLevel.MINISTRY)
    assert list(refusal.value.fields) == ["further_reason"]
    with pytest.raises(Conflict):
        nominated(cast, level=AwardLevel.UNIT, further_reason="Vì.")
    higher = awarded(cast, level=AwardLevel.MINISTRY, further_reason="Thành tích đặc biệt xuất sắc.")
    assert higher.status == "awarded"


def test_a_joint_award_lists_agencies_in_the_protocol_order_of_its_day(cast: Cast) -> None:
    made = awarded(cast, units=("customs", "police_north", "police", "border"))
    assert [agency.code for agency in made.agencies()] == ["POLICE", "BORDERGUARD", "CUSTOMS"]
    assert "recipients" in content(cast)
