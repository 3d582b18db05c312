"""What the agencies of the demo state for a quarter: most have confirmed, one still works on its draft."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from agencies.roles import Role
from registry.cases.models import JointCase
from registry.information.models import InformationItem
from registry.periods import Period
from registry.reference.models import Metric, Substance, UnitOfMeasure
from reports.actions import FigureInput, confirm_statement, create_statement
from reports.demo.cast import Cast
from reports.demo.lookup import by_code
from reports.terms import FigureRole, MissingReason

UNITS = {
    "information_shared": "item",
    "joint_cases_led": "case",
    "persons_arrested": "person",
    "drug_cases": "case",
    "fugitives_arrested": "person",
    "training_sessions": "session",
    "joint_patrols": "patrol",
    "drugs_seized_mass": "kg",
    "drugs_seized_tablets": "tablet",
}
SEIZED = (("drugs_seized_mass", "heroin", (4, 90)), ("drugs_seized_mass", "meth_crystal", (10, 180)))
TABLETS = ("drugs_seized_tablets", "meth_tablet", (2_000, 90_000))


class Statements:
    """Writes the statements of the script."""

    def __init__(self, rng: Random, script: Mapping[str, Any], cast: Cast) -> None:
        self._rng = rng
        self._script = script
        self._central = {m.unit.agency.code: m.unit for m in cast.members if m.role is Role.SECRETARIAT}
        self._cast = cast
        self._metrics = by_code(Metric)
        self._units = by_code(UnitOfMeasure)
        self._substances = by_code(Substance)

    def load(self) -> int:
        """All statements; how many."""
        confirmed = [(p, a, True) for p, agencies in self._script["statements"].items() for a in agencies]
        drafts = [(p, a, False) for p, agencies in self._script["statement_drafts"].items() for a in agencies]
        for label, agency, confirm in confirmed + drafts:
            self._state(Period.parse(label), agency, confirm=confirm)
        return len(confirmed) + len(drafts)

    def _state(self, period: Period, agency: str, *, confirm: bool) -> None:
        unit = self._central[agency]
        at = self._written_at(period)
        statement = create_statement(
            unit=unit,
            period=period,
            by=self._cast.user(unit.code, Role.OFFICER),
            figures=self._figures(agency, period),
            at=at,
            synthetic=True,
        )
        if confirm:
            head = self._cast.user(unit.code, Role.RELEASER)
            confirm_statement(statement=statement, by=head, at=at + timedelta(days=1, minutes=17))

    def _written_at(self, period: Period) -> datetime:
        """A morning in the first week after the period."""
        return period.moments()[1] + timedelta(days=self._rng.randrange(1, 4), hours=9, minutes=20)

    def _figures(self, agency: str, period: Period) -> list[FigureInput]:
        """Items and cases as the registry holds them; the rest drawn between the bounds of the script."""
        items = InformationItem.objects.released_in(period).filter(unit__agency__code=agency)
        cases = JointCase.objects.opened_in(period).led_by_agency(agency, on=period.end)
        figures = [
            self._figure("information_shared", items.count()),
            self._figure("joint_cases_led", cases.count(), role=FigureRole.LEAD),
        ]
        figures += [self._drawn(code, given) for code, given in self._script["statement_figures"][agency].items()]
        scale = 1 if agency in {"POLICE", "BORDERGUARD"} else 5
        for code, substance, (low, high) in (*SEIZED, TABLETS):
            value = self._rng.randrange(low, high) // scale
            figures.append(self._figure(code, value, substance=self._substances[substance]))
        return figures

    def _drawn(self, code: str, given: Any) -> FigureInput:
        """Between two bounds; null is nil, a word is why it is missing."""
        if isinstance(given, str):
            return FigureInput(metric=self._metrics[code], missing=MissingReason(given))
        return self._figure(code, self._rng.randrange(*given) if given else 0)

    def _figure(
        self, code: str, value: int, *, role: str = FigureRole.OWN, substance: Substance | None = None
    ) -> FigureInput:
        if value == 0:
            return FigureInput(metric=self._metrics[code], role=role, substance=substance, nil=True)
        return FigureInput(
            metric=self._metrics[code],
            role=role,
            substance=substance,
            value=Decimal(value),
            unit=self._units[UNITS[code]],
        )
