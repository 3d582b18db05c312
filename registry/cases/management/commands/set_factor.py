"""Set a factor for estimates from a day on."""

from argparse import ArgumentParser
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.refusals import Invalid
from registry.cases.actions import set_factor
from registry.reference.models import Substance, UnitOfMeasure


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as fault:
        raise ValueError(text) from fault


class Command(BaseCommand):
    """`manage.py set_factor heroin brick g FACTOR --from 2024-01-01 --source "..."`: so many grams to a brick."""

    help = "From a day on, estimate a unit of a substance in a unit of another dimension. Never part of a figure."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Codes of substance and units, the factor, since when, and who says so."""
        parser.add_argument("substance")
        parser.add_argument("from_measure", help="code of the unit that is estimated")
        parser.add_argument("to_measure", help="code of the unit of the estimate")
        parser.add_argument("factor", type=_decimal)
        parser.add_argument("--from", dest="valid_from", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--source", required=True, help="where the factor comes from; shown with each estimate")

    def handle(self, *args: Any, **options: Any) -> None:
        """Set it, or say what is wrong."""
        models: dict[str, Any] = {"substance": Substance, "from_measure": UnitOfMeasure, "to_measure": UnitOfMeasure}
        found = {name: model.objects.filter(code=options[name]).first() for name, model in models.items()}
        if unknown := [f"{name} {options[name]}" for name, one in found.items() if one is None]:
            raise CommandError(f"Not known: {', '.join(unknown)}. Write the codes of the vocabularies.")
        more = {name: options[name] for name in ("factor", "valid_from", "source")}
        try:
            made = set_factor(by=None, **found, **more)
        except Invalid as fault:
            faults = "\n".join(f"{name}: {text}" for name, text in fault.fields.items())
            raise CommandError(f"{fault.message}\n{faults}") from fault
        self.stdout.write(f"version {made.version}, from {made.valid_from}")
