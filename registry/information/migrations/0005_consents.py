"""Consents, onward passage, what an item is based on."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_directory_and_people'),
        ('information', '0004_corrections_guarded'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('onward', 'onward passage'), ('court', 'use in court'), ('quote', 'quotation in a report')], max_length=8, verbose_name='use')),
                ('purpose', models.TextField(verbose_name='purpose')),
                ('status', models.CharField(choices=[('asked', 'asked'), ('granted', 'granted'), ('refused', 'refused'), ('revoked', 'revoked'), ('withdrawn', 'withdrawn')], default='asked', editable=False, max_length=12, verbose_name='status')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked at')),
                ('limits', models.TextField(blank=True, editable=False, verbose_name='limits')),
                ('expires_at', models.DateTimeField(editable=False, null=True, verbose_name='holds until')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='decided at')),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='revoked or withdrawn at')),
                ('reason', models.TextField(blank=True, editable=False, verbose_name='reason')),
                ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='revision')),
                ('synthetic', models.BooleanField(default=False, editable=False, verbose_name='synthetic')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
                'ordering': ['-asked_at', '-id'],
            },
        ),
        migrations.AddField(
            model_name='itemversion',
            name='sources',
            field=models.ManyToManyField(blank=True, related_name='+', to='information.informationitem', verbose_name='based on'),
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='delivery',
            name='delivery_is_final',
        ),
        migrations.AddField(
            model_name='delivery',
            name='passed_on_from',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='passed_on', to='information.delivery', verbose_name='passed on from'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delivery',
            trigger=pgtrigger.compiler.Trigger(name='delivery_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (ROW(OLD."item_id", OLD."version_id", OLD."unit_id", OLD."delivered_at", OLD."due_at",\n                        OLD."passed_on_from_id")\n                    IS DISTINCT FROM\n                    ROW(NEW."item_id", NEW."version_id", NEW."unit_id", NEW."delivered_at", NEW."due_at",\n                        NEW."passed_on_from_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2de406d261c699134053f59ea42542f6fd63e679', operation='UPDATE', pgid='pgtrigger_delivery_is_final_bb462', table='information_delivery', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='consent',
            name='asked_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
        ),
        migrations.AddField(
            model_name='consent',
            name='decided_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='consent',
            name='delivery',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='information.delivery', verbose_name='delivery'),
        ),
        migrations.AddField(
            model_name='consent',
            name='granted_units',
            field=models.ManyToManyField(blank=True, editable=False, related_name='+', to='agencies.unit', verbose_name='units it is granted for'),
        ),
        migrations.AddField(
            model_name='consent',
            name='units',
            field=models.ManyToManyField(blank=True, related_name='+', to='agencies.unit', verbose_name='units it is asked for'),
        ),
        migrations.CreateModel(
            name='VersionSource',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('information.itemversion_sources',),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['onward', 'court', 'quote'])), name='consent_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['asked', 'granted', 'refused', 'revoked', 'withdrawn'])), name='consent_status_known'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='consent_has_purpose'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('status__in', ['asked', 'withdrawn'])), models.Q(('status__in', ['granted', 'refused', 'revoked']), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='consent_decided_by_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['refused', 'revoked']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='consent_said_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='consent_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{asked:granted,asked:refused,asked:withdrawn,granted:revoked}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='705b75c26646e13c3e76f094db5a4c2e90a6eb6a', operation='UPDATE', pgid='pgtrigger_consent_moves_0ec17', table='information_consent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='consent_asked_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."delivery_id" IS DISTINCT FROM (NEW."delivery_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ef6b264b6d5636ba7c1975a1ba3ee193fcc41ef6', operation='UPDATE', pgid='pgtrigger_consent_asked_is_final_51ab2', table='information_consent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='consent_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e4a6f16327433da913cf8ccf0b6685fdbd5e7e15', operation='DELETE', pgid='pgtrigger_consent_kept_d9006', table='information_consent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='versionsource',
            trigger=pgtrigger.compiler.Trigger(name='version_sources_final', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE final BOOLEAN;', func="\n            SELECT bool_or(released_at IS NOT NULL) INTO final FROM information_itemversion\n             WHERE id IN (NEW.itemversion_id, OLD.itemversion_id);\n            IF final THEN RAISE EXCEPTION 'pgtrigger: the version is released and final'; END IF;\n            RETURN COALESCE(NEW, OLD);\n        ", hash='7ca12dbd98c8f13074a984443eb924dad5d9298b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_version_sources_final_d2cdd', table='information_itemversion_sources', when='BEFORE')),
        ),
    ]
