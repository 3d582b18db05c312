"""The functions that keep the access rows run as their owner: the application's role only reads what they keep."""

from django.db import migrations

FUNCTIONS = (
    "agencies_forget_tree()",
    "agencies_work_out_tree(date)",
    "information_refresh_access(uuid)",
    "information_rebuild_access(date)",
)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_tree_of_units'),
        ('information', '0008_newest_deliveries'),
    ]

    operations = [
        migrations.RunSQL(
            [f"ALTER FUNCTION {name} SECURITY DEFINER SET search_path = public, pg_temp" for name in FUNCTIONS],
            [f"ALTER FUNCTION {name} SECURITY INVOKER RESET search_path" for name in FUNCTIONS],
        )
    ]
