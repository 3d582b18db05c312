"""Whatever shows content is written down before the first byte, with everything it showed; else nothing leaves."""

import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from agencies.audit.models import AuditEvent
from registry.cases import actions as case_actions
from registry.information.actions import preview_release
from tests.audit.conftest import Log
from tests.audit.surfaces import SURFACES, TITLE, Surface
from tests.cast import Cast
from tests.clients import ApiClient, api_client, browser
from tests.raw import sql

Api = Callable[[str | None], ApiClient]
Desk = Callable[[str | None], Client]
surfaces = pytest.mark.parametrize("surface", SURFACES, ids=str)
BESIDE = {"delivery.open", "item.readers"}
"""What the first reading of a delivery, and the panel on the originator's page, leave besides."""


@pytest.fixture
def linked(cast: Cast) -> Cast:
    """The item serves the joint case."""
    item = cast.items["police_released_to_two"]
    case_actions.link_item(case=cast.cases["case_joint"], by=cast.police_officer, item=item)
    return cast


@surfaces
def test_a_disclosure_leaves_one_event_that_names_what_it_showed(linked: Cast, log: Log, surface: Surface) -> None:
    log.mark()
    status, text = surface.ask(linked)
    assert status == 200, text[:200]
    (event,) = [e for e in log.events() if e.action not in BESIDE - {surface.action}]
    assert (event.action, event.object_type, event.actor) == (surface.action, surface.kind, surface.person)
    assert event.request_id
    item = linked.items["police_released_to_two"]
    assert (event in AuditEvent.objects.about(str(item.pk))) == surface.item


def test_a_list_names_its_records_in_the_order_shown(cast: Cast, api: Api, log: Log) -> None:
    shown = [row["id"] for row in api("customs_officer").get("information-items?page_size=4").json()["results"]]
    (event,) = log.events()
    assert [str(pk) for pk in event.subjects] == shown
    assert len(shown) == 4


@pytest.mark.parametrize(("name", "query"), [("customs_officer", "?q=khong-co-tin-nay"), ("coast_officer", "")])
def test_an_empty_list_discloses_nothing(cast: Cast, api: Api, log: Log, name: str, query: str) -> None:
    assert api(name).get(f"information-items{query}").json()["results"] == []
    assert log.events() == []


def test_a_page_that_comes_back_with_faults_is_a_disclosure_too(cast: Cast, desk: Desk, log: Log) -> None:
    page = f"/admin/information/informationitem/{cast.items['police_draft'].pk}/change/"
    answer = desk("police_officer").post(page, {"title": ""})
    assert answer.status_code == 200
    assert log.told() == [("read", "police_officer")]


def test_whoever_takes_a_report_away_is_written_down(cast: Cast, api: Api, log: Log) -> None:
    api("customs_officer").get("reports/2024-Q2")
    (event,) = log.events()
    assert (event.action, event.object_ref) == ("report.read", "2024-Q2")


# --- when the log cannot be written --------------------------------------------------------------------------------


class FullDiskError(DatabaseError):
    """What the database would say."""


def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: AuditEvent, *args: Any, **kwargs: Any) -> None:
        raise FullDiskError("could not extend file: No space left on device")

    monkeypatch.setattr(AuditEvent, "save", refuse)


def broken_in_the_database() -> None:
    """The insert itself fails, as with a full disk."""
    sql("ALTER TABLE audit_auditevent ADD CONSTRAINT no_room CHECK (false) NOT VALID")


@surfaces
def test_nothing_is_told_when_the_log_cannot_be_written(
    linked: Cast, monkeypatch: pytest.MonkeyPatch, surface: Surface
) -> None:
    broken(monkeypatch)
    status, text = surface.ask(linked)
    assert status == 500
    assert TITLE not in text
    assert linked.items["police_released_to_two"].reference not in text


@pytest.mark.parametrize("surface", random.Random(7).sample(SURFACES, 8), ids=str)
def test_nothing_is_told_when_the_database_refuses_the_event(linked: Cast, surface: Surface) -> None:
    with transaction.atomic():
        broken_in_the_database()
        status, text = surface.ask(linked)
        transaction.set_rollback(True)
    assert status in {409, 500}
    assert TITLE not in text


Write = tuple[str, str, dict[str, Any]]
WRITES: tuple[Write, ...] = (
    ("police_officer", "information-items/{draft}/submit", {}),
    ("police_head", "information-items/{submitted}/release", {}),
    ("police_head", "information-items/{sent}/recall", {"reason": "Rút."}),
    ("customs_focal_point", "deliveries/{delivery}/acknowledge", {}),
    ("police_officer", "cases/{case}/close", {"reason": "Xong."}),
    ("police_officer", "information-items", {"unit": "police", "title": "Mới", "topic": "methods"}),
)


def names(cast: Cast) -> dict[str, UUID]:
    return {
        "draft": cast.items["police_draft"].pk,
        "submitted": cast.items["police_submitted"].pk,
        "sent": cast.items["police_released_to_two"].pk,
        "delivery": cast.delivery("police_released_to_two", "customs").pk,
        "case": cast.cases["case_joint"].pk,
    }


def approved(cast: Cast) -> str:
    """The hash of the preview of what is submitted."""
    return preview_release(item=cast.items["police_submitted"], by=cast.police_head).hash


def state(cast: Cast) -> list[Any]:
    """Everything the writes would change."""
    return [
        sql("SELECT 1 FROM information_informationitem"),
        [cast.fresh(name).status for name in ("police_draft", "police_submitted", "police_released_to_two")],
        cast.delivery("police_released_to_two", "customs").status,
        type(cast.cases["case_joint"]).objects.get(pk=cast.cases["case_joint"].pk).status,
    ]


def complete(cast: Cast, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """With the hash of a preview, where the address releases."""
    return body | {"preview": approved(cast)} if path.endswith("/release") else body


@pytest.mark.parametrize("keyed", [False, True], ids=["plain", "under an Idempotency-Key"])
@pytest.mark.parametrize("write", WRITES, ids=lambda w: w[1])
def test_nothing_is_changed_when_the_log_cannot_be_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, write: Write, keyed: bool
) -> None:
    person, path, body = write
    before = state(cast)
    body = complete(cast, path, body)
    with monkeypatch.context() as patched:
        broken(patched)
        headers = {"Idempotency_Key": "fault-1"} if keyed else {}
        answer = api_client(cast, person).post(path.format(**names(cast)), body, **headers)
    assert answer.status_code == 500
    assert b"Tin" not in answer.content
    assert state(cast) == before


def test_no_move_and_no_form_of_the_admin_goes_through_either(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(cast)
    broken(monkeypatch)
    page = "/admin/information/informationitem/{}"
    moved = browser(cast, "police_officer").post(page.format(cast.items["police_draft"].pk) + "/move/submit/")
    assert moved.status_code == 500
    assert state(cast) == before


@pytest.mark.prove
def test_a_thousand_faults_deliver_no_body_and_change_nothing(linked: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    source = random.Random(1000)
    before = state(linked)
    writes = [(person, path, complete(linked, path, body)) for person, path, body in WRITES]
    broken(monkeypatch)
    for number in range(1000):
        if source.random() < 0.7:
            surface = source.choice(SURFACES)
            status, text = surface.ask(linked)
            where = f"{number}: {surface}"
        else:
            person, path, body = source.choice(writes)
            answer = api_client(linked, person).post(path.format(**names(linked)), body)
            status, text, where = answer.status_code, answer.content.decode(), f"{number}: {path}"
        assert status == 500, where
        assert TITLE not in text, where
        assert linked.items["police_released_to_two"].reference not in text, where
    assert state(linked) == before
