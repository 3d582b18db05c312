"""The golden case of docs/reconciliation.md: one lead, three coordinators, mass and tablets. Through the actions."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from registry.cases.actions import add_lot, open_case
from registry.cases.models import JointCase, SeizureLot
from registry.reference.models import Metric, Substance, UnitOfMeasure
from reports.actions import FigureInput, confirm_statement
from reports.models import Statement
from tests.cases.stories import area
from tests.cast import Cast
from tests.reports.stated import drafted

UNITS = ("police", "border", "coast", "customs")
MASS, TABLETS = "2024-Q2.drugs_seized_mass.heroin", "2024-Q2.drugs_seized_tablets.methamphetamine"
LOTS = {
    "A": ("X", "heroin", "1.2", "kg", date(2024, 5, 14)),
    "B": ("X", "heroin", "0.5", "kg", date(2024, 5, 20)),
    "C": ("X", "heroin", "250.001", "g", date(2024, 6, 2)),
    "D": ("X", "heroin", "90", "g", date(2024, 7, 3)),
    "E": ("X", "methamphetamine", "10000", "tablet", date(2024, 5, 14)),
    "F": ("Y", "methamphetamine", "3001", "tablet", date(2024, 6, 28)),
}
"""Case, substance, quantity as entered, day of seizure."""

STATED: dict[str, tuple[Any, Any]] = {
    "police": (("lead", "1.79", "ABD"), ("lead", "13001", "EF")),
    "border": (("coordinator", "1.7", "AB"), ("coordinator", "10000", "E")),
    "coast": (("coordinator", "1.25", "A"), ("coordinator", None, "")),
    "customs": (("coordinator", "1.2", "A"), ("coordinator", "3001", "F")),
}
"""Mass in kilograms and tablets: role, value (None is nil), the lots it counts."""


@dataclass
class Golden:
    """The story told."""

    cases: dict[str, JointCase] = field(default_factory=dict)
    lots: dict[str, SeizureLot] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)


def measured(metric: str, substance: str, unit: str, role: str, value: str | None, lots: list[SeizureLot]) -> Any:
    """A figure of what was seized."""
    return FigureInput(
        metric=Metric.objects.get(code=metric),
        substance=Substance.objects.get(code=substance),
        role=role,
        value=Decimal(value) if value else None,
        unit=UnitOfMeasure.objects.get(code=unit) if value else None,
        nil=value is None,
        claims=lots,
    )


def records(cast: Cast) -> Golden:
    """Two cases of the police; coast guard and border guard coordinate the first, customs both."""
    golden = Golden()
    for name, others in (("X", ("border", "coast", "customs")), ("Y", ("customs",))):
        golden.cases[name] = open_case(
            by=cast.police_officer,
            unit=cast.units["police"],
            kind="case_file",
            title=f"Chuyên án {name}",
            area=area(),
            opened_on=date(2024, 5, 14),
            participants=[(cast.units[unit], "coordinator") for unit in others],
        )
    for name, (case, substance, value, unit, day) in LOTS.items():
        golden.lots[name] = add_lot(
            case=golden.cases[case],
            by=cast.police_officer,
            substance=Substance.objects.get(code=substance),
            raw_text=f"{value} {unit}",
            value=Decimal(value),
            unit=UnitOfMeasure.objects.get(code=unit),
            seized_on=day,
        )
    return golden


def told(cast: Cast) -> Golden:
    """All of it, confirmed."""
    golden = records(cast)
    for unit, (mass, tablets) in STATED.items():
        figures = [
            measured(metric, substance, measure, role, value, [golden.lots[name] for name in claims])
            for (metric, substance, measure), (role, value, claims) in (
                (("drugs_seized_mass", "heroin", "kg"), mass),
                (("drugs_seized_tablets", "methamphetamine", "tablet"), tablets),
            )
        ]
        statement = drafted(cast, *figures, unit=unit)
        golden.statements[unit] = confirm_statement(statement=statement, by=cast.people[f"{unit}_head"])
    return golden
