"""Load the directory and the vocabularies from fixtures/reference.json."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.refusals import Invalid
from agencies.seeding import DIRECTORY, Changes, load_directory
from registry.information.access import keep_access
from registry.reference.actions import VOCABULARIES, load_vocabularies

REFERENCE = Path(settings.BASE_DIR) / "fixtures" / "reference.json"
REMARKS = {"about", "not_known"}
"""Sections of the file for people."""


def read_reference(path: Path = REFERENCE) -> dict[str, Any]:
    """The file's sections; a section nobody loads is a mistake."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    unknown = set(data) - {s.name for s in (*DIRECTORY, *VOCABULARIES)} - REMARKS
    if unknown:
        raise CommandError(_("Nobody loads these sections: %s.") % ", ".join(sorted(unknown)))
    return data


@transaction.atomic
def load_reference(data: dict[str, Any]) -> Changes:
    """Both or neither; then what follows from the tree of units."""
    changes = load_directory(data=data) + load_vocabularies(data=data)
    keep_access()
    return changes


class Command(BaseCommand):
    """`manage.py load_reference [--file FILE]`; run it again at any time."""

    help = "Load agencies, units, places, areas, laws and vocabularies. A second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Another file than the one that comes with the registry."""
        parser.add_argument("--file", type=Path, default=REFERENCE, help="JSON file (default: %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what changed."""
        try:
            changes = load_reference(read_reference(options["file"]))
        except Invalid as fault:
            faults = "\n".join(f"{path}: {text}" for path, text in fault.fields.items())
            raise CommandError(f"{fault.message}\n{faults}") from fault
        self.stdout.write(_("Reference data: %s.") % changes)
