"""What every page of the admin keeps to: the one door, pickers, moves by POST, no deletion, the audit log."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from agencies.admin_base import RecordInline
from agencies.audit.models import AuditEvent
from agencies.models import User
from registry.information.models import InformationItem
from tests.cast import Cast
from tests.logged import last

Desk = Callable[[str | None], Client]
ITEMS = "/admin/information/informationitem/"


def address(item: InformationItem, what: str = "change", *more: str) -> str:
    return reverse(f"admin:information_informationitem_{what}", args=[item.pk, *more])


def asked_by(user: User) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_a_list_shows_what_the_person_may_see(cast: Cast, desk: Desk) -> None:
    assert "Tin nháp police" in desk("police_officer").get(ITEMS).content.decode()
    for name in ("customs_officer", "coast_officer", "north_officer"):
        assert "Tin nháp police" not in desk(name).get(ITEMS).content.decode()


def test_a_page_of_what_one_may_not_see_is_not_there(cast: Cast, desk: Desk) -> None:
    for what in ("change", "history", "delete"):
        answer = desk("coast_officer").get(address(cast.items["police_draft"], what))
        assert answer.status_code in {302, 403, 404}
        assert "Tin nháp" not in answer.content.decode()


@pytest.mark.parametrize("name", ["auditor", "police_admin", "operator"])
def test_roles_that_never_read_items_have_no_list_of_them(cast: Cast, desk: Desk, name: str) -> None:
    assert desk(name).get(ITEMS).status_code == 403


@pytest.mark.parametrize("name", ["police_head", "police_analyst", "police_focal_point", "secretariat"])
def test_only_those_who_draft_add_and_change(cast: Cast, desk: Desk, name: str) -> None:
    assert desk(name).get(f"{ITEMS}add/").status_code == 403
    request = asked_by(cast.people[name])
    for page in admin.site._registry.values():
        if page.model is InformationItem:
            assert not page.has_add_permission(request)
            assert not page.has_change_permission(request)
    assert desk("police_officer").get(f"{ITEMS}add/").status_code == 200


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda m: m._meta.label)
def test_without_a_role_no_page_can_be_seen_added_or_changed(cast: Cast, model: Any) -> None:
    request, page = asked_by(cast.operator), admin.site._registry[model]
    assert not page.has_view_permission(request)
    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)


def test_rows_on_a_page_are_read_only_unless_they_say_otherwise(cast: Cast) -> None:
    rows = RecordInline.__new__(RecordInline)
    request = asked_by(cast.police_officer)
    assert not rows.has_add_permission(request, None)
    assert not rows.has_change_permission(request, None)
    assert not rows.has_delete_permission(request, None)


def test_pickers_offer_only_people_and_units_one_manages(cast: Cast, desk: Desk) -> None:
    shown = desk("police_admin").get("/admin/agencies/membership/add/")
    assert shown.status_code == 200
    offered = {user.username for user in shown.context["adminform"].form.fields["user"].queryset}
    assert "police_officer" in offered
    assert "coast_officer" not in offered


def test_a_move_is_made_by_post_alone(cast: Cast, desk: Desk) -> None:
    item = cast.items["police_draft"]
    assert desk("police_officer").get(address(item, "move", "submit")).status_code == 405
    assert cast.fresh("police_draft").status == "draft"
    assert desk("police_officer").post(address(item, "move", "submit")).status_code == 302
    assert cast.fresh("police_draft").status == "submitted"


def test_a_move_that_is_not_ones_own_is_refused_and_kept(cast: Cast, desk: Desk) -> None:
    item = cast.items["police_submitted"]
    answer = desk("police_officer").post(address(item, "move", "return"), {"reason": "Thiếu."})
    assert answer.status_code == 302
    assert cast.fresh("police_submitted").status == "submitted"
    event = last("informationitem.return")
    assert (event.outcome, event.actor, event.object_id) == ("denied", "police_officer", str(item.pk))


def test_a_move_of_a_record_one_does_not_see_is_not_there(cast: Cast, desk: Desk) -> None:
    item = cast.items["police_draft"]
    assert desk("coast_officer").post(address(item, "move", "submit")).status_code == 404
    assert not AuditEvent.objects.filter(outcome="denied").exists()


def test_what_a_page_shows_is_logged(cast: Cast, desk: Desk) -> None:
    item = cast.items["police_opened"]
    desk("police_officer").get(address(item))
    assert (last("read").object_id, last("read").actor) == (str(item.pk), "police_officer")
    desk("north_officer").get(ITEMS)
    shown = {str(one.pk) for one in InformationItem.objects.visible_to(cast.north_officer)}
    assert shown <= {str(pk) for pk in last("list").subjects}
    assert last("list").actor == "north_officer"


def test_a_history_shows_events_of_ones_own_units_and_records(cast: Cast, desk: Desk) -> None:
    item = cast.items["police_acknowledged"]
    mine = {"item.create", "item.submit", "item.release"}
    assert {event.action for event in desk("police_officer").get(address(item, "history")).context["events"]} >= mine
    theirs = {event.action for event in desk("customs_officer").get(address(item, "history")).context["events"]}
    assert not theirs & mine


def test_query_strings_do_not_fill_forms(cast: Cast, desk: Desk) -> None:
    assert "Điền sẵn" not in desk("police_officer").get(f"{ITEMS}add/?title=Điền+sẵn").content.decode()
