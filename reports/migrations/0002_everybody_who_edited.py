"""Everybody who wrote any of it is remembered, and kept from deciding on it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


FILL = """
    INSERT INTO reports_statement_editors (statement_id, user_id)
        SELECT id, author_id FROM reports_statement WHERE author_id IS NOT NULL
        UNION SELECT id, edited_by_id FROM reports_statement WHERE edited_by_id IS NOT NULL
        UNION SELECT written.id, person.id FROM audit_auditevent event
          JOIN reports_statement written ON written.id::text = event.object_id
          JOIN agencies_user person ON person.id = event.actor_id
         WHERE event.outcome = 'done' AND event.action IN ('statement.create', 'statement.set_figures');
"""
"""Authors and last editors stand in the rows; who wrote in between is known to the log alone."""


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0001_statements_and_reports'),
        ('audit', '0002_records_shown'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='statement',
            name='editors',
            field=models.ManyToManyField(editable=False, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='everybody who edited it'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statement',
            trigger=pgtrigger.compiler.Trigger(name='statement_editor_never_confirms', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."confirmed_by_id" IS DISTINCT FROM OLD."confirmed_by_id")', func="\n            IF EXISTS (SELECT 1 FROM reports_statement_editors WHERE statement_id = NEW.id AND user_id = NEW.confirmed_by_id) THEN\n                RAISE EXCEPTION 'pgtrigger: whoever edited it does not decide on it';\n            END IF;\n            RETURN NEW;\n        ", hash='9656c6b699f8ac1cac0c95fd935e35598f878400', operation='UPDATE', pgid='pgtrigger_statement_editor_never_confirms_ee65e', table='reports_statement', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='StatementEditor',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('reports.statement_editors',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementeditor',
            trigger=pgtrigger.compiler.Trigger(name='statement_editors_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete or update rows from % table', TG_TABLE_NAME;", hash='c747fe6c48951d30a06aeb3b0c09f1bab27b5932', operation='DELETE OR UPDATE', pgid='pgtrigger_statement_editors_kept_6f44d', table='reports_statement_editors', when='BEFORE')),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
