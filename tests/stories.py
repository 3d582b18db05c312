"""More of the cast's stories: joint cases, conferences, statements in each status. Made through the real actions."""

from datetime import date, timedelta
from typing import Any

from agencies.models import Area, User
from registry.cases import actions as case_actions
from registry.cases.models import JointCase
from registry.conferences import actions as conference_actions
from registry.conferences.models import ActionItem, Conference
from registry.notices.announcing import notify
from registry.notices.models import Notice
from registry.periods import Period
from registry.reference.models import Metric, Substance
from reports import actions as statement_actions
from reports.models import Statement

OPENED = date(2024, 5, 15)

CASES: dict[str, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    "case_joint": ("police", "inland", (("customs", "co_lead"), ("border", "coordinator"))),
    "case_north": ("north", "inland", (("customs_north", "co_lead"),)),
    "case_customs": ("customs", "customs", ()),
    "case_closed": ("police", "inland", (("customs", "co_lead"),)),
}
"""Who opens it (and leads), in which area, who takes part. Customs has confirmed `case_closed`, and nothing else."""

CONFERENCES = ("planned", "convened", "minuted", "approved")


def cases(people: dict[str, User], units: dict[str, Any]) -> dict[str, JointCase]:
    """Four cases; `case_joint` has a lot that is not weighed."""
    made = {}
    for name, (lead, area, others) in CASES.items():
        officer = people[f"{lead}_officer"]
        made[name] = case_actions.open_case(
            by=officer,
            unit=units["police_north" if lead == "north" else lead],
            kind="case",
            title=f"Vụ {name}",
            area=Area.objects.get(code=area),
            opened_on=OPENED,
            participants=[(units[unit], role) for unit, role in others],
            synthetic=True,
        )
        case_actions.add_lot(
            case=made[name],
            by=officer,
            substance=Substance.objects.get(code="heroin"),
            raw_text="chưa cân",
            seized_on=OPENED,
        )
    row = made["case_closed"].participations.get(unit=units["customs"])
    case_actions.confirm_participation(participation=row, by=people["customs_head"])
    case_actions.close_case(
        case=made["case_closed"], by=people["police_officer"], result="Xong.", closed_on=OPENED + timedelta(days=9)
    )
    return {name: JointCase.objects.get(pk=case.pk) for name, case in made.items()}


def conferences(people: dict[str, User], units: dict[str, Any]) -> tuple[dict[str, Conference], dict[str, ActionItem]]:
    """A conference hosted by the police in each status, and action items: open, done, dropped."""
    by = people["secretariat"]
    made: dict[str, Conference] = {}
    items: dict[str, ActionItem] = {}
    for name in CONFERENCES:
        content = {
            "kind": "quarterly_exchange",
            "title_vi": f"Hội nghị {name}",
            "host_agency": units["police"].agency,
            "held_on": OPENED,
        }
        one = conference_actions.create_conference(by=by, code=f"conference-{name}", content=content, synthetic=True)
        if name != "planned":
            one = conference_actions.convene_conference(conference=one, by=by)
        if name in {"minuted", "approved"}:
            one = conference_actions.complete_minutes(conference=one, by=by, minutes_vi="Biên bản.")
        if name == "approved":
            one = conference_actions.approve_minutes(conference=one, by=by)
        made[name] = Conference.objects.get(pk=one.pk)
    for status in ("open", "done", "dropped"):
        item = conference_actions.add_action_item(
            conference=made["minuted"], by=by, text_vi=f"Việc {status}", assignee_agency=units["customs"].agency
        )
        if status == "done":
            conference_actions.close_action_item(item=item, by=by, evidence="Công văn.")
        if status == "dropped":
            conference_actions.drop_action_item(item=item, by=by, reason="Không cần.")
        items[status] = ActionItem.objects.get(pk=item.pk)
    return made, items


def statements(people: dict[str, User], units: dict[str, Any]) -> dict[str, Statement]:
    """A confirmed statement and a draft of police and of customs, for periods after all other stories."""
    made = {}
    for unit in ("police", "customs"):
        for status, period in (("confirmed", "2025-Q1"), ("draft", "2025-Q2")):
            figure = statement_actions.FigureInput(metric=Metric.objects.get(code="information_shared"), nil=True)
            one = statement_actions.create_statement(
                unit=units[unit],
                period=Period.parse(period),
                by=people[f"{unit}_officer"],
                figures=[figure],
                synthetic=True,
            )
            if status == "confirmed":
                statement_actions.confirm_statement(statement=one, by=people[f"{unit}_head"])
            made[f"{unit}_{status}"] = Statement.objects.get(pk=one.pk)
    return made


TOLD = {"north_head": "police_north", "customs_focal_point": "customs", "coast_officer": "coast"}
"""Who has a notice, for which unit. The stories are years old: nobody was told of them as they happened."""


def notices(people: dict[str, User], units: dict[str, Any]) -> dict[str, Notice]:
    """One notice each, not read."""
    return {
        name: notify(
            kind="item_delivered",
            to=[people[name]],
            reference=f"STORY-{number}",
            path="/admin/information/delivery/",
            key=f"story:{number}",
            unit=units[unit],
        )[0]
        for number, (name, unit) in enumerate(TOLD.items())
    }
