"""Loads what documents say (fixtures/documents.json). Facts are not edited here: they come with a release.

What the data says is added or corrected, what it leaves out stays as it is, nothing is removed: a second load
changes nothing. Rows are known by their document and number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from agencies.audit.log import record
from agencies.models import User
from agencies.refusals import Invalid, NotPermitted
from agencies.seeding import Changes, Data
from registry.documents.models import (
    Document,
    EventAttendance,
    Published,
    PublishedEvent,
    PublishedFigure,
    PublishedName,
    PublishedStatement,
)
from registry.reference.models import Trap


@dataclass(frozen=True, slots=True)
class Rows:
    """A list in an entry of the data: its key, the model of its rows, their field for what stands above."""

    key: str
    model: type[Published]
    owner: str
    below: "tuple[Rows, ...]" = ()


ATTENDANCE = Rows("attendance", EventAttendance, "event")
IN_DOCUMENT = (
    Rows("figures", PublishedFigure, "document"),
    Rows("events", PublishedEvent, "document", below=(ATTENDANCE,)),
    Rows("names", PublishedName, "document"),
    Rows("statements", PublishedStatement, "document"),
)


OWNERS = {"document", "event"}
"""Fields that follow from where a row stands in the data."""


@transaction.atomic
def load_documents(*, data: Data, by: User | None = None) -> Changes:
    """Bring the documents and their facts in line with the data: one audit event per record written.

    Invalid names every place in the data that cannot be accepted; then nothing has been written.
    """
    if by is not None and not by.is_superuser:
        raise NotPermitted
    loader = _Loader(by)
    known = {document.code: document for document in Document.objects.prefetch_related("traps")}
    for entry in data.get("documents", ()):
        code = str(entry.get("code", ""))
        loader.take(entry, code, known.get(code) or Document(), IN_DOCUMENT)
    if loader.faults:
        raise Invalid(loader.faults)
    return loader.changes


class _Loader:
    """Goes through the data once; counts what it wrote and remembers what it could not accept."""

    def __init__(self, by: User | None) -> None:
        self.by = by
        self.changes = Changes()
        self.faults: dict[str, str] = {}
        self.coded: dict[type[models.Model], dict[str, Any]] = {}

    def take(self, entry: Data, path: str, item: Published, below: tuple[Rows, ...]) -> None:
        """A record, then the rows below it. Rows of a record at fault are not looked at."""
        lists = {rows.key for rows in below}
        own = {k: v for k, v in entry.items() if k not in lists}
        if not self._write(own, path, item):
            return
        for rows in below:
            self._take_rows(entry.get(rows.key, ()), f"{path}.{rows.key}", item, rows)

    def _take_rows(self, entries: Any, path: str, owner: Published, rows: Rows) -> None:
        above = {rows.owner: owner}
        records: Any = rows.model._default_manager.filter(**above).prefetch_related("traps")
        known: dict[int, Any] = {row.number: row for row in records}
        for entry in entries:
            number = entry.get("number")
            item = known.get(number) or rows.model(**above)
            values = dict(entry)
            if (related := values.get("related_to")) is not None:
                if related not in known:
                    self.faults[f"{path}.{number}.related_to"] = _("Name a figure that stands before it.")
                    continue
                values["related_to"] = known[related]
            self.take(values, f"{path}.{number}", item, rows.below)
            known[number] = item

    def _write(self, entry: Data, path: str, item: Published) -> bool:
        """Save what differs; False when the entry cannot be accepted."""
        before = len(self.faults)
        created = item._state.adding
        traps = self._traps(entry["traps"], path) if "traps" in entry else None
        differing = self._adopt(item, {k: v for k, v in entry.items() if k != "traps"}, path)
        if differing:
            self._check(item, path)
        if len(self.faults) > before:
            return False
        if differing:
            _save(item, path)
        if traps is not None and traps != (set() if created else set(item.traps.all())):
            item.traps.set(traps)
            differing.append("traps")
        if differing:
            record(action="document.load", by=self.by, on=item, created=created, fields=sorted(differing))
        self.changes += Changes(
            created=int(created), changed=int(bool(differing) and not created), unchanged=int(not differing)
        )
        return True

    def _check(self, item: Published, path: str) -> None:
        """What the model says; rows it refers to were found by their codes, constraints are the database's."""
        relations = [f for f in item._meta.fields if isinstance(f, models.ForeignKey)]
        for field in relations:
            if not field.null and getattr(item, field.attname) is None:
                self.faults.setdefault(f"{path}.{field.name}", _("Give a code."))
                return
        try:
            item.clean_fields(exclude={field.name for field in relations})
            item.clean()
        except ValidationError as fault:
            for name, texts in fault.message_dict.items():
                self.faults.setdefault(f"{path}.{name}", " ".join(texts))

    def _adopt(self, item: Published, entry: Mapping[str, Any], path: str) -> list[str]:
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
                stored = value.pk if isinstance(value, models.Model) else value
                if item._state.adding or getattr(item, field.attname) != stored:
                    setattr(item, field.name, value)
                    differing.append(name)
        return differing

    def _value(self, field: Any, raw: Any, item: Published) -> Any:
        """A record by its code (a row by itself), all else as the field reads it."""
        if not isinstance(field, models.ForeignKey):
            return field.clean(raw, item)
        if raw is None or isinstance(raw, models.Model):
            return raw
        target = self._by_code(field.related_model).get(raw)
        if target is None:
            raise ValidationError(_("Unknown code “%s”.") % raw)
        return target

    def _traps(self, codes: Any, path: str) -> set[Trap]:
        known = self._by_code(Trap)
        unknown = [code for code in codes if code not in known]
        if unknown:
            self.faults[f"{path}.traps"] = _("Unknown code “%s”.") % "”, “".join(unknown)
        return {known[code] for code in codes if code in known}

    def _by_code(self, model: Any) -> dict[str, Any]:
        if model not in self.coded:
            self.coded[model] = {item.code: item for item in model._default_manager.all()}
        return self.coded[model]


def _column(item: Published, name: str) -> Any:
    field: Any = item._meta.get_field(name)
    if name in OWNERS or not (field.concrete and field.editable):
        raise FieldDoesNotExist(name)
    return field


def _save(item: Published, path: str) -> None:
    """Save; what the database's rules refuse is a fault of the data."""
    try:
        item.save()
    except IntegrityError as fault:
        raise Invalid({path: str(fault).partition("\n")[0]}, code="rule_violation") from fault
