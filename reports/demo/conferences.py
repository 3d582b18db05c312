"""Two conferences of the demo: one held and minuted, one planned for after the present quarter.

The first has a full list of offices, an agenda, assents, papers of which one copy is out, a proposal that waits;
the second has invitations, and on its agenda what is still open.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from agencies.models import Agency, User, central_unit
from agencies.roles import Role
from registry.conferences.actions import (
    add_action_item,
    add_agenda_point,
    add_attendance,
    add_paper,
    add_resolution,
    close_action_item,
    complete_minutes,
    convene_conference,
    create_conference,
    give_assent,
    invite_focal_points,
    issue_copies,
    return_copy,
    send_proposal,
)
from registry.conferences.models import Conference, Resolution
from registry.conferences.terms import Presence
from registry.periods import Period
from reports.demo.cast import Cast

QUARTERS = ("I", "II", "III", "IV")


def load_demo_conferences(cast: Cast, script: Mapping[str, Any], now: datetime) -> int:
    """Both; how many."""
    _minuted(cast, script["conferences"]["minuted"])
    _planned(cast, script["conferences"]["planned"], now)
    return 2


def _minuted(cast: Cast, entry: Mapping[str, Any]) -> None:
    by, host = _host(cast, entry["host"])
    held = datetime.fromisoformat(entry["held_at"])
    content = entry["content"] | {"host_agency": host, "held_on": held.date()}
    planned = held - timedelta(days=30)
    conference = create_conference(by=by, code=entry["code"], content=content, at=planned, synthetic=True)
    for row in entry["attendance"]:
        add_attendance(conference=conference, by=by, **row | {"unit": cast.units[row["unit"]]}, at=planned)
    for row in entry["agenda"]:
        add_agenda_point(conference=conference, by=by, **row, at=planned)
    _papers(cast, conference, by, entry["papers"], held)
    presence = dict.fromkeys(range(1, len(entry["attendance"]) + 1), Presence.ATTENDED.value)
    convene_conference(conference=conference, by=by, presence=presence, at=held)
    after = held + timedelta(days=4)
    resolutions = [add_resolution(conference=conference, by=by, **row, at=after) for row in entry["resolutions"]]
    _settle(cast, resolutions, by, after)
    for row in entry["action_items"]:
        item = add_action_item(
            conference=conference,
            by=by,
            text_vi=row["text_vi"],
            text_en=row["text_en"],
            resolution=resolutions[row["resolution"] - 1],
            assignee_unit=cast.units[row["unit"]],
            due_on=date.fromisoformat(row["due_on"]) if row["due_on"] else None,
            at=after,
        )
        if row.get("evidence"):
            done = datetime.fromisoformat(row["closed_at"])
            close_action_item(item=item, by=by, evidence=row["evidence"], at=done)
    complete_minutes(conference=conference, by=by, minutes_vi=entry["minutes_vi"], at=after)


def _planned(cast: Cast, entry: Mapping[str, Any], now: datetime) -> None:
    by, host = _host(cast, entry["host"])
    today = timezone.localdate(now)
    period = Period.parse(f"{today.year}-Q{(today.month + 2) // 3}")
    quarter = {"vi": f"quý {QUARTERS[period.quarter - 1]} năm {today.year}", "en": period.label}
    content = entry["content"] | {
        "title_vi": entry["content"]["title_vi"].format(quarter=quarter["vi"]),
        "title_en": entry["content"]["title_en"].format(quarter=quarter["en"]),
        "period_label": period.label,
        "host_agency": host,
        "held_on": period.end + timedelta(days=14),
    }
    code = f"demo-{period.label.lower()}"
    conference = create_conference(by=by, code=code, content=content, at=now, synthetic=True)
    for row in entry["agenda"]:
        add_agenda_point(conference=conference, by=by, **row, at=now)
    invite_focal_points(conference=conference, by=by, at=now)


def _papers(cast: Cast, conference: Conference, by: User, papers: Sequence[Mapping[str, Any]], held: datetime) -> None:
    """Handed out on the day; the copies of the units named come back the next day."""
    for row in papers:
        about = {name: row[name] for name in ("title_vi", "title_en", "copies")}
        paper = add_paper(conference=conference, by=by, **about, at=held)
        units = [cast.units[code] for code in row["issued"]]
        for copy in issue_copies(paper=paper, by=by, units=units, at=held):
            if copy.unit.code in row["returned"]:
                return_copy(copy=copy, by=by, at=held + timedelta(days=1))


def _settle(cast: Cast, resolutions: Sequence[Resolution], by: User, after: datetime) -> None:
    """Each agency's central head assents where that is needed; proposals go to their addressee."""
    for resolution in resolutions:
        if resolution.needs_assent:
            for head in _heads(cast):
                give_assent(resolution=resolution, by=head, at=after)
        if resolution.addressee_vi:
            send_proposal(resolution=resolution, by=by, sent_on=after.date())


def _host(cast: Cast, agency: str) -> tuple[User, Agency]:
    """The secretariat of the agency, and the agency."""
    member = next(m for m in cast.members if m.role is Role.SECRETARIAT and m.unit.agency.code == agency)
    return member.user, member.unit.agency


def _heads(cast: Cast) -> list[User]:
    """Of each agency, the head of its central unit."""
    central = [central_unit(agency) for agency in Agency.objects.order_by("protocol_order")]
    return [cast.user(unit.code, Role.RELEASER) for unit in central if unit is not None]
