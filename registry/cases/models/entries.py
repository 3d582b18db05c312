"""What somebody writes into the history of a case: added, never changed."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Record, Unit, User
from agencies.visibility import Reader, VisibleQuerySet
from registry.cases.models.case import JointCase


class CaseEntryQuerySet(VisibleQuerySet["CaseEntry"]):
    """Entries of the timeline."""

    def visible_to(self, user: Reader) -> Self:
        """With their case."""
        return self.filter(case__in=JointCase.objects.visible_to(user))


class CaseEntry(Record):
    """What happened on a day, in the words of a unit that takes part. A mistake is set right by a further entry."""

    case = models.ForeignKey(JointCase, models.PROTECT, related_name="entries", verbose_name=_("case"))
    happened_on = models.DateField(_("day"))
    text = models.TextField(_("what happened"), max_length=4000)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("written by unit"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects = CaseEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("timeline entry")
        verbose_name_plural = _("timeline entries")
        ordering = ["case", "happened_on", "created_at", "pk"]
        constraints = [models.CheckConstraint(name="case_entry_says_something", condition=~Q(text=""))]
        triggers = [pgtrigger.Protect(name="case_entry_final", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.happened_on.isoformat()} {self.unit.code}"

    def audit_reference(self) -> str:
        """What people call it."""
        return self.case.reference

    def audit_owner(self) -> UUID | None:
        """The unit that owns it."""
        return self.unit_id
