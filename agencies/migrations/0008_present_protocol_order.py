"""The order that the agencies stand in today, without a first day: it held before the order was dated."""

from typing import Any

from django.db import migrations


def present(apps: Any, _schema: Any) -> None:
    order = apps.get_model("agencies", "ProtocolOrder")
    for agency in apps.get_model("agencies", "Agency").objects.all():
        order.objects.get_or_create(agency=agency, defaults={"place": agency.protocol_order})


class Migration(migrations.Migration):
    dependencies = [("agencies", "0007_protocol_order")]
    operations = [migrations.RunPython(present, migrations.RunPython.noop)]
