"""Every kind of counted record: changed, gone or come in behind the registry, it is named; through actions, it is not."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from reports.counted import BY_NAME
from reports.freezing import canonical
from reports.manifest import Manifest
from reports.models import SealedReport
from reports.verifying import Finding, check_records, verify_report
from tests.access.worlds import undone
from tests.cast import Cast
from tests.raw import rows, sql
from tests.reports.counted_kinds import CHANGES, full
from tests.reports.sealed import prepared, seal

pytestmark = pytest.mark.usefixtures("plain_files")

Named = list[tuple[str, str, tuple[str, ...]]]


@pytest.fixture
def report(stating: Cast) -> SealedReport:
    """Sealed over every kind of record."""
    full(stating)
    return seal(stating, prepared(stating), without=(), note="")


def unguarded(table: str) -> None:
    """As the owner of the tables could work: no trigger looks at this one, no foreign key points at it."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    pointing = (
        f"SELECT conrelid::regclass, conname FROM pg_constraint WHERE confrelid = '{table}'::regclass AND contype = 'f'"
    )
    for other, name in rows(pointing):
        sql(f'ALTER TABLE {other} DROP CONSTRAINT "{name}"')


def behind(kind: str, statement: str, pk: str) -> None:
    table = BY_NAME[kind].table
    unguarded(table)
    assert sql(statement.format(table=table), pk) == 1


def named(found: Finding) -> Named:
    return [(one.kind, one.id, one.fields) for one in found.tampered]


def first(report: SealedReport, kind: str) -> str:
    """One counted record of the kind."""
    return next(iter(Manifest(bytes(report.manifest or b"")).entries(kind)))


def of_every_kind(report: SealedReport, look: Callable[[str, str], Named]) -> dict[str, Named]:
    """What `look(kind, id)` finds, each undone."""
    found = {}
    for kind in BY_NAME:
        with undone():
            found[kind] = look(kind, first(report, kind))
    return found


def test_there_is_a_change_for_every_kind_that_is_counted() -> None:
    assert CHANGES.keys() == BY_NAME.keys()


def test_a_column_of_any_kind_changed_behind_the_registry_is_named(report: SealedReport) -> None:
    def changed(kind: str, pk: str) -> Named:
        behind(kind, f"UPDATE {{table}} SET {CHANGES[kind]} WHERE id = %s", pk)
        return named(verify_report(report))

    columns = {kind: change.partition(" = ")[0] for kind, change in CHANGES.items()}
    assert of_every_kind(report, changed) == {k: [(k, first(report, k), (columns[k],))] for k in BY_NAME}


def test_a_record_of_any_kind_that_is_gone_is_named(report: SealedReport) -> None:
    def gone(kind: str, pk: str) -> Named:
        behind(kind, "DELETE FROM {table} WHERE id = %s", pk)
        return named(verify_report(report))

    assert of_every_kind(report, gone) == {k: [(k, first(report, k), ("-",))] for k in BY_NAME}


def without(report: SealedReport, kind: str, pk: str, **log: Any) -> Finding:
    """What a manifest finds in which the record does not stand."""
    data = json.loads(bytes(report.manifest or b""))
    rows = data["records"][kind]
    rows["entries"] = [row for row in rows["entries"] if row[0] != pk]
    data["log"] |= log
    found = Finding()
    check_records(found, Manifest(canonical(data)))
    return found


def test_a_record_of_any_kind_that_came_in_without_an_action_is_named(report: SealedReport) -> None:
    found = of_every_kind(report, lambda kind, pk: named(without(report, kind, pk)))
    assert found == {k: [(k, first(report, k), ("+",))] for k in BY_NAME}


def test_a_record_of_any_kind_that_an_action_brought_in_is_not(report: SealedReport) -> None:
    """Were the snapshot from before everything, the log would have a word on each."""
    found = of_every_kind(report, lambda kind, pk: named(without(report, kind, pk, last=0, not_yet=[])))
    assert found == {k: [] for k in BY_NAME}


def test_a_row_written_into_the_period_after_the_seal_is_named(report: SealedReport) -> None:
    pk, table = first(report, "resolution"), BY_NAME["resolution"].table
    with connection.cursor() as cursor:
        held = connection.introspection.get_table_description(cursor, table)
    columns = [one.name for one in held if one.name not in {"id", "number"}]
    names = ", ".join(f'"{name}"' for name in columns)
    copied = f"SELECT gen_random_uuid(), 99, {names} FROM {table} WHERE id = %s"
    behind("resolution", f"INSERT INTO {{table}} (id, number, {names}) {copied}", pk)
    found = verify_report(report)
    ((kind, _id, fields),) = named(found)
    assert (kind, fields, found.sound) == ("resolution", ("+",), False)
    assert found.tampered[0].reference == "meeting#99"
