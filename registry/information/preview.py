"""What a release would show to whom, before it does: the hash of a preview is what a head approves.

Every recipient gets all of a version's content and files and nothing else; who wrote it, why it was returned and who
else gets it stay with the originator, unless the version shows its recipients.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Named, Unit, named_then
from registry.information.manifests import manifest
from registry.information.models import InformationItem, ItemVersion

CONTENT = (
    *("title", "body", "topic", "area", "places", "substances", "facts_from", "facts_to"),
    *("secrecy", "tlp", "no_judicial_use", "no_onward", "contact_before_action", "return_after_reading"),
    *("expires_on", "conditions", "source_grade", "information_grade", "urgency"),
)
"""The fields a recipient gets, in the order they are shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One field as it will be read: `value` is for machines (codes, ISO days), `text` for people."""

    field: str
    label: str
    value: Any
    text: str


@dataclass(frozen=True, slots=True)
class Receives:
    """One recipient: the rule that gives it the item, and the other recipients it learns of."""

    unit: str
    name: str
    agency: str
    rule: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a release would do. `hash` changes with anything in it that a recipient would notice."""

    hash: str
    version: int
    fields: tuple[Shown, ...]
    files: tuple[dict[str, Any], ...]
    recipients: tuple[Receives, ...]
    withheld: tuple[str, ...]


def preview_of(item: InformationItem, version: ItemVersion, units: Sequence[Unit]) -> Preview:
    """The preview of a version for these recipients."""
    ordered = sorted(units, key=lambda unit: unit.code)
    fields = tuple(shown(version))
    rows = manifest(version)
    files = tuple(row for row in rows if not row["handling"]["originator_only"])
    kept = len(rows) - len(files)
    return Preview(
        hash=_hash(item, version, fields, files, ordered),
        version=version.number,
        fields=fields,
        files=files,
        recipients=tuple(_receives(version, unit, ordered) for unit in ordered),
        withheld=(*_withheld(version), *([gettext("Files kept from recipients: %d") % kept] if kept else [])),
    )


def shown(version: ItemVersion) -> Iterator[Shown]:
    """The version's content, field by field, in the reader's language."""
    for name in CONTENT:
        field = ItemVersion._meta.get_field(name)
        label = str(getattr(field, "verbose_name", name))
        yield Shown(name, label, plain(version, name), readable(version, name))


def plain(version: ItemVersion, name: str) -> Any:
    """A field for machines: codes of related records (sorted), ISO days, booleans, text."""
    field, value = ItemVersion._meta.get_field(name), getattr(version, name)
    if isinstance(field, models.ManyToManyField):
        return sorted(related.code for related in value.all())
    if isinstance(field, models.ForeignKey):
        return value.code if value is not None else None
    return value.isoformat() if isinstance(field, models.DateField) and value is not None else value


def readable(version: ItemVersion, name: str) -> str:
    """A field for people; a dash where it is empty."""
    field, value = ItemVersion._meta.get_field(name), getattr(version, name)
    if isinstance(field, models.BooleanField):
        return gettext("yes") if value else gettext("no")
    if isinstance(field, models.ManyToManyField):
        return ", ".join(sorted(str(related) for related in then(version, value.all()))) or "-"
    if getattr(field, "choices", None):
        return str(getattr(version, f"get_{name}_display")() or "-")
    return "-" if value in {None, ""} else str(value)


def then(version: ItemVersion, records: models.QuerySet[Any]) -> Iterator[Any]:
    """Related records under the names they bore when the version was released."""
    found = list(records)
    if issubclass(records.model, Named):
        models.prefetch_related_objects(found, "names")
    return (named_then(record, version.names_day()) for record in found)


def _receives(version: ItemVersion, unit: Unit, units: Sequence[Unit]) -> Receives:
    others = tuple(other.code for other in units if other != unit) if version.show_recipients else ()
    return Receives(unit.code, unit.name(), unit.agency.code, str(_NAMED), others)


_NAMED = _("Named as a recipient by the originator: sees the item while the delivery stands.")


def _withheld(version: ItemVersion) -> Iterator[str]:
    yield gettext("Who wrote, edited and released it, and why it was returned")
    if not version.show_recipients:
        yield gettext("The other recipients")
    if version.number > 1:
        yield gettext("Earlier versions, apart from what changed")


def _hash(
    item: InformationItem,
    version: ItemVersion,
    fields: Sequence[Shown],
    files: Sequence[dict[str, Any]],
    units: Sequence[Unit],
) -> str:
    """SHA-256 over everything a recipient would notice, independent of the language of whoever looks."""
    document = {
        "item": str(item.pk),
        "version": version.number,
        "reason": version.reason,
        "content": {field.field: field.value for field in fields},
        "files": list(files),
        "recipients": [unit.code for unit in units],
        "show_recipients": version.show_recipients,
    }
    return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def as_json(preview: Preview) -> dict[str, Any]:
    """For the API."""
    return asdict(preview)
