"""The third-party rule: what a recipient may do with another's information, asked for, granted, limited, taken back."""

from datetime import datetime
from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Record, Unit, User
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from registry.information.models.deliveries import Delivery
from registry.information.terms import ConsentKind, ConsentStatus
from registry.information.workflow import CONSENT_MOVES
from registry.workflow import pairs


class ConsentQuerySet(VisibleQuerySet["Consent"]):
    """Consents."""

    def visible_to(self, user: Reader) -> Self:
        """To the unit that asks and to the originator: no other recipient learns of it."""
        asks = Q(delivery__unit_id__in=user.units_with(Permission.CONSENT_READ))
        decides = Q(delivery__item__unit_id__in=user.units_with(Permission.CONSENT_READ))
        return self.filter(asks | decides)

    def valid_at(self, moment: datetime) -> Self:
        """Granted, and not ended by then: a consent until a moment no longer holds at that moment."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=moment), status=ConsentStatus.GRANTED)


class Consent(Record):
    """One use of one delivery, asked of the originator. Without it the use is refused; it is looked at at every use."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="consents", verbose_name=_("delivery"))
    kind = models.CharField(_("use"), max_length=8, choices=ConsentKind.choices)
    purpose = models.TextField(_("purpose"))
    units = models.ManyToManyField(Unit, related_name="+", blank=True, verbose_name=_("units it is asked for"))
    status = models.CharField(
        _("status"), max_length=12, choices=ConsentStatus.choices, default=ConsentStatus.ASKED, editable=False
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"), editable=False)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    granted_units = models.ManyToManyField(
        Unit, related_name="+", blank=True, verbose_name=_("units it is granted for"), editable=False
    )
    limits = models.TextField(_("limits"), blank=True, editable=False)
    expires_at = models.DateTimeField(_("holds until"), null=True, editable=False)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"), editable=False
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    ended_at = models.DateTimeField(_("revoked or withdrawn at"), null=True, editable=False)
    reason = models.TextField(_("reason"), blank=True, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    named_on = ("asked_at",)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(name="consent_kind_known", condition=Q(kind__in=ConsentKind.values)),
            models.CheckConstraint(name="consent_status_known", condition=Q(status__in=ConsentStatus.values)),
            models.CheckConstraint(name="consent_has_purpose", condition=~Q(purpose="")),
            models.CheckConstraint(
                name="consent_decided_by_somebody_else",
                condition=Q(
                    status__in=[ConsentStatus.ASKED, ConsentStatus.WITHDRAWN],
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                )
                | (
                    Q(status__in=[ConsentStatus.GRANTED, ConsentStatus.REFUSED, ConsentStatus.REVOKED])
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("asked_by"))
                ),
            ),
            models.CheckConstraint(
                name="consent_said_why",
                condition=~Q(status__in=[ConsentStatus.REFUSED, ConsentStatus.REVOKED]) | ~Q(reason=""),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="consent_moves", field="status", transitions=pairs(CONSENT_MOVES)),
            pgtrigger.ReadOnly(
                name="consent_asked_is_final", fields=["delivery", "kind", "purpose", "asked_by", "asked_at"]
            ),
            pgtrigger.Protect(name="consent_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.delivery.item} · {self.get_kind_display()}"

    def audit_reference(self) -> str:
        """See Record."""
        return f"{self.delivery.item.audit_reference()} {self.kind}"

    def audit_owner(self) -> UUID | None:
        """See Record."""
        return self.delivery.unit_id
