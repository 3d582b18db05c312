"""Pairs of moves that cannot both be made on one record, and how a record is made ready for them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from agencies.models import User
from agencies.refusals import Refusal, Stale
from registry.cases.actions import close_case
from registry.conferences.actions import (
    approve_minutes,
    close_action_item,
    convene_conference,
    drop_action_item,
)
from registry.information import actions, receipts
from registry.periods import Period
from registry.reference.models import Metric
from registry.workflow import TransitionError
from reports.actions import FigureInput, confirm_statement, create_statement
from tests.cases.stories import opened
from tests.cast import Cast, draft, released
from tests.conferences.stories import HELD, convened, minuted, planned, task

NUMBERS = count(1)


@dataclass(frozen=True)
class Step:
    """One of the moves: the audit action it writes, who makes it, on which record, and how."""

    audited: str
    who: str
    make: Callable[[Any, User], Any]
    on: Callable[[Any], Any] = lambda record: record


@dataclass(frozen=True)
class Race:
    """Half of the threads make the first step, half the second, of a record made by `ready`."""

    ready: Callable[[Cast], Any]
    steps: tuple[Step, Step]
    tables: tuple[str, ...]
    """Tables whose triggers are silent in the negative control."""
    refusal: type[Refusal] = TransitionError
    first_may_precede: int = 0
    """The first step, so often at most, then the second is a lawful history; the other way round is none."""


def submitted(cast: Cast) -> Any:
    """An item that waits for its release; `seen` is the preview of it."""
    item = draft(cast, by=cast.police_officer, to=("customs",))
    item = actions.submit_item(item=item, by=cast.police_officer)
    item.seen = actions.preview_release(item=item, by=cast.police_head).hash  # type: ignore[attr-defined]
    return item


def sent(cast: Cast) -> Any:
    """A released item."""
    return released(cast, by=cast.police_officer, head=cast.police_head)


def delivered(cast: Cast) -> Any:
    """A delivery nobody has opened yet, with its item."""
    return sent(cast).deliveries.select_related("item").get()


def acknowledged(cast: Cast) -> Any:
    """A delivery that waits for its evaluation, with its item."""
    delivery = delivered(cast)
    item, delivery = delivery.item, receipts.acknowledge_delivery(delivery=delivery, by=cast.customs_focal_point)
    delivery.item = item
    return delivery


def stated(cast: Cast) -> Any:
    """A draft of figures, each for a month of its own."""
    number = next(NUMBERS)
    period = Period.parse(f"{1950 + number // 12}-{number % 12 + 1:02d}")
    figure = FigureInput(metric=Metric.objects.get(code="information_shared"), nil=True)
    return create_statement(unit=cast.units["police"], period=period, by=cast.police_officer, figures=[figure])


def to_do(cast: Cast) -> Any:
    """An open action item."""
    return task(cast, convened(cast, code=f"race-{next(NUMBERS)}"))


def meeting(cast: Cast) -> Any:
    """A conference that is planned."""
    return planned(cast, code=f"race-{next(NUMBERS)}")


def written_up(cast: Cast) -> Any:
    """A conference whose minutes are complete."""
    return minuted(cast, code=f"race-{next(NUMBERS)}")


def acknowledge(delivery: Any, by: User) -> Any:
    return receipts.acknowledge_delivery(delivery=delivery, by=by)


def evaluate(delivery: Any, by: User) -> Any:
    return receipts.evaluate_delivery(delivery=delivery, by=by, usefulness="known")


def grade(delivery: Any, by: User) -> Any:
    given = {"usefulness": "known", "expected_revision": delivery.revision}
    return receipts.evaluate_delivery(delivery=delivery, by=by, **given)


def recall(record: Any, by: User) -> Any:
    return actions.recall_item(item=getattr(record, "item", record), by=by, reason="Sai.")


def release(item: Any, by: User) -> Any:
    return actions.release_item(item=item, by=by, preview=item.seen)


def give_back(item: Any, by: User) -> Any:
    return actions.return_item(item=item, by=by, reason="Thiếu.")


def submit(item: Any, by: User) -> Any:
    return actions.submit_item(item=item, by=by, expected_revision=item.revision)


def edit(item: Any, by: User) -> Any:
    return actions.edit_item(item=item, by=by, content={"title": "Khác"}, expected_revision=item.revision)


def close(case: Any, by: User) -> Any:
    return close_case(case=case, by=by, result="Bắt giữ.", closed_on=date(2024, 6, 3))


def confirm(statement: Any, by: User) -> Any:
    return confirm_statement(statement=statement, by=by)


def done(item: Any, by: User) -> Any:
    return close_action_item(item=item, by=by, evidence="Công văn.")


def dropped(item: Any, by: User) -> Any:
    return drop_action_item(item=item, by=by, reason="Không cần.")


def convene(conference: Any, by: User) -> Any:
    return convene_conference(conference=conference, by=by, held_on=HELD)


def approve(conference: Any, by: User) -> Any:
    return approve_minutes(conference=conference, by=by)


ITEM, DELIVERY = "information_informationitem", "information_delivery"
RECALL = Step("item.recall", "police_head", recall, on=lambda record: getattr(record, "item", record))
ACKNOWLEDGE = Step("delivery.acknowledge", "customs_focal_point", acknowledge)
EVALUATE = Step("delivery.evaluate", "customs_analyst", evaluate)
GRADE = Step("delivery.evaluate", "customs_analyst", grade)
AGAIN = 10_000
"""An evaluation may be given anew: the last word counts."""

RELEASE = Step("item.release", "police_head", release)


def twice(step: Step, who: str) -> tuple[Step, Step]:
    """The same step by two people."""
    return step, Step(step.audited, who, step.make, step.on)


RACES: dict[str, Race] = {
    "acknowledge/acknowledge": Race(delivered, twice(ACKNOWLEDGE, "customs_system"), (DELIVERY,)),
    "acknowledge/recall": Race(delivered, (ACKNOWLEDGE, RECALL), (DELIVERY, ITEM), first_may_precede=1),
    "evaluate/recall": Race(acknowledged, (EVALUATE, RECALL), (DELIVERY, ITEM), first_may_precede=AGAIN),
    "evaluate/evaluate of what was read": Race(
        acknowledged, (GRADE, Step("delivery.evaluate", "customs_system", grade)), (DELIVERY,), refusal=Stale
    ),
    "submit/edit": Race(
        lambda cast: draft(cast, by=cast.police_officer, to=("customs",)),
        (Step("item.submit", "police_officer", submit), Step("item.edit", "police_officer_2", edit)),
        (ITEM,),
        refusal=Stale,
    ),
    "release/return": Race(submitted, (RELEASE, Step("item.return", "police_head", give_back)), (ITEM,)),
    "release/release": Race(submitted, twice(RELEASE, "police_officer_and_head"), (ITEM,)),
    "recall/recall": Race(sent, twice(RECALL, "police_officer_and_head"), (ITEM, DELIVERY)),
    "close/close of a case": Race(
        opened, twice(Step("case.close", "police_officer", close), "police_head"), ("cases_jointcase",)
    ),
    "confirm/confirm of a statement": Race(
        stated,
        twice(Step("statement.confirm", "police_head", confirm), "police_officer_and_head"),
        ("reports_statement",),
    ),
    "close/drop of an action item": Race(
        to_do,
        (Step("action_item.close", "secretariat", done), Step("action_item.drop", "secretariat", dropped)),
        ("conferences_actionitem",),
    ),
    "convene/convene of a conference": Race(
        meeting, twice(Step("conference.convene", "secretariat", convene), "secretariat"), ("conferences_conference",)
    ),
    "approve/approve of minutes": Race(
        written_up,
        twice(Step("conference.approve", "secretariat", approve), "secretariat"),
        ("conferences_conference",),
    ),
}
HELD_BY_THE_DATABASE = {"release/release", "approve/approve of minutes"}
"""Without locks these still have one winner: the rows a second winner would write besides are refused."""
