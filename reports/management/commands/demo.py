"""`manage.py demo`: what `make demo` runs. Fills an empty registry with synthetic data, then serves it on this machine.

A second run finds everything in place, changes nothing and serves.
"""

import ipaddress
import json
import signal
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from agencies.models import User
from agencies.seeding import Changes
from registry import env, serve
from registry.conferences.actions import load_conferences
from registry.documents.actions import load_documents
from registry.management.commands.load_reference import load_reference, read_reference
from reports.demo.access import Account, load_accounts, read_accounts, write_accounts
from reports.demo.load import load_demo
from reports.demo.shown import accounts_table, curl_lines
from reports.terms import ReportFormat

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
ACCOUNTS = Path(settings.VAR_DIR) / "demo.json"
REPORTS = Path(settings.VAR_DIR) / "reports"
QUARTER = "2024-Q2"


class Command(BaseCommand):
    """See the module."""

    help = "Load reference data, published documents and synthetic demo data, write a report, and serve the demo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to serve, and whether to."""
        parser.add_argument("--host", default=env.text("HOST", serve.HOST), help="a loopback address (%(default)s)")
        parser.add_argument("--port", type=int, default=env.integer("PORT", 8000, minimum=1, maximum=65535))
        parser.add_argument("--no-serve", action="store_true", help="stop when everything is loaded")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what is missing, say how to get in, serve."""
        self._began = time.monotonic()
        require_demo(options["host"])
        if not options["no_serve"]:
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
            self._refusing(lambda: serve.require_free(options["port"]))
        url = f"http://{serve.HOST}:{options['port']}"
        accounts = self._load(url)
        self._write_reports(url)
        self.stdout.write(accounts_table(accounts))
        self.stdout.write(curl_lines(url, accounts, quarter=QUARTER))
        self.stdout.write(f"Sign in:   {url}/admin/\nAPI:       {url}/api/v1/\nReports:   {REPORTS}\n")
        if not options["no_serve"]:
            self.stdout.flush()
            self._refusing(lambda: serve.serve(options["port"], demo=True))

    def _load(self, url: str) -> list[Account]:
        self._say("database schema")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("record_ceiling", stdout=StringIO())
        require_own_database()
        self._changes("directory and vocabularies", load_reference(read_reference()))
        self._changes("published documents", load_documents(data=_read("documents.json")))
        self._changes("conferences", load_conferences(data=_read("conferences.json")))
        cast = load_demo(report=self._say)
        accounts = load_accounts(cast.members, read_accounts(ACCOUNTS))
        write_accounts(ACCOUNTS, url, accounts)
        return accounts

    def _write_reports(self, url: str) -> None:
        """The quarter in both languages and both formats, where a file is missing."""
        REPORTS.mkdir(parents=True, exist_ok=True)
        for language, _name in settings.LANGUAGES:
            for kind in ReportFormat.values:
                path = REPORTS / f"{QUARTER}.{language}.{kind}"
                if not path.exists():
                    how = {"language": language, "file_format": kind, "output": path, "base_url": url}
                    call_command("quarterly_report", QUARTER, stdout=StringIO(), **how)
                    self._say(f"report {path.name}")

    def _changes(self, name: str, changes: Changes) -> None:
        new = f"{changes.created} new, {changes.changed} changed" if changes else "unchanged"
        self._say(f"{name}: {new}")

    def _say(self, line: str) -> None:
        self.stdout.write(f"{time.monotonic() - self._began:6.1f} s  {line}")
        self.stdout.flush()

    def _refusing(self, call: Callable[[], None]) -> None:
        try:
            call()
        except serve.ServeError as error:
            raise CommandError(str(error)) from error


def require_demo(host: str) -> None:
    """The passwords of the demo are known to everybody: it runs where only this machine can reach it."""
    if not settings.DEMO:
        raise CommandError("Known passwords are for the demo only: run `make demo`, which sets REGISTRY_DEMO=1.")
    if not is_loopback(host):
        raise CommandError(f"The demo does not listen on {host}: its passwords are known. Use {serve.HOST}.")


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches the address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def require_own_database() -> None:
    """Refuse a database in which people work already: the demo would open it with known passwords."""
    if User.objects.filter(synthetic=False).exists() and not User.objects.filter(synthetic=True).exists():
        raise CommandError("This database holds accounts that are not the demo's. Name an empty one in DATABASE_URL.")


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    return data
