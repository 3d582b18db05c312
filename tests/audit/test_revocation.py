"""After a recall, the end of a role, a shut-out or a revoked key is committed, the very next request tells nothing.

What is revoked is committed by a connection of its own; readers keep theirs, with their sessions and keys.
"""

import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from agencies.actions import create_user, end_role, grant_role, issue_key, revoke_key, set_active
from agencies.models import User, today
from agencies.refusals import Conflict
from agencies.roles import Role, Scope
from registry.information import actions, receipts
from registry.information.models import InformationItem
from tests.audit.worlds import committed
from tests.cast import Cast, released
from tests.clients import ApiClient, browser


@pytest.fixture(scope="module")
def world(cast_database: tuple[str, bytes], django_db_blocker: Any) -> Iterator[Cast]:
    """The cast in a database of its own, where everything is really committed."""
    with committed(cast_database, "revocation", django_db_blocker) as cast:
        yield cast


def elsewhere(act: Callable[[], Any]) -> Any:
    """Do it on a connection of its own; what it gives, or its fault, comes back when it is committed."""
    box: list[Any] = []

    def run() -> None:
        try:
            box.append(act())
        except BaseException as fault:  # noqa: BLE001 - handed to the test
            box.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if isinstance(box[0], BaseException):
        raise box[0]
    return box[0]


@dataclass
class Reader:
    """Somebody with a key and a session, both used before; and an item delivered to them, with a title of its own."""

    cast: Cast
    item: InformationItem
    user: User
    key: Any
    secret: str
    title: str
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        self.api = ApiClient(self.secret)
        self.client = browser(self.cast, None)
        self.client.force_login(self.user)

    @property
    def list(self) -> str:
        """The item, searched for by its title."""
        return f"information-items?q={self.title[:-1]}"

    def shows(self, ask: Callable[[], Any]) -> bool:
        """Whether the answer tells the title. An error is no answer."""
        answer = ask()
        assert answer.status_code < 500, answer.content
        text = answer.content.decode()
        return any(told in text for told in (f'"{self.title}"', f">{self.title}<", f">{self.title} <span"))

    def asks(self) -> dict[str, Callable[[], Any]]:
        """Every way to the item's title."""
        pk, delivery = self.item.pk, self.item.deliveries.get().pk
        return {
            "key: item": lambda: self.api.get(f"information-items/{pk}"),
            "key: items": lambda: self.api.get(self.list),
            "key: delivery": lambda: self.api.get(f"deliveries/{delivery}"),
            "key: deliveries": lambda: self.api.get(f"deliveries?item={pk}"),
            "session: item": lambda: self.client.get(f"/admin/information/informationitem/{pk}/change/"),
            "session: items": lambda: self.client.get(f"/admin/information/informationitem/?q={self.title[:-1]}"),
            "session: delivery": lambda: self.client.get(f"/admin/information/delivery/{delivery}/change/"),
            "session: deliveries": lambda: self.client.get("/admin/information/delivery/"),
            "session: API": lambda: self.client.get(f"/api/v1/information-items/{pk}"),
        }


NUMBERS = iter(range(1_000_000))


def reader(cast: Cast) -> Reader:
    """A new officer of customs who also manages keys nowhere, and a new item for customs."""
    number = next(NUMBERS)
    name, title = f"reader_{number}", f"Tin-{number}-thu-hồi"
    user = create_user(
        username=name, password=None, unit=cast.units["customs"], role=Role.OFFICER, by=None, synthetic=True
    )
    key, secret = issue_key(
        user=user, unit=cast.units["customs"], name=name, scopes=[Scope.READ, Scope.WRITE], by=None, synthetic=True
    )
    item = released(cast, by=cast.police_officer, head=cast.police_head, title=title)
    return Reader(cast, item, User.objects.get(pk=user.pk), key, secret, title)


def recall(who: Reader) -> Any:
    return actions.recall_item(item=who.item, by=who.cast.again("police_head"), reason="Rút.")


def end(who: Reader) -> Any:
    return end_role(membership=who.user.memberships.get(), by=who.cast.again("customs_admin"))


def shut_out(who: Reader) -> Any:
    return set_active(user=who.user, active=False, by=who.cast.again("customs_admin"))


def revoke(who: Reader) -> Any:
    return revoke_key(key=who.key, by=who.cast.again("customs_admin"))


REVOCATIONS: dict[str, Callable[[Reader], Any]] = {"recall": recall, "role": end, "person": shut_out, "key": revoke}


def concerned(kind: str, name: str) -> bool:
    """A revoked key ends what is read with it; the session of the person goes on."""
    return kind != "key" or name.startswith("key")


@pytest.mark.parametrize("kind", REVOCATIONS)
def test_the_next_request_tells_nothing(world: Cast, kind: str) -> None:
    who = reader(world)
    for name, ask in who.asks().items():
        assert who.shows(ask), f"{name} must show the title while it may be read"
    elsewhere(lambda: REVOCATIONS[kind](who))
    for name, ask in who.asks().items():
        told = who.shows(ask)
        assert told != concerned(kind, name), name


def test_a_role_ends_on_the_day_it_began_and_may_begin_again(world: Cast) -> None:
    who = reader(world)
    ended = end(who)
    assert (ended.valid_from, ended.valid_to) == (today(), today())
    assert not who.shows(lambda: who.api.get(who.list))
    grant_role(user=who.user, unit=world.units["customs"], role=Role.OFFICER, by=None)
    assert who.shows(lambda: who.api.get(who.list))


def test_a_repeated_write_tells_what_stands_now_and_to_whom_it_may(world: Cast) -> None:
    who = reader(world)
    grant_role(user=who.user, unit=world.units["customs"], role=Role.FOCAL_POINT, by=None)
    path, once = f"deliveries/{who.item.deliveries.get().pk}/acknowledge", {"Idempotency_Key": f"once-{who.user}"}
    first = who.api.post(path, **once)
    assert first.status_code == 200
    assert who.title in first.content.decode()
    again = who.api.post(path, **once)
    assert (again.status_code, again.content, again["Idempotency-Replayed"]) == (200, first.content, "true")
    elsewhere(lambda: recall(who))
    after = who.api.post(path, **once)
    assert after.json()["status"] == "recalled"
    assert who.title not in after.content.decode()
    for membership in who.user.memberships.all():
        elsewhere(lambda m=membership: end_role(membership=m, by=world.again("customs_admin")))  # type: ignore[misc]
    assert who.api.post(path, **once).status_code == 403


def test_a_repeated_creation_is_told_to_whoever_may_still_see_it(world: Cast) -> None:
    body = {"unit": "police", "title": "Mới toanh", "topic": "methods"}
    officer = ApiClient(world.secrets["police_officer_2"])
    first = officer.post("information-items", body, Idempotency_Key="new-one")
    again = officer.post("information-items", body, Idempotency_Key="new-one")
    assert (again.status_code, again.content) == (201, first.content)
    assert InformationItem.objects.filter(current__title="Mới toanh").count() == 1
    changed = officer.patch(f"information-items/{first.json()['id']}", {"title": "Mới hơn"}, If_Match=first["ETag"])
    told = officer.post("information-items", body, Idempotency_Key="new-one")
    assert (told.status_code, told.json()["title"], told["ETag"]) == (201, "Mới hơn", changed["ETag"])


def test_a_file_is_not_taken_away_after_the_role_ended(world: Cast) -> None:
    who = reader(world)
    assert who.client.get("/admin/reports/report/").status_code == 200
    elsewhere(lambda: end(who))
    assert who.client.get("/admin/reports/report/").status_code == 403


def race(who: Reader, kind: str, pause: float) -> tuple[list[str], int]:
    """Read on one connection while another revokes: readings that began after the commit and still told; all that told."""
    asks = {name: ask for name, ask in who.asks().items() if concerned(kind, name)}
    told: list[tuple[float, str]] = []
    begun, over = threading.Event(), threading.Event()

    def once() -> None:
        for name in random.sample(list(asks), len(asks)):
            began = time.monotonic()
            if who.shows(asks[name]):
                told.append((began, name))
            begun.set()

    def read() -> None:
        try:
            while not over.is_set():
                once()
            once()
        finally:
            begun.set()
            connection.close()

    thread = threading.Thread(target=read)
    thread.start()
    begun.wait(30)
    time.sleep(pause)
    REVOCATIONS[kind](who)
    committed_at = time.monotonic()
    over.set()
    thread.join()
    return [name for began, name in told if began > committed_at], len(told)


@pytest.mark.parametrize("kind", REVOCATIONS)
def test_readers_who_are_at_it_lose_it_at_once(world: Cast, kind: str) -> None:
    late, told = race(reader(world), kind, 0.01)
    assert late == []
    assert told > 0


@pytest.mark.prove
def test_a_thousand_races_tell_nothing_after_the_commit(world: Cast) -> None:
    source = random.Random(6)
    told = 0
    for number in range(1000):
        kind = source.choice(list(REVOCATIONS))
        late, before = race(reader(world), kind, source.random() * 0.02)
        assert late == [], f"round {number}: {kind}"
        told += before
    assert told > 500, "the readers must have been at it"


def test_the_receipt_of_a_recalled_item_is_not_given(world: Cast) -> None:
    who = reader(world)
    delivery = who.item.deliveries.get()
    elsewhere(lambda: recall(who))
    with pytest.raises(Exception, match=r"recalled|thu hồi"):
        receipts.acknowledge_delivery(delivery=delivery, by=world.again("customs_focal_point"))


def test_a_role_that_ended_is_not_prolonged(world: Cast) -> None:
    """Else an administrator whose role ended yesterday could give it back to themselves by ending it later."""
    who = reader(world)
    membership = end(who)
    with pytest.raises(Conflict) as refusal:
        end_role(membership=membership, by=world.again("customs_admin"), on=date(2199, 1, 1))
    assert refusal.value.code == "ended_already"
