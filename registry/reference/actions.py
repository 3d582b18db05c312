"""Loads the vocabularies. Terms are not edited in the registry: they come with a release of it."""

from django.db import transaction

from agencies.models import User
from agencies.seeding import Changes, Data, Section, load
from registry.reference.models import Metric, NonWorkingDay, Substance, Topic, Trap, UnitOfMeasure

VOCABULARIES: tuple[Section, ...] = (
    Section("topics", Topic),
    Section("units_of_measure", UnitOfMeasure),
    Section("substances", Substance),
    Section("metrics", Metric),
    Section("traps", Trap),
    Section("non_working_days", NonWorkingDay, key="day"),
)


@transaction.atomic
def load_vocabularies(*, data: Data, by: User | None = None) -> Changes:
    """Topics, units of measure, substances, metrics, traps and non-working days."""
    return load(VOCABULARIES, data=data, action="vocabulary.load", by=by)
