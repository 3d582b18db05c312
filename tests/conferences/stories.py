"""Conferences made through the real actions, hosted by the police."""

from datetime import date
from typing import Any

from agencies.models import Agency
from registry.conferences import actions
from registry.conferences.models import ActionItem, Conference
from tests.cast import SPRING, Cast

HELD = date(2024, 8, 14)


def agency(code: str | None) -> Agency | None:
    return Agency.objects.get(code=code) if code else None


def planned(cast: Cast, code: str = "meeting", host: str | None = "POLICE", **changes: Any) -> Conference:
    """A conference that is planned."""
    content = {
        "kind": "quarterly_exchange",
        "title_vi": "Hội nghị một",
        "title_en": "Conference one",
        "period_label": "2024-Q2",
        "host_agency": agency(host),
        **changes,
    }
    return actions.create_conference(by=cast.secretariat, code=code, content=content, at=SPRING, synthetic=True)


def convened(cast: Cast, **changes: Any) -> Conference:
    return actions.convene_conference(conference=planned(cast, **changes), by=cast.secretariat, held_on=HELD)


def minuted(cast: Cast, **changes: Any) -> Conference:
    return actions.complete_minutes(conference=convened(cast, **changes), by=cast.secretariat, minutes_vi="Biên bản.")


def approved(cast: Cast, **changes: Any) -> Conference:
    return actions.approve_minutes(conference=minuted(cast, **changes), by=cast.secretariat)


def task(cast: Cast, conference: Conference, **changes: Any) -> ActionItem:
    """An action item of the conference."""
    return actions.add_action_item(conference=conference, by=cast.secretariat, text_vi="Lập kế hoạch chung.", **changes)


def fresh(conference: Conference) -> Conference:
    return Conference.objects.get(pk=conference.pk)
