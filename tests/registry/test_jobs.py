"""What the job worker does by the clock."""

from datetime import timedelta
from typing import Any
from unittest.mock import AsyncMock, Mock

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from registry import jobs
from registry.api.idempotency import LIFETIME
from registry.api.models import IdempotencyKey


def test_the_worker_finds_every_task() -> None:
    """It imports the module of this name from every app."""
    assert settings.PROCRASTINATE_AUTODISCOVER_MODULE_NAME == "jobs"
    known = set(app.tasks)
    assert {"reports.build_report", "registry.rescue_stalled_jobs", "registry.forget_old_answers"} <= known


def test_jobs_of_dead_workers_go_back_into_the_queue() -> None:
    stalled = [Mock(id=1), Mock(id=2)]
    manager = Mock(get_stalled_jobs=AsyncMock(return_value=stalled), retry_job=AsyncMock())
    context: Any = Mock(app=Mock(job_manager=manager))
    async_to_sync(jobs.rescue_stalled_jobs.func)(context, 0)
    manager.get_stalled_jobs.assert_awaited_once_with(seconds_since_heartbeat=jobs.SILENT_SECONDS)
    assert [call.args[0] for call in manager.retry_job.await_args_list] == stalled


@pytest.mark.django_db
def test_answers_are_forgotten_when_they_are_too_old() -> None:
    for key, age in (("old", LIFETIME + timedelta(hours=1)), ("young", timedelta(hours=1))):
        row = IdempotencyKey.objects.create(caller="c", key=key, request_hash="h")
        IdempotencyKey.objects.filter(pk=row.pk).update(created_at=timezone.now() - age)
    jobs.forget_old_answers.func(0)
    assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["young"]
