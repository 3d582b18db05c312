"""Stories of the cast about units: renamings far ahead, one in every status. Made through the real actions."""

from datetime import date
from typing import Any

from agencies.models import User
from registry.reorganisations import actions
from registry.reorganisations.models import Reorganisation
from registry.reorganisations.preview import preview_of

FAR = date(2099, 1, 1)
RENAMED = {
    "police_draft": ("police", "police_south"),
    "police_applied": ("police", "police_north"),
    "police_undone": ("police", "police_south"),
    "customs_draft": ("customs", "customs_north"),
}
"""Who plans it, and which unit is renamed."""


def renamings(people: dict[str, User], units: dict[str, Any]) -> dict[str, Reorganisation]:
    """By planning unit and status."""
    made = {}
    for name, (owner, unit) in RENAMED.items():
        by = User.objects.get(pk=people[f"{owner}_admin"].pk)
        day = FAR.replace(month=6) if name.endswith("draft") else FAR
        plan = {"units": [unit], "name_en": f"Name {name}"}
        one = actions.plan_reorganisation(
            unit=units[owner], kind="rename", takes_effect_on=day, reason="Giả định.", plan=plan, by=by, synthetic=True
        )
        if not name.endswith("draft"):
            one = actions.apply_reorganisation(reorganisation=one, by=by, preview=preview_of(one, by=by).hash)
        if name.endswith("undone"):
            one = actions.undo_reorganisation(reorganisation=one, by=by, reason="Nhầm.")
        made[name] = one
    return made
