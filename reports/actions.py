"""Writes to statements: create, set figures, confirm. One audited function each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Unit, User
from agencies.models.organisation import Level
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted, Stale, Text
from agencies.roles import Permission
from registry.documents.terms import Comparator
from registry.periods import Period
from registry.reference.models import Metric, Substance, UnitOfMeasure
from registry.workflow import permission_for, step
from reports.claiming import held_claims, refuse_claims, write_claims
from reports.models import Statement, StatementFigure
from reports.series import Counted
from reports.terms import FigureRole, StatementStatus
from reports.workflow import MOVES

DAY = timedelta(days=1)

SPEAKING_LEVELS = (Level.CENTRAL, Level.PARENT)
"""Only a central unit speaks for its agency."""


@dataclass(frozen=True, slots=True)
class FigureInput:
    """One figure as somebody states it: a value with its unit, or `nil`, or the code of why it is `missing`.

    `claims` are the cases or lots that it counts; None leaves those that the figure has.
    """

    metric: Metric
    role: str = FigureRole.OWN
    substance: Substance | None = None
    value: Decimal | None = None
    unit: UnitOfMeasure | None = None
    nil: bool = False
    missing: str = ""
    note: str = ""
    comparator: str = Comparator.EXACT
    claims: Sequence[Counted] | None = None

    @property
    def place(self) -> tuple[Any, Any, str]:
        """What there is one figure of in a statement."""
        return self.metric.pk, self.substance.pk if self.substance else None, self.role


@transaction.atomic
def create_statement(
    *,
    unit: Unit,
    period: Period,
    by: User,
    figures: Sequence[FigureInput] = (),
    reason: str = "",
    at: datetime | None = None,
    synthetic: bool = False,
) -> Statement:
    """A draft of the agency's figures for the period. Where one is confirmed, a further number that says why."""
    if not by.may(Permission.STATEMENT_WRITE, unit.pk):
        raise NotPermitted
    if unit.level not in SPEAKING_LEVELS:
        raise Invalid({"unit": _("A central unit states the figures of its agency. Name one.")})
    last = _last(unit, period)
    if last is not None and last.status == StatementStatus.DRAFT:
        raise Conflict(_("A draft for this agency and period exists already: edit that one."), code="draft_exists")
    if last is not None and not reason.strip():
        raise Invalid({"reason": _("Say what this statement corrects in the confirmed one, and why.")}, code="required")
    moment = at or timezone.now()
    statement = Statement(
        agency=unit.agency,
        unit=unit,
        period_label=period.label,
        period_start=period.start,
        period_end=period.end,
        period_basis=period.basis.value,
        number=last.number + 1 if last else 1,
        reason=reason.strip() if last else "",
        author=by,
        edited_by=by,
        created_at=moment,
        synthetic=synthetic,
    )
    _insert(statement)
    statement.editors.add(by)
    _write(statement, figures, by)
    record(action="statement.create", by=by, on=statement, figures=len(figures))
    return statement


def _last(unit: Unit, period: Period) -> Statement | None:
    """The latest statement of the agency for the period, locked."""
    same = Statement.objects.filter(
        agency_id=unit.agency_id, period_label=period.label, period_basis=period.basis.value
    )
    return same.select_for_update().order_by("-number").first()


def _insert(statement: Statement) -> None:
    """Save it; of two that come at once the database takes one."""
    try:
        with transaction.atomic():
            statement.save(force_insert=True)
    except IntegrityError as fault:
        raise Conflict(
            _("A draft for this agency and period exists already: edit that one."), code="draft_exists"
        ) from fault


def _locked(statement: Statement, expected_revision: int | None) -> Statement:
    fresh = Statement.objects.select_for_update().get(pk=statement.pk)
    if expected_revision is not None and fresh.revision != expected_revision:
        raise Stale
    return fresh


@transaction.atomic
def set_figures(
    *,
    statement: Statement,
    figures: Sequence[FigureInput],
    by: User,
    expected_revision: int | None = None,
) -> Statement:
    """Replace the figures of a draft by these."""
    statement = _locked(statement, expected_revision)
    if not by.may(Permission.STATEMENT_WRITE, statement.unit_id):
        raise NotPermitted
    if statement.status != StatementStatus.DRAFT:
        raise Conflict(
            _("This statement is confirmed and stays as it is. Make a new one to correct it."),
            code="wrong_status",
        )
    _write(statement, figures, by)
    statement.edited_by = by
    statement.revision += 1
    statement.save()
    statement.editors.add(by)
    record(action="statement.set_figures", by=by, on=statement, figures=len(figures))
    return statement


def refuse_figures(statement: Statement, figures: Sequence[FigureInput], by: User) -> dict[str, Text]:
    """Every fault of the figures, by `figures.N` and field."""
    faults: dict[str, Any] = {}
    for number, given in enumerate(figures):
        _row(statement, given, f"figures.{number}", faults)
    places = [given.place for given in figures]
    for number, place in enumerate(places):
        if place in places[:number]:
            faults[f"figures.{number}"] = _("This metric, substance and role stand in the statement twice.")
    return faults | dict(refuse_claims(statement, figures, by))


def _write(statement: Statement, figures: Sequence[FigureInput], by: User) -> None:
    """Take away what is not named any more, then save the rest; every fault is named at once."""
    faults = refuse_figures(statement, figures, by)
    if faults:
        raise Invalid(faults)
    rows = [_row(statement, given, "", {}) for given in figures]
    before = held_claims(statement)
    for old in statement.figures.all():
        for claim in old.claims.all():
            claim.delete()
        old.delete()
    for given, row in zip(figures, rows, strict=True):
        row.save(force_insert=True)
        write_claims(row, before.get(given.place, ()) if given.claims is None else given.claims)


def _row(statement: Statement, given: FigureInput, path: str, faults: dict[str, Any]) -> StatementFigure:
    """The row, with its faults noted under `path`."""
    row = StatementFigure(
        statement=statement,
        metric=given.metric,
        substance=given.substance,
        role=given.role,
        value=given.value,
        unit=given.unit,
        nil=given.nil,
        missing=given.missing,
        note=given.note,
        comparator=given.comparator,
    )
    try:
        row.full_clean(exclude=["statement"], validate_unique=False)
    except ValidationError as fault:
        for name, texts in fault.message_dict.items():
            faults[f"{path}.{name}".removesuffix(".__all__")] = " ".join(texts)
    dimension = given.metric.dimension
    if given.unit is not None and dimension and given.unit.dimension != dimension:
        faults[f"{path}.unit"] = _("The metric is measured in another dimension.")
    return row


@transaction.atomic
def confirm_statement(
    *, statement: Statement, by: User, expected_revision: int | None = None, at: datetime | None = None
) -> Statement:
    """Make the draft the agency's word. Four eyes: nobody who wrote any of it."""
    statement = _locked(statement, expected_revision)
    if not by.may(permission_for(MOVES, "confirm"), statement.unit_id):
        raise NotPermitted
    move = step(MOVES, status=statement.status, action="confirm")
    if statement.was_edited_by(by):
        raise NotPermitted(_("Whoever wrote or edited a statement does not confirm it."), code="four_eyes")
    if not statement.figures.exists():
        raise Incomplete(
            _("The statement holds no figure. State figures, or say nil for what did not occur."),
            code="no_figures",
        )
    statement.status = move.to
    statement.confirmed_by, statement.confirmed_at = by, at or timezone.now()
    statement.revision += 1
    statement.save()
    acting = by.standing_in(move.permission, statement.unit_id)
    record(action="statement.confirm", by=by, on=statement, number=statement.number, **acting)
    return statement
