"""Official papers: one register per agency and year without a gap, and the papers that took their numbers from it."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Record, Unit, User
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from reports.official import notation
from reports.terms import PaperKind


class PaperRegister(models.Model):
    """The last number of an agency's papers in a year. Locked by whoever registers the next one: no gaps.

    A number is taken together with its paper or not at all: the commit of one without the other is refused.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="paper_register_once")]
        triggers = [
            pgtrigger.Protect(name="paper_register_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="paper_register_counts_up",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(new__last=pgtrigger.F("old__last") + 1),
            ),
            pgtrigger.Trigger(
                name="paper_register_number_used",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NEW.last > 0 AND NOT EXISTS (
                        SELECT 1 FROM reports_registeredpaper p
                         WHERE p.agency_id = NEW.agency_id AND p.year = NEW.year AND p.number = NEW.last)
                    THEN RAISE EXCEPTION 'pgtrigger: number % was taken and no paper bears it', NEW.last; END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}: {self.last}"


class RegisteredPaperQuerySet(VisibleQuerySet["RegisteredPaper"]):
    """Entries of the registers."""

    def visible_to(self, user: Reader) -> Self:
        """Those of papers that went to all agencies; one's own units' in any case."""
        if not user.holds(Permission.REPORT_READ):
            return self.none()
        return self.filter(Q(to_all=True) | Q(unit_id__in=user.units_with(Permission.REPORT_READ)))


class RegisteredPaper(Record):
    """A paper that has its number, `05/BC-C04`: who signed it in which office, and on which day. Never changed.

    Numbers begin anew on 1 January of the year of the day of signing.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("issuing unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    symbol = models.CharField(_("symbol"), max_length=48)
    kind = models.CharField(_("kind of paper"), max_length=10, choices=PaperKind.choices)
    subject_vi = models.CharField(_("subject (Vietnamese)"), max_length=500)
    subject_en = models.CharField(_("subject (English)"), max_length=500, blank=True)
    signed_on = models.DateField(_("signed on"))
    office_vi = models.CharField(_("signer's office (Vietnamese)"), max_length=255)
    office_en = models.CharField(_("signer's office (English)"), max_length=255, blank=True)
    signer = models.CharField(_("signer"), max_length=150)
    to_all = models.BooleanField(_("went to all agencies"), default=False)
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("registered by"))
    created_at = models.DateTimeField(_("registered at"), default=timezone.now)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    named_on = ("signed_on",)

    objects = RegisteredPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("registered paper")
        verbose_name_plural = _("register of papers")
        ordering = ["-year", "agency", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="registered_paper_number_once"),
            models.CheckConstraint(name="paper_number_positive", condition=Q(number__gt=0)),
            models.CheckConstraint(name="paper_kind_known", condition=Q(kind__in=PaperKind.values)),
            models.CheckConstraint(name="paper_year_of_its_day", condition=Q(year=ExtractYear("signed_on"))),
            models.CheckConstraint(
                name="paper_says_what_and_who",
                condition=~Q(symbol="") & ~Q(subject_vi="") & ~Q(office_vi="") & ~Q(signer=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="paper_final", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="paper_follows_the_last",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.number > 1 AND NOT EXISTS (
                        SELECT 1 FROM reports_registeredpaper p
                         WHERE p.agency_id = NEW.agency_id AND p.year = NEW.year AND p.number = NEW.number - 1)
                    THEN RAISE EXCEPTION 'pgtrigger: number % would leave a gap', NEW.number; END IF;
                    IF NOT EXISTS (
                        SELECT 1 FROM reports_paperregister r
                         WHERE r.agency_id = NEW.agency_id AND r.year = NEW.year AND r.last >= NEW.number)
                    THEN RAISE EXCEPTION 'pgtrigger: number % was not taken from the register', NEW.number; END IF;
                    IF NOT EXISTS (
                        SELECT 1 FROM agencies_unit u WHERE u.id = NEW.unit_id AND u.agency_id = NEW.agency_id)
                    THEN RAISE EXCEPTION 'pgtrigger: the unit is another agency''s'; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.notation(get_language() or "vi")

    def notation(self, language: str) -> str:
        """`Số: 05/BC-C04`, as it stands on the paper."""
        return notation(self, language[:2])

    def audit_reference(self) -> str:
        """Number, symbol and year."""
        return f"{self.number:02}/{self.symbol}/{self.year}"

    def audit_owner(self) -> UUID | None:
        """The issuing unit."""
        return self.unit_id
