"""What changed between two versions of an item, field by field."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext

from registry.information.manifests import manifest
from registry.information.models import Attachment, ItemVersion
from registry.information.preview import CONTENT, plain, readable

COMPARED = (*CONTENT, "show_recipients")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changed: before and after, as people read them."""

    field: str
    label: str
    before: str
    after: str


def differences(old: ItemVersion, new: ItemVersion) -> list[Difference]:
    """The fields in which two versions differ, in the order they are shown; their files last."""
    found = [
        Difference(name, _label(name), readable(old, name), readable(new, name))
        for name in COMPARED
        if plain(old, name) != plain(new, name)
    ]
    before, after = _files(old), _files(new)
    if before != after:
        found.append(Difference("files", gettext("files"), _named(before), _named(after)))
    return found


def _files(version: ItemVersion) -> list[tuple[str, str]]:
    """What recipients get of files, each with its conditions, as they read it; and its hash."""
    return [(_told(row), row["sha256"]) for row in manifest(version) if not row["handling"]["originator_only"]]


def _told(row: dict[str, Any]) -> str:
    """`report.pdf (no use in court)`."""
    held = [str(Attachment._meta.get_field(n).verbose_name) for n, holds in row["handling"].items() if holds]  # type: ignore[union-attr]
    return f"{row['name']} ({', '.join(held)})" if held else str(row["name"])


def _named(files: list[tuple[str, str]]) -> str:
    return ", ".join(name for name, _hash in files) or "-"


def _label(name: str) -> str:
    return str(getattr(ItemVersion._meta.get_field(name), "verbose_name", name))


def as_json(found: list[Difference]) -> list[dict[str, Any]]:
    """For the API."""
    return [asdict(difference) for difference in found]
