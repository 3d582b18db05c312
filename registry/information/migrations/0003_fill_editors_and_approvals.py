"""What was released before previews existed: who edited and released each version, when a delivery was used."""

from django.db import migrations

FILL = """
    ALTER TABLE information_itemversion DISABLE TRIGGER USER;
    INSERT INTO information_itemversion_editors (itemversion_id, user_id)
        SELECT version.id, version.edited_by_id FROM information_itemversion version
        UNION
        SELECT version.id, item.author_id FROM information_itemversion version
          JOIN information_informationitem item ON item.id = version.item_id AND version.number = 1;
    UPDATE information_itemversion version
       SET released_by_id = item.released_by_id, approved_hash = repeat('0', 64)
      FROM information_informationitem item
     WHERE item.id = version.item_id AND version.released_at IS NOT NULL;
    UPDATE information_delivery SET used_at = COALESCE(acknowledged_at, delivered_at) WHERE status = 'used';
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE information_itemversion ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('information', '0002_corrections_and_receipts'),
    ]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
