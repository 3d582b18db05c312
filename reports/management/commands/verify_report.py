"""`manage.py verify_report 2024-Q2 [--version N] [--unit CODE]`, or `manage.py verify_report FILE.zip`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.refusals import Invalid
from registry.periods import Period
from reports.models import SealedReport
from reports.packages import PackageFaultError, verify_package
from reports.taking import verify_sealed
from reports.verifying import CAME_IN, GONE, Finding

WHOLE = {GONE: "is gone", CAME_IN: "came in after the seal"}
"""What befell a record as a whole."""


class Command(BaseCommand):
    """Verifies a sealed report; fails when anything is not what was sealed."""

    help = "Verify a sealed report: in the database by its period, or a package on any machine, without a database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to verify."""
        parser.add_argument("what", metavar="PERIOD|FILE.zip")
        parser.add_argument("--version", type=int, dest="number", metavar="N", help="else the latest")
        parser.add_argument("--unit", metavar="CODE", help="the issuing unit, where several issued one")

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """`--version` is the report's, not Django's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, tell, and fail where it is not sound."""
        what: str = options["what"]
        if what.endswith(".zip"):
            name, found = _package(Path(what))
        else:
            report = sealed_report(what, options["number"], options["unit"])
            name, found = report.audit_reference(), verify_sealed(report=report, by=None)
        for line in told(found):
            self.stdout.write(line)
        if not found.sound:
            raise CommandError(f"{name}: NOT what was sealed.", returncode=1)
        self.stdout.write(f"{name}: sound")


def _package(path: Path) -> tuple[str, Finding]:
    if not path.is_file():
        raise CommandError(f"{path}: there is no such file.")
    try:
        seal, found = verify_package(path.read_bytes())
    except PackageFaultError as fault:
        raise CommandError(f"{path}: this is no package of a sealed report ({fault}).") from fault
    return f"{seal['period']}/{seal['version']} {seal['unit']}", found


def sealed_report(label: str, number: int | None, unit: str | None) -> SealedReport:
    """The sealed report of the period, or CommandError saying which there are."""
    try:
        period = Period.parse(label)
    except Invalid as fault:
        raise CommandError(f"{label}: {fault.fields['period']}") from fault
    found = SealedReport.objects.sealed().filter(period_label=period.label).select_related("unit", "paper")
    if unit:
        found = found.filter(unit__code=unit)
    if number is not None:
        found = found.filter(number=number)
    reports = list(found.order_by("-number"))
    units = sorted({report.unit.code for report in reports})
    if not reports:
        raise CommandError(f"{label}: no such report is sealed.")
    if len(units) > 1:
        raise CommandError(f"{label}: several units issued one. Choose with --unit: {', '.join(units)}.")
    return reports[0]


def told(found: Finding) -> list[str]:
    """The finding in lines."""
    lines = [f"files written anew: {found.files}, different: {len(found.wrong_files)}"]
    lines += [f"  DIFFERENT {name}" for name in found.wrong_files]
    lines += [f"  WRONG DIGEST {name}" for name in found.wrong_digests]
    if found.other_tools:
        lines.append(f"  other than at the seal: {', '.join(found.other_tools)}; files may differ by this")
    records = f"{found.equal} equal, {found.changed} changed through actions, {len(found.tampered)} tampered with"
    lines.append(f"records: {records}")
    for one in found.tampered:
        what = WHOLE.get(one.fields[0]) or ", ".join(one.fields)
        lines.append(f"  TAMPERED {one.kind} {one.reference} {one.id}: {what}")
    return lines
