"""The rows that a plan would write, worked out once: the preview shows them, the application saves them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models

from agencies.models import Agency, FocalPoint, Membership, Unit, UnitName, UnitPlacement, UnitSuccession
from registry.reorganisations.ground import Ground
from registry.reorganisations.plan import Plan, Successor
from registry.reorganisations.terms import Kind

WRITTEN: tuple[type[models.Model], ...] = (Unit, UnitName, UnitPlacement, UnitSuccession, FocalPoint, Membership)
"""The tables a reorganisation writes."""

BY_LABEL: dict[str, type[models.Model]] = {model._meta.label_lower: model for model in WRITTEN}


def stored(row: models.Model) -> dict[str, Any]:
    """The row's columns as JSON."""
    return {column.attname: _plain(getattr(row, column.attname)) for column in row._meta.concrete_fields}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID | date | datetime) else value


@dataclass(slots=True)
class Change:
    """One row: as it is (None: it is made), and the row itself as it shall be."""

    row: Any
    before: dict[str, Any] | None

    @property
    def verb(self) -> str:
        """`begins`, `ends`."""
        if self.before is None:
            return "begins"
        since = self.before.get("valid_from")
        return "begins" if since is not None and since == self.before.get("valid_to") else "ends"

    @property
    def label(self) -> str:
        """The table."""
        return str(self.row._meta.label_lower)

    def line(self) -> dict[str, Any]:
        """What the preview shows of it, the same in every language."""
        row = self.row
        unit = row.code if isinstance(row, Unit) else (getattr(row, "unit", None) or row.predecessor).code
        return {
            "table": row._meta.model_name,
            "change": self.verb,
            "unit": unit,
            "what": _what(row),
            "valid_from": _plain(getattr(row, "valid_from", getattr(row, "on", None))),
            "valid_to": _plain(getattr(row, "valid_to", None)),
        }


def _what(row: Any) -> str:
    match row:
        case UnitName():
            short = f" ({row.abbreviation})" if row.abbreviation else ""
            return f"{row.language}: {row.name}{short}"
        case UnitPlacement():
            place = f" · {row.place.code}" if row.place else ""
            return f"< {row.parent.code if row.parent else '-'}{place}"
        case UnitSuccession():
            return f"> {row.successor.code} ({row.kind})"
        case Membership():
            return f"{row.user.username}: {row.role}"
        case FocalPoint():
            return str(row.office_vi)
    return str(row.level)


@dataclass(slots=True)
class Changes:
    """Collects them in the order in which they are written."""

    ground: Ground
    plan: Plan
    source: str
    found: list[Change] = field(default_factory=list)
    founded: dict[str, Unit] = field(default_factory=dict)

    def end(self, row: Any, day: date) -> None:
        """The row holds no longer from the day on."""
        change = Change(row, stored(row))
        row.valid_to = day
        self.found.append(change)

    def make(self, row: Any) -> None:
        """A new row."""
        self.found.append(Change(row, None))

    def placed(self, row: UnitPlacement, **changed: Any) -> None:
        """The unit stands elsewhere from the day on."""
        given = {"unit": row.unit, "parent": row.parent, "place": row.place, "valid_to": row.valid_to} | changed
        self.end(row, self.plan.day)
        self.make(UnitPlacement(valid_from=self.plan.day, **given))

    def unit(self, code: str) -> Unit:
        """A unit that stands or is founded by this plan."""
        return self.founded.get(code) or self.ground.units[code]


def changes_of(plan: Plan, ground: Ground, *, source: str) -> list[Change]:
    """Every row in the order of writing. The plan has no faults."""
    changes = Changes(ground, plan, source)
    match plan.kind:
        case Kind.RENAME:
            _rename(changes)
        case Kind.MOVE:
            for row in ground.placements:
                parent = ground.units[plan.parent] if plan.parent else row.parent
                changes.placed(row, parent=parent, place=ground.places.get(plan.place) or row.place)
        case _:
            _found(changes)
            _close(changes)
    return changes.found


def _rename(changes: Changes) -> None:
    plan = changes.plan
    for language in ("vi", "en"):
        name = getattr(plan, f"name_{language}")
        if not name:
            continue
        for row in changes.ground.names:
            if row.language == language:
                changes.end(row, plan.day)
        changes.make(_name(changes, changes.ground.concerned[0], language, plan))


def _name(changes: Changes, unit: Unit, language: str, said: Plan | Successor) -> UnitName:
    return UnitName(
        unit=unit,
        language=language,
        name=getattr(said, f"name_{language}"),
        abbreviation=getattr(said, f"abbreviation_{language}"),
        valid_from=changes.plan.day,
        source=changes.source[:255],
    )


def _found(changes: Changes) -> None:
    """New units: the unit, its names, its place in the tree."""
    plan, ground = changes.plan, changes.ground
    for one in plan.successors:
        if not one.described:
            continue
        unit = _founded(one, ground, plan.day)
        changes.founded[one.code] = unit
    for one in plan.successors:
        if one.code not in changes.founded:
            continue
        unit = changes.founded[one.code]
        for language in ("vi", "en"):
            if getattr(one, f"name_{language}"):
                changes.make(_name(changes, unit, language, one))
        place = ground.places.get(one.place)
        changes.make(UnitPlacement(unit=unit, parent=changes.unit(one.parent), place=place, valid_from=plan.day))
    units = [
        Change(unit, stored(old) if (old := ground.unfounded.get(code)) else None)
        for code, unit in (changes.founded.items())
    ]
    changes.found[:0] = units


def _founded(one: Successor, ground: Ground, day: date) -> Unit:
    """A new unit; where one of this code was founded and undone, that row stands again."""
    agency: Agency = ground.concerned[0].agency
    old = ground.unfounded.get(one.code)
    kept = {"pk": old.pk} if old is not None else {}
    unit = Unit(code=one.code, agency=agency, level=one.level, valid_from=day, **kept)
    unit._state.adding = old is None
    return unit


def _close(changes: Changes) -> None:
    plan, ground = changes.plan, changes.ground
    for unit in ground.concerned:
        changes.end(unit, plan.day)
        for one in plan.successors:
            changes.make(
                UnitSuccession(
                    predecessor=unit,
                    successor=changes.unit(one.code),
                    on=plan.day,
                    kind=plan.kind.value,
                    source=changes.source[:255],
                )
            )
    for name in ground.names:
        changes.end(name, plan.day)
    for row in ground.placements:
        if plan.heir:
            changes.placed(row, parent=changes.unit(plan.heir))
        else:
            changes.end(row, plan.day)
    for point in ground.focal_points:
        changes.end(point, plan.day)
    if plan.kind is Kind.MERGE:
        for row in ground.children:
            changes.placed(row, parent=changes.unit(plan.successors[0].code))
    _hand_over(changes)


def going(plan: Plan) -> dict[str, str]:
    """To which successor whom goes; in a merger everybody goes to the one."""
    if plan.kind is Kind.MERGE:
        return {"": plan.successors[0].code}
    return dict(plan.people)


def _hand_over(changes: Changes) -> None:
    """Roles end in units that end; those who go to a successor hold the same role there from that day on."""
    day, to = changes.ground.role_day, going(changes.plan)
    held: set[tuple[Any, str, str]] = set()
    for code, user, role in _standing_roles(changes):
        held.add((user, role, code))
    for row in changes.ground.memberships:
        until = row.valid_to
        changes.end(row, day)
        code = to.get("") or to.get(row.user.username, "")
        if code and (row.user_id, row.role, code) not in held:
            held.add((row.user_id, row.role, code))
            unit = changes.unit(code)
            changes.make(Membership(user=row.user, unit=unit, role=row.role, valid_from=day, valid_to=until))


def _standing_roles(changes: Changes) -> Iterator[tuple[str, Any, str]]:
    """Roles held already in successors that stand: nobody is given one twice."""
    ground = changes.ground
    known = [ground.units[s.code] for s in changes.plan.successors if s.code in ground.units]
    rows = Membership.objects.filter(ground.lasting(ground.role_day), unit__in=known)
    yield from rows.values_list("unit__code", "user_id", "role")
