"""Lines of the matrix for records behind statements and for reconciliations."""

from tests.access import things
from tests.access.oracle import Thing
from tests.access.route import Route, same
from tests.information.files import raw

STATEMENTS = things.statements()
SERIES = {"2025-Q1.drug_cases": Thing("figures", "2025-Q1.drug_cases", owner="police")}
"""Central police state two cases of the quarter and count none."""

ROUTES: list[Route] = [
    Route("GET", "statements/<uuid:pk>/claims", "statement", things=STATEMENTS),
    Route("POST", "statements/<uuid:pk>/prefill", "statement", "statement.prefill", STATEMENTS, same()),
    Route("GET", "statements/<uuid:pk>/sheet", "statement", things=STATEMENTS),
    *(
        Route(
            "POST", f"statements/<uuid:pk>/{path}", "statement", act, STATEMENTS, raw=b"no sheet", headers=raw("a.xlsx")
        )
        for path, act in (("sheet", "statement.sheet"), ("sheet-check", "statement.sheet"))
    ),
    Route("GET", "reconciliations", "figures", query="?period=2025-Q1"),
    Route("GET", "reconciliations/<str:key>", "figures", things=SERIES),
    Route(
        "POST",
        "reconciliations/<str:key>/explanations",
        "figures",
        "difference.explain",
        SERIES,
        same(agency="POLICE", text="Cân lại."),
    ),
]
