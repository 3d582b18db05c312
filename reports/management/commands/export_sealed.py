"""`manage.py export_sealed 2024-Q2 --output FILE.zip [--version N] [--unit CODE]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.audit.log import record
from reports.management.commands.quarterly_report import write_whole
from reports.management.commands.verify_report import sealed_report
from reports.packages import package


class Command(BaseCommand):
    """Writes a sealed report and all that is needed to verify it to one archive, whole or not at all."""

    help = "Write a sealed report as a package that verify_report checks on any machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which, and where to."""
        parser.add_argument("period", help="2024-Q2")
        parser.add_argument("--version", type=int, dest="number", metavar="N", help="else the latest")
        parser.add_argument("--unit", metavar="CODE", help="the issuing unit, where several issued one")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE", help="replaced if it exists")

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """`--version` is the report's, not Django's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it down, then write it."""
        output: Path = options["output"]
        if not output.parent.is_dir():
            raise CommandError(f"{output.parent}: there is no such folder. Make it first.")
        report = sealed_report(options["period"], options["number"], options["unit"])
        content = package(report)
        record(action="report.download", by=None, on=report, format="package", sha256=report.document_sha256)
        write_whole(output, content)
        self.stdout.write(f"{output}: {len(content)} bytes, {report.audit_reference()}")
