"""Loads records with stable codes from readable data (fixtures/reference.json).

What the data says is added or corrected; what it leaves out stays as it is; nothing is removed. So a second
load changes nothing, and a unit renamed in the registry keeps its new name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from agencies.audit.log import record
from agencies.models import (
    Agency,
    AgencyName,
    Area,
    AreaLead,
    FocalPoint,
    LegalBasis,
    Place,
    PlaceName,
    PlaceSuccession,
    ProtocolOrder,
    Record,
    Unit,
    UnitName,
    UnitPlacement,
    UnitSuccession,
    User,
)
from agencies.refusals import Invalid, NotPermitted

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changes:
    """How many records a load created, changed and left alone. A record counts with its dated rows."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(self.created + other.created, self.changed + other.changed, self.unchanged + other.unchanged)

    def __bool__(self) -> bool:
        """Whether anything was written."""
        return bool(self.created or self.changed)

    def __str__(self) -> str:
        return _("created %(created)d, changed %(changed)d, unchanged %(unchanged)d") % {
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
        }


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows below a record: their key in the data, their model, its field for the record, their identity."""

    key: str
    model: type[models.Model]
    owner: str
    identity: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the data: `{code: {field: value, ..., rows: [...]}}`. Foreign keys are written as codes."""

    name: str
    model: type[Record]
    rows: tuple[Rows, ...] = ()
    key: str = "code"
    """The field that stands before the entry, where it is no code."""


_NAMES = ("language", "valid_from")

DIRECTORY: tuple[Section, ...] = (
    Section("legal_bases", LegalBasis),
    Section(
        "places",
        Place,
        (
            Rows("names", PlaceName, "place", _NAMES),
            Rows("successions", PlaceSuccession, "predecessor", ("successor", "on")),
        ),
    ),
    Section(
        "agencies",
        Agency,
        (Rows("names", AgencyName, "agency", _NAMES), Rows("protocol", ProtocolOrder, "agency", ("valid_from",))),
    ),
    Section("areas", Area, (Rows("leads", AreaLead, "area", ("valid_from",)),)),
    Section(
        "units",
        Unit,
        (
            Rows("names", UnitName, "unit", _NAMES),
            Rows("placements", UnitPlacement, "unit", ("valid_from",)),
            Rows("successions", UnitSuccession, "predecessor", ("successor", "on")),
            Rows("focal_points", FocalPoint, "unit", ("valid_from",)),
        ),
    ),
)
"""In the order of their references: a section names codes of itself or of those above."""


@transaction.atomic
def load_directory(*, data: Data, by: User | None = None) -> Changes:
    """Agencies, units, places, areas and their laws."""
    return load(DIRECTORY, data=data, action="directory.load", by=by)


@transaction.atomic
def load(sections: Sequence[Section], *, data: Data, action: str, by: User | None) -> Changes:
    """Bring the records of the sections in line with the data: one audit event per record written.

    Invalid names every place in the data that cannot be accepted; then nothing has been written.
    """
    if by is not None and not by.is_superuser:
        raise NotPermitted
    loader = _Loader()
    for section in sections:
        loader.take(section, data.get(section.name, {}))
    return loader.finish(action=action, by=by)


class _Loader:
    """Holds what the database knows, and what differs from it."""

    def __init__(self) -> None:
        self.known: dict[type[models.Model], dict[str, Any]] = {}
        self.fields: dict[Any, list[str]] = {}
        self.created: set[Any] = set()
        self.taken: dict[Any, Record] = {}
        self.faults: dict[str, str] = {}

    def take(self, section: Section, entries: Mapping[str, Data]) -> None:
        """First the records, then their rows, which may name any of the records."""
        nested = {rows.key for rows in section.rows}
        for code, entry in entries.items():
            found = self._codes(section.model, section.key).get(code)
            own = {k: v for k, v in entry.items() if k not in nested}
            self._record(section, code, {section.key: code, **own}, found)
        self._refuse_faults()
        for rows in section.rows:
            self._rows(section, rows, entries)
        self._refuse_faults()

    def finish(self, *, action: str, by: User | None) -> Changes:
        """Write the audit events and count."""
        for pk, fields in self.fields.items():
            made = pk in self.created
            record(action=action, by=by, on=self.taken[pk], created=made, fields=sorted(set(fields)))
        changed = len(self.fields) - len(self.created)
        return Changes(len(self.created), changed, len(self.taken) - len(self.fields))

    def _record(self, section: Section, code: str, entry: Data, found: Any) -> None:
        item = found or section.model()
        differing = self._adopt(item, entry, f"{section.name}.{code}")
        self.taken[item.pk] = item
        self._codes(section.model)[code] = item
        if differing and not self.faults:
            item.save()
            self.fields.setdefault(item.pk, []).extend(differing)
            if found is None:
                self.created.add(item.pk)

    def _rows(self, section: Section, rows: Rows, entries: Mapping[str, Data]) -> None:
        owner_id = f"{rows.owner}_id"
        columns = [rows.model._meta.get_field(name).attname for name in rows.identity]  # type: ignore[union-attr]
        existing = {
            (getattr(row, owner_id), *(getattr(row, c) for c in columns)): row
            for row in rows.model._default_manager.all()
        }
        for code, entry in entries.items():
            owner = self._codes(section.model)[code]
            for number, values in enumerate(entry.get(rows.key, ())):
                path = f"{section.name}.{code}.{rows.key}.{number}"
                fresh = rows.model(**{rows.owner: owner})
                self._adopt(fresh, values, path)
                row = existing.get((owner.pk, *(getattr(fresh, c) for c in columns)))
                if row is None or self._adopt(row, values, path):
                    self._save_row(row or fresh, owner, rows.key)

    def _save_row(self, row: models.Model, owner: Record, key: str) -> None:
        if not self.faults:
            row.save()
            self.fields.setdefault(owner.pk, []).append(key)

    def _adopt(self, item: models.Model, entry: Data, path: str) -> list[str]:
        """Set what the entry says; the names of the fields that differed."""
        differing = []
        for name, raw in entry.items():
            try:
                field = _column(item, name)
                value = self._value(field, raw, item)
            except FieldDoesNotExist:
                self.faults[f"{path}.{name}"] = _("Unknown field.")
            except ValidationError as fault:
                self.faults[f"{path}.{name}"] = " ".join(fault.messages)
            else:
                if item._state.adding or getattr(item, field.attname) != value:
                    setattr(item, field.attname, value)
                    differing.append(name)
        return differing

    def _value(self, field: Any, raw: Any, item: models.Model) -> Any:
        """The column's value: foreign keys by code, everything else as the field reads it."""
        if not isinstance(field, models.ForeignKey):
            return field.clean(raw, item)
        if raw is None and field.null:
            return None
        target = self._codes(field.related_model).get(raw)
        if target is None:
            raise ValidationError(_("Unknown code “%s”: list it in this section or in one above.") % raw)
        return target.pk

    def _codes(self, model: type[models.Model], key: str = "code") -> dict[str, Any]:
        if model not in self.known:
            self.known[model] = {str(getattr(item, key)): item for item in model._default_manager.all()}
        return self.known[model]

    def _refuse_faults(self) -> None:
        if self.faults:
            raise Invalid(self.faults)


def _column(item: models.Model, name: str) -> Any:
    field: Any = item._meta.get_field(name)
    if not (field.concrete and field.editable):
        raise FieldDoesNotExist(name)
    return field
