"""Give a role of the database exactly what the application needs: it cannot alter the audit log nor delete records."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from registry.privileges import UnfitRoleError, grant


class Command(BaseCommand):
    """`manage.py grant_application_role registry_app`, as the owner of the tables, after every `migrate`."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """The role."""
        parser.add_argument("role", help="a role that exists, does not own the tables and is no superuser")

    def handle(self, *args: Any, **options: Any) -> None:
        """All or nothing."""
        try:
            with transaction.atomic():
                tables = grant(options["role"])
        except UnfitRoleError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{options['role']} may use {tables} tables, and cannot alter the audit log.")
