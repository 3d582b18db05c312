"""The job worker itself, on a database in which things are really committed: a copy of that of the cast."""

import asyncio
import pickle
from collections.abc import Iterator
from typing import Any
from unittest.mock import Mock

import pytest
from asgiref.sync import async_to_sync
from django.core import mail
from django.core.mail.backends import locmem
from django.db import connections
from procrastinate.contrib.django import app

from registry.jobs import SILENT_SECONDS, rescue_stalled_jobs
from registry.notices.models import Notice
from tests.cast import Cast
from tests.copies import copied, speaking_to
from tests.notices.told import jobs, reachable, tell
from tests.raw import sql

pytestmark = pytest.mark.usefixtures("mail_server")


@pytest.fixture
def office(cast_database: tuple[str, bytes], django_db_blocker: Any) -> Iterator[Cast]:
    """The cast, where whatever a test does stays until the database is dropped."""
    source, made = cast_database
    with copied(source, f"{source}_worker", django_db_blocker) as name, speaking_to(name, django_db_blocker):
        yield pickle.loads(made)


def work() -> None:
    """A worker takes up what is in the queue of mails and ends."""

    async def run() -> None:
        worker = app.with_connector(app.connector.get_worker_connector())
        async with worker.open_async():
            await worker.run_worker_async(
                queues=["mail"], wait=False, install_signal_handlers=False, listen_notify=False, concurrency=1
            )

    asyncio.run(run())
    connections.close_all()


def statuses() -> list[str]:
    return [job.status for job in jobs()]


def test_the_worker_finds_the_tasks_and_nothing_waits_for_them(office: Cast) -> None:
    assert {"notices.send_notice_mail", "notices.send_digest", "notices.send_digests"} <= set(app.tasks)
    assert "information.remind_receipts" in app.tasks
    assert jobs() == []


def test_a_mail_is_sent_once_however_often_workers_run(office: Cast) -> None:
    reachable(office, "customs_head")
    (notice,) = tell(office, "customs_head")
    assert statuses() == ["todo"]
    work()
    work()
    assert (statuses(), len(mail.outbox)) == (["succeeded"], 1)
    assert Notice.objects.filter(emailed_at__isnull=False).count() == 1
    assert notice.emailed_at is None


def test_a_mail_server_that_does_not_answer_is_asked_again_later(office: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    reachable(office, "customs_head")
    tell(office, "customs_head")

    def refuse(*_args: Any) -> int:
        raise ConnectionRefusedError("no mail server")

    with monkeypatch.context() as patch:
        patch.setattr(locmem.EmailBackend, "send_messages", refuse)
        work()
    (job,) = jobs()
    assert (job.status, job.attempts, mail.outbox) == ("todo", 1, [])
    assert sql("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE scheduled_at > now()") == 1
    work()
    assert (statuses(), len(mail.outbox)) == (["succeeded"], 1)


def test_the_job_of_a_killed_worker_is_taken_up_by_another(office: Cast) -> None:
    """It had begun: the mail may be out already, and the one that goes again bears the same Message-ID."""
    reachable(office, "customs_head")
    (notice,) = tell(office, "customs_head")
    sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '2 seconds')", SILENT_SECONDS)
    sql("UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT max(id) FROM procrastinate_workers)")
    work()
    assert (statuses(), mail.outbox) == (["doing"], [])
    context: Any = Mock(app=app)
    async_to_sync(rescue_stalled_jobs.func)(context, 0)
    assert statuses() == ["todo"]
    work()
    assert statuses() == ["succeeded"]
    assert [m.extra_headers["Message-ID"] for m in mail.outbox] == [f"<notice-{notice.pk}@example.org>"]
    assert Notice.objects.filter(emailed_at__isnull=False).count() == 1
