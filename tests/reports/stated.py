"""Statements of the cast: a few more words to state figures in, and central police that state them."""

from decimal import Decimal
from typing import Any

from registry.periods import Period
from registry.reference.actions import load_vocabularies
from registry.reference.models import Metric, Substance, UnitOfMeasure
from reports import actions
from reports.actions import FigureInput
from reports.models import Statement
from tests.cast import VOCABULARIES, Cast

QUARTER = Period.parse("2024-Q2")

COUNTED = {"dimension": "count", "symbol_vi": "vụ", "symbol_en": "cases", "name_vi": "vụ", "name_en": "case"}
MORE: dict[str, Any] = {
    **VOCABULARIES,
    "units_of_measure": {
        **VOCABULARIES["units_of_measure"],
        "special_case": {**COUNTED, "name_vi": "chuyên án", "name_en": "case file", "factor": "1"},
    },
    "metrics": {
        **VOCABULARIES["metrics"],
        "drug_special_cases": {"name_vi": "Số chuyên án", "name_en": "Case files", "dimension": "count", "order": 2},
        "drugs_seized_mass": {"name_vi": "Khối lượng", "name_en": "Mass", "dimension": "mass", "order": 3},
        "drugs_seized_tablets": {"name_vi": "Số viên", "name_en": "Tablets", "dimension": "tablet", "order": 4},
    },
}


def words() -> None:
    """Metrics and a unit that statements need."""
    load_vocabularies(data=MORE)


def cases(number: int = 12, **changes: Any) -> FigureInput:
    """So many cases of its own."""
    given = {"metric": Metric.objects.get(code="drug_cases"), "value": Decimal(number), **changes}
    return FigureInput(**{"unit": UnitOfMeasure.objects.get(code="case"), **given})


def heroin(**changes: Any) -> FigureInput:
    """Heroin seized, as a value, nil or missing."""
    return FigureInput(
        metric=Metric.objects.get(code="drugs_seized_mass"), substance=Substance.objects.get(code="heroin"), **changes
    )


def drafted(
    cast: Cast, *figures: FigureInput, unit: str = "police", period: Period = QUARTER, reason: str = ""
) -> Statement:
    """A draft of central police, written by its officer."""
    return actions.create_statement(
        unit=cast.units[unit],
        period=period,
        by=cast.people[f"{unit}_officer"],
        figures=figures or (cases(),),
        reason=reason,
    )


def confirmed(
    cast: Cast, *figures: FigureInput, unit: str = "police", period: Period = QUARTER, reason: str = ""
) -> Statement:
    """A statement confirmed by the head."""
    statement = drafted(cast, *figures, unit=unit, period=period, reason=reason)
    return actions.confirm_statement(statement=statement, by=cast.people[f"{unit}_head"])
