"""Plays planned items through the real actions, in the order of their moments, so that references follow releases."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from agencies.models import Area, Place, User
from agencies.roles import Role
from registry.information import actions, receipts
from registry.information.models import Delivery, InformationItem
from registry.reference.models import Substance, Topic
from reports.demo.cast import Cast
from reports.demo.lookup import by_code
from reports.demo.plan import ItemPlan, Step

Report = Callable[[str], None]
PROGRESS = 1000
"""Steps between two lines of progress."""


@contextmanager
def whole() -> Iterator[None]:
    """One transaction that holds or falls as a whole.

    The savepoints of the actions in it would cost a quarter of the time and gain nothing.
    """
    features = connection.features
    before = features.uses_savepoints
    with transaction.atomic():
        features.uses_savepoints = False
        try:
            yield
        finally:
            features.uses_savepoints = before


class Stage:
    """Where the plans are played. Codes are looked up once."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._topics = by_code(Topic)
        self._areas = by_code(Area)
        self._substances = by_code(Substance)
        self._places = by_code(Place)
        self._items: dict[int, InformationItem] = {}
        self._deliveries: dict[tuple[int, str], Delivery] = {}

    def play(self, plans: Sequence[ItemPlan], report: Report) -> list[InformationItem | None]:
        """All or nothing. The items in the order of their plans; None for a plan without a first step."""
        queue = sorted(
            ((step.at, n, number, step) for number, plan in enumerate(plans) for n, step in enumerate(plan.steps)),
            key=lambda entry: (entry[0], entry[3].verb != "create", entry[2], entry[1]),
        )
        for count, (_at, _n, number, step) in enumerate(queue, start=1):
            getattr(self, f"_{step.verb}")(number, plans[number], step)
            if count % PROGRESS == 0:
                report(f"{count} / {len(queue)}")
        return [self._items.get(number) for number in range(len(plans))]

    def _create(self, number: int, plan: ItemPlan, step: Step) -> None:
        self._items[number] = actions.create_item(
            unit=self._cast.units[plan.unit],
            by=self._cast.user(plan.unit, plan.author),
            content=self._content(plan, step.at),
            recipients=[self._cast.units[code] for code in plan.recipients],
            at=step.at,
            synthetic=True,
        )

    def _content(self, plan: ItemPlan, at: datetime) -> dict[str, Any]:
        return plan.content | {
            "topic": self._topics[plan.content["topic"]],
            "area": self._areas[plan.content["area"]],
            "places": [self._place(code, at) for code in plan.content["places"]],
            "substances": [self._substances[code] for code in plan.content["substances"]],
        }

    def _place(self, code: str, at: datetime) -> Place:
        """The province of the code on the day; after the merger of 2025 its successor of the same seat."""
        place = self._places[code]
        if place.holds_on(at.date()):
            return place
        succession = place.successions.select_related("successor").latest("on")
        return succession.successor

    def _edit(self, number: int, plan: ItemPlan, step: Step) -> None:
        body = f"{plan.content['body']} {step.detail['note']}"
        by = self._cast.user(plan.unit, Role.OFFICER)
        actions.edit_item(item=self._items[number], by=by, content={"body": body}, at=step.at)

    def _submit(self, number: int, plan: ItemPlan, step: Step) -> None:
        actions.submit_item(item=self._items[number], by=self._cast.user(plan.unit, plan.author), at=step.at)

    def _return(self, number: int, plan: ItemPlan, step: Step) -> None:
        actions.return_item(item=self._items[number], by=self._head(plan), reason=step.detail["reason"], at=step.at)

    def _release(self, number: int, plan: ItemPlan, step: Step) -> None:
        head, item = self._head(plan), self._items[number]
        preview = actions.preview_release(item=item, by=head).hash
        item = actions.release_item(item=item, by=head, preview=preview, at=step.at)
        self._items[number] = item
        for delivery in item.deliveries.select_related("unit"):
            self._deliveries[number, delivery.unit.code] = delivery

    def _recall(self, number: int, plan: ItemPlan, step: Step) -> None:
        self._items[number] = actions.recall_item(
            item=self._items[number], by=self._head(plan), reason=step.detail["reason"], at=step.at
        )

    def _open(self, number: int, plan: ItemPlan, step: Step) -> None:
        by = self._cast.user(step.unit, Role.FOCAL_POINT)
        receipts.open_delivery(delivery=self._deliveries[number, step.unit], by=by, at=step.at)

    def _acknowledge(self, number: int, plan: ItemPlan, step: Step) -> None:
        by_system = step.detail["by_system"] and self._cast.has(step.unit, Role.SYSTEM)
        by = self._cast.user(step.unit, Role.SYSTEM if by_system else Role.FOCAL_POINT)
        receipts.acknowledge_delivery(delivery=self._deliveries[number, step.unit], by=by, at=step.at)

    def _assign(self, number: int, plan: ItemPlan, step: Step) -> None:
        receipts.assign_delivery(
            delivery=self._deliveries[number, step.unit],
            username=self._cast.user(step.unit, Role.ANALYST).username,
            by=self._cast.user(step.unit, Role.FOCAL_POINT),
        )

    def _evaluate(self, number: int, plan: ItemPlan, step: Step) -> None:
        receipts.evaluate_delivery(
            delivery=self._deliveries[number, step.unit],
            by=self._cast.user(step.unit, Role.ANALYST),
            at=step.at,
            **step.detail,
        )

    def _head(self, plan: ItemPlan) -> User:
        return self._cast.user(plan.unit, Role.RELEASER)
