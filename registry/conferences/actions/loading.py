"""Loads conferences that published documents report (fixtures/conferences.json).

A conference is loaded once: what people have recorded about it since outranks the file.
"""

from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from agencies.audit.log import record
from agencies.models import User
from agencies.refusals import Invalid, NotPermitted
from agencies.seeding import Changes, Data
from registry.conferences.models import ActionItem, Attendance, Conference, Resolution
from registry.conferences.terms import ConferenceStatus
from registry.reference.models import Trap

ROWS: tuple[tuple[str, type[models.Model]], ...] = (
    ("attendance", Attendance),
    ("resolutions", Resolution),
    ("action_items", ActionItem),
)


@transaction.atomic
def load_conferences(*, data: Data, by: User | None = None) -> Changes:
    """Add the conferences that are not there yet, with their rows. A second load changes nothing.

    Invalid names every place in the data that cannot be accepted; then nothing has been written.
    """
    if by is not None and not by.is_superuser:
        raise NotPermitted
    loader = _Loader()
    entries = data.get("conferences", ())
    known = set(Conference.objects.values_list("code", flat=True))
    fresh = [entry for entry in entries if entry.get("code") not in known]
    for entry in fresh:
        conference = loader.conference(entry)
        if conference is not None and not loader.faults:
            rows = {key: len(entry.get(key, ())) for key, _model in ROWS}
            record(action="conference.load", by=by, on=conference, rows=rows)
    if loader.faults:
        raise Invalid(loader.faults)
    return Changes(created=len(fresh), unchanged=len(entries) - len(fresh))


class _Loader:
    """Goes through the data once and remembers what it could not accept."""

    def __init__(self) -> None:
        self.faults: dict[str, str] = {}
        self.coded: dict[Any, dict[str, Any]] = {}

    def conference(self, entry: Data) -> Any:
        """A conference and the rows below it. Rows of a conference at fault are not looked at."""
        code = str(entry.get("code", ""))
        apart = {key for key, _model in ROWS} | {"status"}
        conference = self._row(Conference(), {k: v for k, v in entry.items() if k not in apart}, code)
        if conference is None:
            return None
        numbered: dict[int, Any] = {}
        for key, model in ROWS:
            for values in entry.get(key, ()):
                path = f"{code}.{key}.{values.get('number')}"
                row = model(conference=conference)
                if "resolution" in values:
                    values = {**values, "resolution": numbered.get(values["resolution"])}  # noqa: PLW2901
                made = self._row(row, values, path)
                if key == "resolutions":
                    numbered[values["number"]] = made
        if not self.faults:
            self._lead(conference, entry.get("status", ConferenceStatus.PLANNED), f"{code}.status")
        return conference

    def _lead(self, conference: Conference, status: str, path: str) -> None:
        """Step by step to the status the source tells of: the list of who came stands as soon as it has met."""
        if status not in ConferenceStatus.values:
            self.faults[path] = _("Unknown code “%s”.") % status
            return
        for one in ConferenceStatus.values[1 : ConferenceStatus.values.index(status) + 1]:
            conference.status = one
            self._checked(conference, path.removesuffix(".status"))
            if self.faults:
                return
            conference.save()

    def _row(self, row: Any, entry: Data, path: str) -> Any:
        """The row, saved with its traps; None when the entry cannot be accepted."""
        before = len(self.faults)
        traps = [self._named(Trap, code, f"{path}.traps") for code in entry.get("traps", ())]
        for name, raw in entry.items():
            if name != "traps":
                self._set(row, name, raw, f"{path}.{name}")
        if len(self.faults) == before:
            self._checked(row, path)
        if len(self.faults) > before:
            return None
        row.save()
        row.traps.set(traps)
        return row

    def _checked(self, row: models.Model, path: str) -> None:
        """Remember what the record's own rules refuse."""
        try:
            row.full_clean()
        except ValidationError as fault:
            for name, texts in fault.message_dict.items():
                self.faults[f"{path}.{name}".removesuffix(".__all__")] = " ".join(texts)

    def _set(self, row: Any, name: str, raw: Any, path: str) -> None:
        """A record by its code (or itself), everything else as the field reads it."""
        try:
            field: Any = row._meta.get_field(name)
            if isinstance(field, models.ForeignKey):
                named = raw is None or isinstance(raw, models.Model)
                setattr(row, name, raw if named else self._named(field.related_model, raw, path))
            else:
                setattr(row, name, field.to_python(raw))
        except FieldDoesNotExist:
            self.faults[path] = _("Unknown field.")
        except ValidationError as fault:
            self.faults[path] = " ".join(fault.messages)

    def _named(self, model: Any, code: str, path: str) -> Any:
        if model not in self.coded:
            self.coded[model] = {item.code: item for item in model._default_manager.all()}
        if code not in self.coded[model]:
            self.faults[path] = _("Unknown code “%s”.") % code
        return self.coded[model].get(code)
