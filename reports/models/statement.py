"""What agencies state for a period: their own word, confirmed by two people."""

from datetime import date, timedelta
from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Edited, Record, Unit, User, editor_never_decides, editors_kept
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from registry.documents.terms import Comparator
from registry.periods import Basis
from registry.reference.models import Metric, Substance, UnitOfMeasure
from registry.workflow import pairs
from reports.terms import BASIS_CHOICES, FigureRole, MissingReason, StatementStatus
from reports.workflow import MOVES


class StatementQuerySet(VisibleQuerySet["Statement"]):
    """Statements."""

    def visible_to(self, user: Reader) -> Self:
        """Those of one's own units; confirmed ones of all to whoever prepares the conference."""
        own = Q(unit_id__in=user.units_with(Permission.STATEMENT_READ))
        if user.holds(Permission.STATEMENT_READ_CONFIRMED):
            return self.filter(own | Q(status=StatementStatus.CONFIRMED))
        return self.filter(own)

    def confirmed(self) -> Self:
        """The agencies' word."""
        return self.filter(status=StatementStatus.CONFIRMED)


class Statement(Edited):
    """The figures of one agency for one period. `number` 2 corrects number 1 of the same period, which stays."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("stating unit"))
    period_label = models.CharField(_("period"), max_length=32)
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period until (exclusive)"))
    period_basis = models.CharField(_("basis"), max_length=24, choices=BASIS_CHOICES, default=Basis.CALENDAR.value)
    number = models.PositiveSmallIntegerField(_("number"), default=1, editable=False)
    status = models.CharField(
        _("status"), max_length=12, choices=StatementStatus.choices, default=StatementStatus.DRAFT
    )
    reason = models.CharField(
        _("reason for the correction"),
        max_length=500,
        blank=True,
        help_text=_("Needed when an earlier statement for the same period is confirmed already."),
    )
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("edited by"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by"), editable=False
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["-period_start", "agency__protocol_order", "-number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "period_label", "period_basis", "number"], name="statement_number_once"
            ),
            models.UniqueConstraint(
                fields=["agency", "period_label", "period_basis"],
                condition=Q(status=StatementStatus.DRAFT),
                name="statement_one_draft_at_a_time",
            ),
            models.CheckConstraint(name="statement_correction_says_why", condition=Q(number=1) | ~Q(reason="")),
            models.CheckConstraint(name="statement_status_known", condition=Q(status__in=StatementStatus.values)),
            models.CheckConstraint(
                name="statement_basis_known", condition=Q(period_basis__in=[b.value for b in Basis])
            ),
            models.CheckConstraint(name="statement_days_in_order", condition=Q(period_end__gt=F("period_start"))),
            models.CheckConstraint(
                name="statement_four_eyes",
                condition=Q(confirmed_by__isnull=True)
                | (~Q(confirmed_by=F("author")) & ~Q(confirmed_by=F("edited_by"))),
            ),
            models.CheckConstraint(
                name="statement_confirmed_by_somebody",
                condition=Q(status=StatementStatus.DRAFT, confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(status=StatementStatus.CONFIRMED, confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="statement_moves", field="status", transitions=pairs(MOVES)),
            editor_never_decides("statement_editor_never_confirms", "reports_statement", "confirmed_by_id"),
            pgtrigger.Protect(
                name="statement_confirmed_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status=StatementStatus.CONFIRMED),
            ),
            pgtrigger.Protect(
                name="statement_born_draft",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__status=StatementStatus.DRAFT),
            ),
            pgtrigger.Protect(name="statement_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="statement_unit_of_agency",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM agencies_unit u
                                    WHERE u.id = NEW.unit_id AND u.agency_id = NEW.agency_id) THEN
                        RAISE EXCEPTION 'pgtrigger: the unit belongs to another agency';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def names_day(self) -> date:
        """The last day of the period."""
        return self.period_end - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.agency.code} {self.period_label} · {self.number}"

    def audit_owner(self) -> UUID | None:
        """The stating unit."""
        return self.unit_id


class StatementEditor(Statement.editors.through):  # type: ignore[name-defined,misc]
    """An editor of a statement, under its trigger."""

    class Meta:
        proxy = True
        triggers = [editors_kept("statement_editors_kept")]


class StatementFigureQuerySet(VisibleQuerySet["StatementFigure"]):
    """Figures of statements."""

    def visible_to(self, user: Reader) -> Self:
        """With the statement they stand in."""
        return self.filter(statement__in=Statement.objects.visible_to(user))


class StatementFigure(Record):
    """One figure: a positive value with its unit, or nil (nothing to count), or missing with the reason why."""

    kept = False
    """Figures of a draft are replaced."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="figures", verbose_name=_("statement"))
    metric = models.ForeignKey(Metric, models.PROTECT, related_name="+", verbose_name=_("metric"))
    substance = models.ForeignKey(
        Substance, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("substance")
    )
    role = models.CharField(_("role"), max_length=12, choices=FigureRole.choices, default=FigureRole.OWN)
    comparator = models.CharField(_("comparator"), max_length=8, choices=Comparator.choices, default=Comparator.EXACT)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=6, null=True, blank=True)
    unit = models.ForeignKey(
        UnitOfMeasure,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit of measure"),
    )
    nil = models.BooleanField(_("nil: nothing to count"), default=False)
    missing = models.CharField(
        _("why it is missing"), max_length=16, choices=MissingReason.choices, blank=True, default=""
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = StatementFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure stated")
        verbose_name_plural = _("figures stated")
        ordering = ["statement", "metric__order", "substance__order", "role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "metric", "substance", "role"],
                nulls_distinct=False,
                name="statement_figure_once",
            ),
            models.CheckConstraint(
                name="statement_figure_comparator_known", condition=Q(comparator__in=Comparator.values)
            ),
            models.CheckConstraint(name="statement_figure_role_known", condition=Q(role__in=FigureRole.values)),
            models.CheckConstraint(
                name="statement_figure_value_nil_or_missing",
                condition=Q(value__isnull=False, value__gt=0, unit__isnull=False, nil=False, missing="")
                | Q(value__isnull=True, unit__isnull=True, nil=True, missing="")
                | Q(value__isnull=True, unit__isnull=True, nil=False, missing__in=MissingReason.values),
                violation_error_message=_(
                    "Give a value above zero with its unit, or say nil, or give the reason why it is missing."
                ),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="statement_figures_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("final", "BOOLEAN")],
                func="""
                    SELECT bool_or(status = 'confirmed') INTO final FROM reports_statement
                     WHERE id IN (NEW.statement_id, OLD.statement_id);
                    IF final THEN RAISE EXCEPTION 'pgtrigger: the statement is confirmed and final'; END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric.code} {self.role}"

    def audit_owner(self) -> UUID | None:
        """The stating unit."""
        return self.statement.unit_id
