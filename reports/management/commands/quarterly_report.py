"""`manage.py quarterly_report 2024-Q2 --language vi --format html --output FILE [--reader USERNAME]`."""

import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.audit.log import record
from agencies.models import Language, User
from agencies.refusals import Invalid
from registry.periods import Period
from reports.build import quarterly_report
from reports.renderers import RENDERERS, render
from reports.subject import PeriodReport


class Command(BaseCommand):
    """Writes the report of a period to a file, whole or not at all."""

    help = "Write the report of a period. Without --reader: the conference's edition, which counts for all agencies."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The period, and how and where to write it."""
        parser.add_argument("period", help="2024-Q2 (also 2024-H1 or 2024-06)")
        parser.add_argument("--language", choices=Language.values, default=Language.VI.value)
        parser.add_argument("--format", choices=sorted(RENDERERS), default="html", dest="file_format")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE", help="replaced if it exists")
        parser.add_argument("--reader", metavar="USERNAME", help="build the edition of this person")
        parser.add_argument(
            "--base-url", default="", metavar="URL", help="address of the registry, put before the links"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check everything first, then build, then write, then say where it is."""
        try:
            period = Period.parse(options["period"])
        except Invalid as fault:
            raise CommandError(f"{options['period']}: {fault.fields['period']}") from fault
        output: Path = options["output"]
        if not output.parent.is_dir():
            raise CommandError(f"{output.parent}: there is no such folder. Make it first.")
        document = quarterly_report(period=period, reader=_reader(options["reader"]))
        content = render(
            document,
            file_format=options["file_format"],
            language=options["language"],
            base_url=options["base_url"],
        )
        record(
            action="report.build",
            by=None,
            on=PeriodReport(period.label),
            also=document.quoted,
            edition=document.edition.key,
            reader=options["reader"] or "",
            language=options["language"],
            format=options["file_format"],
        )
        write_whole(output, content)
        self.stdout.write(f"{output}: {len(content)} bytes, {document.edition.key}, {period.label}")


def _reader(username: str | None) -> User | None:
    if username is None:
        return None
    reader: User | None = User.objects.filter(username=username).first()
    if reader is None:
        raise CommandError(f"{username}: no user has this username.")
    if not reader.is_active:
        raise CommandError(f"{username}: this user is not active.")
    return reader


def write_whole(output: Path, content: bytes) -> None:
    """Write beside the target and rename: a reader sees the old file or the new one, never half of it."""
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o644)
        draft.replace(output)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
