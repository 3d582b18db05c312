"""Mails: what they say, that they are sent once, and what is asked again before they go."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from agencies.actions import end_role, set_active, set_email
from registry.notices import jobs, mailing
from registry.notices.actions import mark_read, set_preference
from registry.notices.mailing import mail_digest, mail_notice, waiting_for_digest
from registry.notices.models import Notice
from tests.cast import Cast
from tests.notices.told import PATH, reachable, tell
from tests.notices.told import jobs as queued

pytestmark = pytest.mark.usefixtures("mail_server")


@pytest.fixture
def notice(cast: Cast) -> Notice:
    reachable(cast, "customs_head")
    return tell(cast, "customs_head")[0]


def test_a_mail_says_what_happened_to_which_number_and_where_to_read_it(notice: Notice) -> None:
    notice.user.language = "en"
    notice.user.save()
    assert mail_notice(notice_id=notice.pk) is None
    (sent,) = mail.outbox
    assert sent.subject == "Registry: Item delivered POLICE-2024-000152"
    assert sent.body.splitlines() == [
        "Item delivered: POLICE-2024-000152",
        f"https://registry.example.org{PATH}",
        "",
        "This message says nothing of the content. Sign in to read it.",
    ]
    assert (sent.to, sent.from_email) == (["customs_head@example.org"], "registry@example.org")
    assert sent.extra_headers["Message-ID"] == f"<notice-{notice.pk}@example.org>"
    assert sent.message()["Message-ID"] == f"<notice-{notice.pk}@example.org>"
    assert (sent.content_subtype, sent.attachments) == ("plain", [])


def test_a_second_run_sends_nothing(notice: Notice) -> None:
    mail_notice(notice_id=notice.pk)
    mail_notice(notice_id=notice.pk)
    assert len(mail.outbox) == 1
    assert Notice.objects.get(pk=notice.pk).emailed_at is not None


def test_without_an_address_of_the_registry_the_link_is_a_path(notice: Notice, settings: Any) -> None:
    settings.BASE_URL = ""
    mail_notice(notice_id=notice.pk)
    assert mail.outbox[0].body.splitlines()[1] == PATH


def test_a_mail_that_was_not_noted_goes_again_under_the_same_id(
    notice: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker dies between sending and noting."""

    def die(*_args: Any, **_kwargs: Any) -> None:
        raise OSError("gone")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="gone"):
        patch.setattr(Notice, "save", die)
        mail_notice(notice_id=notice.pk)
    assert Notice.objects.get(pk=notice.pk).emailed_at is None
    mail_notice(notice_id=notice.pk)
    mail_notice(notice_id=notice.pk)
    assert len({m.extra_headers["Message-ID"] for m in mail.outbox}) == 1
    assert len(mail.outbox) == 2


def shut_out(cast: Cast, notice: Notice) -> None:
    set_active(user=cast.customs_head, active=False, by=None)


def left(cast: Cast, notice: Notice) -> None:
    end_role(membership=cast.customs_head.memberships.get(), by=None)


def read(cast: Cast, notice: Notice) -> None:
    mark_read(notice=notice, by=cast.customs_head)


def changed_mind(cast: Cast, notice: Notice) -> None:
    set_preference(by=cast.customs_head, kind="*", email="never")


def no_address(cast: Cast, notice: Notice) -> None:
    set_email(user=cast.customs_head, email="", by=None)


@pytest.mark.parametrize("change", [shut_out, left, read, changed_mind, no_address])
def test_before_a_mail_goes_it_is_asked_again_whether_it_may(cast: Cast, notice: Notice, change: Any) -> None:
    change(cast, notice)
    assert mail_notice(notice_id=notice.pk) is None
    assert mail.outbox == []
    assert Notice.objects.get(pk=notice.pk).emailed_at is None


def test_a_job_that_runs_in_quiet_hours_comes_again_at_their_end(cast: Cast, notice: Notice, time_machine: Any) -> None:
    set_preference(by=cast.customs_head, kind="*", email="immediately", quiet_from=time(22), quiet_to=time(6))
    time_machine.move_to("2026-05-14T23:30:00+07:00", tick=False)
    jobs.send_notice_mail.func(str(notice.pk))
    assert mail.outbox == []
    assert queued()[-1].scheduled_at == datetime(2026, 5, 14, 23, 0, tzinfo=UTC)


def test_a_notice_that_is_gone_or_was_never_to_be_mailed_is_left_alone(cast: Cast) -> None:
    mail_notice(notice_id=uuid4())
    (quiet,) = tell(cast, "customs_officer")
    mail_notice(notice_id=quiet.pk)
    assert mail.outbox == []


def test_a_digest_is_one_mail_with_all_that_was_not_read(cast: Cast) -> None:
    reachable(cast, "customs_head", "digest")
    for number in range(3):
        tell(cast, "customs_head", key=f"event:{number}", reference=f"POLICE-2024-{number:06}")
    mark_read(notice=Notice.objects.get(key="event:1"), by=cast.customs_head)
    until = timezone.now() + timedelta(seconds=1)
    assert waiting_for_digest(until) == [cast.customs_head.pk]
    assert mail_digest(user_id=cast.customs_head.pk, until=until) == 2
    assert mail_digest(user_id=cast.customs_head.pk, until=until) == 0
    (sent,) = mail.outbox
    assert [line[-6:] for line in sent.body.splitlines() if "POLICE" in line] == ["000000", "000002"]
    assert waiting_for_digest(until) == []


def test_a_digest_goes_to_nobody_without_an_address(cast: Cast) -> None:
    reachable(cast, "customs_head", "digest")
    tell(cast, "customs_head")
    set_email(user=cast.customs_head, email="", by=None)
    assert mail_digest(user_id=cast.customs_head.pk, until=timezone.now()) == 0
    assert mail.outbox == []


def test_digests_are_queued_for_what_is_older_than_seven_and_not_in_quiet_hours(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-05-14T06:30:00+07:00", tick=False)
    reachable(cast, "customs_head", "digest")
    reachable(cast, "customs_analyst", "digest", quiet_from=time(22), quiet_to=time(8))
    tell(cast, "customs_head", "customs_analyst")

    def queued_for() -> list[str]:
        return [job.args["user_id"] for job in queued("notices.send_digest")]

    jobs.send_digests.func(0)
    assert queued_for() == []
    time_machine.move_to("2026-05-14T07:00:00+07:00", tick=False)
    jobs.send_digests.func(0)
    assert queued_for() == [str(cast.customs_head.pk)]
    (job,) = queued("notices.send_digest")
    jobs.send_digest.func(**job.args)
    time_machine.move_to("2026-05-14T08:00:00+07:00", tick=False)
    jobs.send_digests.func(0)
    assert queued_for()[1:] == [str(cast.customs_analyst.pk)]
    assert [m.to for m in mail.outbox] == [["customs_head@example.org"]]
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<digest-{cast.customs_head.pk}-2026-05-14@example.org>"


def test_what_is_over_in_a_digest_stands_in_the_next(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailing, "MOST_LINES", 2)
    reachable(cast, "customs_head", "digest")
    for number in range(3):
        tell(cast, "customs_head", key=f"event:{number}")
    until = timezone.now() + timedelta(seconds=1)
    assert [mail_digest(user_id=cast.customs_head.pk, until=until) for _time in range(3)] == [2, 1, 0]
