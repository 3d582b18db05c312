"""Everything that is wrong with a plan, at once: at each field what is wrong and what would be right."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.models import Level, Unit, User
from agencies.refusals import Text
from agencies.roles import Permission
from registry.reorganisations.ground import Ground
from registry.reorganisations.plan import Plan, Successor
from registry.reorganisations.terms import Kind

CODE = re.compile(r"[A-Za-z0-9_-]{2,32}")
EXTRA: dict[Kind, frozenset[str]] = {
    Kind.RENAME: frozenset({"name_vi", "name_en", "abbreviation_vi", "abbreviation_en"}),
    Kind.MERGE: frozenset({"successors", "heir"}),
    Kind.SPLIT: frozenset({"successors", "people", "heir"}),
    Kind.MOVE: frozenset({"parent", "place"}),
    Kind.CLOSE: frozenset(),
}
"""Fields of a plan besides `units` that a kind knows."""


class Faults:
    """Collects them by field. A field keeps its faults as sentences one after another."""

    def __init__(self) -> None:
        self.found: dict[str, list[Text]] = {}

    def add(self, field: str, text: Text, **named: Any) -> None:
        """One more."""
        self.found.setdefault(field, []).append(text % named if named else text)

    def told(self) -> dict[str, str]:
        """By field, in one text each."""
        return {field: " ".join(str(text) for text in texts) for field, texts in self.found.items()}


def faults_of(plan: Plan, ground: Ground, by: User | None, owner: Unit) -> dict[str, str]:
    """What is wrong; empty when the plan can be carried out as far as the plan itself goes."""
    faults = Faults()
    for field in {f for known in EXTRA.values() for f in known} - EXTRA[plan.kind]:
        if getattr(plan, field):
            faults.add(field, _("“%(kind)s” knows no such field. Leave it out."), kind=plan.kind.label)
    _units(plan, ground, by, owner, faults)
    _successors(plan, ground, by, faults)
    match plan.kind:
        case Kind.RENAME:
            _names(plan, ground, faults)
        case Kind.MOVE:
            _move(plan, ground, by, faults)
    if plan.closes:
        _below(plan, ground, faults)
        _people(plan, ground, faults)
    _later_rows(plan, ground, faults)
    return faults.told()


ONE_ONLY = {Kind.RENAME, Kind.SPLIT}


def _units(plan: Plan, ground: Ground, by: User | None, owner: Unit, faults: Faults) -> None:
    if not plan.units:
        faults.add("units", _("Name at least one unit by its code."))
    if len(set(plan.units)) < len(plan.units):
        faults.add("units", _("Name each unit once."))
    if plan.kind in ONE_ONLY and len(plan.units) > 1:
        faults.add("units", _("Name one unit: each one gets a reorganisation of its own."))
    for code in plan.units:
        unit = ground.units.get(code)
        if unit is None:
            faults.add("units", _("“%(code)s” is not a code known here."), code=code)
            continue
        _standing(unit, plan, "units", faults)
        if unit.valid_to is not None and unit.valid_to > plan.day:
            text = _("%(code)s ends on %(day)s already. Undo that first, or leave the unit out.")
            faults.add("units", text, code=code, day=unit.valid_to)
        _managed(unit, by, "units", faults)
        if unit.agency_id != owner.agency_id:
            faults.add("units", _("%(code)s belongs to another agency than the planning unit."), code=code)


def _standing(unit: Unit, plan: Plan, field: str, faults: Faults) -> None:
    if unit.valid_from is not None and unit.valid_from >= plan.day:
        text = _("%(code)s begins on %(day)s: choose a later day.")
        faults.add(field, text, code=unit.code, day=unit.valid_from)
    elif unit.valid_to is not None and unit.valid_to <= plan.day:
        faults.add(field, _("%(code)s is no more since %(day)s."), code=unit.code, day=unit.valid_to)


def _managed(unit: Unit, by: User | None, field: str, faults: Faults) -> None:
    if by is not None and not by.may(Permission.UNIT_MANAGE, unit.pk):
        faults.add(field, _("You do not manage %(code)s. Ask the administrator above it."), code=unit.code)


def _successors(plan: Plan, ground: Ground, by: User | None, faults: Faults) -> None:
    if plan.kind is Kind.MERGE:
        if len(plan.successors) != 1:
            faults.add("successors", _("A merger has one successor. Name it."))
        elif plan.successors[0].described and len(plan.units) < 2:
            faults.add("units", _("Name at least two units to merge into a new one."))
    if plan.kind is Kind.SPLIT and len(plan.successors) < 2:
        faults.add("successors", _("A unit is split into at least two. Name each."))
    codes = [s.code for s in plan.successors]
    if len(set(codes)) < len(codes):
        faults.add("successors", _("Name each successor once."))
    if plan.heir and plan.heir not in codes:
        faults.add("heir", _("Name one of the successors: %(codes)s."), codes=", ".join(codes) or "-")
    for number, one in enumerate(plan.successors):
        field = f"successors.{number}"
        if one.code in plan.units:
            faults.add(f"{field}.code", _("A unit that ends is not its own successor. Take a new code."))
        elif one.described:
            _new(one, plan, ground, by, field, faults)
        else:
            _known(one, plan, ground, by, f"{field}.code", faults)


def _new(one: Successor, plan: Plan, ground: Ground, by: User | None, field: str, faults: Faults) -> None:
    if not CODE.fullmatch(one.code):
        faults.add(f"{field}.code", _("Write 2 to 32 letters without accents, digits, hyphens or underscores."))
    if one.code in ground.units:
        faults.add(
            f"{field}.code", _("%(code)s stands already. Send the code alone, or take a new code."), code=one.code
        )
    if one.level not in Level.values:
        faults.add(f"{field}.level", _("Choose from: %(codes)s."), codes=", ".join(Level.values))
    if not one.name_vi:
        faults.add(f"{field}.name_vi", _("A new unit needs its Vietnamese name."))
    if not one.parent:
        faults.add(f"{field}.parent", _("Say below which unit it stands."))
    else:
        _above(one.parent, plan, ground, by, f"{field}.parent", faults)
    _seat(one.place, plan, ground, f"{field}.place", faults)


def _known(one: Successor, plan: Plan, ground: Ground, by: User | None, field: str, faults: Faults) -> None:
    unit = ground.units.get(one.code)
    if unit is None:
        text = _("“%(code)s” is not a code known here. A new unit needs level, name and the unit above.")
        faults.add(field, text, code=one.code)
        return
    _standing(unit, plan, field, faults)
    if unit.valid_to is not None and unit.valid_to > plan.day:
        faults.add(field, _("%(code)s ends on %(day)s itself."), code=one.code, day=unit.valid_to)
    _managed(unit, by, field, faults)
    if any(unit.agency_id != gone.agency_id for gone in ground.concerned):
        faults.add(field, _("%(code)s belongs to another agency."), code=one.code)
    below = [gone.code for gone in ground.concerned if ground.is_below(unit, gone)]
    if below:
        text = _("%(code)s stands below %(above)s. Move it first.")
        faults.add(field, text, code=one.code, above=", ".join(below))


def _above(code: str, plan: Plan, ground: Ground, by: User | None, field: str, faults: Faults) -> Unit | None:
    parent = ground.units.get(code)
    if parent is None:
        faults.add(field, _("“%(code)s” is not a code known here."), code=code)
        return None
    if code in plan.units and plan.closes:
        faults.add(field, _("%(code)s ends by this very plan."), code=code)
    elif parent.valid_from is not None and parent.valid_from > plan.day:
        faults.add(field, _("%(code)s begins on %(day)s only."), code=code, day=parent.valid_from)
    elif parent.valid_to is not None:
        faults.add(field, _("%(code)s is no more since %(day)s."), code=code, day=parent.valid_to)
    elif plan.closes and (above := [gone.code for gone in ground.concerned if ground.is_below(parent, gone)]):
        text = _("%(code)s stands below %(above)s. Move it first.")
        faults.add(field, text, code=code, above=", ".join(above))
    _managed(parent, by, field, faults)
    if any(parent.agency_id != unit.agency_id for unit in ground.concerned):
        faults.add(field, _("%(code)s belongs to another agency."), code=code)
    return parent


def _seat(code: str, plan: Plan, ground: Ground, field: str, faults: Faults) -> None:
    if not code:
        return
    place = ground.places.get(code)
    if place is None:
        faults.add(field, _("“%(code)s” is not a code known here."), code=code)
    elif not place.holds_on(plan.day):
        faults.add(field, _("%(code)s is no place on that day."), code=code)


def _names(plan: Plan, ground: Ground, faults: Faults) -> None:
    if not (plan.name_vi or plan.name_en):
        faults.add("name_vi", _("Write the new name, in Vietnamese, in English or in both."))
    for language in ("vi", "en"):
        name, short = getattr(plan, f"name_{language}"), getattr(plan, f"abbreviation_{language}")
        if short and not name:
            faults.add(f"name_{language}", _("An abbreviation comes with its name."))
        held = [n for n in ground.names if n.language == language and n.holds_on(plan.day)]
        if name and any((n.name, n.abbreviation) == (name, short) for n in held):
            faults.add(f"name_{language}", _("This is the present name and abbreviation."))


def _move(plan: Plan, ground: Ground, by: User | None, faults: Faults) -> None:
    if not (plan.parent or plan.place):
        faults.add("parent", _("Say below which unit, or in which place, they stand from that day on."))
    _seat(plan.place, plan, ground, "place", faults)
    parent = _above(plan.parent, plan, ground, by, "parent", faults) if plan.parent else None
    for unit in ground.concerned:
        if parent is not None and ground.is_below(parent, unit):
            text = _("%(parent)s is %(code)s or stands below it: a unit does not stand below itself.")
            faults.add("parent", text, parent=parent.code, code=unit.code)
        row = next((p for p in ground.placements if p.unit_id == unit.pk and p.holds_on(plan.day)), None)
        if row is None:
            continue
        same_parent = not plan.parent or (row.parent is not None and row.parent.code == plan.parent)
        same_place = not plan.place or (row.place is not None and row.place.code == plan.place)
        if same_parent and same_place:
            faults.add("units", _("%(code)s stands there already."), code=unit.code)


def _below(plan: Plan, ground: Ground, faults: Faults) -> None:
    """A unit that ends leaves nobody below it: a merger takes them along, otherwise they are moved before."""
    codes = sorted({row.unit.code for row in ground.children if row.unit.code not in {s.code for s in plan.successors}})
    if codes and plan.kind is not Kind.MERGE:
        faults.add("units", _("These units still stand below: %(codes)s. Move them first."), codes=_few(codes))


def _people(plan: Plan, ground: Ground, faults: Faults) -> None:
    codes = {s.code for s in plan.successors}
    working = {m.user.username for m in ground.memberships}
    for number, (who, code) in enumerate(plan.people):
        if who not in working:
            faults.add(f"people.{number}.username", _("%(who)s holds no role in the unit that ends."), who=who)
        if code not in codes:
            text = _("Name one of the successors: %(codes)s.")
            faults.add(f"people.{number}.successor", text, codes=", ".join(sorted(codes)))
    named = [who for who, _code in plan.people]
    for who in sorted({who for who in named if named.count(who) > 1}):
        faults.add("people", _("Name each person once: %(who)s."), who=who)


def _later_rows(plan: Plan, ground: Ground, faults: Faults) -> None:
    """Rows that begin on the day or later would be cut off before they begin."""
    rows: list[tuple[Any, Any]] = []
    if plan.kind is Kind.RENAME or plan.closes:
        rows += [(n, _("a name")) for n in ground.names if _touched(plan, n)]
    if plan.kind is Kind.MOVE or plan.closes:
        rows += [(p, _("a place in the tree")) for p in ground.placements]
    if plan.closes:
        rows += [(p, _("a place in the tree")) for p in ground.children]
        rows += [(f, _("a focal point")) for f in ground.focal_points]
        rows += [(m, _("a role")) for m in ground.memberships if m.valid_from and m.valid_from > ground.role_day]
    for row, what in rows:
        if row.valid_from is not None and row.valid_from >= plan.day:
            text = _("Of %(code)s %(what)s begins on %(day)s: choose a later day, or change that first.")
            faults.add("takes_effect_on", text, code=row.unit.code, what=what, day=row.valid_from)


def _touched(plan: Plan, name: Any) -> bool:
    return plan.closes or bool(getattr(plan, f"name_{name.language}"))


def _few(codes: Iterable[str], most: int = 12) -> str:
    shown = list(codes)
    return ", ".join(shown[:most]) + (", …" if len(shown) > most else "")
