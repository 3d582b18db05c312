"""Lines of the matrix for sealed reports, for reports on request and for the register of papers."""

from typing import Any

from registry.periods import Period
from reports.models import RegisteredPaper, SealedReport
from reports.preparing import withdraw_report
from tests.access.oracle import Thing
from tests.access.route import Route, same
from tests.cast import Cast
from tests.reports.numbered import numbered
from tests.reports.sealed import NOBODY_STATED, NOTE, prepared, seal

ONE = "sealed-reports/<uuid:pk>"
PERIODS = {
    "police_prepared": "2019-Q1",
    "police_sealed": "2019-Q2",
    "police_withdrawn": "2019-Q3",
    "customs_prepared": "2019-Q4",
    "customs_withdrawn": "2020-Q1",
}
"""Quarters without a conference, in which nothing happened: each of one agency, in one status."""

REPORTS = {name: Thing("sealed", name, name.partition("_")[2], name.partition("_")[0]) for name in PERIODS}
PAPERS = {
    "police_to_all": Thing("paper", "police_to_all", "to_all", "police"),
    "customs_own": Thing("paper", "customs_own", "own", "customs"),
    "customs_to_all": Thing("paper", "customs_to_all", "to_all", "customs"),
}


def told(cast: Cast) -> None:
    """The reports of the stories. The cast has none: they cost too much for tests that do not ask."""
    for name, period in PERIODS.items():
        agency, _, status = name.partition("_")
        by = cast.again("secretariat" if agency == "police" else f"{agency}_secretariat")
        report = prepared(cast, Period.parse(period), by=by)
        if status == "sealed":
            seal(cast, report, by=cast.again(f"{agency}_head"))
        if status == "withdrawn":
            withdraw_report(report=report, reason="Sai.", by=by)


def report(_cast: Cast, name: str) -> SealedReport:
    return SealedReport.objects.get(period_label=PERIODS[name])


def approved(cast: Cast, name: str) -> dict[str, Any]:
    """What a head says who has looked at the report."""
    sha256 = report(cast, name).document_sha256 if name in PERIODS else "0" * 64
    return {"expected_sha256": sha256, "without": list(NOBODY_STATED), "note": NOTE}


def registered(cast: Cast) -> None:
    """The papers of the stories."""
    for name, thing in PAPERS.items():
        signer = {"signer": name, "to_all": thing.status == "to_all"}
        numbered(cast, thing.owner, by=cast.again(f"{thing.owner}_officer"), **signer)


def paper(_cast: Cast, name: str) -> RegisteredPaper:
    return RegisteredPaper.objects.get(signer=name)


def on(method: str, verb: str, act: str | None, body: Any = None, *, dear: bool = False) -> Route:
    """A line about one report."""
    return Route(method, f"{ONE}{verb}", "sealed", act, REPORTS, body, of=report, before=told, dear=dear)


ROUTES: list[Route] = [
    Route("GET", "sealed-reports", "sealed", lists="sealed_reports", of=report, before=told),
    Route("POST", "sealed-reports", "public", "report.prepare", body=same(period="2024-Q2")),
    on("GET", "", None),
    on("POST", "/seal", "report.seal", approved),
    on("POST", "/withdraw", "report.withdraw", same(reason="Sai.")),
    on("GET", "/files/<str:language>/<str:file_format>", "report.take"),
    on("GET", "/package", "report.inspect", dear=True),
    on("GET", "/verification", "report.inspect", dear=True),
    Route("GET", "papers", "paper", lists="papers", of=paper, before=registered),
    Route("GET", "papers/<uuid:pk>", "paper", things=PAPERS, of=paper, before=registered),
    Route("GET", "report-builds", "public"),
    Route("POST", "report-builds", "public", "report.ask", body=same(period="2024-Q2")),
    Route("GET", "report-builds/<uuid:pk>", "public"),
    Route("GET", "report-builds/<uuid:pk>/content", "public"),
]
