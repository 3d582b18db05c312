"""Exactly what applying a plan would do, row by row, and its hash: what is applied is what was looked at."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from agencies.models import User
from agencies.refusals import Invalid
from registry.reorganisations.changes import Change, changes_of
from registry.reorganisations.consequences import Consequence, consequences_of
from registry.reorganisations.faults import faults_of
from registry.reorganisations.ground import Ground
from registry.reorganisations.models import Reorganisation
from registry.reorganisations.open_work import Waiting, waiting_at
from registry.reorganisations.plan import Plan


@dataclass(frozen=True, slots=True)
class Preview:
    """The rows, what follows without a row, the work that waits at units that end."""

    hash: str
    changes: list[Change]
    consequences: list[Consequence]
    waiting: list[Waiting]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The rows as people read them."""
        return [change.line() for change in self.changes]


def plan_of(reorganisation: Reorganisation) -> Plan:
    """The plan of the record."""
    return Plan.read(reorganisation.kind, reorganisation.takes_effect_on, reorganisation.plan)


def preview_of(reorganisation: Reorganisation, *, by: User | None) -> Preview:
    """Worked out anew from what stands now; Invalid when the plan cannot be carried out (any more)."""
    plan = plan_of(reorganisation)
    ground = Ground(plan)
    faults = faults_of(plan, ground, by, reorganisation.unit)
    if faults:
        raise Invalid(faults)
    waiting = waiting_at(ground.concerned) if plan.closes else []
    consequences = consequences_of(plan, ground)
    changes = changes_of(plan, ground, source=reorganisation.reason)
    return Preview(_hash(changes, consequences), changes, consequences, waiting)


def _hash(changes: list[Change], consequences: list[Consequence]) -> str:
    """SHA-256 over the rows and over who reads more or less; the same in every language."""
    told = [[one.code, one.unit] for one in consequences]
    document = {"rows": [change.line() for change in changes], "consequences": told}
    return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
