"""A write repeated under one key is done once, whoever repeats it how often, also after the process died."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

from agencies.audit.models import AuditEvent
from registry.information import actions
from registry.information.models import InformationItem
from tests.cast import draft
from tests.database import TOP
from tests.proofs.conftest import Committed
from tests.proofs.crowds import rush
from tests.proofs.dying import BODY
from tests.proofs.figures import Tell
from tests.proofs.races import submitted
from tests.proofs.server import Answer, ask

CREATE = ("POST", "information-items")


def made(answers: Sequence[Any]) -> tuple[int, int, set[tuple[int, bytes]]]:
    """Of answers to one repeated request for a draft: drafts there are, audit events of them, different answers."""
    wrong = [one for one in answers if not isinstance(one, Answer)]
    assert wrong == []
    ids = {one.data["id"] for one in answers}
    drafts = InformationItem.objects.filter(pk__in=ids).count()
    events = AuditEvent.objects.filter(action="item.create", object_id__in=ids).count()
    return drafts, events, {(one.status, one.body) for one in answers}


def repeat(committed: Committed, key: str, parallel: int, serial: int) -> list[Any]:
    """The same request at once from many threads, then again and again."""
    secret = committed.cast().secrets["police_officer"]
    before = InformationItem.objects.count()
    answers = rush(parallel, 1, lambda _turn, _thread: ask(secret, *CREATE, BODY, Idempotency_Key=key))[0]
    answers += [ask(secret, *CREATE, BODY, Idempotency_Key=key) for _ in range(serial)]
    assert InformationItem.objects.count() == before + 1
    return answers


def test_a_write_repeated_at_once_is_done_once(committed: Committed) -> None:
    drafts, events, different = made(repeat(committed, "few", parallel=8, serial=4))
    assert (drafts, events, len(different)) == (1, 1, 1)


@pytest.mark.prove
@pytest.mark.parametrize("turn", range(3))
def test_a_write_repeated_two_hundred_times_is_done_once(committed: Committed, figures: Tell, turn: int) -> None:
    answers = repeat(committed, f"many-{turn}", parallel=100, serial=100)
    drafts, events, different = made(answers)
    replayed = sum(one.headers.get("Idempotency-Replayed") == "true" for one in answers)
    figures(
        "one idempotency key, 100 at once and 100 after",
        requests=len(answers),
        drafts=drafts,
        audit_events=events,
        different_answers=len(different) - 1,
    )
    assert (drafts, events, len(different), replayed) == (1, 1, 1, len(answers) - 1)


def test_a_move_repeated_at_once_is_made_once_and_answered_alike(committed: Committed) -> None:
    cast = committed.cast()
    item = submitted(cast)
    path, secret, body = f"information-items/{item.pk}/release", cast.secrets["police_head"], {"preview": item.seen}
    got = rush(8, 1, lambda _turn, _thread: ask(secret, "POST", path, body, Idempotency_Key="release"))[0]
    assert {(one.status, one.body, one.headers["ETag"]) for one in got} == {(200, got[0].body, got[0].headers["ETag"])}
    assert AuditEvent.objects.filter(action="item.release", object_id=str(item.pk)).count() == 1


def test_another_body_address_or_method_under_a_used_key_is_refused(committed: Committed) -> None:
    cast = committed.cast()
    secret, item = cast.secrets["police_officer"], draft(cast, by=cast.police_officer, to=("customs",))
    first = ask(secret, *CREATE, BODY, Idempotency_Key="used")
    assert first.status == 201
    for method, path, body in (
        (*CREATE, BODY | {"title": "Khác"}),
        ("POST", f"information-items/{item.pk}/submit", BODY),
        ("PATCH", "information-items", BODY),
    ):
        answer = ask(secret, method, path, body, Idempotency_Key="used")
        assert (answer.status, answer.data["code"]) == (422, "idempotency_key_reused")
    assert InformationItem.objects.get(pk=item.pk).status == "draft"


def test_a_key_belongs_to_whoever_sent_it(committed: Committed) -> None:
    secrets = committed.cast().secrets
    answers = [ask(secrets[name], *CREATE, BODY, Idempotency_Key="mine") for name in ("police_officer", "two_units")]
    assert {one.status for one in answers} == {201}
    assert answers[0].data["id"] != answers[1].data["id"]
    assert all("Idempotency-Replayed" not in one.headers for one in answers)


def test_two_keys_of_one_person_are_two_callers(committed: Committed) -> None:
    secrets = committed.cast().secrets
    answers = [ask(secrets[name], *CREATE, BODY, Idempotency_Key="both") for name in ("police_officer", "read_only")]
    assert [one.status for one in answers] == [201, 403], "a key that may not write is not served another's answer"


def test_a_refused_write_keeps_no_key(committed: Committed) -> None:
    secret = committed.cast().secrets["police_officer"]
    assert ask(secret, *CREATE, BODY | {"topic": "none"}, Idempotency_Key="again").status == 400
    assert ask(secret, *CREATE, BODY, Idempotency_Key="again").status == 201


def test_a_write_that_failed_is_undone_and_can_be_repeated(
    committed: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, create = committed.cast().secrets["police_officer"], actions.create_item
    before = InformationItem.objects.count()

    def fails(**given: Any) -> None:
        create(**given)
        raise RuntimeError("broken")

    monkeypatch.setattr(actions, "create_item", fails)
    assert ask(secret, *CREATE, BODY, Idempotency_Key="failed").status == 500
    assert InformationItem.objects.count() == before
    monkeypatch.setattr(actions, "create_item", create)
    assert ask(secret, *CREATE, BODY, Idempotency_Key="failed").status == 201


def killed(committed: Committed, moment: str, secret: str, key: str) -> None:
    """A process of its own makes the request and dies."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{committed.name}").geturl()
    command = [sys.executable, "-m", "tests.proofs.dying", moment, secret, key]
    env = {**os.environ, "DATABASE_URL": url, "ALLOWED_HOSTS": "testserver"}
    done = subprocess.run(command, cwd=TOP, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


def check_after_a_kill(committed: Committed, moment: str, key: str) -> None:
    secret = committed.cast().secrets["police_officer"]
    before = InformationItem.objects.count()
    killed(committed, moment, secret, key)
    assert InformationItem.objects.count() == before + (moment == "after")
    answers = [ask(secret, *CREATE, BODY, Idempotency_Key=key) for _ in range(3)]
    drafts, events, different = made(answers)
    assert (drafts, events, len(different)) == (1, 1, 1)
    assert InformationItem.objects.count() == before + 1
    assert (answers[0].headers.get("Idempotency-Replayed") == "true") == (moment == "after")


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_write_whose_process_died_is_done_once(committed: Committed, moment: str) -> None:
    check_after_a_kill(committed, moment, f"dead-{moment}")


@pytest.mark.prove
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_write_whose_process_died_is_done_once_every_time(committed: Committed, figures: Tell, moment: str) -> None:
    for turn in range(15):
        check_after_a_kill(committed, moment, f"dead-{moment}-{turn}")
    figures("idempotency over killed processes", kills=15, done_twice=0, lost=0, note=f"killed {moment} the commit: 15")


def test_no_key_is_left_waiting(committed: Committed) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM api_idempotencykey WHERE status IS NULL")
        assert cursor.fetchone() == (0,)
