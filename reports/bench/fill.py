"""Databases of made-up records of three quarters, as a quarterly report counts them, filled by whole statements."""

import json
from functools import partial

from django.core.management.base import CommandError
from django.db import connection, transaction

from agencies.actions import create_user
from agencies.models import Unit
from agencies.roles import Role
from registry.bench.fill import (
    ACCESS,
    TABLES,
    Say,
    accounts,
    bare_tables,
    directory,
    item_statements,
    keep_filled,
    use_bench_database,
)
from registry.conferences.actions import load_conferences
from registry.conferences.management.commands.load_conferences import CONFERENCES
from registry.documents.actions import load_documents
from registry.documents.management.commands.load_documents import DOCUMENTS
from registry.information.access import rebuild_access
from registry.management.commands.load_reference import load_reference, read_reference
from registry.periods import Period
from registry.reference.actions import load_vocabularies
from reports.bench.records import CASES, RECEIPTS, RULES, STATEMENTS, TO_ANOTHER, WRITTEN

QUARTER = Period.parse("2024-Q2")
UNIT = "POLICE-0"
READERS = {Role.SECRETARIAT: "bench.secretariat", Role.OFFICER: "bench.officer"}
"""Of that central unit: who counts for all, and who counts what the unit and those below it see."""
FORM = 1
"""Another number fills anew."""

FILLED = (
    *TABLES,
    "information_evaluation",
    "cases_jointcase",
    "cases_participation",
    "cases_seizurelot",
    "cases_caseitem",
    "reports_statement",
    "reports_statementfigure",
    "reports_claim",
)


def database_of(items: int) -> str:
    """The database of so many items a quarter."""
    return f"registry_bench_reports_{items}"


def use_records(items: int, say: Say) -> None:
    """Speak to the database of so many items a quarter from here on, filled by this run or an earlier one."""
    use_bench_database(database_of(items))
    keep_filled(say, stamp=f"filled with {items} items a quarter, form {FORM}", fill=partial(fill, items))


def fill(items: int, say: Say) -> None:
    """So many items released in each of three quarters, a fifth as many joint cases, and what agencies state of one."""
    directory()
    load_vocabularies(data={"metrics": read_reference()["metrics"]})
    for role, name in READERS.items():
        unit = Unit.objects.get(code=UNIT)
        create_user(username=name, password=None, unit=unit, role=role, by=None, synthetic=True)
    say("directory, people")
    made = items + items // 7  # every eighth of what is written stays a draft
    written = item_statements(items=3 * made, at=WRITTEN.format(made=made), recipient=TO_ANOTHER)
    sizes = {"made": made, "cases": items // 5} | accounts()
    with transaction.atomic(), connection.cursor() as cursor, bare_tables(cursor, FILLED):
        rebuild_access()
        for name, statements in (("items", written), ("cases", CASES), ("receipts", RECEIPTS), ("claims", STATEMENTS)):
            for statement in statements:
                cursor.execute(statement if statements is written else statement.format(**sizes))
            say(name)
        cursor.execute(ACCESS)
    check()
    say("access rows, indexes, every rule looked at")
    load_reference(read_reference())
    load_documents(data=json.loads(DOCUMENTS.read_text(encoding="utf-8")))
    load_conferences(data=json.loads(CONFERENCES.read_text(encoding="utf-8")))
    say("what published documents say of conferences")


def check() -> None:
    """Every rule holds that a trigger or an action would have held."""
    broken = []
    with connection.cursor() as cursor:
        for rule, count in RULES.items():
            cursor.execute(count)
            if number := cursor.fetchone()[0]:
                broken.append(f"{rule}: not so {number} times")
    if broken:
        raise CommandError("The fill broke rules. " + "; ".join(broken))
