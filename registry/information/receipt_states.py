"""How a delivery stands with its receipt: every delivery is in exactly one of these states."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.information.terms import DeliveryStatus


class Receipt(models.TextChoices):
    """What became of the receipt clock."""

    IN_TIME = "in_time", _("acknowledged in time")
    LATE = "late", _("acknowledged late")
    PENDING = "pending", _("not yet acknowledged")
    RECALLED_UNSEEN = "recalled_unseen", _("recalled before that")


_NOT = Q(acknowledged_at__isnull=True)

RECEIPTS: dict[str, Q] = {
    Receipt.IN_TIME: Q(acknowledged_at__lte=F("due_at")),
    Receipt.LATE: Q(acknowledged_at__gt=F("due_at")),
    Receipt.PENDING: _NOT & ~Q(status=DeliveryStatus.RECALLED),
    Receipt.RECALLED_UNSEEN: _NOT & Q(status=DeliveryStatus.RECALLED),
}
"""The deliveries of each state: counted in the report and listed by the API with the same condition."""
