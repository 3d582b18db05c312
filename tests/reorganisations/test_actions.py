"""Rename, merge, split, move, close: what is shown is done, and undoing brings every row back."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from agencies.actions import grant_role, rename_unit
from agencies.models import (
    FocalPoint,
    Membership,
    Unit,
    UnitName,
    UnitPlacement,
    UnitSuccession,
    today,
    units_below,
)
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted
from agencies.roles import Role
from registry.reorganisations import actions
from registry.reorganisations.changes import WRITTEN, stored
from registry.reorganisations.models import Reorganisation
from registry.reorganisations.preview import preview_of
from tests.cast import LONG_AGO, Cast, draft

DAY = date(2030, 7, 1)
NEW = {"code": "police_new", "level": "regional", "parent": "police", "name_vi": "Phòng mới", "name_en": "New Division"}


def planned(
    cast: Cast, kind: str, *, by: str = "police_admin", unit: str = "police", day: date = DAY, **plan: Any
) -> Reorganisation:
    return actions.plan_reorganisation(
        unit=cast.units[unit], kind=kind, takes_effect_on=day, reason="Quyết định 1.", plan=plan, by=cast.again(by)
    )


def applied(cast: Cast, one: Reorganisation, by: str = "police_admin") -> Reorganisation:
    person = cast.again(by)
    return actions.apply_reorganisation(reorganisation=one, by=person, preview=preview_of(one, by=person).hash)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every dated row that holds on some day."""
    found = {}
    for model in WRITTEN:
        rows = [stored(row) for row in model._base_manager.order_by("pk")]
        found[model.__name__] = [
            row
            for row in rows
            if not row.get("undone") and (row.get("valid_from") is None or row["valid_from"] != row.get("valid_to"))
        ]
    return found


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_a_renamed_unit_bears_the_new_name_from_the_day_on(cast: Cast) -> None:
    one = applied(cast, planned(cast, "rename", units=["police_south"], name_vi="Tên mới", abbreviation_vi="TM"))
    unit = Unit.objects.get(code="police_south")
    assert unit.name(DAY - timedelta(days=1), "vi") == "Đơn vị police_south"
    assert unit.name(DAY, "vi") == "Tên mới"
    assert unit.name(DAY, "en") == "Unit police_south"
    assert one.status == "applied"


@pytest.fixture
def pair(cast: Cast) -> Cast:
    """Two units of the police at which nothing waits."""
    for code in ("police_east", "police_west"):
        unit = Unit.objects.create(code=code, agency=cast.units["police"].agency, level="regional")
        UnitName.objects.create(unit=unit, language="vi", name=f"Phòng {code}")
        UnitPlacement.objects.create(unit=unit, parent=cast.units["police"])
        FocalPoint.objects.create(unit=unit, office_vi="Trưởng phòng")
        cast.units[code] = unit
    below = Unit.objects.create(code="police_east_post", agency=cast.units["police"].agency, level="local")
    UnitPlacement.objects.create(unit=below, parent=cast.units["police_east"])
    cast.units[below.code] = below
    for code, who in (("police_east", "south_officer"), ("police_west", "north_officer")):
        grant_role(user=cast.people[who], unit=cast.units[code], role=Role.OFFICER, by=None, valid_from=LONG_AGO)
    return cast


def merged(cast: Cast, **plan: Any) -> Reorganisation:
    return planned(cast, "merge", units=["police_east", "police_west"], successors=[NEW], **plan)


def test_a_merger_ends_the_units_and_founds_the_successor(pair: Cast) -> None:
    applied(pair, merged(pair))
    new = Unit.objects.get(code="police_new")
    assert (new.valid_from, new.name(DAY, "vi"), new.name(DAY, "en")) == (DAY, "Phòng mới", "New Division")
    for code in ("police_east", "police_west"):
        old = Unit.objects.get(code=code)
        assert old.valid_to == DAY
        assert old.successions.get().successor == new
        assert not FocalPoint.objects.as_of(DAY).filter(unit=old).exists()
        assert not Membership.objects.as_of(DAY).filter(unit=old).exists()
    here = Membership.objects.as_of(DAY).filter(unit=new)
    assert {(m.user.username, m.role) for m in here} == {("south_officer", "officer"), ("north_officer", "officer")}
    post = UnitPlacement.objects.get(unit__code="police_east_post", valid_from=DAY)
    assert post.parent == new


def test_a_successor_does_not_read_what_was_before_unless_the_plan_says_so(pair: Cast) -> None:
    day = today() + timedelta(days=1)
    one = planned(pair, "merge", day=day, units=["police_east", "police_west"], successors=[NEW])
    assert {c.code for c in preview_of(one, by=pair.police_admin).consequences} >= {"stays"}
    applied(pair, one)
    new = Unit.objects.get(code="police_new")
    assert parents_on(day, pair.units["police_east"]) == pair.units["police"].pk
    actions.undo_reorganisation(reorganisation=one, by=pair.again("police_admin"), reason="Sai.")
    heir = planned(pair, "merge", day=day, units=["police_east", "police_west"], successors=[NEW], heir="police_new")
    assert {c.code for c in preview_of(heir, by=pair.police_admin).consequences if c.access} >= {"heir_reads"}
    applied(pair, heir)
    assert Unit.objects.get(code="police_new").pk == new.pk
    assert parents_on(day, pair.units["police_east"]) == new.pk


def parents_on(day: date, unit: Unit) -> Any:
    rows = UnitPlacement.objects.filter(unit=unit)
    return sorted((r.valid_from or date.min, r.parent_id) for r in rows if (r.valid_from or date.min) <= day)[-1][1]


def test_undoing_brings_every_row_back(pair: Cast) -> None:
    before = everything()
    for plan in (
        merged(pair),
        merged(pair, heir="police_new"),
        planned(pair, "rename", units=["police_east"], name_vi="Khác", name_en="Other"),
        planned(pair, "move", units=["police_east", "police_west"], parent="police_north", place="north-place"),
        planned(pair, "close", units=["police_west"]),
        planned(
            pair,
            "split",
            units=["police_west"],
            successors=[NEW, {"code": "police_east"}],
            people=[{"username": "north_officer", "successor": "police_east"}],
        ),
    ):
        one = applied(pair, plan)
        assert everything() != before
        undone = actions.undo_reorganisation(reorganisation=one, by=pair.again("police_admin"), reason="Nhầm.")
        assert undone.status == "undone"
        assert everything() == before, plan.kind


def test_undoing_is_refused_when_something_rests_on_it(pair: Cast) -> None:
    day = today()
    one = applied(pair, planned(pair, "merge", day=day, units=["police_east", "police_west"], successors=[NEW]))
    pair.units["police_new"] = Unit.objects.get(code="police_new")
    draft(pair, by=pair.again("south_officer"), unit="police_new")
    with pytest.raises(Conflict, match="1 information items at police_new"):
        actions.undo_reorganisation(reorganisation=one, by=pair.again("police_admin"), reason="Nhầm.")
    assert Unit.objects.get(code="police_east").valid_to == day


def test_undoing_is_refused_when_a_row_was_changed_since(pair: Cast) -> None:
    units = {"units": ["police_east", "police_west"], "successors": [NEW]}
    one = applied(pair, planned(pair, "merge", day=today(), **units))
    later = planned(pair, "rename", day=today() + timedelta(days=1), units=["police_new"], name_vi="Tên sau")
    applied(pair, later)
    with pytest.raises(Conflict, match="1 unit names at police_new"):
        actions.undo_reorganisation(reorganisation=one, by=pair.again("police_admin"), reason="Nhầm.")
    actions.undo_reorganisation(reorganisation=later, by=pair.again("police_admin"), reason="Nhầm.")
    actions.undo_reorganisation(reorganisation=one, by=pair.again("police_admin"), reason="Nhầm.")


def test_a_unit_with_open_work_is_not_closed_and_the_refusal_says_what_waits(cast: Cast) -> None:
    one = planned(cast, "close", day=date(2100, 1, 1), units=["police_north"])
    with pytest.raises(Conflict) as refused:
        applied(cast, one)
    assert refused.value.code == "open_work"
    text = str(refused.value.message)
    assert "police_north: 3 items that are not released" in text
    assert "open joint cases" in text
    assert Unit.objects.get(code="police_north").valid_to is None


def test_every_fault_of_a_plan_is_told_at_once(pair: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        planned(
            pair,
            "merge",
            units=["police_east", "customs", "nowhere", "police_east"],
            successors=[{"code": "police_west!", "level": "high", "place": "nowhere"}],
            parent="police",
            heir="somebody",
        )
    assert set(refused.value.fields) == {
        "units",
        "parent",
        "heir",
        "successors.0.code",
        "successors.0.level",
        "successors.0.name_vi",
        "successors.0.parent",
        "successors.0.place",
    }


def test_a_unit_does_not_come_to_stand_below_itself(pair: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        planned(pair, "move", units=["police_east"], parent="police_east_post")
    assert "does not stand below itself" in str(refused.value.fields["parent"])


def test_a_day_before_existing_rows_is_refused(pair: Cast) -> None:
    applied(pair, planned(pair, "rename", units=["police_east"], name_vi="Tên mới"))
    with pytest.raises(Invalid) as refused:
        planned(pair, "rename", day=DAY, units=["police_east"], name_vi="Tên khác")
    assert "2030-07-01" in str(refused.value.fields["takes_effect_on"])


def test_a_unit_with_units_below_is_closed_after_they_have_moved(pair: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        planned(pair, "close", units=["police_east"])
    assert "police_east_post" in str(refused.value.fields["units"])


def test_only_the_administrators_of_all_units_concerned_reorganise(pair: Cast) -> None:
    with pytest.raises(NotPermitted):
        planned(pair, "rename", by="customs_admin", units=["police_east"], name_vi="Tên")
    with pytest.raises(NotPermitted):
        planned(pair, "rename", by="police_head", units=["police_east"], name_vi="Tên")
    with pytest.raises(Invalid):
        planned(pair, "rename", by="customs_admin", unit="customs", units=["police_east"], name_vi="Tên")


def test_what_was_not_looked_at_is_not_applied(pair: Cast) -> None:
    one = merged(pair)
    with pytest.raises(Incomplete):
        actions.apply_reorganisation(reorganisation=one, by=pair.police_admin, preview="")
    seen = preview_of(one, by=pair.police_admin).hash
    grant_role(user=pair.people["coast_head"], unit=pair.units["police_east"], role=Role.OFFICER, by=None)
    with pytest.raises(Conflict, match="new preview"):
        actions.apply_reorganisation(reorganisation=one, by=pair.police_admin, preview=seen)


def test_the_preview_shows_each_row(pair: Cast) -> None:
    lines = preview_of(merged(pair), by=pair.police_admin).lines
    told = [(line["table"], line["change"], line["unit"], line["what"]) for line in lines]
    assert ("unit", "begins", "police_new", "regional") in told
    assert ("unitname", "begins", "police_new", "vi: Phòng mới") in told
    assert ("unit", "ends", "police_east", "regional") in told
    assert ("membership", "ends", "police_east", "south_officer: officer") in told
    assert ("membership", "begins", "police_new", "south_officer: officer") in told
    assert ("focalpoint", "ends", "police_west", "Trưởng phòng") in told
    assert ("unitplacement", "begins", "police_east_post", "< police_new") in told
    assert ("unitsuccession", "begins", "police_east", "> police_new (merge)") in told


def test_the_people_of_a_unit_that_ends_are_read_by_those_above(pair: Cast) -> None:
    applied(pair, merged(pair))
    assert pair.units["police_east"].pk in units_below({pair.units["police"].pk})
    assert UnitSuccession.objects.filter(undone=True).count() == 0


def test_a_name_given_directly_since_stands_in_the_way_of_undoing(cast: Cast) -> None:
    one = applied(cast, planned(cast, "rename", units=["police_south"], name_vi="Tên mới"))
    unit = Unit.objects.get(code="police_south")
    rename_unit(unit=unit, language="vi", name="Tên nữa", on=DAY + timedelta(days=1), by=cast.again("police_admin"))
    with pytest.raises(Conflict):
        actions.undo_reorganisation(reorganisation=one, by=cast.again("police_admin"), reason="Nhầm.")
    assert unit.name(DAY, "vi") == "Tên mới"
    assert unit.name(DAY + timedelta(days=1), "vi") == "Tên nữa"
