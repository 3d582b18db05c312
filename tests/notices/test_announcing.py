"""Telling: once, to whoever is there, without content, in the transaction of what happened."""

from datetime import time
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from agencies.actions import end_role, set_active
from registry.notices.announcing import ContentRefusedError
from registry.notices.models import Notice
from tests.cast import Cast
from tests.notices.told import PATH, jobs, reachable, tell


def test_each_is_told_once_however_often_it_is_said(cast: Cast) -> None:
    assert len(tell(cast, "customs_officer", "customs_head")) == 2
    assert tell(cast, "customs_officer", "customs_head") == []
    assert [n.user for n in tell(cast, "customs_officer", "customs_analyst")] == [cast.customs_analyst]
    assert len(tell(cast, "customs_officer", "customs_officer", key="event:2")) == 1
    assert Notice.objects.filter(key="event:1").count() == 3


def test_a_notice_holds_kind_reference_page_and_nothing_else(cast: Cast) -> None:
    (notice,) = tell(cast, "customs_officer")
    told = Notice.objects.get(pk=notice.pk)
    assert (told.kind, told.reference, told.path) == ("item_delivered", "POLICE-2024-000152", PATH)
    texts = {f.name for f in Notice._meta.get_fields() if f.get_internal_type() in {"CharField", "TextField"}}
    assert texts == {"kind", "reference", "path", "key", "mail"}


@pytest.mark.parametrize(
    "changes",
    [
        {"reference": "Tin về đường dây ma túy"},
        {"reference": "two words"},
        {"reference": ""},
        {"reference": "x" * 65},
        {"path": "https://elsewhere.example.org/"},
        {"path": "//elsewhere.example.org/admin/"},
        {"path": "/admin/information/delivery/?q=title"},
        {"path": "/admin/information/delivery/Tin mật/change/"},
        {"kind": "gossip"},
        {"key": "Tin về đường dây"},
    ],
)
def test_whatever_could_be_content_is_refused(cast: Cast, changes: dict[str, Any]) -> None:
    with pytest.raises(ContentRefusedError):
        tell(cast, "customs_officer", **{"key": "event:1", **changes})
    assert not Notice.objects.filter(key="event:1").exists()


def test_nobody_is_told_who_was_shut_out(cast: Cast) -> None:
    set_active(user=cast.customs_officer, active=False, by=None)
    cast.people["customs_officer"] = cast.again("customs_officer")
    assert tell(cast, "customs_officer") == []


def test_whoever_leaves_the_unit_no_longer_sees_its_notices(cast: Cast) -> None:
    tell(cast, "customs_officer")
    assert Notice.objects.visible_to(cast.customs_officer).count() == 1
    end_role(membership=cast.customs_officer.memberships.get(), by=None)
    assert Notice.objects.visible_to(cast.again("customs_officer")).count() == 0


def test_the_operator_has_no_notices_by_being_operator(cast: Cast) -> None:
    tell(cast, "operator", unit=None)
    assert Notice.objects.visible_to(cast.operator).count() == 0


@pytest.mark.usefixtures("mail_server")
def test_mail_is_opt_in_and_goes_by_the_queue(cast: Cast) -> None:
    reachable(cast, "customs_head")
    reachable(cast, "customs_analyst", "digest")
    reachable(cast, "customs_focal_point", "never")
    made = tell(cast, "customs_officer", "customs_head", "customs_analyst", "customs_focal_point")
    assert {n.user.username: n.mail for n in made} == {
        "customs_officer": "never",
        "customs_head": "immediately",
        "customs_analyst": "digest",
        "customs_focal_point": "never",
    }
    (head,) = [n for n in made if n.user == cast.customs_head]
    assert [job.args for job in jobs()] == [{"notice_id": str(head.pk)}]
    assert mail.outbox == []


@pytest.mark.usefixtures("mail_server")
def test_a_repeat_puts_no_second_job_into_the_queue(cast: Cast) -> None:
    reachable(cast, "customs_head")
    for _time in range(3):
        tell(cast, "customs_head")
    assert len(jobs()) == 1


@pytest.mark.usefixtures("mail_server")
def test_a_rollback_leaves_neither_notice_nor_job(cast: Cast) -> None:
    reachable(cast, "customs_head")
    with transaction.atomic():
        assert len(tell(cast, "customs_head")) == 1
        assert len(jobs()) == 1
        transaction.set_rollback(True)
    assert jobs() == []
    assert not Notice.objects.filter(key="event:1").exists()


def test_without_a_mail_server_no_mail_is_promised(cast: Cast) -> None:
    reachable(cast, "customs_head")
    (notice,) = tell(cast, "customs_head")
    assert (notice.mail, jobs()) == ("never", [])


@pytest.mark.usefixtures("mail_server")
def test_a_choice_for_the_kind_goes_before_the_choice_for_everything(cast: Cast) -> None:
    reachable(cast, "customs_head", "never")
    reachable(cast, "customs_head", "immediately", kind="item_recalled")
    assert [n.mail for n in tell(cast, "customs_head")] == ["never"]
    assert [n.mail for n in tell(cast, "customs_head", key="event:2", kind="item_recalled")] == ["immediately"]


@pytest.mark.usefixtures("mail_server")
def test_quiet_hours_put_the_mail_off_and_flash_does_not_wait(cast: Cast, time_machine: Any) -> None:
    reachable(cast, "customs_head", quiet_from=time(22), quiet_to=time(6))
    time_machine.move_to("2024-05-14T23:30:00+07:00", tick=False)
    tell(cast, "customs_head")
    tell(cast, "customs_head", key="event:2", flash=True)
    waiting, at_once = jobs()
    assert waiting.scheduled_at is not None
    assert waiting.scheduled_at.isoformat() == "2024-05-14T23:00:00+00:00"
    assert at_once.scheduled_at is None


def test_telling_many_asks_as_often_as_telling_one(cast: Cast) -> None:
    counts = []
    for key, names in (
        ("event:1", ["customs_head"]),
        ("event:2", ["customs_head", "customs_officer", "customs_analyst"]),
    ):
        with CaptureQueriesContext(connection) as queries:
            tell(cast, *names, key=key)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5
