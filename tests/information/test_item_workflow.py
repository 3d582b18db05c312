"""Every status x action x role x whose record of an item. The expectations are written by hand."""

import pytest
from django.db import transaction

from agencies.audit.models import AuditEvent
from agencies.models import User
from agencies.refusals import Conflict, NotPermitted
from registry.information import actions
from registry.information.models import InformationItem
from registry.information.terms import Status
from registry.workflow import TransitionError
from tests.cast import Cast
from tests.information.people import ROLES, somebody

STORIES = {
    "draft": "north_draft",
    "submitted": "north_submitted",
    "returned": "north_returned",
    "released": "north_released_to_two",
    "recalled": "north_recalled",
}
ACTIONS = ("edit", "submit", "return", "release", "recall")
UNITS = {
    "its own unit": "police_north",
    "the unit above": "police",
    "a sister unit": "police_south",
    "a recipient": "customs",
    "a unit below a recipient": "customs_north",
    "a third agency": "coast",
}
DRAFTERS, HEADS = {"officer", "system"}, {"releaser"}
ALLOWED: dict[tuple[str, str], tuple[set[str], str]] = {
    ("draft", "edit"): (DRAFTERS, "draft"),
    ("returned", "edit"): (DRAFTERS, "returned"),
    ("draft", "submit"): (DRAFTERS, "submitted"),
    ("returned", "submit"): (DRAFTERS, "submitted"),
    ("submitted", "return"): (HEADS, "returned"),
    ("submitted", "release"): (HEADS, "released"),
    ("released", "recall"): (HEADS, "recalled"),
}
"""Who of the item's own unit may do what in which status, and where it leads. Everything else is refused."""


def seen(item: InformationItem) -> str:
    """What somebody who may look was shown. Whoever releases need not have looked, so the release checks by itself."""
    return actions.preview_release(item=item, by=item.author).hash


def act(action: str, item: InformationItem, by: User) -> InformationItem:
    if action == "edit":
        return actions.edit_item(item=item, by=by, content={"title": "Tên khác"})
    if action == "submit":
        return actions.submit_item(item=item, by=by)
    if action == "release":
        return actions.release_item(item=item, by=by, preview=seen(item))
    return {"return": actions.return_item, "recall": actions.recall_item}[action](item=item, by=by, reason="Lý do.")


def refusal(action: str, role: str, whose: str) -> type[Exception]:
    """The wrong person is told so whatever the status; the right one that the status is wrong."""
    people = {role for (_status, of), (roles, _to) in ALLOWED.items() if of == action for role in roles}
    if whose != "its own unit" or role not in people:
        return NotPermitted
    return Conflict if action == "edit" else TransitionError


def may(status: str, action: str, role: str, whose: str) -> bool:
    return whose == "its own unit" and role in ALLOWED.get((status, action), (set(), ""))[0]


@pytest.mark.parametrize("whose", UNITS)
@pytest.mark.parametrize("role", ROLES)
def test_an_item_moves_only_for_the_right_person_of_its_own_unit(cast: Cast, role: str, whose: str) -> None:
    by = somebody(cast, role=role, unit=UNITS[whose])
    for status, story in STORIES.items():
        for action in ACTIONS:
            where = f"{role} of {whose} does {action} to a {status} item"
            before = AuditEvent.objects.count()
            with transaction.atomic():
                if may(status, action, role, whose):
                    act(action, cast.items[story], by)
                    assert cast.fresh(story).status == ALLOWED[status, action][1], where
                    assert AuditEvent.objects.count() == before + 1, where
                else:
                    with pytest.raises(refusal(action, role, whose)):
                        act(action, cast.items[story], by)
                    assert cast.fresh(story) == cast.items[story], where
                    assert cast.fresh(story).status == status, where
                    assert cast.fresh(story).revision == cast.items[story].revision, where
                    assert AuditEvent.objects.count() == before, where
                transaction.set_rollback(True)


def test_the_product_names_every_status_and_every_move_of_the_table(cast: Cast) -> None:
    assert set(STORIES) == set(Status.values)
    assert {action for _status, action in ALLOWED} == set(ACTIONS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("whose", UNITS)
def test_a_draft_is_made_only_by_drafters_for_their_very_unit(cast: Cast, role: str, whose: str) -> None:
    by = somebody(cast, role=role, unit=UNITS[whose])
    unit = cast.units["police_north"]
    content = {"title": "Tin mới", "topic": cast.items["north_draft"].current.topic}
    before = InformationItem.objects.count()
    if whose == "its own unit" and role in DRAFTERS:
        item = actions.create_item(unit=unit, by=by, content=content)
        assert (item.status, item.author, item.unit) == ("draft", by, unit)
    else:
        with pytest.raises(NotPermitted):
            actions.create_item(unit=unit, by=by, content=content)
        assert InformationItem.objects.count() == before
