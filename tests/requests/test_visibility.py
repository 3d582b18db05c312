"""Who sees a request, its answers and its messages."""

import pytest

from registry.requests import actions
from registry.requests.models import Answer, InformationRequest, RequestMessage
from tests.cast import Cast
from tests.requests.stories import answered, drafted, prepared, refused, sent

ASKERS = "police_officer police_officer_2 police_head police_focal_point police_analyst police_system two_units".split()
ADDRESSEES = "customs_officer customs_head customs_focal_point customs_analyst customs_system".split()
OTHERS = (
    "north_officer south_head customs_north_officer border_officer coast_officer secretariat customs_secretariat"
    " auditor customs_auditor police_admin operator disabled former"
).split()


def seen(cast: Cast, request: InformationRequest, names: list[str]) -> set[str]:
    return {n for n in names if InformationRequest.objects.visible_to(cast.people[n]).filter(pk=request.pk).exists()}


def test_a_draft_is_the_asking_units_own(cast: Cast) -> None:
    request = drafted(cast)
    assert seen(cast, request, ASKERS + ADDRESSEES + OTHERS) == set(ASKERS)


def test_a_draft_that_was_given_up_is_never_seen_by_the_addressee(cast: Cast) -> None:
    request = actions.discard_request(request=drafted(cast), by=cast.police_officer)
    assert seen(cast, request, ASKERS + ADDRESSEES + OTHERS) == set(ASKERS)


@pytest.mark.parametrize("story", ["sent", "received", "answered", "nothing", "refused", "withdrawn", "reopened"])
def test_what_was_sent_is_seen_by_both_sides_and_nobody_else(cast: Cast, story: str) -> None:
    request = cast.requests[f"request_{story}"]
    assert seen(cast, request, ASKERS + ADDRESSEES + OTHERS) == set(ASKERS) | set(ADDRESSEES)


def test_the_unit_above_sees_what_the_unit_below_asks_and_is_asked(cast: Cast) -> None:
    request = cast.requests["request_north"]
    names = [*ASKERS, *ADDRESSEES, "north_officer", "customs_north_officer", "south_officer", "border_officer"]
    below = {"north_officer", "customs_north_officer"}
    assert seen(cast, request, names) == {*ASKERS, *ADDRESSEES, *below}


def test_an_answer_is_the_addressees_until_it_is_given(cast: Cast) -> None:
    request = sent(cast)
    answer = prepared(cast, request)

    def readers() -> set[str]:
        people = [*ASKERS, *ADDRESSEES, *OTHERS]
        return {n for n in people if Answer.objects.visible_to(cast.people[n]).filter(pk=answer.pk).exists()}

    assert readers() == set(ADDRESSEES)
    actions.give_answer(request=request, by=cast.customs_head)
    assert readers() == set(ASKERS) | set(ADDRESSEES)


def test_the_thread_is_read_by_both_sides_and_nobody_else(cast: Cast) -> None:
    request = sent(cast)
    message = actions.write_message(request=request, by=cast.customs_analyst, text="Xe nào?")
    people = [*ASKERS, *ADDRESSEES, *OTHERS]
    found = {n for n in people if RequestMessage.objects.visible_to(cast.people[n]).filter(pk=message.pk).exists()}
    assert found == set(ASKERS) | set(ADDRESSEES)


def test_a_key_without_the_read_scope_sees_nothing(cast: Cast) -> None:
    user = cast.police_officer
    user.api_key = cast.keys["write_only"]
    user.forget_roles()
    assert not InformationRequest.objects.visible_to(user).exists()


def test_whoever_counts_for_all_counts_every_request_sent_and_no_draft(cast: Cast) -> None:
    one, other, draft = answered(cast), refused(cast), drafted(cast)
    counted = InformationRequest.objects.countable_by(cast.secretariat)
    assert {one, other} <= set(counted)
    assert draft not in counted
    assert set(InformationRequest.objects.countable_by(cast.coast_officer)) == set()
