"""What the demo says is composed from a seed, without the database."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from registry.information.clock import receipt_due
from registry.reference.calendar import WorkingCalendar
from reports.demo.clock import OfficeHours
from reports.demo.plan import ItemPlan, Planner
from reports.demo.recipients import Neighbours
from reports.demo.words import read_script

SCRIPT = read_script()
CALENDAR = WorkingCalendar(rest=frozenset(date.fromisoformat(day) for day in SCRIPT["holidays"]))
FORCES = {"BG": "BORDERGUARD", "CG": "COASTGUARD", "CU": "CUSTOMS"}


def planned(seed: int = 1) -> list[ItemPlan]:
    """A quarter of forty items."""
    agency_of = {entry["unit"]: FORCES.get(entry["unit"][:2], "POLICE") for entry in SCRIPT["cast"]}
    planner = Planner(Random(seed), SCRIPT, Neighbours(SCRIPT["cast"], agency_of), CALENDAR)
    return planner.quarter("2024-Q2", released=40, recalled=1)


def test_the_same_seed_plans_the_same_items() -> None:
    assert planned() == planned()
    assert planned(1) != planned(2)


def test_shares_of_the_cast_make_the_152() -> None:
    assert sum(entry["share"] for entry in SCRIPT["cast"]) == SCRIPT["releases"]["2024-Q2"] == 152


def test_no_placeholder_is_left_and_no_title_is_said_twice() -> None:
    plans = planned()
    assert len({plan.content["title"] for plan in plans}) == len(plans)
    for plan in plans:
        assert "{" not in plan.content["title"] + plan.content["body"]
        assert "  " not in plan.content["body"]


def test_an_item_is_created_submitted_and_released_in_this_order() -> None:
    for plan in planned():
        steps = [step.verb for step in sorted(plan.steps, key=lambda step: step.at)]
        assert steps[0] == "create"
        assert steps.index("create") < steps.index("submit") < steps.index("release")


def test_nothing_happens_to_an_item_after_its_recall() -> None:
    recalled = [plan for plan in planned() if any(step.verb == "recall" for step in plan.steps)]
    assert len(recalled) == 1
    assert max(recalled[0].steps, key=lambda step: step.at).verb == "recall"


def test_late_receipts_are_late_by_the_clock_of_their_urgency() -> None:
    late = 0
    for plan in planned():
        released = next(step.at for step in plan.steps if step.verb == "release")
        due = receipt_due(urgency=plan.content["urgency"], start=released, calendar=CALENDAR)
        late += sum(step.verb == "acknowledge" and step.at > due for step in plan.steps)
    assert 0 < late < 20


def test_office_hours_skip_nights_weekends_and_holidays() -> None:
    clock = OfficeHours(Random(1), ["2024-04-30", "2024-05-01"])
    monday_night = datetime(2024, 4, 29, 15, 0, tzinfo=UTC)
    after = clock.at_or_after(monday_night).astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    assert (after.month, after.day, after.hour) in {(5, 2, 7), (5, 2, 8)}
    before = clock.before(datetime(2024, 5, 2, 1, 0, tzinfo=UTC), 60).astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    assert (before.month, before.day, before.hour) == (4, 29, 16)
    assert clock.before(monday_night, 10) < monday_night - timedelta(hours=4)
