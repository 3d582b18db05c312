"""Load the conferences of fixtures/conferences.json."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from agencies.refusals import Invalid
from registry.conferences.actions import load_conferences

CONFERENCES = Path(settings.BASE_DIR) / "fixtures" / "conferences.json"


class Command(BaseCommand):
    """`manage.py load_conferences [--file FILE]`, after load_reference and load_documents; run it at any time."""

    help = "Load the conferences that published documents report. A second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Another file than the one that comes with the registry."""
        parser.add_argument("--file", type=Path, default=CONFERENCES, help="JSON file (default: %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what changed."""
        data: dict[str, Any] = json.loads(options["file"].read_text(encoding="utf-8"))
        try:
            changes = load_conferences(data=data)
        except Invalid as fault:
            faults = "\n".join(f"{path}: {text}" for path, text in fault.fields.items())
            raise CommandError(f"{fault.message}\n{faults}") from fault
        self.stdout.write(_("Conferences: %s.") % changes)
