"""Lawful changes at random to what a sealed report of 2024-H1 counts, each through its action."""

import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from agencies.refusals import Conflict, Refusal
from registry.cases.actions import add_lot, edit_case, reweigh_lot
from registry.cases.models import SeizureLot
from registry.commendations.terms import AwardLevel
from registry.conferences.actions import add_action_item, close_action_item, edit_conference
from registry.conferences.models import Conference
from registry.information import actions, receipts
from registry.periods import Period
from registry.reference.models import Substance, UnitOfMeasure
from reports.narrating import write_narrative
from tests.cast import Cast
from tests.commendations import stories as commendations
from tests.proofs.conftest import Committed


def arrests(cast: Cast, chance: random.Random) -> None:
    case = cast.cases[chance.choice(["case_joint", "case_closed"])]
    edit_case(case=case, by=cast.police_officer, content={"arrests": chance.randrange(1000)})


def seizure(cast: Cast, chance: random.Random) -> None:
    add_lot(
        case=cast.cases["case_joint"],
        by=cast.police_officer,
        substance=Substance.objects.get(code="heroin"),
        raw_text="1 kg",
        value=Decimal(chance.randrange(1, 900)),
        unit=UnitOfMeasure.objects.get(code="g"),
        seized_on=date(2024, 5, chance.randrange(15, 31)),
    )


def grade(cast: Cast, chance: random.Random) -> None:
    delivery = cast.delivery("police_released_to_two")
    worth = chance.choice(["not_useful", "known", "new_line", "contributed"])
    receipts.evaluate_delivery(delivery=delivery, by=cast.customs_analyst, usefulness=worth)


def acknowledge(cast: Cast, chance: random.Random) -> None:
    name = chance.choice(["police_released_to_two", "police_released_to_customs"])
    receipts.acknowledge_delivery(delivery=cast.delivery(name), by=cast.customs_focal_point)


def correct(cast: Cast, chance: random.Random) -> None:
    item = cast.items["police_released_to_two"]
    content = {"body": f"Sửa lần {chance.randrange(10**6)}."}
    actions.correct_item(item=item, by=cast.police_officer, content=content, reason="Sửa.")
    preview = actions.preview_release(item=item, by=cast.police_head).hash
    actions.release_correction(item=item, by=cast.police_head, preview=preview)


def recall(cast: Cast, chance: random.Random) -> None:
    name = chance.choice(["north_released_below", "police_released_to_customs"])
    head = cast.police_head if name.startswith("police") else cast.north_head
    actions.recall_item(item=cast.items[name], by=head, reason="Sai.")


def weigh_anew(cast: Cast, chance: random.Random) -> None:
    lot = chance.choice(
        list(SeizureLot.objects.counted().filter(case=cast.cases["case_joint"], value__isnull=False)) or [None]
    )
    if lot is None:
        raise Conflict("Nothing is weighed yet.")
    value, gram = Decimal(chance.randrange(1, 900)), UnitOfMeasure.objects.get(code="g")
    reweigh_lot(lot=lot, by=cast.police_officer, raw_text=f"{value} g", value=value, unit=gram, reason="Cân lại.")


def meeting(cast: Cast, chance: random.Random) -> None:
    content = {"title_en": f"Conference {chance.randrange(10**6)}"}
    edit_conference(conference=half_year(), by=cast.secretariat, content=content)


def work(cast: Cast, chance: random.Random) -> None:
    add_action_item(conference=half_year(), by=cast.secretariat, text_vi=f"Việc {chance.randrange(10**6)}.")


def work_done(cast: Cast, chance: random.Random) -> None:
    left = list(half_year().action_items.filter(status="open"))
    if not left:
        raise Conflict("Everything is done.")
    close_action_item(item=chance.choice(left), by=cast.secretariat, evidence="Công văn.")


def text(cast: Cast, chance: random.Random) -> None:
    written = {
        "period": HALF,
        "part": chance.choice(["situation", "shared"]),
        "language": "vi",
        "confirm": ["typed_numbers"],
    }
    write_narrative(**written, text=f"Tình hình lần {chance.randrange(10**6)}.", by=cast.secretariat)


def award(cast: Cast, chance: random.Random) -> None:
    level, name = chance.choice(AwardLevel.values), chance.choice(["case_joint", "case_closed"])
    commendations.award(cast, commendations.nominated(cast, case=name, level=level, further_reason="Thành tích mới."))


CHANGES: tuple[Callable[[Cast, random.Random], None], ...] = (
    arrests, seizure, weigh_anew, grade, acknowledge, correct, recall, meeting, work, work_done, text, award,
)  # fmt: skip
HALF = Period.parse("2024-H1")


def half_year() -> Conference:
    return Conference.objects.get(code="half-year")


def changed_at_random(committed: Committed, number: int, seed: int) -> dict[str, int]:
    """So many changes that were made, by what they were; those refused do not count."""
    chance, cast = random.Random(seed), committed.cast()
    made = dict.fromkeys((change.__name__ for change in CHANGES), 0)
    while sum(made.values()) < number:
        change = chance.choice(CHANGES)
        try:
            change(cast, chance)
        except Refusal:
            continue
        made[change.__name__] += 1
    return made
