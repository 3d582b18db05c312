"""What the agencies of the demo state for a quarter: most have confirmed, one still works on its draft."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from agencies.roles import Role
from registry.cases.models import JointCase
from registry.information.models import InformationItem
from registry.periods import Period
from registry.reference.models import Metric, Substance, UnitOfMeasure
from reports.actions import FigureInput, confirm_statement, create_statement, set_figures
from reports.demo.cast import Cast
from reports.demo.lookup import by_code
from reports.models import Statement
from reports.prefill import as_input, figures_from_records
from reports.reconciliation import explain_difference, open_differences
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
        why = self._script["statement_differences"].get(period.label, {}).get(agency)
        self._from_records(statement, one_more=why is not None)
        if confirm:
            head = self._cast.user(unit.code, Role.RELEASER)
            confirm_statement(statement=statement, by=head, at=at + timedelta(days=1, minutes=17))
        if why:
            self._explain(statement, period, why, at + timedelta(days=3))

    def _from_records(self, statement: Statement, *, one_more: bool) -> None:
        """The figures of joint cases with the records behind them; where something is off, one case more than those."""
        by = self._cast.user(statement.unit.code, Role.OFFICER)
        found = figures_from_records(statement, by)
        if one_more:
            place = next(n for n, figure in enumerate(found) if figure.substance is None and figure.value is not None)
            found[place] = replace(found[place], value=(found[place].value or Decimal(0)) + 1)
        kept = [as_input(row) for row in statement.figures.select_related("metric", "substance", "unit")]
        set_figures(statement=statement, figures=[*kept, *found], by=by)

    def _explain(self, statement: Statement, period: Period, why: str, at: datetime) -> None:
        """Its officer says why the figure differs."""
        by = self._cast.user(statement.unit.code, Role.OFFICER)
        for one in open_differences(period, by):
            explain_difference(series=one.series, agency=one.agency, text=why, by=by, at=at)

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
