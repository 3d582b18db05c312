"""What the application's role in the database may do, table by table.

The owner of the tables migrates and may do everything; the application connects as another role that cannot change
the audit log, nor delete a record, nor switch a trigger off.
"""

from itertools import chain
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model
from psycopg import sql

from agencies.audit.models import AuditEvent
from agencies.models import Record, UnitAncestor, UnitTree
from registry.information.models import ItemAccess

WRITTEN_BY_MIGRATIONS = {"admin", "auth", "contenttypes"}
KEPT_FOR_A_WHILE = {"sessions", "api", "procrastinate"}
"""Apps whose rows come and go: sessions, idempotency keys, jobs."""

KEPT_BY_TRIGGERS = {ItemAccess, UnitAncestor, UnitTree}
"""What functions of the database keep, as the owner of the tables; the application only reads it."""

FINAL_RELATIONS = {
    "information_consent_granted_units",
    "information_consent_units",
    "information_docket_told",
    "information_itemversion_editors",
}
"""Who edited, who was told, who was allowed: rows that are added and never taken away."""

READ, GROW, CHANGE = ("SELECT",), ("SELECT", "INSERT"), ("SELECT", "INSERT", "UPDATE")
ANY = (*CHANGE, "DELETE")


class UnfitRoleError(Exception):
    """The role could change the audit log whatever it is granted."""


def privileges_on(model: type[Model]) -> tuple[str, ...]:
    """Exactly what the application needs on the model's table."""
    if model is AuditEvent:
        return GROW
    label = model._meta.app_label
    if label in WRITTEN_BY_MIGRATIONS or model in KEPT_BY_TRIGGERS:
        return READ
    if model._meta.db_table in FINAL_RELATIONS:
        return GROW
    if label in KEPT_FOR_A_WHILE or model._meta.auto_created:
        return ANY
    return ANY if issubclass(model, Record) and not model.kept else CHANGE


def by_table() -> dict[str, tuple[str, ...]]:
    """For every table; a table that two models share gets what both need."""
    found: dict[str, set[str]] = {"django_migrations": set(READ)}
    models = chain.from_iterable(config.get_models(include_auto_created=True) for config in apps.get_app_configs())
    for model in models:
        found.setdefault(model._meta.db_table, set()).update(privileges_on(model))
    return {table: tuple(p for p in ANY if p in needed) for table, needed in sorted(found.items())}


def grant(role: str) -> int:
    """Give the role exactly these privileges and no others; returns on how many tables. Run by the owner."""
    with connection.cursor() as cursor:
        _require_fit(cursor, role)
        name = sql.Identifier(role)
        _run(cursor, "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}", name)
        _run(cursor, "GRANT USAGE ON SCHEMA public TO {}", name)
        _run(cursor, "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}", name)
        for table, needed in by_table().items():
            allowed = sql.SQL(", ").join(map(sql.SQL, needed))
            _run(cursor, "GRANT {} ON {} TO {}", allowed, sql.Identifier(table), name)
    return len(by_table())


def _run(cursor: Any, statement: str, *parts: sql.Composable) -> None:
    cursor.execute(sql.SQL(statement).format(*parts))


def _require_fit(cursor: Any, role: str) -> None:
    """It exists, is no superuser, and is neither the owner of the log nor a member of the owner."""
    cursor.execute(
        "SELECT r.rolsuper, pg_has_role(r.oid, t.tableowner, 'MEMBER') FROM pg_roles r, pg_tables t"
        " WHERE r.rolname = %s AND t.schemaname = 'public' AND t.tablename = %s",
        [role, AuditEvent._meta.db_table],
    )
    row = cursor.fetchone()
    if row is None:
        raise UnfitRoleError(f"There is no role {role!r}. Create it first: CREATE ROLE {role} LOGIN PASSWORD '...'")
    if any(row):
        raise UnfitRoleError(f"The role {role!r} is a superuser or owns the tables: the audit log is not safe from it.")
