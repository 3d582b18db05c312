"""Loads the demo into an empty registry. Each part is all or nothing, and is left alone once it is there."""

from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random
from typing import Any

from django.utils import timezone

from registry.cases.models import JointCase
from registry.commendations.models import Commendation
from registry.conferences.models import Conference
from registry.information.models import InformationItem
from registry.reference.calendar import load_calendar
from registry.requests.models import InformationRequest
from reports.demo.cases import CaseBook
from reports.demo.cast import Cast, load_cast
from reports.demo.commendations import load_demo_commendations
from reports.demo.conferences import load_demo_conferences
from reports.demo.plan import Planner
from reports.demo.play import Stage, whole
from reports.demo.recipients import Neighbours
from reports.demo.requests import Requests
from reports.demo.sealed import load_demo_reports
from reports.demo.statements import Statements
from reports.demo.texts import load_demo_texts
from reports.demo.words import read_script
from reports.models import NarrativeText, SealedReport, Statement

SEED = 152
Report = Callable[[str], None]


def seeded() -> Random:
    """Chance that comes out the same each time."""
    return Random(SEED)  # noqa: S311 - nothing secret is drawn


def say_nothing(_line: str) -> None:
    """Nobody watches the progress."""


def load_demo(*, report: Report = say_nothing, now: datetime | None = None) -> Cast:
    """People and their records, all of them synthetic. Needs the reference data. A second call changes nothing.

    `now` is the moment on whose desks the open work lies; everything else has fixed dates.
    """
    script = read_script()
    with whole():
        cast, created = load_cast(script)
    report(f"{len(cast.members)} accounts, {created} of them new")
    moment = now or timezone.now()
    neighbours = Neighbours(script["cast"], {code: unit.agency.code for code, unit in cast.units.items()})
    if not InformationItem.objects.filter(synthetic=True).exists():
        load_items(cast, script, neighbours, report, moment)
    if not InformationRequest.objects.filter(synthetic=True).exists():
        with whole():
            report(f"{Requests(script, cast).load(moment)} requests for information")
    if not JointCase.objects.filter(synthetic=True).exists():
        with whole():
            report(f"{CaseBook(seeded(), script, cast, neighbours).load()} joint cases")
    if not Statement.objects.filter(synthetic=True).exists():
        with whole():
            report(f"{Statements(seeded(), script, cast).load()} statements")
    if not Conference.objects.filter(synthetic=True).exists():
        with whole():
            report(f"{load_demo_conferences(cast, script, moment)} conferences")
    if not Commendation.objects.filter(synthetic=True).exists():
        with whole():
            report(f"{load_demo_commendations(cast)} commendations")
    if not NarrativeText.objects.filter(synthetic=True).exists():
        with whole():
            report(f"{load_demo_texts(cast, script)} texts of reports")
    if not SealedReport.objects.filter(synthetic=True).exists():
        with whole():
            report(f"{load_demo_reports(cast)} reports of the conference")
    return cast


def load_items(cast: Cast, script: Mapping[str, Any], neighbours: Neighbours, report: Report, now: datetime) -> None:
    """The items of the quarters, then what lies on the desks now."""
    planner = Planner(seeded(), script, neighbours, load_calendar())
    plans = []
    for label, released in script["releases"].items():
        plans += planner.quarter(label, released=released, recalled=script["recalls"][label])
    plans += planner.open_work(script["open_work"], now)
    report(f"{len(plans)} items of information, with what their recipients did")
    with whole():
        Stage(cast).play(plans, report)
