"""A reorganisation and what it did to dated rows. Nothing is ever deleted: rows end, begin, or are taken back whole."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import LegalBasis, Record, Unit, User
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from registry.reorganisations.terms import Kind, Status
from registry.reorganisations.workflow import MOVES
from registry.workflow import pairs


class ReorganisationQuerySet(VisibleQuerySet["Reorganisation"]):
    """Reorganisations; they name people and their roles, so those who manage the unit see them."""

    def visible_to(self, user: Reader) -> Self:
        """Those planned for a unit one manages."""
        return self.filter(unit_id__in=user.units_with(Permission.UNIT_MANAGE))


class Reorganisation(Record):
    """What is to become of units on a day, on what ground. `plan` is read by registry.reorganisations.plan."""

    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="+",
        verbose_name=_("planned by unit"),
        help_text=_("The unit whose administrators see it and apply it. The units it concerns stand below this one."),
    )
    kind = models.CharField(_("what happens"), max_length=8, choices=Kind.choices)
    takes_effect_on = models.DateField(_("first day on which it holds"))
    legal_basis = models.ForeignKey(
        LegalBasis, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("legal basis")
    )
    reason = models.CharField(_("paper and reason"), max_length=500)
    plan = models.JSONField(_("plan"), default=dict)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.DRAFT, editable=False)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"), editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now, editable=False)
    approved_hash = models.CharField(_("hash of the preview"), max_length=64, blank=True, editable=False)
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True, editable=False)
    applied_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("applied by"), editable=False
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("undone by"), editable=False
    )
    undo_reason = models.CharField(_("why it was undone"), max_length=2000, blank=True, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reorganisation")
        verbose_name_plural = _("reorganisations")
        ordering = ["-takes_effect_on", "-id"]
        constraints = [
            models.CheckConstraint(name="reorganisation_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="reorganisation_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(name="reorganisation_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="reorganisation_applied_by_somebody",
                condition=Q(status=Status.DRAFT, applied_at__isnull=True, applied_by__isnull=True)
                | (~Q(status=Status.DRAFT) & Q(applied_at__isnull=False, applied_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="reorganisation_undone_with_reason",
                condition=Q(status=Status.UNDONE, undone_at__isnull=False, undone_by__isnull=False) & ~Q(undo_reason="")
                | ~Q(status=Status.UNDONE) & Q(undone_at__isnull=True, undone_by__isnull=True, undo_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="reorganisation_moves", field="status", transitions=pairs(MOVES)),
            pgtrigger.Protect(name="reorganisation_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="reorganisation_applied_as_planned",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    """OLD."status" <> 'draft' AND ROW(OLD."unit_id", OLD."kind", OLD."takes_effect_on",
                        OLD."legal_basis_id", OLD."reason", OLD."plan", OLD."author_id", OLD."approved_hash")
                    IS DISTINCT FROM ROW(NEW."unit_id", NEW."kind", NEW."takes_effect_on",
                        NEW."legal_basis_id", NEW."reason", NEW."plan", NEW."author_id", NEW."approved_hash")"""
                ),
            ),
        ]

    def __str__(self) -> str:
        units = ", ".join(self.plan.get("units", ()))
        return f"{self.get_kind_display()}: {units} ({self.takes_effect_on})"

    def audit_reference(self) -> str:
        """Kind, day and codes; never a name or a reason."""
        return f"{self.kind} {self.takes_effect_on} {' '.join(self.plan.get('units', ()))}"

    def audit_owner(self) -> UUID | None:
        """See Record."""
        return self.unit_id


class Effect(models.Model):
    """One row that a reorganisation wrote: as it was before (null: it made the row) and as it left it."""

    reorganisation = models.ForeignKey(
        Reorganisation, models.PROTECT, related_name="effects", verbose_name=_("reorganisation")
    )
    number = models.PositiveIntegerField(_("number"))
    table = models.CharField(_("table"), max_length=64)
    row = models.CharField(_("row"), max_length=64)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"))

    class Meta:
        verbose_name = _("effect")
        verbose_name_plural = _("effects")
        ordering = ["reorganisation", "number"]
        constraints = [models.UniqueConstraint(fields=["reorganisation", "number"], name="effect_numbered")]
        triggers = [pgtrigger.Protect(name="effect_final", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
