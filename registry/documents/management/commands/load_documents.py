"""Load the published documents and their facts from fixtures/documents.json."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from agencies.refusals import Invalid
from registry.documents.actions import load_documents

DOCUMENTS = Path(settings.BASE_DIR) / "fixtures" / "documents.json"


class Command(BaseCommand):
    """`manage.py load_documents [--file FILE]`; run it again at any time."""

    help = "Load published documents, figures, events, names and statements. A second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Another file than the one that comes with the registry."""
        parser.add_argument("--file", type=Path, default=DOCUMENTS, help="JSON file (default: %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what changed."""
        try:
            changes = load_documents(data=json.loads(options["file"].read_text(encoding="utf-8")))
        except Invalid as fault:
            faults = "\n".join(f"{path}: {text}" for path, text in fault.fields.items())
            raise CommandError(f"{fault.message}\n{faults}") from fault
        self.stdout.write(_("Published documents: %s.") % changes)
