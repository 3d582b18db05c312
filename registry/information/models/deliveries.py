"""Where an item was delivered, and what became of it there: receipt, correction, recall."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Record, Unit, User
from agencies.roles import Permission
from agencies.visibility import M, Reader, VisibleQuerySet
from registry.information.models.access import opens_access
from registry.information.models.versions import ItemVersion
from registry.information.terms import DeliveryStatus, Disposal
from registry.information.workflow import DELIVERY_MOVES
from registry.workflow import pairs


class DeliveryQuerySet(VisibleQuerySet["Delivery"]):
    """Deliveries: the truth of who got what."""

    def received_by(self, user: Reader) -> Self:
        """Deliveries to the reader's units."""
        return self.filter(unit_id__in=user.units_with(Permission.ITEM_READ_DELIVERED))

    def standing(self) -> Self:
        """Not recalled: their content may be read."""
        return self.exclude(status=DeliveryStatus.RECALLED)

    def visible_to(self, user: Reader) -> Self:
        """To the recipient unit (a recalled one as a tombstone), and to the originating unit."""
        sent = Q(item__unit_id__in=user.units_with(Permission.ITEM_READ_OWN))
        return self.filter(sent | Q(unit_id__in=user.units_with(Permission.ITEM_READ_DELIVERED)))


class Delivery(Record):
    """One version of an item in the hands of one unit, and what the unit did with it."""

    item = models.ForeignKey(
        "information.InformationItem", models.PROTECT, related_name="deliveries", verbose_name=_("item")
    )
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+", verbose_name=_("version"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("recipient"))
    status = models.CharField(
        _("status"), max_length=12, choices=DeliveryStatus.choices, default=DeliveryStatus.DELIVERED
    )
    delivered_at = models.DateTimeField(_("delivered at"))
    due_at = models.DateTimeField(_("acknowledge by"))
    opened_at = models.DateTimeField(_("opened at"), null=True)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("opened by"))
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True)
    acknowledged_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("acknowledged by")
    )
    passed_on_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="passed_on", verbose_name=_("passed on from"), editable=False
    )
    assigned_to = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("assigned to"))
    used_at = models.DateTimeField(_("used in a case at"), null=True)
    recalled_at = models.DateTimeField(_("recalled at"), null=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    named_on = ("delivered_at",)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-delivered_at", "-id"]
        indexes = [
            models.Index(fields=["-delivered_at", "-id"], name="delivery_newest"),
            models.Index(fields=["unit", "-delivered_at", "-id"], name="delivery_unit_newest"),
            models.Index(fields=["unit", "item"], name="delivery_unit_item"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["version", "unit"], name="delivery_version_unit_once"),
            models.CheckConstraint(name="delivery_status_known", condition=Q(status__in=DeliveryStatus.values)),
            models.CheckConstraint(
                name="delivery_acknowledged_by_somebody",
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_times_in_order",
                condition=Q(acknowledged_at__isnull=True) | Q(acknowledged_at__gte=F("delivered_at")),
            ),
            models.CheckConstraint(
                name="delivery_used_has_time", condition=~Q(status=DeliveryStatus.USED) | Q(used_at__isnull=False)
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="delivery_moves", field="status", transitions=pairs(DELIVERY_MOVES)),
            pgtrigger.Protect(name="delivery_kept", operation=pgtrigger.Delete),
            opens_access("delivery_opens_access", "item_id", "status"),
            pgtrigger.Protect(
                name="delivery_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    """ROW(OLD."item_id", OLD."version_id", OLD."unit_id", OLD."delivered_at", OLD."due_at",
                        OLD."passed_on_from_id")
                    IS DISTINCT FROM
                    ROW(NEW."item_id", NEW."version_id", NEW."unit_id", NEW."delivered_at", NEW."due_at",
                        NEW."passed_on_from_id")"""
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} > {self.unit.code}"

    def audit_owner(self) -> UUID | None:
        """See Record."""
        owner: UUID = self.item.unit_id
        return owner

    def audit_subjects(self) -> list[str]:
        """A delivery shows the title of its item."""
        return [str(self.item_id)]

    @property
    def in_time(self) -> bool | None:
        """Acknowledged by the due time; None while it is neither acknowledged nor overdue."""
        if self.acknowledged_at is not None:
            return self.acknowledged_at <= self.due_at
        return False if self.due_at < timezone.now() else None


class WithDeliveryQuerySet(VisibleQuerySet[M]):
    """What hangs on a delivery is seen by whoever sees the delivery."""

    def visible_to(self, user: Reader) -> Self:
        """With their delivery."""
        return self.filter(delivery__in=Delivery.objects.visible_to(user))


class CorrectionReceipt(Record):
    """A correction on its way to a unit that has the item: the delivery stays one, however often it is corrected."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="corrections", verbose_name=_("delivery"))
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+", verbose_name=_("version"))
    sent_at = models.DateTimeField(_("sent at"))
    due_at = models.DateTimeField(_("acknowledge by"))
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True)
    acknowledged_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("acknowledged by")
    )

    objects: VisibleQuerySet["CorrectionReceipt"] = WithDeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("correction receipt")
        verbose_name_plural = _("correction receipts")
        ordering = ["delivery", "sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "version"], name="correction_receipt_once"),
            models.CheckConstraint(
                name="correction_acknowledged_by_somebody",
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="correction_receipt_final", fields=["delivery", "version", "sent_at", "due_at"]),
            pgtrigger.Protect(name="correction_receipt_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.delivery} v{self.version.number}"

    def audit_owner(self) -> UUID | None:
        """See Record."""
        return self.delivery.unit_id


class RecallReceipt(Record):
    """What a holder did with a recalled item: seen, then destroyed, or retained on a legal ground."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="recall_receipt", verbose_name=_("delivery"))
    acknowledged_at = models.DateTimeField(_("acknowledged at"), default=timezone.now)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("acknowledged by"))
    disposal = models.CharField(_("what became of it"), max_length=12, choices=Disposal.choices, blank=True)
    ground = models.CharField(_("legal ground"), max_length=500, blank=True)
    disposed_at = models.DateTimeField(_("confirmed at"), null=True)
    disposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by"))

    objects: VisibleQuerySet["RecallReceipt"] = WithDeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("recall receipt")
        verbose_name_plural = _("recall receipts")
        ordering = ["delivery", "pk"]
        constraints = [
            models.CheckConstraint(name="recall_disposal_known", condition=Q(disposal__in=["", *Disposal.values])),
            models.CheckConstraint(
                name="recall_retained_on_a_ground", condition=~Q(disposal=Disposal.RETAINED) | ~Q(ground="")
            ),
            models.CheckConstraint(
                name="recall_disposed_by_somebody",
                condition=Q(disposal="", disposed_at__isnull=True, disposed_by__isnull=True)
                | (~Q(disposal="") & Q(disposed_at__isnull=False, disposed_by__isnull=False)),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="recall_receipt_final", fields=["delivery", "acknowledged_at", "acknowledged_by"]),
            pgtrigger.Protect(name="recall_receipt_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.delivery} {self.disposal}"

    def audit_owner(self) -> UUID | None:
        """See Record."""
        return self.delivery.unit_id
