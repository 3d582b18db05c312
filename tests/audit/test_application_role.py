"""`grant_application_role`: with exactly these rights the application works, and the log cannot be altered."""

import io
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from agencies.audit.models import AuditEvent
from registry.privileges import by_table
from tests.audit.worlds import application_role, committed, connected_as
from tests.cast import Cast
from tests.clients import api_client, browser
from tests.database import OWN_SERVER
from tests.raw import refused, sql

pytestmark = pytest.mark.skipif(not os.environ.get(OWN_SERVER), reason="the server of the tests is somebody else's")

ALTERATIONS = (
    "UPDATE audit_auditevent SET actor = 'nobody'",
    "DELETE FROM audit_auditevent",
    "TRUNCATE audit_auditevent",
    "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
    "ALTER TABLE audit_auditevent DISABLE TRIGGER USER",
    "DROP TRIGGER pgtrigger_append_only_00dfa ON audit_auditevent",
    "DROP TABLE audit_auditevent CASCADE",
    "ALTER TABLE audit_auditevent RENAME TO gone",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION pgtrigger_append_only_00dfa() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE RULE away AS ON INSERT TO audit_auditevent DO INSTEAD NOTHING",
    "CREATE TRIGGER away BEFORE INSERT ON audit_auditevent FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "ALTER TABLE audit_auditevent ENABLE ROW LEVEL SECURITY",
    "SET ROLE registry",
    "DELETE FROM information_informationitem",
    "TRUNCATE information_delivery CASCADE",
    "DELETE FROM agencies_user",
    "DELETE FROM information_evaluation",
    "DELETE FROM django_migrations",
)


@pytest.fixture(scope="module")
def application(cast_database: tuple[str, bytes], django_db_blocker: Any) -> Iterator[Cast]:
    """The cast, and a connection as a role that was granted what the application needs."""
    with committed(cast_database, "role", django_db_blocker) as cast, application_role() as role:
        told = io.StringIO()
        call_command("grant_application_role", role, stdout=told)
        assert f"{role} may use {len(by_table())} tables" in told.getvalue()
        with connected_as(role):
            yield cast


def test_the_application_works_and_writes_the_log(application: Cast) -> None:
    assert sql("SELECT 1 WHERE current_user LIKE 'application%%'") == 1
    item = application.items["police_submitted"]
    head, reader = api_client(application, "police_head"), api_client(application, "customs_officer")
    seen = head.post(f"information-items/{item.pk}/preview", {"recipients": ["customs"]}).json()["hash"]
    body = {"recipients": ["customs"], "preview": seen}
    answer = head.post(f"information-items/{item.pk}/release", body, Idempotency_Key="role-test-1")
    assert answer.status_code == 200, answer.content
    assert answer.json()["status"] == "released"
    assert reader.get(f"information-items/{item.pk}").status_code == 200
    written = AuditEvent.objects.filter(object_id=str(item.pk)).order_by("pk").values_list("action", "actor")
    assert list(written)[-2:] == [("item.release", "police_head"), ("read", "customs_officer")]


def test_drafts_cases_statements_and_reports_are_written_too(application: Cast) -> None:
    officer = api_client(application, "police_officer")
    body = {"unit": "police", "title": "Mới", "topic": "methods", "recipients": ["customs"], "substances": ["heroin"]}
    made = officer.post("information-items", body)
    assert made.status_code == 201, made.content
    changed = officer.patch(
        f"information-items/{made.json()['id']}", {"recipients": ["border"], "substances": []}, If_Match=made["ETag"]
    )
    assert changed.json()["recipients"] == ["border"]
    case = {"kind": "case", "title": "Mới", "area": "inland", "unit": "police", "opened_on": "2024-06-01"}
    assert officer.post("cases", case).status_code == 201
    statement = application.statements["police_draft"]
    figures = {"figures": [{"metric": "information_shared", "nil": True}]}
    etag = f'"{statement.pk}-{statement.revision}"'
    assert officer.patch(f"statements/{statement.pk}", figures, If_Match=etag).status_code == 200
    assert officer.get("reports/2024-Q2").status_code == 200


def test_people_sign_in_work_and_sign_out(application: Cast) -> None:
    desk: Client = browser(application, "police_head")
    assert desk.get("/admin/information/informationitem/").status_code == 200
    asked = desk.post(
        "/admin/reports/report/add/", {"period_label": "2024-Q2", "language": "vi", "file_format": "html"}
    )
    assert asked.status_code == 302, asked.content
    assert desk.post("/admin/logout/").status_code == 200
    assert browser(application, "police_admin").get("/admin/agencies/user/").status_code == 200
    assert Client().get("/health/ready", secure=True).status_code == 200


@pytest.mark.parametrize("statement", ALTERATIONS)
def test_it_cannot_alter_the_log_nor_delete_records(application: Cast, statement: str) -> None:
    refused(statement, match="permission denied|must be owner")


def test_it_holds_no_right_that_was_not_meant(application: Cast) -> None:
    sql("GRANT UPDATE, DELETE ON audit_auditevent TO CURRENT_USER")  # a warning, and nothing granted
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
            " WHERE grantee = current_user AND table_schema = 'public'"
        )
        held = set(cursor.fetchall())
    assert {right for table, right in held if table == "audit_auditevent"} == {"SELECT", "INSERT"}
    assert held == {(table, right) for table, rights in by_table().items() for right in rights}
    assert not {right for _table, right in held} & {"TRUNCATE", "REFERENCES", "TRIGGER"}


def test_nothing_that_is_kept_may_be_deleted() -> None:
    may_delete = {table for table, rights in by_table().items() if "DELETE" in rights}
    assert may_delete == {
        *("api_idempotencykey", "django_session", "reports_claim", "reports_statementfigure"),
        *("procrastinate_events", "procrastinate_jobs", "procrastinate_periodic_defers", "procrastinate_workers"),
        *("conferences_actionitem_traps", "conferences_attendance_traps", "conferences_conference_traps"),
        *("conferences_resolution_traps", "documents_document_traps", "documents_eventattendance_traps"),
        *("documents_publishedevent_traps", "documents_publishedfigure_traps", "documents_publishedname_traps"),
        *("documents_publishedstatement_traps", "information_informationitem_recipients"),
        *("requests_answer_items", "cases_jointcase_other_places"),
        *("information_itemversion_places", "information_itemversion_sources", "information_itemversion_substances"),
    }


@pytest.mark.parametrize(
    ("role", "fault"), [("nobody_of_this_name", "no role"), ("postgres", "superuser"), ("registry", "owns")]
)
def test_a_role_the_log_is_not_safe_from_is_refused(application: Cast, role: str, fault: str) -> None:
    with pytest.raises(CommandError, match=fault):
        call_command("grant_application_role", role)
