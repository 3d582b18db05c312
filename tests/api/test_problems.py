"""Refusals over HTTP: logged when somebody tried what is not theirs; the database's own no is no failure of ours."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError

from agencies.audit.models import AuditEvent
from registry.information import actions
from tests.cast import Cast
from tests.clients import ApiClient

Api = Callable[[str | None], ApiClient]


@pytest.mark.parametrize(
    ("name", "path", "body", "action"),
    [
        ("police_officer", "information-items/{}/release", {}, "information-item.release"),
        ("auditor", "information-items/{}/submit", {}, "information-item.submit"),
        ("read_only", "information-items/{}/submit", {}, "information-item.submit"),
    ],
)
def test_a_denied_attempt_is_kept(cast: Cast, name: str, path: str, body: object, action: str) -> None:
    item = cast.items["police_submitted"]
    answer = ApiClient(cast.secrets[name]).post(path.format(item.pk), body)
    assert answer.status_code == 403
    event = AuditEvent.objects.filter(outcome="denied").latest("pk")
    assert (event.object_id, event.action) == (str(item.pk), action)
    assert cast.fresh("police_submitted").status == "submitted"


def test_what_the_databases_rules_refuse_is_a_conflict(cast: Cast, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**given: object) -> None:
        raise IntegrityError("duplicate key value")

    monkeypatch.setattr(actions, "submit_item", refused)
    answer = api("police_officer").post(f"information-items/{cast.items['police_draft'].pk}/submit", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "rule_violation")
