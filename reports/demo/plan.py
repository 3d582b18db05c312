"""What happens to the items of the demo, and when: drawn from a seed, without the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from agencies.roles import Role
from registry.information.clock import receipt_due
from registry.information.terms import Tlp, Urgency
from registry.periods import Period
from registry.reference.calendar import WorkingCalendar
from reports.demo.clock import OfficeHours
from reports.demo.recipients import Neighbours
from reports.demo.words import Writer

URGENCIES = {Urgency.ROUTINE: 68, Urgency.URGENT: 20, Urgency.VERY_URGENT: 8, Urgency.FLASH: 4}
LABELS = {Tlp.AMBER: 45, Tlp.AMBER_STRICT: 20, Tlp.GREEN: 25, Tlp.RED: 5, Tlp.CLEAR: 5}
SOURCES = {"A": 12, "B": 38, "C": 30, "D": 10, "E": 2, "F": 8}
BELIEFS = {"1": 14, "2": 40, "3": 30, "4": 6, "5": 1, "6": 9}
RECEIPTS = {"in_time": 80, "late": 12, "opened": 4, "never": 4}
RETURNED = 0.08
"""The share of released items that had been sent back to their author once."""


@dataclass(frozen=True, slots=True)
class Step:
    """One move at one moment; `unit` is the recipient's, where it is a recipient that moves."""

    at: datetime
    verb: str
    unit: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class ItemPlan:
    """One item: what it says, who gets it, and its steps in any order."""

    unit: str
    author: Role
    content: dict[str, Any]
    recipients: tuple[str, ...]
    steps: list[Step]


class Planner:
    """Draws items. The same seed draws the same items."""

    def __init__(
        self, rng: Random, script: Mapping[str, Any], neighbours: Neighbours, calendar: WorkingCalendar
    ) -> None:
        self._calendar = calendar
        self._rng = rng
        self._script = script
        self._neighbours = neighbours
        self._clock = OfficeHours(rng, script["holidays"])
        self._writer = Writer(rng, script)

    def quarter(self, label: str, *, released: int, recalled: int) -> list[ItemPlan]:
        """So many items first released in the quarter, the last steps of which may lie after it."""
        start, end = Period.parse(label).moments()
        authors = self._authors(released)
        plans = [self._released(entry, self._clock.draw(start, end)) for entry in authors]
        for plan in self._rng.sample([p for p in plans if len(p.recipients) > 1], recalled):
            self._recall(plan)
        return plans

    def open_work(self, counts: Mapping[str, int], now: datetime) -> list[ItemPlan]:
        """What lies on the desks today: fresh items waiting for receipts, and drafts in every state."""
        since = now - timedelta(days=8)
        plans = []
        for state, count in counts.items():
            for entry in self._authors(count):
                moment = self._clock.draw(since, now)
                plan = self._released(entry, moment) if state == "released" else self._unfinished(entry, moment, state)
                plan.steps = [step for step in plan.steps if step.at < now]
                plans.append(plan)
        return plans

    def _authors(self, count: int) -> list[Mapping[str, Any]]:
        """Entries of the cast in proportion to their share: exactly, where the shares add up to the count."""
        cast = self._script["cast"]
        total = sum(entry["share"] for entry in cast)
        whole = [entry for entry in cast for _n in range(entry["share"] * count // total)]
        rest = self._rng.sample(cast, count - len(whole), counts=[entry["share"] for entry in cast])
        return whole + rest

    def _released(self, entry: Mapping[str, Any], moment: datetime) -> ItemPlan:
        plan = self._draft(entry, moment)
        plan.steps = [Step(moment, "release"), *self._before_release(moment, plan.content["urgency"])]
        for recipient in plan.recipients:
            plan.steps += self._receipt(recipient, moment, plan.content["urgency"])
        return plan

    def _unfinished(self, entry: Mapping[str, Any], moment: datetime, state: str) -> ItemPlan:
        plan = self._draft(entry, moment)
        submitted = self._clock.before(moment, self._rng.randrange(20, 200))
        created = self._clock.before(submitted, self._rng.randrange(15, 900))
        plan.steps = [Step(created, "create")]
        if state != "draft":
            plan.steps.append(Step(submitted, "submit"))
        if state == "returned":
            plan.steps.append(Step(moment, "return", detail={"reason": self._writer.one_of("return_reasons")}))
        return plan

    def _draft(self, entry: Mapping[str, Any], moment: datetime) -> ItemPlan:
        day = timezone.localtime(moment).date()
        text = self._writer.write(
            self._script["item_templates"],
            areas=entry["areas"],
            places=entry["places"],
            month=f"{day.month}/{day.year}",
        )
        facts_to = day - timedelta(days=self._rng.randrange(0, 6))
        content = {
            "title": text.title,
            "body": text.body,
            "topic": text.topic,
            "area": text.area,
            "places": [text.place],
            "substances": list(text.substances),
            "facts_from": facts_to - timedelta(days=self._rng.randrange(0, 21)),
            "facts_to": facts_to,
            **self._marks(day),
        }
        author = Role.SYSTEM if entry["unit"] == "CU-DTCBL" and self._rng.random() < 0.35 else Role.OFFICER
        recipients = self._neighbours.draw(self._rng, entry, area=text.area, place=text.place)
        return ItemPlan(entry["unit"], author, content, recipients, [])

    def _marks(self, day: Any) -> dict[str, Any]:
        """The three axes (secrecy, sharing, quality), the conditions and the urgency."""
        rng = self._rng
        return {
            "secrecy": "internal" if rng.random() < 0.75 else "none",
            "tlp": self._weighted(LABELS),
            "no_judicial_use": rng.random() < 0.3,
            "no_onward": rng.random() < 0.7,
            "contact_before_action": rng.random() < 0.35,
            "return_after_reading": rng.random() < 0.05,
            "expires_on": day + timedelta(days=180) if rng.random() < 0.15 else None,
            "conditions": self._writer.one_of("conditions") if rng.random() < 0.15 else "",
            "source_grade": self._weighted(SOURCES),
            "information_grade": self._weighted(BELIEFS),
            "urgency": self._weighted(URGENCIES),
        }

    def _before_release(self, moment: datetime, urgency: str) -> Iterable[Step]:
        """Created, submitted, and for some returned, edited and submitted again before the release."""
        longest = 240 if urgency == Urgency.ROUTINE else 40
        submitted = self._clock.before(moment, self._rng.randrange(8, longest))
        yield Step(submitted, "submit")
        if self._rng.random() < RETURNED:
            edited = self._clock.before(submitted, self._rng.randrange(3, 60))
            returned = self._clock.before(edited, self._rng.randrange(20, 300))
            yield Step(edited, "edit", detail={"note": self._writer.one_of("edit_notes")})
            yield Step(returned, "return", detail={"reason": self._writer.one_of("return_reasons")})
            submitted = self._clock.before(returned, self._rng.randrange(20, 300))
            yield Step(submitted, "submit")
        yield Step(self._clock.before(submitted, self._rng.randrange(10, longest * 4)), "create")

    def _receipt(self, unit: str, released: datetime, urgency: str) -> Iterable[Step]:
        """Opened, acknowledged, evaluated: mostly in time, some late, some never."""
        due = receipt_due(urgency=urgency, start=released, calendar=self._calendar)
        outcome = self._weighted(RECEIPTS)
        if outcome == "never":
            return
        if outcome == "late":
            at = self._clock.at_or_after(due + timedelta(hours=self._rng.uniform(1, 110)))
        else:
            drawn = released + self._rng.uniform(0.03, 0.85) * (due - released)
            at = min(self._clock.at_or_after(drawn), due - timedelta(minutes=1))
        if outcome == "opened" or self._rng.random() < 0.4:
            yield Step(released + self._rng.uniform(0.3, 0.95) * (at - released), "open", unit)
        if outcome == "opened":
            return
        yield Step(at, "acknowledge", unit, {"by_system": self._rng.random() < 0.15})
        if self._rng.random() < 0.1:
            yield Step(at + timedelta(minutes=5), "assign", unit)
        if self._rng.random() < 0.52:
            yield self._evaluation(unit, at)

    def _evaluation(self, unit: str, acknowledged: datetime) -> Step:
        words = self._script["usefulness"]
        usefulness = self._weighted({code: entry["weight"] for code, entry in words.items()})
        detail = {"usefulness": usefulness, "note": self._rng.choice(words[usefulness]["notes"])}
        if self._rng.random() < 0.6:
            detail |= {"source_grade": self._weighted(SOURCES), "information_grade": self._weighted(BELIEFS)}
        at = self._clock.at_or_after(acknowledged + timedelta(days=self._rng.uniform(0.5, 14)))
        return Step(at, "evaluate", unit, detail)

    def _recall(self, plan: ItemPlan) -> None:
        """Take it back some days after its release; what recipients would have done later falls away."""
        released = next(step.at for step in plan.steps if step.verb == "release")
        at = self._clock.at_or_after(released + timedelta(days=self._rng.uniform(1, 9)))
        plan.steps = [step for step in plan.steps if step.at < at]
        plan.steps.append(Step(at, "recall", detail={"reason": self._writer.one_of("recall_reasons")}))

    def _weighted(self, weights: Mapping[Any, int]) -> str:
        return str(self._rng.choices(list(weights), list(weights.values()))[0])
