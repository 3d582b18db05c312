"""Reminders of receipts, with the clock turned on from step to step."""

from datetime import UTC, datetime
from typing import Any

import pytest

from agencies.actions import create_user
from agencies.models import User
from agencies.roles import Role
from registry.information import actions, jobs, receipts
from registry.information.models import Delivery
from registry.information.reminders import remind
from registry.notices.models import Notice
from registry.reference.actions import load_vocabularies
from tests.cast import LONG_AGO, Cast, draft, release


def released(cast: Cast, at: str, urgency: str = "routine") -> Delivery:
    moment = datetime.fromisoformat(at)
    item = draft(cast, by=cast.police_officer, to=("customs",))
    actions.edit_item(item=item, by=cast.police_officer, content={"urgency": urgency})
    actions.submit_item(item=item, by=cast.police_officer, at=moment)
    return release(item, by=cast.police_head, at=moment).deliveries.get()


def reminded(delivery: Delivery) -> list[tuple[str, str, str]]:
    """Step, kind and person, in the order of steps and names."""
    rows = Notice.objects.filter(key__startswith=f"delivery:{delivery.pk}:", kind__startswith="receipt")
    return sorted((n.key.rpartition(":")[2], n.kind, n.user.username) for n in rows)


SOON = ("due_soon", "receipt_due_soon", "customs_focal_point")
OVERDUE = ("overdue", "receipt_overdue", "customs_focal_point")
TO_HEAD = ("to_head", "receipt_overdue", "customs_head")


def test_focal_points_then_heads_are_reminded_as_the_clock_runs_out(cast: Cast, time_machine: Any) -> None:
    """Tuesday 08:00, due on Friday 08:00: a quarter is 18 hours, one working day later is Monday."""
    time_machine.move_to("2026-05-12T08:00:00+07:00", tick=False)
    delivery = released(cast, "2026-05-12T08:00:00+07:00")
    assert delivery.due_at == datetime(2026, 5, 15, 1, 0, tzinfo=UTC)
    for moment, due in (
        ("2026-05-14T13:59:00+07:00", []),
        ("2026-05-14T14:00:00+07:00", [SOON]),
        ("2026-05-15T07:59:00+07:00", [SOON]),
        ("2026-05-15T08:00:00+07:00", [SOON, OVERDUE]),
        ("2026-05-18T07:59:00+07:00", [SOON, OVERDUE]),
        ("2026-05-18T08:00:00+07:00", [SOON, OVERDUE, TO_HEAD]),
        ("2026-05-25T08:00:00+07:00", [SOON, OVERDUE, TO_HEAD]),
    ):
        time_machine.move_to(moment, tick=False)
        for _time in range(2):
            jobs.remind_receipts.func(0)
        assert reminded(delivery) == due, moment


def test_the_step_to_the_heads_waits_over_a_holiday(cast: Cast, time_machine: Any) -> None:
    load_vocabularies(
        data={"non_working_days": {"2026-05-18": {"name_vi": "Nghỉ", "name_en": "Off", "kind": "public_holiday"}}}
    )
    delivery = released(cast, "2026-05-12T08:00:00+07:00")
    for moment, heads in (("2026-05-18T08:00:00+07:00", False), ("2026-05-19T08:00:00+07:00", True)):
        time_machine.move_to(moment, tick=False)
        remind()
        assert (TO_HEAD in reminded(delivery)) is heads


def test_a_flash_is_reminded_of_half_an_hour_before(cast: Cast, time_machine: Any) -> None:
    delivery = released(cast, "2026-05-16T23:00:00+07:00", "flash")
    for moment, due in (("2026-05-17T00:29:00+07:00", []), ("2026-05-17T00:30:00+07:00", [SOON])):
        time_machine.move_to(moment, tick=False)
        remind()
        assert reminded(delivery) == due


def acknowledged(cast: Cast, delivery: Delivery) -> None:
    receipts.acknowledge_delivery(delivery=delivery, by=cast.customs_focal_point)


def recalled(cast: Cast, delivery: Delivery) -> None:
    actions.recall_item(item=delivery.item, by=cast.police_head, reason="Nguồn rút lại.")


@pytest.mark.parametrize("done", [acknowledged, recalled])
def test_nobody_is_reminded_of_what_is_done(cast: Cast, time_machine: Any, done: Any) -> None:
    time_machine.move_to("2026-05-12T09:00:00+07:00", tick=False)
    delivery = released(cast, "2026-05-12T08:00:00+07:00")
    done(cast, delivery)
    time_machine.move_to("2026-05-18T08:00:00+07:00", tick=False)
    remind()
    assert reminded(delivery) == []


def test_an_opened_delivery_is_still_to_be_acknowledged(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-05-12T09:00:00+07:00", tick=False)
    delivery = released(cast, "2026-05-12T08:00:00+07:00")
    receipts.open_delivery(delivery=delivery, by=cast.customs_officer)
    time_machine.move_to("2026-05-15T08:00:00+07:00", tick=False)
    remind()
    assert reminded(delivery) == [OVERDUE]


def test_whoever_works_on_it_and_every_deputy_is_told_when_it_is_overdue(cast: Cast, time_machine: Any) -> None:
    customs = cast.units["customs"]
    create_user(username="deputy", password=None, unit=customs, role=Role.FOCAL_POINT, by=None, valid_from=LONG_AGO)
    time_machine.move_to("2026-05-12T09:00:00+07:00", tick=False)
    delivery = released(cast, "2026-05-12T08:00:00+07:00")
    receipts.assign_delivery(delivery=delivery, username="customs_analyst", by=cast.customs_focal_point)
    time_machine.move_to("2026-05-15T08:00:00+07:00", tick=False)
    remind()
    assert [name for _step, _kind, name in reminded(delivery)] == ["customs_analyst", "customs_focal_point", "deputy"]
    assert User.objects.filter(username="deputy").exists()


def test_after_a_long_standstill_nobody_is_flooded_with_old_reminders(cast: Cast, time_machine: Any) -> None:
    delivery = released(cast, "2026-05-12T08:00:00+07:00")
    time_machine.move_to("2026-06-30T08:00:00+07:00", tick=False)
    assert remind() == 0
    assert reminded(delivery) == []


def test_after_a_short_standstill_focal_points_and_heads_are_both_told(cast: Cast, time_machine: Any) -> None:
    delivery = released(cast, "2026-05-12T08:00:00+07:00")
    time_machine.move_to("2026-05-20T08:00:00+07:00", tick=False)
    assert remind() == 2
    assert reminded(delivery) == [OVERDUE, TO_HEAD]
