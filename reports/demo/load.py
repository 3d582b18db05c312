"""Loads the demo into an empty registry. Each part is all or nothing, and is left alone once it is there."""

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

from django.utils import timezone

from registry.information.models import InformationItem
from reports.demo.cast import Cast, load_cast
from reports.demo.plan import Planner
from reports.demo.play import Stage
from reports.demo.recipients import Neighbours
from reports.demo.words import read_script

SEED = 152
Report = Callable[[str], None]


def load_demo(*, report: Report = lambda line: None, now: datetime | None = None) -> Cast:
    """People and their records, all of them synthetic. Needs the reference data. A second call changes nothing."""
    script = read_script()
    cast, created = load_cast(script)
    report(f"accounts: {len(cast.members)} ({created} new)")
    if not InformationItem.objects.filter(synthetic=True).exists():
        load_items(cast, script, report, now or timezone.now())
    return cast


def load_items(cast: Cast, script: dict[str, Any], report: Report, now: datetime) -> None:
    """The items of the quarters, then what lies on the desks now."""
    neighbours = Neighbours(script["cast"], {code: unit.agency.code for code, unit in cast.units.items()})
    planner = Planner(Random(SEED), script, neighbours)
    plans = []
    for label, released in script["releases"].items():
        plans += planner.quarter(label, released=released, recalled=script["recalls"][label])
    plans += planner.open_work(script["open_work"], now)
    report(f"items: playing {len(plans)} items")
    Stage(cast).play(plans, report)
