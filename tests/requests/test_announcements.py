"""Who is told of what happens to a request, and that nobody is told what it asks."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from registry.notices.models import Notice
from registry.requests import actions, jobs
from registry.requests.models import InformationRequest
from tests.cast import Cast
from tests.requests.stories import content

SECRET = "Đường dây ma túy tuyệt đối không được lộ"
ASKING = {"police_officer", "police_head"}
FOCAL = {"customs_focal_point"}


def told(kind: str) -> set[str]:
    return {n.user.username for n in Notice.objects.filter(kind=kind)}


def sent(cast: Cast, **changes: Any) -> InformationRequest:
    """Police ask customs, now."""
    written = content(cast, subject=SECRET, question=SECRET, purpose=SECRET, **changes)
    one = actions.create_request(unit=cast.units["police"], by=cast.police_officer, content=written)
    return actions.send_request(request=one, by=cast.police_head)


def answered(cast: Cast, request: InformationRequest) -> InformationRequest:
    actions.draft_answer(request=request, by=cast.customs_officer, kind="answered", text=SECRET)
    return actions.give_answer(request=request, by=cast.customs_head)


def test_a_draft_is_told_to_nobody(cast: Cast) -> None:
    before = Notice.objects.count()
    one = actions.create_request(unit=cast.units["police"], by=cast.police_officer, content=content(cast))
    actions.discard_request(request=one, by=cast.police_officer)
    assert Notice.objects.count() == before


def test_the_addressees_focal_points_are_told_of_a_request(cast: Cast) -> None:
    one = sent(cast)
    notice = Notice.objects.get(kind="request_received")
    assert (notice.user, notice.unit) == (cast.customs_focal_point, cast.units["customs"])
    assert notice.reference == one.reference
    assert notice.path == f"/admin/requests/informationrequest/{one.pk}/change/"


def test_whoever_asked_is_told_of_each_answer(cast: Cast) -> None:
    one = answered(cast, sent(cast))
    assert told("request_answered") == ASKING
    one = actions.reopen_request(request=one, by=cast.police_head, reason=SECRET)
    assert told("request_reopened") == FOCAL | {"customs_head"}
    answered(cast, one)
    assert Notice.objects.filter(kind="request_answered", user=cast.police_officer).count() == 2


def test_whoever_asked_is_told_of_a_refusal_and_the_addressee_of_a_withdrawal(cast: Cast) -> None:
    actions.refuse_request(request=sent(cast), by=cast.customs_head, reason="other", text=SECRET)
    assert told("request_refused") == ASKING
    actions.withdraw_request(request=sent(cast), by=cast.police_head, reason=SECRET)
    assert told("request_withdrawn") == FOCAL


def test_they_are_reminded_a_quarter_before_the_deadline_and_at_it(cast: Cast, time_machine: Any) -> None:
    """Four days: a quarter is one."""
    start = timezone.now().replace(microsecond=0)
    time_machine.move_to(start, tick=False)
    one = sent(cast, due_at=start + timedelta(days=4))
    for after, soon, overdue in (
        (timedelta(days=3, seconds=-1), set(), set()),
        (timedelta(days=3), FOCAL, set()),
        (timedelta(days=4, seconds=-1), FOCAL, set()),
        (timedelta(days=4), FOCAL, FOCAL | ASKING | {"customs_head"}),
        (timedelta(days=9), FOCAL, FOCAL | ASKING | {"customs_head"}),
    ):
        time_machine.move_to(start + after, tick=False)
        for _time in range(2):
            jobs.remind_answers.func(0)
        assert (told("request_due_soon"), told("request_overdue")) == (soon, overdue), after
    assert Notice.objects.filter(key__startswith=f"request:{one.pk}:overdue").count() == 4


def test_what_is_answered_needs_no_reminder(cast: Cast, time_machine: Any) -> None:
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    answered(cast, sent(cast))
    time_machine.move_to(start + timedelta(days=8), tick=False)
    jobs.remind_answers.func(0)
    assert told("request_overdue") == told("request_due_soon") == set()


def test_a_reopened_request_is_reminded_of_anew(cast: Cast, time_machine: Any) -> None:
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    one = sent(cast, due_at=start + timedelta(days=1))
    time_machine.move_to(start + timedelta(days=2), tick=False)
    jobs.remind_answers.func(0)
    one = answered(cast, InformationRequest.objects.get(pk=one.pk))
    actions.reopen_request(request=one, by=cast.police_head, reason=SECRET, due_at=start + timedelta(days=3))
    time_machine.move_to(start + timedelta(days=4), tick=False)
    jobs.remind_answers.func(0)
    assert Notice.objects.filter(kind="request_overdue", user=cast.customs_head).count() == 2


def test_no_notice_holds_a_word_of_it_and_each_leads_to_a_page_its_reader_may_open(cast: Cast, desk: Any) -> None:
    one = actions.reopen_request(request=answered(cast, sent(cast)), by=cast.police_head, reason=SECRET)
    actions.refuse_request(request=one, by=cast.customs_head, reason="secrecy")
    texts = str(list(Notice.objects.values()))
    assert not [word for word in (SECRET, "Đường", "tuyệt") if word in texts]
    for notice in Notice.objects.filter(kind__startswith="request"):
        assert desk(notice.user.username).get(notice.path).status_code == 200, notice


def test_the_old_stories_are_told_to_nobody(cast: Cast) -> None:
    assert not Notice.objects.filter(kind__startswith="request").exists()
    assert jobs.remind_answers.func(0) is None
    assert not Notice.objects.filter(kind__startswith="request").exists()
