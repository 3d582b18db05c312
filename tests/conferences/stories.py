"""Conferences made through the real actions, hosted by the police."""

from datetime import date
from typing import Any

from agencies.models import Agency, FocalPoint, Unit
from registry.conferences import actions
from registry.conferences.models import ActionItem, Attendance, Conference, ConferencePaper, Resolution
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


def seated(cast: Cast, conference: Conference, **changes: Any) -> Attendance:
    """An office on the list, that came."""
    seat = {"office_vi": "Cục trưởng", "presence": "attended", **changes}
    return actions.add_attendance(conference=conference, by=cast.secretariat, **seat)


def decided(cast: Cast, conference: Conference, **changes: Any) -> Resolution:
    """A resolution of the conference."""
    return actions.add_resolution(conference=conference, by=cast.secretariat, **{"text_vi": "Nghị quyết.", **changes})


def proposed(cast: Cast, conference: Conference) -> Resolution:
    """A proposal with an addressee."""
    return decided(cast, conference, kind="proposal", addressee_vi="Bộ Tài chính", addressee_en="Ministry of Finance")


def waiting(cast: Cast, conference: Conference) -> Resolution:
    """A resolution that needs the assent of every agency."""
    return decided(cast, conference, needs_assent=True)


def assented(cast: Cast, resolution: Resolution, *but: str) -> None:
    """Every agency assents, except those."""
    for head in ("police_head", "border_head", "coast_head", "customs_head"):
        if head not in but:
            actions.give_assent(resolution=resolution, by=cast.people[head])


def paper(cast: Cast, conference: Conference, **changes: Any) -> ConferencePaper:
    """A paper in four copies."""
    about = {"title_vi": "Báo cáo", "copies": 4, **changes}
    return actions.add_paper(conference=conference, by=cast.secretariat, **about)


def reached(unit: Unit, office: str = "Trưởng phòng", **more: Any) -> FocalPoint:
    """The unit's focal point."""
    return FocalPoint.objects.create(unit=unit, office_vi=office, office_en="Head of division", **more)


def fresh(conference: Conference) -> Conference:
    return Conference.objects.get(pk=conference.pk)
