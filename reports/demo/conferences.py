"""Two conferences of the demo: one held and minuted, one planned for after the present quarter."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from agencies.models import Agency, User
from agencies.roles import Role
from registry.conferences.actions import (
    add_action_item,
    add_attendance,
    add_resolution,
    close_action_item,
    complete_minutes,
    convene_conference,
    create_conference,
)
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
    convene_conference(conference=conference, by=by, at=held)
    after = held + timedelta(days=4)
    resolutions = [add_resolution(conference=conference, by=by, **row, at=after) for row in entry["resolutions"]]
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
    create_conference(by=by, code=f"demo-{period.label.lower()}", content=content, at=now, synthetic=True)


def _host(cast: Cast, agency: str) -> tuple[User, Agency]:
    """The secretariat of the agency, and the agency."""
    member = next(m for m in cast.members if m.role is Role.SECRETARIAT and m.unit.agency.code == agency)
    return member.user, member.unit.agency
