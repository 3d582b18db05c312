#!/usr/bin/env python
"""Django's command line. Starts the embedded PostgreSQL first when no DATABASE_URL is given."""

import os
import sys

from django.core.management import execute_from_command_line

from registry import postgres


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
    postgres.ensure_for_command(sys.argv)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
