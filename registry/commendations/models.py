"""Commendations: nominated for joint cases, awarded at most once per case, unit and level. Units, never persons."""

from datetime import date
from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Record, Unit, User, in_protocol_order
from agencies.roles import Permission
from agencies.visibility import M, Reader, VisibleQuerySet
from registry.cases.models import JointCase
from registry.commendations.once import AWARDED_ONCE, OF_A_NOMINATION, TAKEN_PART_IN
from registry.commendations.terms import AwardForm, AwardLevel, CommendationStatus
from registry.commendations.workflow import MOVES
from registry.documents.models import PublishedStatement
from registry.workflow import pairs


class CommendationQuerySet(VisibleQuerySet["Commendation"]):
    """Commendations."""

    def visible_to(self, user: Reader) -> Self:
        """Awards: all, for whoever reads conferences or documents. Nominations: of one's own units."""
        if not (user.holds(Permission.CONFERENCE_READ) or user.holds(Permission.DOCUMENT_READ)):
            return self.none()
        own = Q(unit_id__in=user.units_with(Permission.COMMENDATION_READ))
        return self.filter(Q(status=CommendationStatus.AWARDED) | own)


class CommendationRowQuerySet(VisibleQuerySet[M]):
    """What belongs to commendations."""

    def visible_to(self, user: Reader) -> Self:
        """With the commendation."""
        return self.filter(commendation__in=Commendation.objects.visible_to(user))


class CommendationCaseQuerySet(VisibleQuerySet["CommendationCase"]):
    """For which cases somebody was commended."""

    def visible_to(self, user: Reader) -> Self:
        """Where both are seen: an award that all may read names its cases to those who take part in them."""
        return self.filter(
            commendation__in=Commendation.objects.visible_to(user), case__in=JointCase.objects.visible_to(user)
        )


class Commendation(Record):
    """A nomination of units for what they did in joint cases, and what came of it.

    `further_reason` says why the same achievement is commended on a higher level too.
    """

    reference = models.CharField(_("reference"), max_length=40, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("nominating unit"))
    level = models.PositiveSmallIntegerField(_("level"), choices=AwardLevel.choices)
    form = models.CharField(_("form of award"), max_length=12, choices=AwardForm.choices)
    authority_vi = models.CharField(_("awarding authority (Vietnamese)"), max_length=255)
    authority_en = models.CharField(_("awarding authority (English)"), max_length=255, blank=True)
    achievement_vi = models.TextField(_("achievement (Vietnamese)"))
    achievement_en = models.TextField(_("achievement (English)"), blank=True)
    further_reason = models.TextField(_("why it is commended on a higher level too"), blank=True)
    proposed_on = models.DateField(_("proposed on"))
    awarded_on = models.DateField(_("awarded on"), null=True, blank=True, editable=False)
    document_number = models.CharField(_("number of the decision"), max_length=64, blank=True, editable=False)
    end_reason = models.TextField(_("why it was declined or withdrawn"), blank=True, editable=False)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=CommendationStatus.choices,
        default=CommendationStatus.NOMINATED,
        editable=False,
    )
    published = models.ForeignKey(
        PublishedStatement, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published as")
    )
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"), editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    named_on = ("awarded_on", "proposed_on")

    objects = CommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("commendation")
        verbose_name_plural = _("commendations")
        ordering = ["-proposed_on", "-id"]
        constraints = [
            models.CheckConstraint(name="commendation_level_known", condition=Q(level__in=AwardLevel.values)),
            models.CheckConstraint(name="commendation_form_known", condition=Q(form__in=AwardForm.values)),
            models.CheckConstraint(name="commendation_status_known", condition=Q(status__in=CommendationStatus.values)),
            models.CheckConstraint(
                name="commendation_says_what_and_by_whom", condition=~Q(authority_vi="") & ~Q(achievement_vi="")
            ),
            models.CheckConstraint(
                name="commendation_awarded_with_day_and_number",
                condition=Q(status=CommendationStatus.AWARDED, awarded_on__gte=F("proposed_on"), end_reason="")
                & ~Q(document_number="")
                | Q(status=CommendationStatus.NOMINATED, awarded_on__isnull=True, document_number="", end_reason="")
                | Q(
                    status__in=[CommendationStatus.DECLINED, CommendationStatus.WITHDRAWN],
                    awarded_on__isnull=True,
                    document_number="",
                )
                & ~Q(end_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="commendation_moves", field="status", transitions=pairs(MOVES)),
            pgtrigger.Protect(
                name="commendation_decided_is_final",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__status=CommendationStatus.NOMINATED),
            ),
            pgtrigger.Protect(
                name="commendation_born_nominated",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__status=CommendationStatus.NOMINATED),
            ),
            pgtrigger.ReadOnly(name="commendation_identity_final", fields=["reference", "unit", "author", "level"]),
            pgtrigger.Protect(name="commendation_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="commendation_awarded_once",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status=CommendationStatus.NOMINATED, new__status=CommendationStatus.AWARDED),
                func=AWARDED_ONCE,
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def text(self, stem: str) -> str:
        """`<stem>_vi` or `<stem>_en` as the reader reads; Vietnamese where there is no English."""
        english = (get_language() or "vi").startswith("en")
        return str((english and getattr(self, f"{stem}_en")) or getattr(self, f"{stem}_vi"))

    @property
    def day(self) -> date:
        """The day whose names and order it bears."""
        return self.awarded_on or self.proposed_on

    def agencies(self) -> list[Agency]:
        """Whose units are commended, in the protocol order of the day."""
        return in_protocol_order((row.unit.agency for row in self.recipients.all()), self.day)

    def audit_owner(self) -> UUID | None:
        """The nominating unit."""
        return self.unit_id


class CommendationCase(Record):
    """A case for which somebody is commended."""

    commendation = models.ForeignKey(Commendation, models.PROTECT, related_name="cases", verbose_name=_("commendation"))
    case = models.ForeignKey(JointCase, models.PROTECT, related_name="+", verbose_name=_("joint case"))

    objects = CommendationCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case commended")
        verbose_name_plural = _("cases commended")
        ordering = ["commendation", "case__reference"]
        constraints = [models.UniqueConstraint(fields=["commendation", "case"], name="commendation_case_once")]
        triggers = [
            pgtrigger.Protect(name="commendation_case_final", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="commendation_case_taken_part_in",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=TAKEN_PART_IN,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commendation} · {self.case}"


class CommendationRecipient(Record):
    """A unit that is commended as a whole, or of which so many people are. Numbers, never names."""

    commendation = models.ForeignKey(
        Commendation, models.PROTECT, related_name="recipients", verbose_name=_("commendation")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    collective = models.BooleanField(_("the unit as a whole"), default=True)
    individuals = models.PositiveIntegerField(_("number of people"), default=0)

    objects: CommendationRowQuerySet["CommendationRecipient"] = CommendationRowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["commendation", "unit__code"]
        constraints = [
            models.UniqueConstraint(fields=["commendation", "unit"], name="commendation_recipient_once"),
            models.CheckConstraint(
                name="commendation_recipient_somebody", condition=Q(collective=True) | Q(individuals__gt=0)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="commendation_recipient_final", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="commendation_recipient_of_a_nomination",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=OF_A_NOMINATION,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commendation} · {self.unit.code}"


class AwardOnce(models.Model):
    """That a unit was awarded for a case on a level: written by the database with the award, once of each."""

    commendation = models.ForeignKey(Commendation, models.PROTECT, related_name="+")
    case = models.ForeignKey(JointCase, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "unit", "level"], name="award_once_of_a_level")]
        triggers = [pgtrigger.Protect(name="award_once_final", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id} {self.level}"


class CommendationRegister(models.Model):
    """The last number given out per agency and year. Locked by the nomination that takes the next one: no gaps."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="commendation_register_once")]
        triggers = [
            pgtrigger.Protect(name="commendation_register_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="commendation_register_counts_up",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(new__last=pgtrigger.F("old__last") + 1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}: {self.last}"
