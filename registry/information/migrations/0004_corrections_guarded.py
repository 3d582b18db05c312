"""The database holds the rules of corrections and receipts."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('information', '0003_fill_editors_and_approvals'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='delivery',
            trigger=pgtrigger.compiler.Trigger(name='delivery_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{acknowledged:evaluated,acknowledged:recalled,acknowledged:used,delivered:acknowledged,delivered:opened,delivered:recalled,evaluated:evaluated,evaluated:recalled,evaluated:used,opened:acknowledged,opened:recalled,recalled:recalled,used:recalled,used:used}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='0e6e11ed38e993704ffc86d9f70147d9c23bbb94', operation='UPDATE', pgid='pgtrigger_delivery_moves_3ddba', table='information_delivery', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='informationitem',
            trigger=pgtrigger.compiler.Trigger(name='item_editor_never_releases', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."status" = \'released\' AND OLD."status" = \'submitted\')', func="\n                    IF EXISTS (SELECT 1 FROM information_itemversion_editors editor\n                                 JOIN information_itemversion version ON version.id = editor.itemversion_id\n                                WHERE version.item_id = NEW.id AND editor.user_id = NEW.released_by_id) THEN\n                        RAISE EXCEPTION 'pgtrigger: whoever edited an item does not release it';\n                    END IF;\n                    RETURN NEW;\n                ", hash='d7c73535227911958aafa81fbce73569828a7330', operation='UPDATE', pgid='pgtrigger_item_editor_never_releases_5eace', table='information_informationitem', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='itemversion',
            trigger=pgtrigger.compiler.Trigger(name='version_editor_never_releases', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."released_at" IS NOT NULL)', func="\n                    IF EXISTS (SELECT 1 FROM information_itemversion_editors\n                                WHERE itemversion_id = NEW.id AND user_id = NEW.released_by_id)\n                       OR EXISTS (SELECT 1 FROM information_informationitem\n                                   WHERE id = NEW.item_id AND author_id = NEW.released_by_id) THEN\n                        RAISE EXCEPTION 'pgtrigger: whoever edited an item does not release it';\n                    END IF;\n                    RETURN NEW;\n                ", hash='2f1f50cdd2d0757d07afe773d1bc7d80890b89d1', operation='UPDATE', pgid='pgtrigger_version_editor_never_releases_31c75', table='information_itemversion', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'used'), _negated=True), ('used_at__isnull', False), _connector='OR'), name='delivery_used_has_time'),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_hash', ''), ('released_at__isnull', True), ('released_by__isnull', True)), models.Q(('released_at__isnull', False), ('released_by__isnull', False), models.Q(('approved_hash', ''), _negated=True)), _connector='OR'), name='item_version_released_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='item_version_correction_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.CheckConstraint(condition=models.Q(('released_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='item_version_released_or_withdrawn'),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.UniqueConstraint(condition=models.Q(('released_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('item',), name='item_version_one_open'),
        ),
        migrations.AddConstraint(
            model_name='correctionreceipt',
            constraint=models.UniqueConstraint(fields=('delivery', 'version'), name='correction_receipt_once'),
        ),
        migrations.AddConstraint(
            model_name='correctionreceipt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at__isnull', True), ('acknowledged_by__isnull', True)), models.Q(('acknowledged_at__isnull', False), ('acknowledged_by__isnull', False)), _connector='OR'), name='correction_acknowledged_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correctionreceipt',
            trigger=pgtrigger.compiler.Trigger(name='correction_receipt_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."delivery_id" IS DISTINCT FROM (NEW."delivery_id") OR OLD."version_id" IS DISTINCT FROM (NEW."version_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='701b75ea843c17ddd841e73cd062ff3d135e7b52', operation='UPDATE', pgid='pgtrigger_correction_receipt_final_ff3d4', table='information_correctionreceipt', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correctionreceipt',
            trigger=pgtrigger.compiler.Trigger(name='correction_receipt_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='2b631db1b66010660452985adddaea269a7a57c3', operation='DELETE', pgid='pgtrigger_correction_receipt_kept_adb06', table='information_correctionreceipt', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='recallreceipt',
            constraint=models.CheckConstraint(condition=models.Q(('disposal__in', ['', 'destroyed', 'retained'])), name='recall_disposal_known'),
        ),
        migrations.AddConstraint(
            model_name='recallreceipt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('disposal', 'retained'), _negated=True), models.Q(('ground', ''), _negated=True), _connector='OR'), name='recall_retained_on_a_ground'),
        ),
        migrations.AddConstraint(
            model_name='recallreceipt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('disposal', ''), ('disposed_at__isnull', True), ('disposed_by__isnull', True)), models.Q(models.Q(('disposal', ''), _negated=True), ('disposed_at__isnull', False), ('disposed_by__isnull', False)), _connector='OR'), name='recall_disposed_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recallreceipt',
            trigger=pgtrigger.compiler.Trigger(name='recall_receipt_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."delivery_id" IS DISTINCT FROM (NEW."delivery_id") OR OLD."acknowledged_at" IS DISTINCT FROM (NEW."acknowledged_at") OR OLD."acknowledged_by_id" IS DISTINCT FROM (NEW."acknowledged_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cfd03a14cb2b687188ef0c649e75ffb754357702', operation='UPDATE', pgid='pgtrigger_recall_receipt_final_a5eb7', table='information_recallreceipt', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recallreceipt',
            trigger=pgtrigger.compiler.Trigger(name='recall_receipt_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='8151398e2ec3f8e59ee6e77f13973711aa9dc071', operation='DELETE', pgid='pgtrigger_recall_receipt_kept_7e2bc', table='information_recallreceipt', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='versioneditor',
            trigger=pgtrigger.compiler.Trigger(name='version_editors_final', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE final BOOLEAN;', func="\n            SELECT bool_or(released_at IS NOT NULL) INTO final FROM information_itemversion\n             WHERE id IN (NEW.itemversion_id, OLD.itemversion_id);\n            IF final THEN RAISE EXCEPTION 'pgtrigger: the version is released and final'; END IF;\n            RETURN COALESCE(NEW, OLD);\n        ", hash='8fcfb3cc83725da8ef8a6481dcd2d34a91a0a545', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_version_editors_final_69dd0', table='information_itemversion_editors', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='versioneditor',
            trigger=pgtrigger.compiler.Trigger(name='version_editors_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete or update rows from % table', TG_TABLE_NAME;", hash='c3ca6432c39d2dbee4a7d57be79950a74e298d27', operation='DELETE OR UPDATE', pgid='pgtrigger_version_editors_kept_e1926', table='information_itemversion_editors', when='BEFORE')),
        ),
    ]
