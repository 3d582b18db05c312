"""Corrections: who edited and approved each version, receipts of corrections and recalls."""

import uuid

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_directory_and_people'),
        ('information', '0001_items_and_deliveries'),
        ('reference', '0001_vocabularies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CorrectionReceipt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sent_at', models.DateTimeField(verbose_name='sent at')),
                ('due_at', models.DateTimeField(verbose_name='acknowledge by')),
                ('acknowledged_at', models.DateTimeField(null=True, verbose_name='acknowledged at')),
            ],
            options={
                'verbose_name': 'correction receipt',
                'verbose_name_plural': 'correction receipts',
                'ordering': ['delivery', 'sent_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RecallReceipt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('acknowledged_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='acknowledged at')),
                ('disposal', models.CharField(blank=True, choices=[('destroyed', 'destroyed'), ('retained', 'retained on a legal ground')], max_length=12, verbose_name='what became of it')),
                ('ground', models.CharField(blank=True, max_length=500, verbose_name='legal ground')),
                ('disposed_at', models.DateTimeField(null=True, verbose_name='confirmed at')),
            ],
            options={
                'verbose_name': 'recall receipt',
                'verbose_name_plural': 'recall receipts',
                'ordering': ['delivery', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='itemversion',
            name='editors',
            field=models.ManyToManyField(editable=False, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='everybody who edited it'),
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='delivery',
            name='delivery_moves',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='informationitem',
            name='item_editor_never_releases',
        ),
        migrations.AddField(
            model_name='delivery',
            name='used_at',
            field=models.DateTimeField(null=True, verbose_name='used in a case at'),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='approved_hash',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='hash of the preview approved'),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='reason',
            field=models.TextField(blank=True, editable=False, verbose_name='why it was corrected'),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='released_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='released by'),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='show_recipients',
            field=models.BooleanField(default=False, help_text='Otherwise a recipient learns of no other recipient.', verbose_name='recipients see each other'),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='withdrawn_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='withdrawn at'),
        ),
        migrations.AddField(
            model_name='correctionreceipt',
            name='acknowledged_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='acknowledged by'),
        ),
        migrations.AddField(
            model_name='correctionreceipt',
            name='delivery',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='information.delivery', verbose_name='delivery'),
        ),
        migrations.AddField(
            model_name='correctionreceipt',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='information.itemversion', verbose_name='version'),
        ),
        migrations.AddField(
            model_name='recallreceipt',
            name='acknowledged_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='acknowledged by'),
        ),
        migrations.AddField(
            model_name='recallreceipt',
            name='delivery',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='recall_receipt', to='information.delivery', verbose_name='delivery'),
        ),
        migrations.AddField(
            model_name='recallreceipt',
            name='disposed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by'),
        ),
        migrations.CreateModel(
            name='VersionEditor',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('information.itemversion_editors',),
        ),
    ]
