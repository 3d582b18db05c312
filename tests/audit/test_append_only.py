"""The log is append-only in the database: the owner's own SQL is refused, by rights and by triggers."""

import pytest
from django.db import DatabaseError, transaction

from agencies.audit.models import AuditEvent
from tests.architecture.sources import TOP
from tests.cast import Cast
from tests.raw import refused, sql

TABLE = "audit_auditevent"
ALTERATIONS = {
    "update": f"UPDATE {TABLE} SET actor = 'nobody'",
    "update of nothing": f"UPDATE {TABLE} SET actor = actor WHERE false",
    "delete": f"DELETE FROM {TABLE}",
    "delete of nothing": f"DELETE FROM {TABLE} WHERE false",
    "truncate": f"TRUNCATE {TABLE}",
    "truncate cascade": f"TRUNCATE {TABLE} RESTART IDENTITY CASCADE",
    "merge": f"MERGE INTO {TABLE} t USING {TABLE} s ON t.id = s.id WHEN MATCHED THEN DELETE",
    "upsert": f"INSERT INTO {TABLE} SELECT * FROM {TABLE} ON CONFLICT (id) DO UPDATE SET actor = 'nobody'",
    "rows locked": f"SELECT * FROM {TABLE} FOR UPDATE",
}


@pytest.mark.parametrize("statement", ALTERATIONS.values(), ids=ALTERATIONS.keys())
def test_the_owner_has_no_right_to_alter_the_log(cast: Cast, statement: str) -> None:
    before = AuditEvent.objects.count()
    assert before > 0
    refused(statement, match="permission denied")
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("name", ["update", "delete", "truncate", "merge", "upsert"])
def test_the_triggers_refuse_even_an_owner_who_takes_the_right_back(cast: Cast, name: str) -> None:
    with transaction.atomic():
        sql(f"GRANT UPDATE, DELETE, TRUNCATE ON {TABLE} TO CURRENT_USER")
        refused(ALTERATIONS[name], match="pgtrigger: ")
        transaction.set_rollback(True)


@pytest.mark.parametrize("value", ["replica", "local"])
def test_triggers_are_not_passed_by_as_a_replica(cast: Cast, value: str) -> None:
    refused(f"SET session_replication_role = {value}", match="permission denied")


def test_an_event_is_not_saved_twice(cast: Cast) -> None:
    event = AuditEvent.objects.latest("pk")
    event.actor = "nobody"
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(actor="nobody")
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()
    assert AuditEvent.objects.get(pk=event.pk).actor != "nobody"


def test_what_the_owner_could_still_do_is_told() -> None:
    """An owner can switch its own triggers off: docs/operations.md says so, and how to run without that power."""
    told = (TOP / "docs" / "operations.md").read_text(encoding="utf-8")
    assert "DISABLE TRIGGER" in told
    assert "grant_application_role" in told
