"""Texts of the demo's report: a few parts of one quarter in both languages, with figures placed by reference."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from agencies.roles import Role
from registry.periods import Period
from reports.demo.cast import Cast
from reports.narrating import may_narrate, write_narrative


def load_demo_texts(cast: Cast, script: Mapping[str, Any]) -> int:
    """Written by the host's secretariat, a week after the quarter; how many."""
    secretariats = [member.user for member in cast.members if member.role is Role.SECRETARIAT]
    number = 0
    for label, parts in script["report_texts"].items():
        period = Period.parse(label)
        by = next((user for user in secretariats if may_narrate(period, user)), None)
        if by is None:
            continue
        at: datetime = period.moments()[1] + timedelta(days=7, hours=9)
        for part, texts in parts.items():
            for language, text in texts.items():
                write_narrative(period=period, part=part, language=language, text=text, by=by, at=at, synthetic=True)
                number += 1
                at += timedelta(minutes=7)
    return number
