#!/usr/bin/env python
"""Django's command line. Starts the embedded PostgreSQL first when no DATABASE_URL is given."""

import os
import sys

from django.core.management import execute_from_command_line

from registry import postgres
from registry.env import EnvError
from registry.postgres_files import PostgresError


def main() -> None:
    """Run one command; a fault of the surroundings is one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
    try:
        postgres.ensure_for_command(sys.argv)
        execute_from_command_line(sys.argv)
    except (EnvError, PostgresError) as fault:
        sys.exit(str(fault))


if __name__ == "__main__":
    main()
