"""Offices of conferences that are still planned are invited; until now the registry did not tell that from having come."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("conferences", "0002_meetings")]

    operations = [
        migrations.RunSQL(
            "UPDATE conferences_attendance a SET presence = 'invited' FROM conferences_conference c"
            " WHERE c.id = a.conference_id AND c.status = 'planned' AND a.presence = 'attended'",
            migrations.RunSQL.noop,
        )
    ]
