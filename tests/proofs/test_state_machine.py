"""Random histories of an item and its deliveries: the registry and the model never disagree."""

from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from agencies.audit.models import AuditEvent
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted, Refusal, Stale
from registry.information import actions, receipts
from registry.information.models import Delivery, InformationItem
from tests.cast import Cast, draft
from tests.proofs import model
from tests.proofs.figures import Tell

PARTS, SEQUENCES, STEPS = 4, 500, 30

KINDS: dict[str, type[Refusal]] = {
    model.WRONG_PERSON: NotPermitted,
    model.WRONG_STATUS: Conflict,
    model.STALE: Stale,
    model.INVALID: Invalid,
    model.INCOMPLETE: Incomplete,
}
RECIPIENTS = [None, None, (), ("customs",), ("customs", "border"), ("border",), ("police", "customs")]
UNITS = ("customs", "border")
DRAFTERS = ("police_officer", "police_officer_2", "police_officer_and_head")

anybody = st.sampled_from(sorted(model.ROLES))
drafter = st.one_of(st.sampled_from(DRAFTERS), anybody)
head = st.one_of(st.sampled_from(("police_head", "police_officer_and_head")), anybody)
receiver = st.one_of(st.sampled_from([name for name in sorted(model.ROLES) if name.startswith(UNITS)]), anybody)
seldom = st.sampled_from([False] * 7 + [True])


class Histories(RuleBasedStateMachine):
    """One item from its draft on. Nothing stays: the history is rolled back at its end."""

    cast: Cast
    done: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.taken = 0
        self.undo = transaction.atomic()
        self.undo.__enter__()

    def teardown(self) -> None:
        """Back to where the cast stood."""
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)
        self.done["sequences"] += 1

    @initialize(to=st.sampled_from([(), ("customs",), ("customs", "border")]))
    def begin(self, to: tuple[str, ...]) -> None:
        self.item = draft(self.cast, by=self.cast.police_officer, to=to)
        self.known = model.Item(recipients=set(to))

    def compare(self, due: str, call: Any) -> None:
        """Do it, and look whether what came of it is due and all stands as the model says."""
        try:
            call()
        except Refusal as refusal:
            got: Any = refusal
        else:
            got = None
        self.taken += 1
        self.done["steps"] += 1
        self.done["refusals"] += got is not None
        kind = KINDS.get(due)
        assert (got is None) if kind is None else isinstance(got, kind), f"{got!r}, due {due}"
        self.look()

    def look(self) -> None:
        known, item = self.known, InformationItem.objects.get(pk=self.item.pk)
        deliveries = list(Delivery.objects.filter(item=item).select_related("unit"))
        assert (item.status, item.revision) == (known.status, known.revision)
        assert {one.unit.code: one.status for one in deliveries} == known.deliveries
        assert (item.reference is not None) == (known.status in {"released", "recalled"})
        ids = [str(item.pk), *(str(one.pk) for one in deliveries)]
        assert AuditEvent.objects.filter(object_id__in=ids).count() == known.events

    def units(self, to: tuple[str, ...] | None) -> Any:
        return None if to is None else [self.cast.units[code] for code in to]

    @rule(who=drafter, stale=seldom, to=st.sampled_from(RECIPIENTS), graded=st.sampled_from([None, None, True, False]))
    def edit(self, who: str, stale: bool, to: tuple[str, ...] | None, graded: bool | None) -> None:
        content = {"title": "Khác"} | ({} if graded is None else {"source_grade": "B" if graded else ""})
        due = self.known.move("edit", who, stale=stale, to=to, graded=graded)
        given = {"item": self.item, "by": self.cast.people[who], "content": content, "recipients": self.units(to)}
        self.compare(due, lambda: actions.edit_item(**given, expected_revision=self.expected(stale, due)))

    def expected(self, stale: bool, due: str) -> int:
        """The revision before the step; another one when it is to be stale."""
        before = self.known.revision - (due == model.DONE)
        return before + 1 if stale else before

    @rule(who=drafter, stale=seldom)
    def submit(self, who: str, stale: bool) -> None:
        due = self.known.move("submit", who, stale=stale)
        given = {"item": self.item, "by": self.cast.people[who], "expected_revision": self.expected(stale, due)}
        self.compare(due, lambda: actions.submit_item(**given))

    @rule(
        who=head,
        stale=seldom,
        to=st.sampled_from(RECIPIENTS),
        preview=st.sampled_from(["seen"] * 6 + ["other", "none"]),
    )
    def release(self, who: str, stale: bool, to: tuple[str, ...] | None, preview: str) -> None:
        due = self.known.move("release", who, stale=stale, to=to, preview=preview)
        given = {"item": self.item, "by": self.cast.people[who], "expected_revision": self.expected(stale, due)}
        seen = {"other": "0" * 64, "none": ""}.get(preview) if preview != "seen" else self.preview(due, to)
        self.compare(due, lambda: actions.release_item(**given, recipients=self.units(to), preview=seen))

    def preview(self, due: str, to: tuple[str, ...] | None) -> str:
        """What somebody who may look at it sees; where a release is refused before it, any text."""
        if due != model.DONE:
            return "0" * 64
        given = {"item": self.item, "by": self.cast.police_head}
        return actions.preview_release(**given, recipients=self.units(to)).hash

    @rule(who=head, blank=seldom)
    def give_back(self, who: str, blank: bool) -> None:
        due, reason = self.known.move("return", who, blank=blank), " " if blank else "Thiếu."
        by = self.cast.people[who]
        self.compare(due, lambda: actions.return_item(item=self.item, by=by, reason=reason))

    @precondition(lambda self: self.taken % 3 == 0)
    @rule(who=head, blank=seldom)
    def recall(self, who: str, blank: bool) -> None:
        due, reason = self.known.move("recall", who, blank=blank), " " if blank else "Sai."
        by = self.cast.people[who]
        self.compare(due, lambda: actions.recall_item(item=self.item, by=by, reason=reason))

    @precondition(lambda self: bool(self.known.deliveries))
    @rule(who=receiver, unit=st.sampled_from(UNITS), verb=st.sampled_from(["open", "acknowledge", "use"]))
    def handle(self, who: str, unit: str, verb: str) -> None:
        self.receive(verb, who, unit, wrong=False)

    @precondition(lambda self: bool(self.known.deliveries))
    @rule(who=receiver, unit=st.sampled_from(UNITS), verb=st.sampled_from(["evaluate", "assign"]), wrong=seldom)
    def work(self, who: str, unit: str, verb: str, wrong: bool) -> None:
        self.receive(verb, who, unit, wrong=wrong)

    def receive(self, verb: str, who: str, unit: str, *, wrong: bool) -> None:
        """What somebody does with the delivery to the unit, or to the only one there is."""
        unit = unit if unit in self.known.deliveries else next(iter(self.known.deliveries))
        due = self.known.receive(verb, who, unit, wrong=wrong)
        given = {"delivery": Delivery.objects.get(item=self.item, unit__code=unit), "by": self.cast.people[who]}
        match verb:
            case "assign":
                username = "coast_officer" if wrong else f"{unit}_analyst"
                self.compare(due, lambda: receipts.assign_delivery(**given, username=username))
            case "evaluate":
                usefulness = "great" if wrong else "new_line"
                self.compare(due, lambda: receipts.evaluate_delivery(**given, usefulness=usefulness))
            case _:
                act = {"open": receipts.open_delivery, "acknowledge": receipts.acknowledge_delivery}
                self.compare(due, lambda: act.get(verb, receipts.use_delivery)(**given))


def run(cast: Cast, sequences: int, steps: int) -> Counter[str]:
    """So many histories of so many steps; how many steps and refusals there were."""
    machine = type("Machine", (Histories,), {"cast": cast, "done": Counter()})
    chosen = settings(
        max_examples=sequences,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=chosen)
    done: Counter[str] = machine.done  # type: ignore[attr-defined]
    return done


def test_short_histories_go_as_the_model_says(cast: Cast) -> None:
    assert run(cast, 50, 12)["steps"] >= 100


@pytest.mark.prove
@pytest.mark.parametrize("part", range(PARTS))
def test_long_histories_go_as_the_model_says(cast: Cast, figures: Tell, part: int) -> None:
    done = run(cast, SEQUENCES, STEPS)
    figures("histories against the model", **done, divergences=0)
    assert done["sequences"] >= SEQUENCES
    assert done["refusals"] < done["steps"]
