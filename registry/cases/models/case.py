"""Joint cases: one record each, led by one unit at any date, and who takes part."""

from datetime import date
from typing import Any, Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Area, Dated, DatedQuerySet, Place, Record, Unit, User, today
from agencies.models.base import days_in_order, one_at_a_time
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from registry.cases.models.facts import CaseFacts, facts_known
from registry.cases.terms import CaseRole, CaseStatus, Kind
from registry.cases.workflow import MOVES
from registry.periods import Period
from registry.workflow import pairs


class JointCaseQuerySet(VisibleQuerySet["JointCase"]):
    """Joint cases."""

    def visible_to(self, user: Reader) -> Self:
        """Cases in which one of the reader's units takes part or took part."""
        units = user.units_with(Permission.CASE_READ)
        return self.filter(pk__in=Participation.objects.filter(unit_id__in=units).values("case_id"))

    def countable_by(self, user: Reader) -> Self:
        """For figures only: whoever counts for all counts every case; others what they may see."""
        return self.all() if user.holds(Permission.REPORT_COUNT_ALL) else self.visible_to(user)

    def opened_in(self, period: Period) -> Self:
        """Cases opened on a day of the period. Count them by kind, never together."""
        return self.filter(opened_on__gte=period.start, opened_on__lt=period.end)

    def led_by_agency(self, code: str, *, on: date) -> Self:
        """Cases that a unit of the agency leads on the day."""
        leads = Participation.objects.as_of(on).filter(role=CaseRole.LEAD, unit__agency__code=code)
        return self.filter(pk__in=leads.values("case_id"))


class JointCase(Record, CaseFacts):
    """One case, recorded once, by the unit that led it when it was opened.

    `arrests` left empty means that the number is not stated, never that it is zero.
    """

    reference = models.CharField(_("reference"), max_length=32, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    status = models.CharField(
        _("status"), max_length=8, choices=CaseStatus.choices, default=CaseStatus.OPEN, editable=False
    )
    result = models.TextField(_("result"), blank=True, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place"))
    deviation_reason = models.TextField(
        _("why another agency leads"),
        blank=True,
        help_text=_("Needed when the lead's agency is not the one that leads in the area."),
    )
    arrests = models.PositiveIntegerField(
        _("persons arrested"),
        null=True,
        blank=True,
        help_text=_("Leave empty when it is not known: empty is not zero."),
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("recording unit"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"), editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    named_on = ("opened_on",)

    objects = JointCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("joint case")
        verbose_name_plural = _("joint cases")
        ordering = ["-opened_on", "-id"]
        indexes = [models.Index(fields=["-opened_on", "-id"], name="case_newest")]
        constraints = [
            models.CheckConstraint(name="case_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="case_status_known", condition=Q(status__in=CaseStatus.values)),
            models.CheckConstraint(
                name="case_closed_has_day_and_result",
                condition=Q(status=CaseStatus.OPEN, closed_on__isnull=True)
                | (Q(status=CaseStatus.CLOSED, closed_on__isnull=False) & ~Q(result="")),
            ),
            models.CheckConstraint(
                name="case_closed_after_opened", condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on"))
            ),
            *facts_known(),
        ]
        triggers = [
            pgtrigger.FSM(name="case_moves", field="status", transitions=pairs(MOVES)),
            pgtrigger.ReadOnly(name="case_identity_final", fields=["reference", "unit", "author"]),
            pgtrigger.Protect(name="case_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.reference

    def audit_owner(self) -> UUID | None:
        """The unit that owns it."""
        return self.unit_id

    def leading_unit_id(self, on: date | None = None) -> UUID:
        """The unit that leads on the day (today) and so writes the record; the recording unit before it began.

        Works on prefetched participations without a query.
        """
        day = on or today()
        rows: Any = self.participations.all()
        held = [p for p in rows if p.role == CaseRole.LEAD and p.holds_on(day)]
        return held[0].unit_id if held else self.unit_id


class ParticipationQuerySet(DatedQuerySet["Participation"]):
    """Who takes part in cases."""

    def visible_to(self, user: Reader) -> Self:
        """With their case."""
        return self.filter(case__in=JointCase.objects.visible_to(user))


class Participation(Record, Dated):
    """A unit takes part in a case for a time. Others than the lead confirm it once and enter nothing again."""

    case = models.ForeignKey(JointCase, models.PROTECT, related_name="participations", verbose_name=_("case"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=12, choices=CaseRole.choices)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by"), editable=False
    )
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    named_on = ("valid_from",)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["case", "valid_from", "-role", "unit__code", "pk"]
        indexes = [models.Index(fields=["unit", "case"], name="participation_unit_case")]
        constraints = [
            one_at_a_time("participation_one_lead", "case", condition=Q(role=CaseRole.LEAD)),
            one_at_a_time("participation_unit_once", "case", "unit"),
            days_in_order("participation_days_in_order"),
            models.CheckConstraint(name="participation_begins", condition=Q(valid_from__isnull=False)),
            models.CheckConstraint(name="participation_role_known", condition=Q(role__in=CaseRole.values)),
            models.CheckConstraint(
                name="participation_confirmed_by_somebody",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="participation_final", fields=["case", "unit", "role", "valid_from"]),
            pgtrigger.Protect(
                name="participation_confirmed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.confirmed_at IS NOT NULL AND (OLD.confirmed_at IS DISTINCT FROM NEW.confirmed_at"
                    " OR OLD.confirmed_by_id IS DISTINCT FROM NEW.confirmed_by_id)"
                ),
            ),
            pgtrigger.Protect(name="participation_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.unit.code} · {self.get_role_display()}"

    def audit_reference(self) -> str:
        """What people call it."""
        return f"{self.case.reference} {self.unit.code}"

    def audit_owner(self) -> UUID | None:
        """The unit that owns it."""
        return self.unit_id


class CaseRegister(models.Model):
    """The last number given out per agency and year. Locked by the case that takes the next one: no gaps."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="case_register_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}: {self.last}"
