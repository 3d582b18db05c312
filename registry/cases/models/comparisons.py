"""Decisions of a lead on two lots that may be one seizure: each stands, the latest holds."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Record, Unit, User
from agencies.visibility import Reader, VisibleQuerySet
from registry.cases.models.yields import SeizureLot
from registry.cases.terms import Verdict


class LotComparisonQuerySet(VisibleQuerySet["LotComparison"]):
    """Decisions on possible duplicates."""

    def visible_to(self, user: Reader) -> Self:
        """To whoever sees both lots: a decision must not tell of a case."""
        lots = SeizureLot.objects.visible_to(user)
        return self.filter(lot__in=lots, other__in=lots)


class LotComparison(Record):
    """`lot` is, or is not, the same seizure as `other`. As a duplicate it counts no more; it keeps its number."""

    lot = models.ForeignKey(SeizureLot, models.PROTECT, related_name="comparisons", verbose_name=_("seizure lot"))
    other = models.ForeignKey(SeizureLot, models.PROTECT, related_name="+", verbose_name=_("compared with"))
    verdict = models.CharField(_("decision"), max_length=12, choices=Verdict.choices)
    reason = models.CharField(_("reason"), max_length=500)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("decided by unit"))
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects = LotComparisonQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on a possible duplicate")
        verbose_name_plural = _("decisions on possible duplicates")
        ordering = ["lot", "decided_at", "pk"]
        constraints = [
            models.CheckConstraint(name="lot_comparison_of_two", condition=~Q(lot=F("other"))),
            models.CheckConstraint(name="lot_comparison_verdict_known", condition=Q(verdict__in=Verdict.values)),
            models.CheckConstraint(name="lot_comparison_has_reason", condition=~Q(reason="")),
        ]
        triggers = [pgtrigger.Protect(name="lot_comparison_final", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.get_verdict_display()

    def audit_reference(self) -> str:
        """What people call it."""
        return self.lot.case.reference

    def audit_owner(self) -> UUID | None:
        """The unit that owns it."""
        return self.unit_id
