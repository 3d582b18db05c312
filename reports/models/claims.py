"""What stands behind the figures of statements, and what is said of the differences that remain."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Record, Unit, User
from agencies.visibility import Reader, VisibleQuerySet
from registry.cases.models import JointCase, SeizureLot
from registry.reference.models import Metric, Substance
from reports.models.statement import Statement, StatementFigure


class ClaimQuerySet(VisibleQuerySet["Claim"]):
    """Which records figures count."""

    def visible_to(self, user: Reader) -> Self:
        """Of statements one sees, as far as one sees the case: a statement reveals no case."""
        return self.filter(
            Q(case__in=JointCase.objects.visible_to(user)) | Q(lot__in=SeizureLot.objects.visible_to(user)),
            figure__statement__in=Statement.objects.visible_to(user),
        )


class Claim(Record):
    """A figure counts this case, or this lot. `amount` is what it came to then, in the base unit; empty: not weighed.

    What it comes to today is asked of the record. Claims of a draft are replaced with its figures.
    """

    kept = False

    figure = models.ForeignKey(StatementFigure, models.PROTECT, related_name="claims", verbose_name=_("figure stated"))
    case = models.ForeignKey(
        JointCase, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("joint case")
    )
    lot = models.ForeignKey(
        SeizureLot, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("seizure lot")
    )
    amount = models.DecimalField(_("counted as"), max_digits=27, decimal_places=9, null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("record counted")
        verbose_name_plural = _("records counted")
        ordering = ["figure", "id"]
        constraints = [
            models.CheckConstraint(
                name="claim_of_a_case_or_a_lot",
                condition=Q(case__isnull=False, lot__isnull=True) | Q(case__isnull=True, lot__isnull=False),
            ),
            models.CheckConstraint(name="claim_amount_positive", condition=Q(amount__isnull=True) | Q(amount__gt=0)),
            models.UniqueConstraint(fields=["figure", "case"], name="claim_case_once"),
            models.UniqueConstraint(fields=["figure", "lot"], name="claim_lot_once"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="claims_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("final", "BOOLEAN")],
                func="""
                    SELECT bool_or(s.status = 'confirmed') INTO final
                      FROM reports_statementfigure f JOIN reports_statement s ON s.id = f.statement_id
                     WHERE f.id IN (NEW.figure_id, OLD.figure_id);
                    IF final THEN RAISE EXCEPTION 'pgtrigger: the statement is confirmed and final'; END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            )
        ]

    def __str__(self) -> str:
        return str(self.case or self.lot)

    @property
    def record(self) -> JointCase | SeizureLot:
        """What is counted."""
        return self.case or self.lot  # type: ignore[return-value]

    @property
    def counted_case(self) -> JointCase:
        """The case that it is, or that the lot belongs to."""
        return self.case or self.lot.case  # type: ignore[union-attr]

    def audit_owner(self) -> UUID | None:
        """The stating unit."""
        return self.figure.statement.unit_id


class ExplanationQuerySet(VisibleQuerySet["Explanation"]):
    """Notes on differences."""

    def visible_to(self, user: Reader) -> Self:
        """With the statement they speak of."""
        return self.filter(statement__in=Statement.objects.visible_to(user))


class Explanation(Record):
    """Why an agency states more, or less, than the records it counts come to. Append-only.

    `difference`, in the base unit, is the one that was explained: another one is open again. `number` 2 takes the
    place of number 1, which stays.
    """

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="explanations", verbose_name=_("statement"))
    metric = models.ForeignKey(Metric, models.PROTECT, related_name="+", verbose_name=_("metric"))
    substance = models.ForeignKey(
        Substance, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("substance")
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1, editable=False)
    difference = models.DecimalField(_("difference"), max_digits=40, decimal_places=9, editable=False)
    text = models.CharField(_("explanation"), max_length=1000)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("explaining unit"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("explained by"))
    at = models.DateTimeField(_("explained at"), default=timezone.now, editable=False)

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        verbose_name = _("explanation of a difference")
        verbose_name_plural = _("explanations of differences")
        ordering = ["statement", "metric__order", "substance__order", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "metric", "substance", "number"],
                nulls_distinct=False,
                name="explanation_number_once",
            ),
            models.CheckConstraint(name="explanation_says_something", condition=~Q(text="")),
            models.CheckConstraint(name="explanation_of_a_difference", condition=~Q(difference=0)),
        ]
        triggers = [
            pgtrigger.Protect(name="explanation_final", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="explanation_of_a_confirmed_statement",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM reports_statement s
                                    WHERE s.id = NEW.statement_id AND s.status = 'confirmed')
                    THEN RAISE EXCEPTION 'pgtrigger: a draft is corrected, not explained'; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        substance = f":{self.substance.code}" if self.substance else ""
        return f"{self.statement} {self.metric.code}{substance} · {self.number}"

    def audit_owner(self) -> UUID | None:
        """The stating unit."""
        return self.statement.unit_id


class Reconciliation(Explanation):
    """Explanations as the admin shows them: under the differences they explain."""

    class Meta:
        proxy = True
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
