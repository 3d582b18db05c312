"""Docket cards: papers whose content may not be here."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_delegations'),
        ('information', '0005_consents'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DocketRegister',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
        ),
        migrations.CreateModel(
            name='Docket',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(editable=False, max_length=40, unique=True, verbose_name='reference')),
                ('level', models.CharField(choices=[('mat', 'Mật'), ('toi_mat', 'Tối mật'), ('tuyet_mat', 'Tuyệt mật')], max_length=12, verbose_name='degree of secrecy')),
                ('number', models.CharField(max_length=64, verbose_name='number and symbol')),
                ('dated_on', models.DateField(verbose_name='date of the paper')),
                ('issuer', models.CharField(max_length=200, verbose_name='issued by')),
                ('copy_number', models.CharField(blank=True, max_length=16, verbose_name='copy number')),
                ('kept_at', models.CharField(max_length=200, verbose_name='where it lies')),
                ('term_ends_on', models.DateField(blank=True, null=True, verbose_name='secrecy ends on')),
                ('subject', models.CharField(blank=True, max_length=200, verbose_name='subject')),
                ('courier_receipt', models.CharField(blank=True, max_length=64, verbose_name="courier's receipt")),
                ('status', models.CharField(choices=[('held', 'held'), ('returned', 'returned to the issuer'), ('destroyed', 'destroyed'), ('declassified', 'declassified')], default='held', editable=False, max_length=16, verbose_name='status')),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='ended at')),
                ('end_reason', models.TextField(blank=True, editable=False, verbose_name='why it ended')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='updated at')),
                ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='revision')),
                ('synthetic', models.BooleanField(default=False, editable=False, verbose_name='synthetic')),
                ('ended_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('registered_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('told', models.ManyToManyField(blank=True, related_name='+', to='agencies.unit', verbose_name='units told of it')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit', verbose_name='holder')),
            ],
            options={
                'verbose_name': 'docket card',
                'verbose_name_plural': 'docket cards',
                'ordering': ['-created_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ['mat', 'toi_mat', 'tuyet_mat'])), name='docket_level_known'), models.CheckConstraint(condition=models.Q(('status__in', ['held', 'returned', 'destroyed', 'declassified'])), name='docket_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('level', 'tuyet_mat'), _negated=True), ('subject', ''), _connector='OR'), name='docket_no_subject_of_the_highest', violation_error_message='Of a paper marked Tuyệt mật not even the subject is entered.'), models.CheckConstraint(condition=models.Q(models.Q(('number', ''), _negated=True), models.Q(('issuer', ''), _negated=True), models.Q(('kept_at', ''), _negated=True)), name='docket_names_the_paper'), models.CheckConstraint(condition=models.Q(('term_ends_on__isnull', True), ('term_ends_on__gte', models.F('dated_on')), _connector='OR'), name='docket_term_after_paper', violation_error_message='The secrecy does not end before the day of the paper.'), models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_at__isnull', True), ('ended_by__isnull', True), ('status', 'held')), models.Q(models.Q(('status', 'held'), _negated=True), ('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='docket_ended_is_complete'), models.UniqueConstraint(condition=models.Q(('status', 'held')), fields=('unit', 'issuer', 'number', 'dated_on', 'copy_number'), name='docket_copy_once', violation_error_message='This copy of the paper has a card already.')],
            },
        ),
        migrations.CreateModel(
            name='DocketTold',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('information.docket_told',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='docket',
            trigger=pgtrigger.compiler.Trigger(name='docket_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{held:declassified,held:destroyed,held:held,held:returned}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='32d4f1ef8c6e6e1f3962f9063c8f5e21d5087e68', operation='UPDATE', pgid='pgtrigger_docket_moves_91117', table='information_docket', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='docket',
            trigger=pgtrigger.compiler.Trigger(name='docket_written_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."dated_on" IS DISTINCT FROM (NEW."dated_on") OR OLD."issuer" IS DISTINCT FROM (NEW."issuer") OR OLD."copy_number" IS DISTINCT FROM (NEW."copy_number") OR OLD."kept_at" IS DISTINCT FROM (NEW."kept_at") OR OLD."term_ends_on" IS DISTINCT FROM (NEW."term_ends_on") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."courier_receipt" IS DISTINCT FROM (NEW."courier_receipt") OR OLD."registered_by_id" IS DISTINCT FROM (NEW."registered_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='99abe6a8ae707f8c4b83365530c336942c699cc0', operation='UPDATE', pgid='pgtrigger_docket_written_once_a9817', table='information_docket', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='docket',
            trigger=pgtrigger.compiler.Trigger(name='docket_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='aa771eeeb71544ae332a19970e1834feb19520a1', operation='DELETE', pgid='pgtrigger_docket_kept_e8fc6', table='information_docket', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='docket',
            trigger=pgtrigger.compiler.Trigger(name='docket_end_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ended_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='edac454c69fb8da0e19b608365bdbd40ea92869a', operation='UPDATE', pgid='pgtrigger_docket_end_is_final_6a97c', table='information_docket', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='docket',
            trigger=pgtrigger.compiler.Trigger(name='docket_begins_held', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."status" = \'held\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='f0012ad633476335ee506ad532a466af53328ec6', operation='INSERT', pgid='pgtrigger_docket_begins_held_e7d5a', table='information_docket', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='docketregister',
            constraint=models.UniqueConstraint(fields=('agency', 'year'), name='docket_register_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='docketregister',
            trigger=pgtrigger.compiler.Trigger(name='docket_register_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='540574b2b24de3907d5a5547839d8a1a809c0f68', operation='DELETE', pgid='pgtrigger_docket_register_kept_c6e1a', table='information_docketregister', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='docketregister',
            trigger=pgtrigger.compiler.Trigger(name='docket_register_counts_up', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."last" = (OLD."last" + 1)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4507ef050db59198730baa283c60642bd7503fe4', operation='UPDATE', pgid='pgtrigger_docket_register_counts_up_eba13', table='information_docketregister', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dockettold',
            trigger=pgtrigger.compiler.Trigger(name='told_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8b1f11f07139c2ee6ccab91ecee5f511bc228348', operation='UPDATE OR DELETE', pgid='pgtrigger_told_kept_09804', table='information_docket_told', when='BEFORE')),
        ),
    ]
