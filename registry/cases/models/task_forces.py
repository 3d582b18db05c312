"""Temporary task forces of units that take part in a case: they have an end, and dissolve by themselves."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import DatedQuerySet, Record, Unit, User
from agencies.visibility import Reader
from registry.cases.models.case import JointCase


class TaskForceQuerySet(DatedQuerySet["TaskForce"]):
    """Task forces."""

    def visible_to(self, user: Reader) -> Self:
        """With their case."""
        return self.filter(case__in=JointCase.objects.visible_to(user))


class TaskForce(Record):
    """A task force (Decree 105/2021, article 10(3)). From `valid_to` on it is no more."""

    case = models.ForeignKey(JointCase, models.PROTECT, related_name="task_forces", verbose_name=_("case"))
    name = models.CharField(_("name"), max_length=200)
    purpose = models.TextField(_("purpose"), max_length=4000, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until (exclusive)"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("set up by"))
    made_at = models.DateTimeField(_("set up at"), default=timezone.now, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects = TaskForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("task force")
        verbose_name_plural = _("task forces")
        ordering = ["case", "valid_from", "name", "pk"]
        constraints = [
            models.CheckConstraint(name="task_force_ends_after_it_began", condition=Q(valid_to__gt=F("valid_from"))),
            models.CheckConstraint(name="task_force_named", condition=~Q(name="")),
            models.UniqueConstraint(fields=["case", "name"], name="task_force_name_once"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="task_force_final", fields=["case", "name", "valid_from", "made_by", "made_at"]),
            pgtrigger.Protect(name="task_force_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.name

    def audit_reference(self) -> str:
        """What people call it."""
        return self.case.reference

    def audit_owner(self) -> UUID | None:
        """The unit that owns it."""
        return self.case.unit_id


class TaskForceMember(models.Model):
    """A unit of a task force: one that takes part in the case."""

    task_force = models.ForeignKey(TaskForce, models.PROTECT, related_name="members", verbose_name=_("task force"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["task_force", "unit__code"]
        constraints = [models.UniqueConstraint(fields=["task_force", "unit"], name="task_force_member_once")]
        triggers = [
            pgtrigger.Protect(name="task_force_member_final", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="task_force_member_takes_part",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM cases_participation p JOIN cases_taskforce f ON f.case_id = p.case_id
                                    WHERE f.id = NEW.task_force_id AND p.unit_id = NEW.unit_id
                                      AND daterange(p.valid_from, p.valid_to) && daterange(f.valid_from, f.valid_to))
                    THEN
                        RAISE EXCEPTION 'pgtrigger: a task force has units that take part in its case';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.unit.code
