"""What recipients made of an item."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Record, User
from agencies.visibility import Reader, VisibleQuerySet
from registry.information.models.deliveries import Delivery
from registry.information.terms import InformationGrade, SourceGrade, Usefulness


class EvaluationQuerySet(VisibleQuerySet["Evaluation"]):
    """Evaluations."""

    def visible_to(self, user: Reader) -> Self:
        """With their delivery."""
        return self.filter(delivery__in=Delivery.objects.visible_to(user))


class Evaluation(Record):
    """What a recipient made of an item: its own grade beside, never over, the originator's."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="evaluation", verbose_name=_("delivery"))
    usefulness = models.CharField(_("usefulness"), max_length=12, choices=Usefulness.choices)
    source_grade = models.CharField(_("source"), max_length=1, choices=SourceGrade.choices, blank=True)
    information_grade = models.CharField(_("information"), max_length=1, choices=InformationGrade.choices, blank=True)
    note = models.TextField(_("note"), blank=True)
    evaluated_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("evaluated by"))
    evaluated_at = models.DateTimeField(_("evaluated at"), default=timezone.now)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["-evaluated_at", "id"]
        constraints = [
            models.CheckConstraint(name="evaluation_usefulness_known", condition=Q(usefulness__in=Usefulness.values))
        ]
        triggers = [pgtrigger.Protect(name="evaluation_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.get_usefulness_display())

    def audit_owner(self) -> UUID | None:
        """See Record."""
        return self.delivery.unit_id
