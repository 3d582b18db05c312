"""Whatever is planned, applying and undoing leaves every dated row as it was."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.actions import grant_role
from agencies.models import FocalPoint, Unit, UnitName, UnitPlacement, today
from agencies.refusals import Invalid
from agencies.roles import Role
from registry.reorganisations import actions
from registry.reorganisations.preview import preview_of
from tests.access.worlds import undone
from tests.cast import LONG_AGO, Cast
from tests.proofs.figures import Tell
from tests.reorganisations.test_actions import everything

CODES = ["free_a", "free_b", "free_c", "free_d"]
NEW = ["new_a", "new_b", "new_c"]
PEOPLE = ["south_officer", "north_officer", "customs_officer"]


def _new(code: str) -> dict[str, str]:
    return {"code": code, "level": "regional", "parent": "police", "name_vi": f"Tên {code}", "name_en": f"Name {code}"}


@st.composite
def plans(draw: st.DrawFn) -> tuple[str, date, dict[str, Any]]:
    """A kind, a day, and a plan that may or may not be possible."""
    kind = draw(st.sampled_from(["rename", "merge", "split", "move", "close"]))
    day = today() + timedelta(days=draw(st.integers(-400, 400)))
    units = draw(
        st.lists(st.sampled_from(CODES), min_size=1, max_size=1 if kind in {"rename", "split"} else 3, unique=True)
    )
    plan: dict[str, Any] = {"units": units}
    if kind == "rename":
        plan |= {"name_vi": draw(st.sampled_from(["Một", "Hai"])), "name_en": draw(st.sampled_from(["", "Two"]))}
    if kind == "move":
        plan |= {"parent": draw(st.sampled_from(["police", "police_north", *CODES]))}
        plan |= {"place": draw(st.sampled_from(["", "north-place"]))}
    if kind in {"merge", "split"}:
        fresh = draw(st.lists(st.sampled_from(NEW), max_size=2, unique=True))
        stands = draw(st.lists(st.sampled_from(CODES), max_size=1))
        plan["successors"] = [*map(_new, fresh), *({"code": code} for code in stands)]
        plan["heir"] = draw(st.sampled_from(["", *fresh, *stands]))
    if kind == "split" and plan["successors"]:
        to = plan["successors"][0]["code"]
        plan["people"] = [{"username": who, "successor": to} for who in draw(st.sets(st.sampled_from(PEOPLE)))]
    return kind, day, plan


def _ground(cast: Cast) -> None:
    """Four units of the police with names, offices and people; two stand below others."""
    above = {"free_c": "free_a", "free_d": "free_c"}
    for code in CODES:
        unit = Unit.objects.create(code=code, agency=cast.units["police"].agency, level="regional")
        cast.units[code] = unit
        for language in ("vi", "en"):
            UnitName.objects.create(unit=unit, language=language, name=f"{code} {language}")
        UnitPlacement.objects.create(unit=unit, parent=cast.units[above.get(code, "police")])
        FocalPoint.objects.create(unit=unit, office_vi="Trưởng phòng")
    for code, who in zip(CODES, [*PEOPLE, PEOPLE[0]], strict=True):
        grant_role(user=cast.people[who], unit=cast.units[code], role=Role.OFFICER, by=None, valid_from=LONG_AGO)


def _apply_and_undo(cast: Cast, told: list[tuple[str, date, dict[str, Any]]]) -> int:
    """Plans one on top of the other, undone in the other order; how many could be applied."""
    states, made = [everything()], []
    for kind, day, plan in told:
        by = cast.again("police_admin")
        try:
            one = actions.plan_reorganisation(
                unit=cast.units["police"], kind=kind, takes_effect_on=day, reason="Thử.", plan=plan, by=by
            )
        except Invalid:
            continue
        made.append(actions.apply_reorganisation(reorganisation=one, by=by, preview=preview_of(one, by=by).hash))
        states.append(everything())
        assert states[-1] != states[-2]
    for one in reversed(made):
        assert everything() == states.pop()
        actions.undo_reorganisation(reorganisation=one, by=cast.again("police_admin"), reason="Nhầm.")
        assert everything() == states[-1]
    return len(made)


def _tried(cast: Cast, examples: int) -> list[int]:
    _ground(cast)
    applied: list[int] = []

    @settings(max_examples=examples, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(plans(), min_size=1, max_size=3))
    def undo_restores(told: list[tuple[str, date, dict[str, Any]]]) -> None:
        with undone():
            applied.append(_apply_and_undo(cast, told))

    undo_restores()
    return applied


def test_undoing_any_plan_restores_every_row(cast: Cast) -> None:
    assert sum(_tried(cast, 15)) > 3


@pytest.mark.prove
def test_undoing_any_plan_restores_every_row_in_hundreds_of_plans(cast: Cast, figures: Tell) -> None:
    applied = sum(_tried(cast, 250))
    assert applied > 100
    figures("reorganisations undone", plans=applied, rows_differing=0)
