"""The owner of the log keeps no right to change, delete or empty it.

An owner can grant the rights to itself again: see docs/operations.md for roles that cannot.
"""

from django.db import migrations

REVOKE = """
DO $$
DECLARE
    owner text := (SELECT tableowner FROM pg_tables
                    WHERE schemaname = current_schema() AND tablename = 'audit_auditevent');
BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit_auditevent FROM PUBLIC, CURRENT_USER, %I', owner);
END $$;
"""

GRANT = """
DO $$
DECLARE
    owner text := (SELECT tableowner FROM pg_tables
                    WHERE schemaname = current_schema() AND tablename = 'audit_auditevent');
BEGIN
    EXECUTE format('GRANT UPDATE, DELETE, TRUNCATE ON audit_auditevent TO CURRENT_USER, %I', owner);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_records_shown")]

    operations = [migrations.RunSQL(REVOKE, GRANT)]
