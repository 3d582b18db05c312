"""From draft to answer: who may do what when, four eyes, the clock."""

from datetime import timedelta

import pytest

from agencies.audit.models import AuditEvent
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted, Stale
from registry.requests import actions
from registry.requests.models import Answer, InformationRequest, RequestMessage
from registry.workflow import TransitionError
from tests.cast import Cast
from tests.requests.stories import answered, content, drafted, fresh, hours, prepared, refused, sent


def test_a_request_goes_from_draft_to_answer(cast: Cast) -> None:
    request = drafted(cast)
    assert (request.status, request.reference, request.due_at) == ("draft", None, None)
    request = actions.send_request(request=request, by=cast.police_head, at=hours(1))
    assert (request.status, request.sent_by, request.sent_at) == ("sent", cast.police_head, hours(1))
    request = actions.receive_request(request=request, by=cast.customs_focal_point, at=hours(2))
    assert (request.status, request.received_by) == ("received", cast.customs_focal_point)
    answer = prepared(cast, request)
    request = actions.give_answer(request=request, by=cast.customs_head, at=hours(4))
    assert (request.status, request.answer, request.answered_at) == ("answered", answer, hours(4))
    assert request.answered_in_time is True
    told = AuditEvent.objects.filter(object_ref=request.reference).order_by("id").values_list("action", flat=True)
    assert list(told) == ["request.send", "request.receive", "request.draft_answer", "request.answer"]


def test_numbers_are_taken_when_sent_per_asking_agency_and_without_gaps(cast: Cast) -> None:
    before = InformationRequest.objects.filter(unit__agency__code="POLICE", sent_at__isnull=False).count()
    drafted(cast)
    first, second = sent(cast), sent(cast)
    assert (first.reference, second.reference) == (
        f"RQ-POLICE-2024-{before + 1:06d}",
        f"RQ-POLICE-2024-{before + 2:06d}",
    )
    other = actions.create_request(unit=cast.units["coast"], by=cast.coast_officer, content=content(cast), at=hours(0))
    other = actions.send_request(request=other, by=cast.coast_head, at=hours(1))
    assert other.reference == "RQ-COASTGUARD-2024-000001"


@pytest.mark.parametrize(("urgency", "hours_due"), [("urgent", 8), ("priority", 72), ("routine", 168)])
def test_the_clock_runs_by_urgency_from_sending(cast: Cast, urgency: str, hours_due: int) -> None:
    assert sent(cast, urgency=urgency).due_at == hours(1) + timedelta(hours=hours_due)


def test_the_asker_may_name_a_deadline(cast: Cast) -> None:
    assert sent(cast, urgency="urgent", due_at=hours(30)).due_at == hours(30)


def test_a_deadline_that_has_passed_is_refused_when_drafted_and_when_sent(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        drafted(cast, due_at=hours(-1))
    assert set(refusal.value.fields) == {"due_at"}
    request = drafted(cast, due_at=hours(5))
    with pytest.raises(Incomplete):
        actions.send_request(request=request, by=cast.police_head, at=hours(6))


def test_everything_that_is_missing_is_said_at_once(cast: Cast) -> None:
    request = drafted(cast, purpose=" ", commitment=False)
    with pytest.raises(Incomplete) as refusal:
        actions.send_request(request=request, by=cast.police_head, at=hours(1))
    assert refusal.value.code == "not_sendable"
    assert str(refusal.value.message).count(".") == 2
    assert fresh(request).status == "draft"


def test_whoever_wrote_or_edited_a_request_does_not_send_it(cast: Cast) -> None:
    both = cast.police_officer_and_head
    own = actions.create_request(unit=cast.units["police"], by=both, content=content(cast))
    edited = actions.edit_request(request=drafted(cast), by=both, content={"subject": "Khác"})
    for request in (own, edited):
        with pytest.raises(NotPermitted) as refusal:
            actions.send_request(request=request, by=both)
        assert refusal.value.code == "four_eyes"
    assert actions.send_request(request=edited, by=cast.police_head).status == "sent"


def test_whoever_wrote_a_request_does_not_send_it_though_another_edited_it_last(cast: Cast) -> None:
    both = cast.police_officer_and_head
    request = actions.create_request(unit=cast.units["police"], by=both, content=content(cast))
    request = actions.edit_request(request=request, by=cast.police_officer, content={"subject": "Khác"})
    with pytest.raises(NotPermitted) as refusal:
        actions.send_request(request=request, by=both)
    assert refusal.value.code == "four_eyes"


def test_whoever_drafted_or_edited_an_answer_does_not_give_it(cast: Cast) -> None:
    asked = actions.create_request(
        unit=cast.units["customs"], by=cast.customs_officer, content=content(cast, addressee=cast.units["police"])
    )
    request = actions.send_request(request=asked, by=cast.customs_head)
    both = cast.police_officer_and_head
    actions.draft_answer(request=request, by=both, kind="answered", text="Một.")
    actions.draft_answer(request=request, by=cast.police_officer, kind="answered", text="Hai.")
    with pytest.raises(NotPermitted) as refusal:
        actions.give_answer(request=request, by=both)
    assert refusal.value.code == "four_eyes"
    actions.draft_answer(request=request, by=both, kind="answered", text="Ba.")
    with pytest.raises(NotPermitted):
        actions.give_answer(request=request, by=both)
    given = actions.give_answer(request=request, by=cast.police_head)
    assert given.answer is not None
    assert given.answer.text == "Ba."


def test_no_information_is_an_answer_and_stops_the_clock(cast: Cast) -> None:
    request = sent(cast)
    prepared(cast, request, kind="no_information", text="")
    request = actions.give_answer(request=request, by=cast.customs_head, at=hours(5))
    assert (request.status, request.answered_in_time) == ("answered", True)


def test_an_answer_needs_words_and_a_draft(cast: Cast) -> None:
    request = sent(cast)
    with pytest.raises(Incomplete) as refusal:
        actions.give_answer(request=request, by=cast.customs_head)
    assert refusal.value.code == "no_draft"
    for values in ({"text": " "}, {"kind": "refused"}, {"kind": "nonsense"}):
        with pytest.raises(Invalid):
            prepared(cast, request, **values)
    item = cast.items["police_released_to_customs"]
    with pytest.raises(Invalid):
        prepared(cast, request, kind="no_information", items=[item])


def test_a_refusal_needs_a_listed_reason_and_another_one_its_words(cast: Cast) -> None:
    request = sent(cast)
    for reason, text, field in (("", "x", "reason"), ("because", "x", "reason"), ("other", " ", "text")):
        with pytest.raises(Invalid) as refusal:
            actions.refuse_request(request=request, by=cast.customs_head, reason=reason, text=text)
        assert set(refusal.value.fields) == {field}
    request = actions.refuse_request(
        request=request, by=cast.customs_head, reason="other", text="Hết hạn.", at=hours(2)
    )
    assert request.answer is not None
    assert (request.status, request.answer.reason, request.answer.text) == ("refused", "other", "Hết hạn.")
    assert request.answered_in_time is True
    assert request.received_by == cast.customs_head, "whoever acts on it has received it"


def test_a_late_answer_is_late_whatever_it_says(cast: Cast) -> None:
    assert answered(cast, urgency="urgent", at=hours(10)).answered_in_time is False
    assert answered(cast, urgency="urgent", at=hours(9)).answered_in_time is True, "on the very moment"
    assert refused(cast, at=hours(1000)).answered_in_time is False


def test_an_open_request_is_overdue_once_the_deadline_has_passed(cast: Cast) -> None:
    request = sent(cast)
    assert request.due_at is not None
    assert not request.is_overdue_at(request.due_at)
    assert request.is_overdue_at(request.due_at + timedelta(seconds=1))
    assert request.answered_in_time is False, "its deadline lies in the past by now"
    assert actions.withdraw_request(request=request, by=cast.police_head, reason="Đã có.").answered_in_time is None


def test_the_asker_says_not_sufficient_once(cast: Cast) -> None:
    request = answered(cast, urgency="urgent")
    request = actions.reopen_request(request=request, by=cast.police_head, reason="Thiếu giờ.", at=hours(20))
    assert (request.status, request.answer, request.due_at) == ("received", None, hours(28))
    second = prepared(cast, request, text="Lúc 7 giờ.")
    request = actions.give_answer(request=request, by=cast.customs_head, at=hours(22))
    assert request.answer == second
    assert request.answers.count() == 2
    assert request.answered_in_time is True
    with pytest.raises(Conflict) as refusal:
        actions.reopen_request(request=request, by=cast.police_head, reason="Vẫn thiếu.")
    assert refusal.value.code == "reopened_before"


def test_a_first_answer_that_was_late_stays_late_after_the_second(cast: Cast) -> None:
    request = answered(cast, urgency="urgent", at=hours(50))
    request = actions.reopen_request(request=request, by=cast.police_head, reason="Thiếu.", at=hours(51))
    prepared(cast, request)
    assert actions.give_answer(request=request, by=cast.customs_head, at=hours(52)).answered_in_time is False


def test_a_refusal_can_be_reopened_with_a_deadline_of_ones_own(cast: Cast) -> None:
    request = refused(cast)
    with pytest.raises(Invalid) as refusal:
        actions.reopen_request(request=request, by=cast.police_head, reason="x", due_at=hours(3), at=hours(4))
    assert set(refusal.value.fields) == {"due_at"}
    request = actions.reopen_request(
        request=request, by=cast.police_head, reason="Đã có đồng ý.", due_at=hours(90), at=hours(4)
    )
    assert (request.status, request.due_at) == ("received", hours(90))


def test_both_sides_write_while_the_request_is_open(cast: Cast) -> None:
    request = sent(cast)
    for name, unit in (
        ("police_officer", "police"),
        ("police_head", "police"),
        ("police_system", "police"),
        ("customs_focal_point", "customs"),
        ("customs_analyst", "customs"),
    ):
        message = actions.write_message(request=request, by=cast.people[name], text=" Xin nói rõ. ")
        assert (message.unit.code, message.text) == (unit, "Xin nói rõ.")
    with pytest.raises(Invalid):
        actions.write_message(request=request, by=cast.police_officer, text=" ")
    for name in ("border_officer", "north_officer", "secretariat", "auditor", "operator"):
        with pytest.raises(NotPermitted):
            actions.write_message(request=request, by=cast.people[name], text="x")
    for closed in (drafted(cast), answered(cast), refused(cast)):
        with pytest.raises(TransitionError):
            actions.write_message(request=closed, by=cast.police_officer, text="x")
    assert RequestMessage.objects.filter(request=request).count() == 5


def test_drafting_an_answer_does_not_touch_the_request(cast: Cast) -> None:
    request = sent(cast)
    before = InformationRequest.objects.filter(pk=request.pk).values().get()
    prepared(cast, request)
    prepared(cast, request, by=cast.customs_analyst, text="Khác.")
    assert InformationRequest.objects.filter(pk=request.pk).values().get() == before
    answer = Answer.objects.get(request=request)
    assert (answer.drafted_by, answer.edited_by, answer.text) == (cast.customs_officer, cast.customs_analyst, "Khác.")


def test_somebody_elses_change_is_not_written_over(cast: Cast) -> None:
    request = drafted(cast)
    actions.edit_request(request=request, by=cast.police_officer_2, content={"subject": "Khác"}, expected_revision=1)
    with pytest.raises(Stale):
        actions.edit_request(request=request, by=cast.police_officer, content={"subject": "x"}, expected_revision=1)
    with pytest.raises(Stale):
        actions.send_request(request=request, by=cast.police_head, expected_revision=1)
