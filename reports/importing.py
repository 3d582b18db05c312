"""Figures of a draft from a spreadsheet: looked at first, then taken as a whole or not at all."""

import re
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import BinaryIO

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import User
from agencies.refusals import Conflict, Invalid, NotPermitted
from agencies.roles import Permission
from registry.reference.models import Metric, Substance, UnitOfMeasure
from reports.actions import FigureInput, refuse_figures, set_figures
from reports.models import Statement
from reports.sheets import Sheet, read_sheet
from reports.terms import StatementStatus

KEPT_FOR = timedelta(hours=1)
"""How long a sheet that was looked at can be taken."""

_PATH = re.compile(r"figures\.(\d+)(?:\.(\w+))?")


def look_at_sheet(*, statement: Statement, file: BinaryIO, size: int, by: User) -> Sheet:
    """Read it and check every rule, without changing anything. Figures that the sheet does not name would go."""
    if not by.may(Permission.STATEMENT_WRITE, statement.unit_id):
        raise NotPermitted
    if statement.status != StatementStatus.DRAFT:
        raise Conflict(
            _("This statement is confirmed and stays as it is. Make a new one to correct it."), code="wrong_status"
        )
    sheet = read_sheet(file=file, size=size, period=statement.period_label)
    for path, text in refuse_figures(statement, sheet.figures, by).items():
        match = _PATH.match(path)
        if match is not None:
            sheet.faults.setdefault(sheet.cell(sheet.rows[int(match[1])], match[2] or "value"), text)
    return sheet


@transaction.atomic
def import_sheet(
    *, statement: Statement, file: BinaryIO, size: int, by: User, expected_revision: int | None = None
) -> Statement:
    """Replace the figures of a draft by those of the sheet; Invalid names every faulty cell, and nothing is taken."""
    sheet = look_at_sheet(statement=statement, file=file, size=size, by=by)
    if sheet.faults:
        raise Invalid(sheet.faults)
    return take_figures(statement=statement, figures=sheet.figures, by=by, expected_revision=expected_revision)


@transaction.atomic
def take_figures(
    *, statement: Statement, figures: Sequence[FigureInput], by: User, expected_revision: int | None = None
) -> Statement:
    """Replace the figures of a draft by those read from a sheet."""
    statement = set_figures(statement=statement, figures=figures, by=by, expected_revision=expected_revision)
    record(action="statement.import", by=by, on=statement, figures=len(figures))
    return statement


def packed(statement: Statement, figures: Sequence[FigureInput]) -> str:
    """Figures that were looked at, signed for this statement as it stood: what comes back is what was shown."""
    rows = [
        {
            "metric": figure.metric.code,
            "substance": figure.substance.code if figure.substance else None,
            "unit": figure.unit.code if figure.unit else None,
            "value": str(figure.value) if figure.value is not None else None,
            **{name: getattr(figure, name) for name in ("role", "nil", "missing", "note", "comparator")},
        }
        for figure in figures
    ]
    signer = signing.TimestampSigner(salt=f"sheet:{statement.pk}")
    return signer.sign_object({"revision": statement.revision, "rows": rows}, compress=True)


def unpacked(statement: Statement, text: str) -> tuple[list[FigureInput], int]:
    """The figures and the revision they were looked at with; Invalid for what was changed on the way, or is old."""
    signer = signing.TimestampSigner(salt=f"sheet:{statement.pk}")
    try:
        found = signer.unsign_object(text, max_age=KEPT_FOR)
    except signing.BadSignature as fault:
        raise Invalid({"file": _("Hand the sheet in again: it was looked at too long ago.")}) from fault
    metrics, substances, units = (
        {one.code: one for one in model.objects.all()} for model in (Metric, Substance, UnitOfMeasure)
    )
    figures = [
        FigureInput(
            **row
            | {
                "metric": metrics[row["metric"]],
                "substance": substances.get(row["substance"]),
                "unit": units.get(row["unit"]),
                "value": Decimal(row["value"]) if row["value"] is not None else None,
            }
        )
        for row in found["rows"]
    ]
    return figures, int(found["revision"])
