"""Rows shown on an item's page."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordInline
from agencies.roles import Permission
from registry.badges import badge
from registry.information.models import Delivery

READS = (Permission.ITEM_READ_OWN, Permission.ITEM_READ_DELIVERED)


class DeliveryInline(RecordInline):
    """Who has the item: the originator sees all, a recipient only its own."""

    model = Delivery
    fk_name = "item"
    fields = ("unit", "state", "delivered_at", "due_at", "opened_at", "acknowledged_at", "usefulness")
    readonly_fields = fields
    read_permissions = READS

    @admin.display(description=_("status"))
    def state(self, delivery: Delivery) -> str:
        """The status as a badge."""
        return badge(delivery.status, delivery.get_status_display())

    @admin.display(description=_("usefulness"))
    def usefulness(self, delivery: Delivery) -> str:
        """What the recipient made of it."""
        evaluation = getattr(delivery, "evaluation", None)
        return str(evaluation) if evaluation else "-"
