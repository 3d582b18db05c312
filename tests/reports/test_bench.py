"""What `make bench` measures reports with: the fill breaks no rule, and two programs count the same of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.db import connection

from agencies.models import Unit
from reports.bench.fill import QUARTER, UNIT, fill
from reports.bench.honest import difference, main_figures
from reports.bench.measure import EDITIONS, build, told
from tests.copies import copied, speaking_to
from tests.proofs.figures import Tell

ITEMS = 50

pytestmark = pytest.mark.prove
"""The directory of 260 units and the published documents are loaded as they are anywhere: half a minute."""


GUARDS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) || convalidated FROM pg_constraint
UNION ALL
SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
"""


def guards() -> set[tuple[str, str, str]]:
    """Every constraint, index and trigger as it stands."""
    with connection.cursor() as cursor:
        cursor.execute(GUARDS)
        return set(cursor.fetchall())


@dataclass(frozen=True)
class Filled:
    """A database that was filled, and what guarded it before."""

    guards_before: set[tuple[str, str, str]]


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[Filled]:
    """A database of its own, filled and committed."""
    empty = connection.settings_dict["NAME"]
    with copied(empty, f"{empty}_bench", django_db_blocker) as name, speaking_to(name, django_db_blocker):
        before = guards()
        fill(ITEMS, lambda _line: None)
        yield Filled(before)


@pytest.fixture
def own(filled: Filled) -> Iterator["psycopg.Connection[Any]"]:
    """A connection of the honest program's own."""
    place = connection.get_connection_params()
    with psycopg.connect(**{k: place[k] for k in ("dbname", "user", "host", "port") if place.get(k)}) as opened:
        yield opened


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_honest_program_tells_the_main_figures_of_the_report(own: Any, edition: str, figures: Tell) -> None:
    unit = Unit.objects.get(code=UNIT).pk if edition == "unit" else None
    theirs = main_figures(own, QUARTER, unit)
    assert difference(told(build(edition)), theirs) == ""
    assert all(theirs.values()), "a figure that is nothing compares nothing"
    told_twice = sum(len(value) if isinstance(value, dict) else 1 for value in theirs.values())
    figures("main figures of the report, by two programs", editions=1, figures=told_twice, differences=0)


def test_the_quarter_has_as_many_items_and_cases_as_were_asked_for(own: Any) -> None:
    theirs = main_figures(own, QUARTER, None)
    assert theirs["shared"] == sum(theirs["by_topic"].values()) == ITEMS
    assert sum(theirs["giver_receiver"].values()) == ITEMS
    assert sum(theirs["cases"].values()) == ITEMS // 5


def test_the_neighbours_of_the_quarter_have_about_as_many(filled: Filled) -> None:
    cells: Any = build("conference").tables["trend"].rows[0].cells[1:4]
    last_year, before, now = (cell.number for cell in cells)
    assert now == ITEMS and abs(last_year - ITEMS) <= 1 and abs(before - ITEMS) <= 1


def test_what_is_told_differently_is_named() -> None:
    assert difference({"shared": 152, "used": 3}, {"shared": 151, "used": 3}) == "shared: 152 / 151"


def test_triggers_constraints_and_indexes_are_there_again(filled: Filled) -> None:
    assert guards() == filled.guards_before
