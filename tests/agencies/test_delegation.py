"""A head delegates in writing, for days and for named decisions; nobody passes it on; it ends at once."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.actions import end_role, grant_role, set_active
from agencies.audit.models import AuditEvent
from agencies.delegations import delegate, revoke_delegation
from agencies.models import Delegation, User, today
from agencies.refusals import Invalid, NotPermitted
from agencies.roles import DELEGABLE, DELEGATES, GRANTS, REACH, Permission, Reach, Role
from registry.cases import actions as case_actions
from registry.information import actions
from reports import actions as statement_actions
from tests.cast import LONG_AGO, Cast, release
from tests.clients import ApiClient, browser
from tests.logged import last
from tests.raw import refused, sql

P = Permission
FIRST, LAST = date(2030, 3, 4), date(2030, 3, 8)


def give(cast: Cast, **changes: Any) -> Delegation:
    """The head of customs lets an officer of customs release, today and tomorrow."""
    given: dict[str, Any] = {
        "by": cast.again("customs_head"),
        "unit": cast.units["customs"],
        "username": "customs_officer",
        "scope": ["item.release"],
        "starts_on": today(),
        "ends_on": today() + timedelta(days=1),
        "reason": "Giấy ủy quyền số 7.",
    }
    return delegate(**given | changes)


def may(
    cast: Cast, name: str = "customs_officer", permission: Permission = P.ITEM_RELEASE, unit: str = "customs"
) -> bool:
    user = cast.again(name)
    held = user.may(permission, cast.units[unit].pk)
    assert held == (cast.units[unit].pk in user.units_with(permission))
    return held


# --- what it gives -------------------------------------------------------------------------------------------------


def test_it_gives_the_named_permissions_in_that_very_unit_and_nothing_else(cast: Cast) -> None:
    before = {p: cast.again("customs_officer").units_with(p) for p in Permission}
    give(cast)
    after = {p: cast.again("customs_officer").units_with(p) for p in Permission}
    assert after.pop(P.ITEM_RELEASE) == {cast.units["customs"].pk}
    before.pop(P.ITEM_RELEASE)
    assert after == before
    assert not may(cast, unit="customs_north")


def test_only_decisions_of_one_unit_can_be_delegated_and_never_delegating_itself() -> None:
    assert set(DELEGABLE) <= GRANTS[Role.RELEASER]
    assert {REACH[p] for p in DELEGABLE} == {Reach.UNIT}
    assert P.DELEGATION_GIVE not in DELEGABLE
    assert set(DELEGATES) == {"officer", "focal_point", "analyst"}


def test_a_delegate_releases_what_another_wrote_and_the_log_says_for_whom(cast: Cast) -> None:
    item = release(cast.items["police_submitted"], by=cast.delegate)
    assert item.released_by == cast.delegate
    event = AuditEvent.objects.filter(action="item.release").first()
    assert event is not None and event.actor == "delegate"
    assert event.detail["on_behalf_of"] == "police_head"
    assert event.detail["delegation"] == str(cast.delegations["delegate"].pk)


def test_a_delegate_does_not_release_what_they_wrote_or_edited(cast: Cast) -> None:
    mine = actions.edit_item(item=cast.items["police_returned"], by=cast.delegate, content={"title": "Sửa"})
    actions.submit_item(item=mine, by=cast.police_officer)
    with pytest.raises(NotPermitted) as refusal:
        release(mine, by=cast.delegate)
    assert refusal.value.code == "four_eyes"
    refused(
        "UPDATE information_informationitem SET status = 'released', reference = 'X-1', released_at = now(),"
        " released_by_id = %s WHERE id = %s",
        cast.delegate.pk,
        mine.pk,
        match="pgtrigger",
    )


DECISIONS: dict[str, Callable[[Cast], Any]] = {
    "item.return": lambda c: actions.return_item(item=c.items["police_submitted"], by=c.delegate, reason="Thiếu."),
    "item.recall": lambda c: actions.recall_item(item=c.items["police_opened"], by=c.delegate, reason="Rút."),
    "statement.confirm": lambda c: statement_actions.confirm_statement(
        statement=c.statements["police_draft"], by=c.delegate
    ),
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_each_decision_says_on_whose_behalf_it_was_taken(cast: Cast, decision: str) -> None:
    DECISIONS[decision](cast)
    assert last(decision).detail["on_behalf_of"] == "police_head"


def test_confirming_a_part_in_a_case_says_on_whose_behalf(cast: Cast) -> None:
    give(cast, scope=["case.confirm"])
    row = cast.cases["case_joint"].participations.get(unit=cast.units["customs"])
    case_actions.confirm_participation(participation=row, by=cast.customs_officer)
    assert last("case.confirm").detail["on_behalf_of"] == "customs_head"


def test_what_is_done_by_a_right_of_ones_own_is_done_on_nobodys_behalf(cast: Cast) -> None:
    actions.submit_item(item=cast.items["police_draft"], by=cast.delegate)
    actions.return_item(item=cast.items["police_submitted"], by=cast.police_officer_and_head, reason="Thiếu.")
    grant_role(user=cast.delegate, unit=cast.units["police"], role=Role.RELEASER, by=None, valid_from=LONG_AGO)
    actions.recall_item(item=cast.items["police_opened"], by=cast.again("delegate"), reason="Rút.")
    for action in ("item.submit", "item.return", "item.recall"):
        assert "on_behalf_of" not in last(action).detail


# --- days ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        (datetime(2030, 3, 3, 16, 59, 59, tzinfo=UTC), False),  # 23:59:59 on the day before, in Viet Nam
        (datetime(2030, 3, 3, 17, 0, tzinfo=UTC), True),  # 00:00 on the first day
        (datetime(2030, 3, 8, 16, 59, 59, tzinfo=UTC), True),  # 23:59:59 on the last day
        (datetime(2030, 3, 8, 17, 0, tzinfo=UTC), False),  # 00:00 on the day after
    ],
)
def test_it_holds_from_the_first_day_to_the_last_in_viet_nam(cast: Cast, moment: datetime, holds: bool) -> None:
    given = give(cast, starts_on=FIRST, ends_on=LAST)
    with time_machine.travel(moment, tick=False):
        assert may(cast) is holds
        assert (given.state == "in_force") is holds


def test_one_day_is_the_shortest_and_ninety_days_are_the_longest(cast: Cast) -> None:
    give(cast, starts_on=FIRST, ends_on=FIRST)
    give(cast, username="customs_analyst", starts_on=FIRST, ends_on=FIRST + timedelta(days=89))
    for ends_on in (FIRST - timedelta(days=1), FIRST + timedelta(days=90)):
        with pytest.raises(Invalid) as refusal:
            give(cast, username="customs_focal_point", starts_on=FIRST, ends_on=ends_on)
        assert set(refusal.value.fields) == {"ends_on"}


def test_nothing_is_delegated_for_days_that_are_over(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        give(cast, starts_on=today() - timedelta(days=1))
    assert set(refusal.value.fields) == {"starts_on"}


def test_the_same_person_gets_no_second_one_for_the_same_days(cast: Cast) -> None:
    first = give(cast, starts_on=FIRST, ends_on=LAST)
    with pytest.raises(Invalid) as refusal:
        give(cast, scope=["case.confirm"], starts_on=LAST, ends_on=LAST + timedelta(days=3))
    assert set(refusal.value.fields) == {"username"}
    give(cast, starts_on=LAST + timedelta(days=1), ends_on=LAST + timedelta(days=3))
    revoke_delegation(delegation=first, by=cast.customs_head)
    give(cast, starts_on=LAST, ends_on=LAST)


# --- the end -------------------------------------------------------------------------------------------------------


@pytest.fixture
def given(cast: Cast) -> Iterator[Delegation]:
    """In force before, and not any more after the test."""
    made = give(cast)
    assert may(cast)
    yield made
    assert not may(cast)
    assert not cast.again("customs_officer").holds(P.ITEM_RELEASE)
    assert cast.again("customs_officer").standing_in(P.ITEM_RELEASE, cast.units["customs"].pk) == {}


@pytest.mark.parametrize("name", ["customs_head", "customs_admin"])
def test_it_ends_at_once_when_taken_back(cast: Cast, given: Delegation, name: str) -> None:
    revoke_delegation(delegation=given, by=cast.people[name])
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.actor) == ("delegation.revoke", name)
    revoke_delegation(delegation=given, by=cast.people[name])
    assert AuditEvent.objects.latest("id").pk == event.pk


@pytest.mark.parametrize("name", ["customs_officer", "police_head", "police_admin", "customs_auditor", "delegate"])
def test_nobody_else_takes_it_back(cast: Cast, name: str) -> None:
    with pytest.raises(NotPermitted):
        revoke_delegation(delegation=give(cast), by=cast.people[name])


def test_it_ends_with_the_role_of_the_head(cast: Cast, given: Delegation) -> None:
    end_role(membership=cast.customs_head.memberships.get(), by=None)


def test_it_ends_when_the_head_is_shut_out(cast: Cast, given: Delegation) -> None:
    set_active(user=cast.customs_head, active=False, by=None)


def test_it_ends_with_the_role_of_whoever_stands_in(cast: Cast, given: Delegation) -> None:
    end_role(membership=cast.customs_officer.memberships.get(), by=None)


def test_it_ends_when_whoever_stands_in_is_shut_out(cast: Cast, given: Delegation) -> None:
    set_active(user=cast.customs_officer, active=False, by=None)


# --- who gives, and to whom ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("delegate", "police"),
        ("police_officer", "police"),
        ("police_focal_point", "police"),
        ("police_admin", "police"),
        ("secretariat", "police"),
        ("operator", "police"),
        ("customs_head", "police"),
        ("police_head", "police_north"),
        ("former", "police"),
    ],
)
def test_only_a_head_of_the_unit_delegates(cast: Cast, name: str, unit: str) -> None:
    before = Delegation.objects.count()
    with pytest.raises(NotPermitted):
        give(cast, by=cast.people[name], unit=cast.units[unit], username="police_analyst")
    assert Delegation.objects.count() == before


def test_a_key_neither_delegates_nor_gives_what_was_delegated(
    cast: Cast, api: Callable[[str | None], ApiClient]
) -> None:
    head = cast.again("police_head")
    head.api_key = cast.keys["police_head"]
    with pytest.raises(NotPermitted) as refusal:
        give(cast, by=head, unit=cast.units["police"], username="police_analyst")
    assert refusal.value.code == "session_only"
    user = cast.again("delegate")
    user.api_key = cast.keys["delegate"]
    assert not user.holds(P.ITEM_RELEASE) and not user.may(P.ITEM_RELEASE, cast.units["police"].pk)
    answer = api("delegate").post(f"information-items/{cast.items['police_submitted'].pk}/release", {})
    assert answer.status_code == 403
    assert api("delegate").get("me").json()["acting_for"] == []


@pytest.mark.parametrize(
    "username",
    [
        "customs_head",
        "customs_system",
        "customs_auditor",
        "customs_admin",
        "customs_secretariat",
        "customs_north_officer",
        "police_officer",
        "disabled",
        "nobody",
        "",
    ],
)
def test_it_goes_to_somebody_who_works_in_the_unit(cast: Cast, username: str) -> None:
    with pytest.raises(Invalid) as refusal:
        give(cast, username=username)
    assert set(refusal.value.fields) == {"username"}


@pytest.mark.parametrize("scope", [[], ["item.draft"], ["delegation.give"], ["item.release", "people.manage"], ["x"]])
def test_only_what_can_be_delegated_is(cast: Cast, scope: list[str]) -> None:
    with pytest.raises(Invalid) as refusal:
        give(cast, scope=scope)
    assert set(refusal.value.fields) == {"scope"}


def test_every_fault_is_told_at_once(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        give(cast, username="x", scope=["x"], starts_on=date(2020, 1, 1), ends_on=date(2019, 1, 1), reason=" ")
    assert set(refusal.value.fields) == {"username", "scope", "starts_on", "ends_on", "reason"}


# --- the database, whoever asks ------------------------------------------------------------------------------------

INSERT = (
    "INSERT INTO agencies_delegation (id, from_user_id, to_user_id, unit_id, scope, starts_on, ends_on, reason,"
    " created_at, synthetic) VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, %s, %s, now(), true)"
)


def values(cast: Cast, giver: User, taker: User, **changes: Any) -> list[Any]:
    row = {"unit": cast.units["customs"].pk, "scope": ["item.release"], "starts": FIRST, "ends": LAST, "reason": "x"}
    return [giver.pk, taker.pk, *(row | changes).values()]


@pytest.mark.parametrize(
    ("giver", "taker", "changes", "rule"),
    [
        ("customs_head", "customs_head", {}, "works in the same unit|not_to_oneself"),
        ("customs_head", "customs_officer", {"scope": ["item.draft"]}, "by no role of their own"),
        ("customs_head", "customs_officer", {"scope": []}, "delegation_scope_known"),
        ("customs_head", "customs_officer", {"ends": FIRST - timedelta(days=1)}, "in_order|lower bound"),
        ("customs_head", "customs_officer", {"ends": FIRST + timedelta(days=90)}, "delegation_ninety_days"),
        ("customs_head", "customs_officer", {"ends": None}, "ends_on"),
        ("customs_head", "customs_officer", {"reason": ""}, "delegation_says_why"),
        ("customs_officer", "customs_analyst", {}, "by no role of their own"),
        ("police_head", "customs_officer", {}, "by no role of their own"),
        ("customs_head", "police_officer", {}, "works in the same unit"),
        ("customs_head", "customs_auditor", {}, "works in the same unit"),
        ("customs_head", "customs_system", {}, "works in the same unit"),
    ],
)
def test_the_database_refuses_what_the_action_refuses(
    cast: Cast, giver: str, taker: str, changes: dict[str, Any], rule: str
) -> None:
    refused(INSERT, *values(cast, cast.people[giver], cast.people[taker], **changes), match=rule)


def test_nobody_passes_on_what_was_delegated_to_them_not_even_around_the_application(cast: Cast) -> None:
    give(cast)
    assert may(cast)
    row = values(cast, cast.customs_officer, cast.customs_analyst)
    refused(INSERT, *row, match="by no role of their own")
    assert sql(INSERT, *values(cast, cast.customs_head, cast.customs_analyst)) == 1


def test_one_at_a_time_is_a_rule_of_the_database(cast: Cast) -> None:
    given = give(cast, starts_on=FIRST, ends_on=LAST)
    row = values(cast, cast.customs_head, cast.customs_officer, starts=LAST)
    refused(INSERT, *row, match="delegation_once_at_a_time")
    revoke_delegation(delegation=given, by=cast.customs_head)
    assert sql(INSERT, *row) == 1


@pytest.mark.parametrize(
    "change",
    [
        "scope = '{item.release,case.confirm}'",
        "ends_on = ends_on + 1",
        "starts_on = starts_on - 1",
        "reason = 'y'",
        "to_user_id = (SELECT id FROM agencies_user WHERE username = 'customs_analyst')",
        "from_user_id = (SELECT id FROM agencies_user WHERE username = 'police_head')",
        "unit_id = (SELECT id FROM agencies_unit WHERE code = 'police')",
    ],
)
def test_what_was_given_never_changes(cast: Cast, change: str) -> None:
    refused(f"UPDATE agencies_delegation SET {change} WHERE id = %s", give(cast).pk, match="Cannot update")


def test_taking_back_is_final_and_nothing_is_deleted(cast: Cast) -> None:
    given = give(cast)
    revoke_delegation(delegation=given, by=cast.customs_head)
    refused("UPDATE agencies_delegation SET revoked_at = NULL WHERE id = %s", given.pk, match="Cannot update")
    refused("DELETE FROM agencies_delegation", match="Cannot delete")


# --- the API, the banner, the admin --------------------------------------------------------------------------------


def session(cast: Cast, name: str) -> ApiClient:
    return ApiClient(client=browser(cast, name))


def test_me_says_for_whom_one_is_acting(cast: Cast) -> None:
    me = session(cast, "delegate").get("me").json()
    assert me["acting_for"] == [
        {
            "id": str(cast.delegations["delegate"].pk),
            "delegator": "police_head",
            "unit": "police",
            "scope": ["case.confirm", "docket.tell", "item.release", "statement.confirm"],
            "until": str(cast.delegations["delegate"].ends_on),
        }
    ]
    assert {"item.release", "item.draft"} <= set(me["permissions"])
    assert "delegation.give" not in me["permissions"]
    assert me["roles"] == ["officer"]
    for name in ("ended_delegate", "police_head", "police_officer"):
        assert session(cast, name).get("me").json()["acting_for"] == [], name


def test_a_head_gives_and_takes_back_over_the_api(cast: Cast) -> None:
    client = session(cast, "customs_head")
    body = {
        "unit": "customs",
        "username": "customs_officer",
        "scope": ["item.release"],
        "starts_on": str(today()),
        "ends_on": str(today()),
        "reason": "Giấy số 9.",
    }
    made = client.post("delegations", body)
    assert made.status_code == 201, made.content
    assert made.json() | {"id": "", "created_at": ""} == {
        **body,
        "id": "",
        "created_at": "",
        "delegator": "customs_head",
        "state": "in_force",
        "revoked_at": None,
        "synthetic": False,
    }
    assert session(cast, "customs_officer").get("me").json()["acting_for"][0]["delegator"] == "customs_head"
    taken = client.post(f"delegations/{made.json()['id']}/revoke")
    assert (taken.status_code, taken.json()["state"]) == (200, "revoked")
    assert session(cast, "customs_officer").get("me").json()["acting_for"] == []


def test_the_api_names_every_fault(cast: Cast) -> None:
    answer = session(cast, "customs_head").post("delegations", {"unit": "customs", "scope": ["x"], "to": "y"})
    assert answer.status_code == 400
    pointers = {fault["pointer"].split("/")[1] for fault in answer.json()["errors"]}
    assert pointers == {"scope", "to", "username", "starts_on", "ends_on", "reason"}


def test_the_queries_of_the_list_do_not_depend_on_its_length(cast: Cast) -> None:
    client = session(cast, "customs_head")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("delegations").status_code == 200
        return len(found)

    give(cast)
    one = queries()
    for month in range(1, 6):
        give(cast, starts_on=date(2031, month, 1), ends_on=date(2031, month, 2))
    assert queries() == one


def test_questions_about_permissions_ask_the_database_once(cast: Cast) -> None:
    user = cast.again("delegate")
    with CaptureQueriesContext(connection) as found:
        for _time in range(3):
            for permission in DELEGABLE:
                assert user.may(permission, cast.units["police"].pk) and user.holds(permission)
    assert len(found) == 2  # memberships, delegations


def test_every_page_says_that_one_is_acting_and_for_whom(cast: Cast, desk: Callable[[str | None], Client]) -> None:
    last = f"{cast.delegations['delegate'].ends_on:%d/%m/%Y}"
    for path in ("/admin/", "/admin/information/informationitem/", "/admin/password_change/"):
        page = desk("delegate").get(path, headers={"Accept-Language": "en"}).content.decode()
        banner = page.split('banner--acting"')[1].split("</p>")[0]
        assert "Police head" in banner and last in banner and "police" in banner
        for name in ("ended_delegate", "police_officer", "police_head", "secretariat"):
            assert "banner--acting" not in desk(name).get(path).content.decode()


def test_a_head_delegates_and_takes_back_in_the_admin(cast: Cast, desk: Callable[[str | None], Client]) -> None:
    head, address = desk("customs_head"), "/admin/agencies/delegation/"
    page = head.get(f"{address}add/").content.decode()
    assert "customs_officer" in page and "customs_system" not in page and "police_officer" not in page
    form = {
        "unit": str(cast.units["customs"].pk),
        "username": "customs_officer",
        "scope": ["item.release"],
        "starts_on": str(today()),
        "ends_on": str(today()),
        "reason": "Giấy số 9.",
    }
    assert head.post(f"{address}add/", form | {"reason": ""}).status_code == 200
    assert not may(cast)
    done = head.post(f"{address}add/", form)
    assert done.status_code == 302, done.content.decode()
    assert may(cast)
    made = Delegation.objects.get(to_user=cast.customs_officer)
    assert "customs_officer" in head.get(address).content.decode()
    assert head.get(f"{address}{made.pk}/change/").status_code == 200
    assert head.post(f"{address}{made.pk}/move/revoke/").status_code == 302
    assert not may(cast)


def test_the_admin_offers_no_delegating_to_others(cast: Cast, desk: Callable[[str | None], Client]) -> None:
    for name in ("delegate", "police_officer", "police_admin"):
        assert desk(name).get("/admin/agencies/delegation/add/").status_code == 403, name
        assert desk(name).get("/admin/agencies/delegation/").status_code == 200, name
    shown = desk("police_admin").get("/admin/agencies/delegation/").content.decode()
    assert "ended_delegate" in shown
    assert "ended_delegate" not in desk("customs_admin").get("/admin/agencies/delegation/").content.decode()


def test_a_delegate_finds_the_button_and_the_work(cast: Cast, desk: Callable[[str | None], Client]) -> None:
    item = cast.items["police_submitted"]
    page = f"/admin/information/informationitem/{item.pk}/"
    assert "/step/release/" in desk("delegate").get(f"{page}change/").content.decode()
    assert "/step/release/" not in desk("ended_delegate").get(f"{page}change/").content.decode()
    preview = actions.preview_release(item=item, by=cast.delegate).hash
    assert desk("delegate").post(f"{page}step/release/", {"preview": preview}).status_code == 302
    assert cast.fresh("police_submitted").status == "released"
