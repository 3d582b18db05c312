"""What stands behind stated figures, explanations of differences, reasons of corrections, comparators.

Corrections of before give no reason: the rule holds for new rows.
"""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_user_email'),
        ('cases', '0001_joint_cases'),
        ('reference', '0002_non_working_days'),
        ('reports', '0005_longer_period_labels'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('amount', models.DecimalField(blank=True, decimal_places=9, max_digits=27, null=True, verbose_name='counted as')),
            ],
            options={
                'verbose_name': 'record counted',
                'verbose_name_plural': 'records counted',
                'ordering': ['figure', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Explanation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='number')),
                ('difference', models.DecimalField(decimal_places=9, editable=False, max_digits=40, verbose_name='difference')),
                ('text', models.CharField(max_length=1000, verbose_name='explanation')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='explained at')),
            ],
            options={
                'verbose_name': 'explanation of a difference',
                'verbose_name_plural': 'explanations of differences',
                'ordering': ['statement', 'metric__order', 'substance__order', 'number'],
            },
        ),
        migrations.AddField(
            model_name='statement',
            name='reason',
            field=models.CharField(blank=True, help_text='Needed when an earlier statement for the same period is confirmed already.', max_length=500, verbose_name='reason for the correction'),
        ),
        migrations.AddField(
            model_name='statementfigure',
            name='comparator',
            field=models.CharField(choices=[('exact', 'exactly'), ('over', 'more than'), ('at_least', 'at least'), ('nearly', 'nearly (less than)'), ('about', 'about'), ('unstated', 'no word printed')], default='exact', max_length=8, verbose_name='comparator'),
        ),
        AddConstraintNotValid(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='statement_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='statementfigure',
            constraint=models.CheckConstraint(condition=models.Q(('comparator__in', ['exact', 'over', 'at_least', 'nearly', 'about', 'unstated'])), name='statement_figure_comparator_known'),
        ),
        migrations.AddField(
            model_name='claim',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.jointcase', verbose_name='joint case'),
        ),
        migrations.AddField(
            model_name='claim',
            name='figure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='reports.statementfigure', verbose_name='figure stated'),
        ),
        migrations.AddField(
            model_name='claim',
            name='lot',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.seizurelot', verbose_name='seizure lot'),
        ),
        migrations.AddField(
            model_name='explanation',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='explained by'),
        ),
        migrations.AddField(
            model_name='explanation',
            name='metric',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.metric', verbose_name='metric'),
        ),
        migrations.AddField(
            model_name='explanation',
            name='statement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='explanations', to='reports.statement', verbose_name='statement'),
        ),
        migrations.AddField(
            model_name='explanation',
            name='substance',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.substance', verbose_name='substance'),
        ),
        migrations.AddField(
            model_name='explanation',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit', verbose_name='explaining unit'),
        ),
        migrations.CreateModel(
            name='Reconciliation',
            fields=[
            ],
            options={
                'verbose_name': 'reconciliation',
                'verbose_name_plural': 'reconciliations',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('reports.explanation',),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('lot__isnull', True)), models.Q(('case__isnull', True), ('lot__isnull', False)), _connector='OR'), name='claim_of_a_case_or_a_lot'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gt', 0), _connector='OR'), name='claim_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(fields=('figure', 'case'), name='claim_case_once'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(fields=('figure', 'lot'), name='claim_lot_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='claims_final', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE final BOOLEAN;', func="\n                    SELECT bool_or(s.status = 'confirmed') INTO final\n                      FROM reports_statementfigure f JOIN reports_statement s ON s.id = f.statement_id\n                     WHERE f.id IN (NEW.figure_id, OLD.figure_id);\n                    IF final THEN RAISE EXCEPTION 'pgtrigger: the statement is confirmed and final'; END IF;\n                    RETURN COALESCE(NEW, OLD);\n                ", hash='9666a6f2bc0d781de2b4090b333500a90a4bcd24', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_claims_final_9bbd5', table='reports_claim', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='explanation',
            constraint=models.UniqueConstraint(fields=('statement', 'metric', 'substance', 'number'), name='explanation_number_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='explanation',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='explanation_says_something'),
        ),
        migrations.AddConstraint(
            model_name='explanation',
            constraint=models.CheckConstraint(condition=models.Q(('difference', 0), _negated=True), name='explanation_of_a_difference'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='explanation',
            trigger=pgtrigger.compiler.Trigger(name='explanation_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='db501e424bc2d5f50e3a8dcdfed79c6b21696a5a', operation='UPDATE OR DELETE', pgid='pgtrigger_explanation_final_3c92c', table='reports_explanation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='explanation',
            trigger=pgtrigger.compiler.Trigger(name='explanation_of_a_confirmed_statement', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (SELECT 1 FROM reports_statement s\n                                    WHERE s.id = NEW.statement_id AND s.status = 'confirmed')\n                    THEN RAISE EXCEPTION 'pgtrigger: a draft is corrected, not explained'; END IF;\n                    RETURN NEW;\n                ", hash='9b20b5251c5936543aae9ff839f2ffd95b443190', operation='INSERT', pgid='pgtrigger_explanation_of_a_confirmed_statement_76ca0', table='reports_explanation', when='BEFORE')),
        ),
    ]
