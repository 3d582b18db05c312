"""A hidden case and another agency's word change nothing in what a reader counts."""

from decimal import Decimal
from typing import Any

import pytest

from agencies.models import Area
from registry.cases.actions import add_lot, open_case
from registry.reference.models import Substance, UnitOfMeasure
from reports.actions import confirm_statement
from reports.reconciliation import explain_difference
from reports.series import Series
from tests.access.worlds import Ask, Worlds
from tests.cast import Cast
from tests.reports.golden import MASS, measured
from tests.reports.stated import QUARTER, cases, confirmed, drafted, words
from tests.stories import OPENED

CASES = "2024-Q2.drug_cases"
ASKS = [
    *(Ask("GET", f"reconciliations{path}") for path in ("?period=2024-Q2", "?period=2024-H1", f"/{MASS}", f"/{CASES}")),
    *(Ask("GET", f"/admin/reports/reconciliation/{path}") for path in ("?period=2024-Q2", f"{MASS}/", f"{CASES}/")),
    Ask("GET", "reports/2024-Q2"),
    Ask("GET", "statements"),
    Ask("POST", f"reconciliations/{MASS}/explanations", {"agency": "COASTGUARD", "text": "x"}),
]


def coast(cast: Cast) -> Any:
    """A case of the coast guard with heroin, stated, not quite as weighed, and explained."""
    case = open_case(
        by=cast.coast_officer,
        unit=cast.units["coast"],
        kind="case",
        title="Vụ bí mật",
        area=Area.objects.get(code="sea"),
        opened_on=OPENED,
        participants=[(cast.units["border"], "coordinator")],
    )
    lot = add_lot(
        case=case,
        by=cast.coast_officer,
        substance=Substance.objects.get(code="heroin"),
        raw_text="3 kg",
        value=Decimal(3),
        unit=UnitOfMeasure.objects.get(code="kg"),
        seized_on=OPENED,
    )
    mass = measured("drugs_seized_mass", "heroin", "kg", "lead", "3.1", [lot])
    statement = drafted(cast, mass, unit="coast")
    statement = confirm_statement(statement=statement, by=cast.coast_head)
    series = Series(QUARTER, mass.metric, mass.substance)
    explain_difference(series=series, agency=statement.agency, text="Bí mật.", by=cast.coast_officer)
    return {"case": case.pk}


@pytest.mark.parametrize("name", ["police_officer", "north_officer", "customs_head", "customs_analyst", "auditor"])
def test_hidden_records_and_the_word_of_others_leave_no_trace(cast: Cast, name: str) -> None:
    words()
    confirmed(cast, cases(2, role="lead"))
    assert Worlds(cast, name).differences(ASKS, coast) == []


def test_the_secretariat_counts_it(cast: Cast) -> None:
    words()
    assert len(Worlds(cast, "secretariat").differences(ASKS, coast)) >= 6
