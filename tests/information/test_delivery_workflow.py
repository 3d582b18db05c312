"""Every status x action x role x whose record of a delivery. The expectations are written by hand."""

import pytest
from django.db import transaction

from agencies.audit.models import AuditEvent
from agencies.models import User
from agencies.refusals import Conflict, NotPermitted
from registry.information import receipts
from registry.information.models import Delivery
from registry.information.terms import DeliveryStatus
from tests.cast import Cast
from tests.information.people import ROLES, somebody

STORIES = {
    "delivered": "police_released_to_two",
    "opened": "police_opened",
    "acknowledged": "police_acknowledged",
    "evaluated": "police_evaluated",
    "used": "police_used",
    "recalled": "police_recalled",
}
ACTIONS = ("open", "acknowledge", "assign", "evaluate", "use")
UNITS = {
    "the recipient": "customs",
    "a unit below it": "customs_north",
    "the originator": "police",
    "another recipient": "border",
    "a third agency": "coast",
}
READERS = {"officer", "releaser", "focal_point", "analyst", "secretariat", "system"}
HANDLERS, GRADERS, CASEWORKERS = {"focal_point", "system"}, {"analyst", "system"}, {"officer", "releaser", "system"}
ALLOWED: dict[tuple[str, str], tuple[set[str], str]] = {
    ("delivered", "open"): (READERS, "opened"),
    ("delivered", "acknowledge"): (HANDLERS, "acknowledged"),
    ("opened", "acknowledge"): (HANDLERS, "acknowledged"),
    ("acknowledged", "evaluate"): (GRADERS, "evaluated"),
    ("evaluated", "evaluate"): (GRADERS, "evaluated"),
    ("used", "evaluate"): (GRADERS, "used"),
    ("recalled", "acknowledge_recall"): (HANDLERS, "recalled"),
    ("recalled", "confirm_disposal"): (HANDLERS, "recalled"),
    ("acknowledged", "use"): (CASEWORKERS, "used"),
    ("evaluated", "use"): (CASEWORKERS, "used"),
} | {(status, "assign"): (HANDLERS, status) for status in STORIES if status != "recalled"}

PEOPLE_OF = {
    "open": READERS,
    "acknowledge": HANDLERS,
    "assign": HANDLERS,
    "evaluate": GRADERS,
    "use": CASEWORKERS,
    "acknowledge_recall": HANDLERS,
    "confirm_disposal": HANDLERS,
}


def act(action: str, delivery: Delivery, by: User) -> Delivery:
    if action == "assign":
        return receipts.assign_delivery(delivery=delivery, by=by, username="customs_analyst")
    if action == "evaluate":
        return receipts.evaluate_delivery(delivery=delivery, by=by, usefulness="known")
    if action == "confirm_disposal":
        return receipts.confirm_disposal(delivery=delivery, by=by, disposal="destroyed")
    verbs = {
        "open": receipts.open_delivery,
        "acknowledge": receipts.acknowledge_delivery,
        "acknowledge_recall": receipts.acknowledge_recall,
        "use": receipts.use_delivery,
    }
    return verbs[action](delivery=delivery, by=by)


@pytest.mark.parametrize("whose", UNITS)
@pytest.mark.parametrize("role", ROLES)
def test_a_delivery_moves_only_for_the_right_person_of_the_recipient(cast: Cast, role: str, whose: str) -> None:
    by = somebody(cast, role=role, unit=UNITS[whose])
    for status, story in STORIES.items():
        delivery = cast.delivery(story)
        for action in ACTIONS:
            where = f"{role} of {whose} does {action} to a delivery that is {status}"
            before = AuditEvent.objects.count()
            people, leads_to = ALLOWED.get((status, action), (set(), ""))
            with transaction.atomic():
                if whose == "the recipient" and role in people:
                    act(action, delivery, by)
                    assert cast.delivery(story).status == leads_to, where
                    assert AuditEvent.objects.count() == before + 1, where
                else:
                    right = whose == "the recipient" and role in PEOPLE_OF[action]
                    with pytest.raises(Conflict if right else NotPermitted):
                        act(action, delivery, by)
                    assert cast.delivery(story).status == status, where
                    assert cast.delivery(story).revision == delivery.revision, where
                    assert AuditEvent.objects.count() == before, where
                transaction.set_rollback(True)


def test_the_product_names_every_status_of_a_delivery() -> None:
    assert set(STORIES) == set(DeliveryStatus.values)


def test_a_unit_above_the_recipient_reads_but_does_not_act(cast: Cast) -> None:
    delivery = cast.delivery("police_released_below", "customs_north")
    assert delivery in Delivery.objects.visible_to(cast.customs_officer)
    for action, who in (("acknowledge", "focal_point"), ("assign", "focal_point")):
        with pytest.raises(NotPermitted):
            act(action, delivery, cast.people[f"customs_{who}"])


def test_work_is_given_only_to_somebody_of_the_recipient(cast: Cast) -> None:
    delivery = cast.delivery("police_acknowledged")
    for username in ("border_analyst", "customs_north_officer", "former", "nobody"):
        with pytest.raises(receipts.Invalid):
            receipts.assign_delivery(delivery=delivery, by=cast.customs_focal_point, username=username)
    assert cast.delivery("police_acknowledged").assigned_to is None


def test_the_first_reader_of_the_recipient_opens_its_delivery_and_nobody_else_does(cast: Cast) -> None:
    item = cast.items["police_released_to_two"]
    for reader in ("police_officer", "coast_officer", "operator"):
        receipts.note_opening(item=item, by=cast.people[reader])
        assert cast.delivery("police_released_to_two").status == "delivered"
    receipts.note_opening(item=item, by=cast.customs_analyst)
    assert cast.delivery("police_released_to_two").opened_by == cast.customs_analyst
    assert cast.delivery("police_released_to_two", "border").status == "delivered"
    receipts.note_opening(item=item, by=cast.customs_officer)
    assert cast.delivery("police_released_to_two").opened_by == cast.customs_analyst
