"""Everybody who wrote any of it is remembered, and kept from deciding on it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


FILL = """
    INSERT INTO requests_informationrequest_editors (informationrequest_id, user_id)
        SELECT id, author_id FROM requests_informationrequest WHERE author_id IS NOT NULL
        UNION SELECT id, edited_by_id FROM requests_informationrequest WHERE edited_by_id IS NOT NULL
        UNION SELECT written.id, person.id FROM audit_auditevent event
          JOIN requests_informationrequest written ON written.id::text = event.object_id
          JOIN agencies_user person ON person.id = event.actor_id
         WHERE event.outcome = 'done' AND event.action IN ('request.create', 'request.edit');
    INSERT INTO requests_answer_editors (answer_id, user_id)
        SELECT id, drafted_by_id FROM requests_answer WHERE drafted_by_id IS NOT NULL
        UNION SELECT id, edited_by_id FROM requests_answer WHERE edited_by_id IS NOT NULL
        UNION SELECT written.id, person.id FROM audit_auditevent event
          JOIN requests_answer written ON written.id::text = event.object_id
          JOIN agencies_user person ON person.id = event.actor_id
         WHERE event.outcome = 'done' AND event.action IN ('request.draft_answer');
"""
"""Authors and last editors stand in the rows; who wrote in between is known to the log alone."""


class Migration(migrations.Migration):

    dependencies = [
        ('requests', '0001_requests'),
        ('audit', '0002_records_shown'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='answer',
            name='editors',
            field=models.ManyToManyField(editable=False, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='everybody who edited it'),
        ),
        migrations.AddField(
            model_name='informationrequest',
            name='editors',
            field=models.ManyToManyField(editable=False, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='everybody who edited it'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='answer_editor_never_gives', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."given_by_id" IS DISTINCT FROM OLD."given_by_id")', func="\n            IF EXISTS (SELECT 1 FROM requests_answer_editors WHERE answer_id = NEW.id AND user_id = NEW.given_by_id) THEN\n                RAISE EXCEPTION 'pgtrigger: whoever edited it does not decide on it';\n            END IF;\n            RETURN NEW;\n        ", hash='6490c899e0709b780521f9fd732675670c463795', operation='UPDATE', pgid='pgtrigger_answer_editor_never_gives_e56dc', table='requests_answer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='informationrequest',
            trigger=pgtrigger.compiler.Trigger(name='request_editor_never_sends', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."sent_by_id" IS DISTINCT FROM OLD."sent_by_id")', func="\n            IF EXISTS (SELECT 1 FROM requests_informationrequest_editors WHERE informationrequest_id = NEW.id AND user_id = NEW.sent_by_id) THEN\n                RAISE EXCEPTION 'pgtrigger: whoever edited it does not decide on it';\n            END IF;\n            RETURN NEW;\n        ", hash='2c0de74c084538b0f8228c675cd9bd5a8f3ff575', operation='UPDATE', pgid='pgtrigger_request_editor_never_sends_30506', table='requests_informationrequest', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='AnswerEditor',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('requests.answer_editors',),
        ),
        migrations.CreateModel(
            name='RequestEditor',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('requests.informationrequest_editors',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answereditor',
            trigger=pgtrigger.compiler.Trigger(name='answer_editors_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete or update rows from % table', TG_TABLE_NAME;", hash='43e6bd2ab998d520b67d95dee420cdab6fec63c5', operation='DELETE OR UPDATE', pgid='pgtrigger_answer_editors_kept_fde77', table='requests_answer_editors', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='requesteditor',
            trigger=pgtrigger.compiler.Trigger(name='request_editors_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete or update rows from % table', TG_TABLE_NAME;", hash='aed5196ab1655b72579f3e2eeb7029aca352e981', operation='DELETE OR UPDATE', pgid='pgtrigger_request_editors_kept_70407', table='requests_informationrequest_editors', when='BEFORE')),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
