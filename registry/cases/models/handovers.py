"""The record of a hand-over: what one lead gave to the next, and that the next received it."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Record, Unit, User
from agencies.visibility import Reader, VisibleQuerySet
from registry.cases.models.case import JointCase


class HandOverQuerySet(VisibleQuerySet["HandOver"]):
    """Hand-over records."""

    def visible_to(self, user: Reader) -> Self:
        """With their case."""
        return self.filter(case__in=JointCase.objects.visible_to(user))


class HandOver(Record):
    """The lead of a case went from one unit to another. The new lead's unit confirms once what it received."""

    case = models.ForeignKey(JointCase, models.PROTECT, related_name="hand_overs", verbose_name=_("case"))
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("handed over by"))
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("handed over to"))
    handed_on = models.DateField(_("day"))
    what = models.TextField(
        _("what was handed over"),
        max_length=4000,
        blank=True,
        help_text=_("Papers, exhibits, vehicles, persons by their number."),
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    made_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    received_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("receipt confirmed by")
    )
    received_at = models.DateTimeField(_("receipt confirmed at"), null=True, blank=True)
    receipt_note = models.TextField(
        _("note of the receiver"), max_length=4000, blank=True, help_text=_("What was missing or damaged.")
    )
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over record")
        verbose_name_plural = _("hand-over records")
        ordering = ["case", "handed_on", "made_at", "pk"]
        constraints = [
            models.CheckConstraint(name="hand_over_to_another", condition=~Q(from_unit=F("to_unit"))),
            models.CheckConstraint(
                name="hand_over_received_by_somebody",
                condition=Q(received_at__isnull=True, received_by__isnull=True, receipt_note="")
                | Q(received_at__isnull=False, received_by__isnull=False),
            ),
            models.UniqueConstraint(fields=["case", "to_unit", "handed_on"], name="hand_over_once"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="hand_over_final",
                fields=["case", "from_unit", "to_unit", "handed_on", "what", "made_by", "made_at"],
            ),
            pgtrigger.Protect(
                name="hand_over_received_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__received_at__isnull=False),
            ),
            pgtrigger.Protect(name="hand_over_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="hand_over_to_the_lead",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM cases_participation p
                                    WHERE p.case_id = NEW.case_id AND p.unit_id = NEW.to_unit_id
                                      AND p.role = 'lead' AND p.valid_from = NEW.handed_on)
                       OR NOT EXISTS (SELECT 1 FROM cases_participation p WHERE p.case_id = NEW.case_id
                                         AND p.unit_id = NEW.from_unit_id AND p.role = 'lead'
                                         AND p.valid_to = NEW.handed_on) THEN
                        RAISE EXCEPTION 'pgtrigger: a hand-over goes from the lead until that day to the lead from it';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handed_on.isoformat()} {self.from_unit.code} > {self.to_unit.code}"

    def audit_reference(self) -> str:
        """What people call it."""
        return self.case.reference

    def audit_owner(self) -> UUID | None:
        """The unit that owns it."""
        return self.to_unit_id
