"""Statements, nominations, papers and reports on their way that are hidden in the two-world test."""

from decimal import Decimal
from typing import Any

from agencies.models import Area
from registry.cases.actions import open_case
from registry.periods import Period
from registry.reference.models import Metric, UnitOfMeasure
from reports.actions import FigureInput, create_statement
from reports.preparing import prepare_report, withdraw_report
from tests.access.hidden_items import coast_matters
from tests.cast import Cast
from tests.commendations.stories import nominated
from tests.reports.numbered import numbered
from tests.reports.sealed import prepared
from tests.stories import OPENED


def coast_statement(cast: Cast) -> dict[str, Any]:
    """The coast guard drafts its figures, of a case of its own with border guard."""
    case = open_case(
        by=cast.coast_officer,
        unit=cast.units["coast"],
        kind="case",
        title="Vụ bí mật",
        area=Area.objects.get(code="sea"),
        opened_on=OPENED,
        participants=[(cast.units["border"], "co_lead")],
    )
    claimed = FigureInput(
        metric=Metric.objects.get(code="drug_cases"),
        role="lead",
        value=Decimal(1),
        unit=UnitOfMeasure.objects.get(code="case"),
        claims=[case],
    )
    made = create_statement(
        unit=cast.units["coast"], period=Period.parse("2025-Q2"), by=cast.coast_officer, figures=[claimed]
    )
    return {"statement": made.pk, "case": case.pk}


def coast_nomination(cast: Cast) -> dict[str, Any]:
    """The coast guard proposes its people for an award, and registers a report of its own."""
    found = coast_matters(cast)
    made = nominated(
        cast,
        by="coast_officer",
        unit=cast.units["coast"],
        cases=[found["case"]],
        achievement_vi="Bí mật.",
        units=("coast", "border"),
    )
    paper = numbered(cast, "coast", by=cast.coast_officer)
    return {"commendation": made.pk, "case": found["case"], "paper": paper.pk}


def coast_paper(cast: Cast) -> dict[str, Any]:
    """The coast guard registers a report that did not go to all."""
    return {"paper": numbered(cast, "coast", by=cast.coast_officer).pk}


def customs_report(cast: Cast) -> dict[str, Any]:
    """The secretariat of customs has a report prepared; it is not built yet."""
    report = prepare_report(period=Period.parse("2024-Q2"), by=cast.again("customs_secretariat"))
    return {"sealed_report": report.pk}


def withdrawn_report(cast: Cast) -> dict[str, Any]:
    """Customs had a report built, and has taken it back."""
    by = cast.again("customs_secretariat")
    report = withdraw_report(report=prepared(cast, Period.parse("2019-Q1"), by=by), reason="Bí mật.", by=by)
    return {"sealed_report": report.pk}
