"""Numbers without a gap: one register per agency and year, locked by whoever takes the next number until the commit."""

from typing import Any

from django.db import models

from agencies.models import Agency


def next_number(register: type[models.Model], *, agency: Agency, year: int) -> int:
    """The next number of the agency and year. `register` has the fields `agency`, `year`, `last`.

    One register for all agencies would tell each how much the others write.
    """
    rows: Any = register._default_manager
    rows.get_or_create(agency=agency, year=year)
    row = rows.select_for_update().get(agency=agency, year=year)
    row.last += 1
    row.save()
    return int(row.last)
