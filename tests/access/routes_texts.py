"""Lines of the matrix for texts of reports."""

from typing import Any

from registry.periods import Period
from reports.models import NarrativeText
from reports.narrating import write_narrative
from tests.access.oracle import Thing
from tests.access.route import Route, same
from tests.cast import Cast
from tests.conferences import stories as meetings

ANYBODY = ("police", "border", "coast", "customs")
TEXTS = {
    "text_of_nobody": Thing("report_text", "text_of_nobody", agencies=ANYBODY),
    "text_of_police": Thing("report_text", "text_of_police", agencies=("police",)),
}
"""Of a period without a conference, which any secretariat writes; of one that the police host."""

NEW = {"report_text.create": Thing("report_text", agencies=ANYBODY)}
PERIODS = {"text_of_nobody": "2019-Q1", "text_of_police": "2019-Q2"}


def text(cast: Cast, name: str) -> Any:
    """The text of a story, written when it is first asked for."""
    period = Period.parse(PERIODS[name])
    held = NarrativeText.objects.filter(period_label=period.label).first()
    if held is None and name == "text_of_police":
        meetings.planned(cast, code="van-ban", period_label=period.label)
    return held or write_narrative(
        period=period, part="situation", language="vi", text="Tình hình.", by=cast.again("secretariat")
    )


ROUTES: list[Route] = [
    Route("GET", "report-texts", "report_text"),
    Route(
        "POST",
        "report-texts",
        "report_text",
        "report_text.create",
        body=same(period="2018-Q1", part="situation", language="en", text="Quiet."),
    ),
    Route("GET", "report-texts/<uuid:pk>", "report_text", things=TEXTS, of=text),
    Route(
        "PATCH", "report-texts/<uuid:pk>", "report_text", "report_text.write", TEXTS, same(text="Yên tĩnh."), of=text
    ),
    Route("GET", "report-texts/<uuid:pk>/history", "report_text", things=TEXTS, of=text),
    Route("GET", "report-texts/references", "report_text", query="?period=2019-Q1", dear=True),
]
