"""Rows shown on an item's page."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordInline, person
from agencies.roles import Permission
from registry.badges import badge
from registry.information.differences import differences
from registry.information.models import CorrectionReceipt, Delivery, ItemVersion, RecallReceipt

READS = (Permission.ITEM_READ_OWN, Permission.ITEM_READ_DELIVERED)


class DeliveryInline(RecordInline):
    """Who has the item: the originator sees all, a recipient only its own."""

    model = Delivery
    fk_name = "item"
    fields = ("unit", "state", "delivered_at", "due_at", "opened_at", "acknowledged_at", "usefulness")
    readonly_fields = fields
    read_permissions = READS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what was made of them."""
        return super().get_queryset(request).select_related("item", "evaluation")

    @admin.display(description=_("status"))
    def state(self, delivery: Delivery) -> str:
        """The status as a badge."""
        return badge(delivery.status, delivery.get_status_display())

    @admin.display(description=_("usefulness"))
    def usefulness(self, delivery: Delivery) -> str:
        """What the recipient made of it."""
        evaluation = getattr(delivery, "evaluation", None)
        return str(evaluation) if evaluation else "-"


class VersionInline(RecordInline):
    """What was corrected when, and why: to the originator."""

    model = ItemVersion
    fk_name = "item"
    fields = ("number", "reason", "changed", "released_at", "withdrawn_at")
    readonly_fields = fields
    read_permissions = (Permission.ITEM_READ_OWN,)
    show_change_link = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """An item never corrected needs no list of versions."""
        corrected = ItemVersion.objects.filter(number__gt=1).values("item_id")
        return super().get_queryset(request).filter(item_id__in=corrected).order_by("-number")

    @admin.display(description=_("what changed"))
    def changed(self, version: ItemVersion) -> str:
        """Names of the fields."""
        earlier = version.item.versions.filter(number__lt=version.number, released_at__isnull=False)
        before = earlier.order_by("-number").first()
        return ", ".join(d.label for d in differences(before, version)) if before else "-"


class CorrectionInline(RecordInline):
    """Corrections sent to the unit, and whether it acknowledged them."""

    model = CorrectionReceipt
    fields = ("number", "sent_at", "due_at", "acknowledged_at", "acknowledged_by")
    readonly_fields = fields
    read_permissions = READS
    show_change_link = False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who acknowledged it, to the recipient alone."""
        mine = obj is not None and obj.unit_id in person(request).units_with(Permission.ITEM_READ_DELIVERED)
        return [name for name in self.fields if mine or name != "acknowledged_by"]

    @admin.display(description=_("version"))
    def number(self, receipt: CorrectionReceipt) -> int:
        """Its number."""
        return receipt.version.number


class RecallInline(RecordInline):
    """What the holder of a recalled item did with it."""

    model = RecallReceipt
    fields = ("acknowledged_at", "disposal", "ground", "disposed_at")
    readonly_fields = fields
    read_permissions = READS
    show_change_link = False
