"""A lot was weighed or read wrongly: the former reading stays, with the reason of the new one."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Record, User
from agencies.visibility import Reader, VisibleQuerySet
from registry.cases.models.yields import SeizureLot
from registry.documents.terms import Comparator
from registry.reference.models import UnitOfMeasure


class LotReweighingQuerySet(VisibleQuerySet["LotReweighing"]):
    """Former readings of lots."""

    def visible_to(self, user: Reader) -> Self:
        """With their lot."""
        return self.filter(lot__in=SeizureLot.objects.visible_to(user))


class LotReweighing(Record):
    """The lot had the former quantity and has another since. Number 1 is the first of the lot; none is ever changed.

    What came later than a row stands in the next one, or in the lot.
    """

    lot = models.ForeignKey(SeizureLot, models.PROTECT, related_name="reweighings", verbose_name=_("seizure lot"))
    number = models.PositiveIntegerField(_("number"))
    former_text = models.CharField(_("formerly entered"), max_length=120)
    former_value = models.DecimalField(_("former quantity"), max_digits=18, decimal_places=6)
    former_unit = models.ForeignKey(
        UnitOfMeasure, models.PROTECT, related_name="+", verbose_name=_("former unit of measure")
    )
    former_comparator = models.CharField(_("former comparator"), max_length=8, choices=Comparator.choices)
    former_normalised = models.DecimalField(_("former normalised value"), max_digits=27, decimal_places=9)
    reason = models.CharField(_("reason"), max_length=500)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects = LotReweighingQuerySet.as_manager()

    class Meta:
        verbose_name = _("former quantity of a lot")
        verbose_name_plural = _("former quantities of lots")
        ordering = ["lot", "number"]
        constraints = [
            models.UniqueConstraint(fields=["lot", "number"], name="reweighing_number_once"),
            models.CheckConstraint(name="reweighing_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="reweighing_comparator_known", condition=Q(former_comparator__in=Comparator.values)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="reweighing_final", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="reweighing_of_what_stood",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF NEW.number <> 1 + (SELECT count(*) FROM cases_lotreweighing w WHERE w.lot_id = NEW.lot_id)
                       OR NOT EXISTS (
                           SELECT 1 FROM cases_seizurelot l WHERE l.id = NEW.lot_id AND l.weighed
                              AND l.divided_by_id IS NULL AND l.raw_text = NEW.former_text
                              AND l.value = NEW.former_value AND l.unit_id = NEW.former_unit_id
                              AND l.comparator = NEW.former_comparator AND l.normalised_value = NEW.former_normalised
                       ) THEN
                        RAISE EXCEPTION 'pgtrigger: a former quantity is the one the lot has, numbered without a gap';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.former_text}"

    def audit_reference(self) -> str:
        """What people call it."""
        return self.lot.case.reference

    def audit_owner(self) -> UUID | None:
        """The unit that owns it."""
        return self.lot.case.unit_id
