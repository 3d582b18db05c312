"""One's notices and choices over HTTP."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.actions import grant_role, issue_key
from agencies.audit.models import AuditEvent
from agencies.models import User
from agencies.roles import Role, Scope
from registry.notices.models import Notice, NoticePreference
from tests.cast import LONG_AGO, Cast
from tests.clients import ApiClient
from tests.notices.told import PATH, tell


def test_a_notice_tells_what_happened_to_which_record(cast: Cast, api: Any) -> None:
    (notice,) = tell(cast, "customs_head")
    answer = api("customs_head").get("notices")
    (row,) = answer.json()["results"]
    assert row == {
        "id": str(notice.pk),
        "kind": "item_delivered",
        "reference": "POLICE-2024-000152",
        "path": PATH,
        "unit": "customs",
        "flash": False,
        "created_at": row["created_at"],
        "read_at": None,
        "emailed_at": None,
    }
    assert api("customs_head").get(f"notices/{notice.pk}").json() == row


def test_marking_as_read_is_done_once_and_audited(cast: Cast, api: Any) -> None:
    (notice,) = tell(cast, "customs_head")
    first = api("customs_head").post(f"notices/{notice.pk}/read")
    second = api("customs_head").post(f"notices/{notice.pk}/read")
    assert (first.status_code, first.json()["read_at"]) == (200, second.json()["read_at"])
    assert first.json()["read_at"] is not None
    assert AuditEvent.objects.filter(action="notice.read", object_id=str(notice.pk)).count() == 1


def test_unread_ones_are_found_and_all_are_marked_at_once(cast: Cast, api: Any) -> None:
    for number in range(3):
        tell(cast, "customs_head", "customs_officer", key=f"event:{number}", kind="item_recalled")
    client = api("customs_head")
    assert client.get("notices?unread=true&count=true").json()["count"] == 3
    assert client.get("notices?unread=true&kind=item_delivered&count=true").json()["count"] == 0
    assert client.post("notices/read-all").json() == {"marked": 3}
    assert client.post("notices/read-all").json() == {"marked": 0}
    assert client.get("notices?unread=true&count=true").json()["count"] == 0
    assert client.get("notices?unread=false&count=true").json()["count"] == 3
    assert Notice.objects.filter(user=cast.customs_officer, read_at__isnull=False).count() == 0
    (event,) = AuditEvent.objects.filter(action="notice.read_all")
    assert (event.actor, event.detail) == ("customs_head", {"count": 3})


def test_anothers_notice_is_like_none(cast: Cast, api: Any) -> None:
    (notice,) = tell(cast, "customs_head")
    client = api("customs_officer")
    for method, path in (("GET", "notices/{}"), ("POST", "notices/{}/read")):
        theirs, absent = (client.call(method, path.format(pk), {}) for pk in (notice.pk, uuid4()))
        assert (theirs.status_code, theirs.content) == (absent.status_code, absent.content) == (404, absent.content)


def test_a_key_sees_the_notices_of_its_unit_alone(cast: Cast, api: Any) -> None:
    """The key of `two_units` is bound to central police."""
    tell(cast, "two_units", key="event:1", unit=cast.units["police"])
    tell(cast, "two_units", key="event:2", unit=cast.units["border"])
    assert api("two_units").get("notices?count=true").json()["count"] == 1
    assert api("two_units").post("notices/read-all").json() == {"marked": 1}
    assert Notice.objects.visible_to(cast.two_units).unread().count() == 1


def test_a_key_that_only_reads_marks_nothing_and_chooses_nothing(cast: Cast, api: Any) -> None:
    (notice,) = tell(cast, "police_officer", unit=cast.units["police"])
    client = ApiClient(cast.secrets["read_only"])
    assert client.get("notices?count=true").json()["count"] == 1
    for method, path, body in (
        ("POST", f"notices/{notice.pk}/read", {}),
        ("POST", "notices/read-all", {}),
        ("PATCH", "notice-preferences", {"email_address": "a@example.org"}),
    ):
        assert client.call(method, path, body).status_code == 403
    assert Notice.objects.get(pk=notice.pk).read_at is None
    assert User.objects.get(pk=cast.police_officer.pk).email == ""


def test_the_number_of_queries_does_not_grow_with_the_list(cast: Cast, api: Any) -> None:
    counts = []
    for number in range(4):
        tell(cast, "customs_head", key=f"event:{number}")
        with CaptureQueriesContext(connection) as queries:
            assert len(api("customs_head").get("notices").json()["results"]) == number + 1
        counts.append(len(queries))
    assert len(set(counts[1:])) == 1


def test_who_chose_nothing_is_told_that_no_mail_is_sent(api: Any) -> None:
    assert api("customs_head").get("notice-preferences").json() == {
        "email_address": "",
        "preferences": [{"kind": "*", "email": "never", "quiet_from": None, "quiet_to": None}],
    }


def test_choices_are_kept_and_replaced_one_by_one(cast: Cast, api: Any) -> None:
    client = api("customs_head")
    night = {"kind": "*", "email": "digest", "quiet_from": "22:00:00", "quiet_to": "06:00:00"}
    recall = {"kind": "item_recalled", "email": "immediately"}
    answer = client.patch("notice-preferences", {"email_address": "head@example.org", "preferences": [night, recall]})
    assert answer.status_code == 200
    client.patch("notice-preferences", {"preferences": [{"kind": "item_recalled", "email": "never"}]})
    told = client.get("notice-preferences").json()
    assert told["email_address"] == "head@example.org"
    assert told["preferences"] == [
        night,
        {"kind": "item_recalled", "email": "never", "quiet_from": None, "quiet_to": None},
    ]
    assert NoticePreference.objects.filter(user=cast.customs_head).count() == 2
    assert api("customs_officer").get("notice-preferences").json()["email_address"] == ""
    assert set(AuditEvent.objects.filter(actor="customs_head").values_list("action", flat=True)) >= {
        "user.set_email",
        "notice.choose",
    }


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"email_address": "nowhere"}, {"/email_address"}),
        ({"colour": "red"}, {"/colour"}),
        ({"preferences": [{"kind": "gossip", "email": "often"}]}, {"/preferences/0/kind", "/preferences/0/email"}),
        ({"preferences": [{"kind": "*", "email": "never", "quiet_from": "22:00"}]}, {"/preferences/0/quiet_to"}),
        (
            {"preferences": [{"kind": "*", "email": "never", "quiet_from": "22:00Z", "quiet_to": "06:00+07:00"}]},
            {"/preferences/0/quiet_from", "/preferences/0/quiet_to"},
        ),
        (
            {"preferences": [{"kind": "*", "email": "never", "quiet_from": "22:00", "quiet_to": "22:00"}]},
            {"/preferences/0/quiet_to"},
        ),
        ({"preferences": [{"kind": "*", "email": "never"}, {"kind": "*", "email": "digest"}]}, {"/preferences"}),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_whole(
    cast: Cast, api: Any, body: dict[str, Any], pointers: set[str]
) -> None:
    answer = api("customs_head").patch("notice-preferences", {"email_address": "head@example.org", **body})
    assert answer.status_code == 400
    assert {fault["pointer"] for fault in answer.json()["errors"]} == pointers
    assert User.objects.get(pk=cast.customs_head.pk).email == ""
    assert not NoticePreference.objects.filter(user=cast.customs_head).exists()


def test_a_second_unit_brings_its_notices_and_a_key_for_it_sees_them(cast: Cast) -> None:
    grant_role(user=cast.customs_head, unit=cast.units["coast"], role=Role.ANALYST, by=None, valid_from=LONG_AGO)
    head = cast.again("customs_head")
    tell(cast, "customs_head", unit=cast.units["coast"])
    _key, secret = issue_key(user=head, unit=cast.units["coast"], name="x", scopes=[Scope.READ], by=None)
    assert ApiClient(secret).get("notices?count=true").json()["count"] == 1
    assert ApiClient(cast.secrets["customs_head"]).get("notices?count=true").json()["count"] == 0
