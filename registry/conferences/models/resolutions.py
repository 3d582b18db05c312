"""What a conference decided or proposed, which agencies assented, and what became of proposals."""

from collections.abc import Collection
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Record, Unit, User
from registry.conferences.models.base import ConferenceRecordQuerySet, Noted, final_with_minutes, one_of
from registry.conferences.models.conference import Conference
from registry.conferences.terms import Adoption, Answer, ProposalStatus, ResolutionKind


class Resolution(Noted):
    """What a conference decided, proposed or set, in the registry's own words.

    One that needs assent is adopted when every agency has assented, or was left as not adopted, with the reason.
    """

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="resolutions", verbose_name=_("conference"))
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=ResolutionKind.choices, default=ResolutionKind.RESOLUTION)
    text_vi = models.TextField(_("text (Vietnamese)"))
    text_en = models.TextField(_("text (English)"), blank=True)
    needs_assent = models.BooleanField(_("needs the assent of every agency"), default=False)
    not_adopted_reason = models.TextField(_("why it was not adopted"), blank=True, editable=False)
    addressee_vi = models.CharField(_("addressee (Vietnamese)"), max_length=255, blank=True)
    addressee_en = models.CharField(_("addressee (English)"), max_length=255, blank=True)
    paragraph = models.PositiveSmallIntegerField(_("paragraph of the source document"), null=True, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects: ConferenceRecordQuerySet["Resolution"] = ConferenceRecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ["conference", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="resolution_number_once"),
            one_of("resolution_kind_known", "kind", ResolutionKind.values),
            models.CheckConstraint(
                name="resolution_addressee_of_a_proposal",
                condition=Q(addressee_vi="", addressee_en="") | Q(kind=ResolutionKind.PROPOSAL),
                violation_error_message=_("Only a proposal has an addressee."),
            ),
            models.CheckConstraint(
                name="resolution_not_adopted_was_asked", condition=Q(not_adopted_reason="") | Q(needs_assent=True)
            ),
        ]
        triggers = [
            final_with_minutes("resolution_final_with_minutes"),
            pgtrigger.Protect(name="resolution_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:80]}"

    @property
    def text(self) -> str:
        """The text in the reader's language."""
        return self.in_language("text")

    def audit_reference(self) -> str:
        """The conference's code and the number."""
        return f"{self.conference.code}#{self.number}"

    def adoption(self, agencies: Collection[Agency]) -> Adoption:
        """Where it stands; works on prefetched assents without a query."""
        if not self.needs_assent:
            return Adoption.NOT_ASKED
        if self.not_adopted_reason:
            return Adoption.NOT_ADOPTED
        return Adoption.OPEN if self.missing(agencies) else Adoption.ADOPTED

    def missing(self, agencies: Collection[Agency]) -> list[Agency]:
        """The agencies that have not assented, or object, by their last word."""
        said = {assent.agency_id: assent.answer for assent in sorted(self.assents.all(), key=lambda a: a.number)}
        return [agency for agency in agencies if said.get(agency.pk) != Answer.ASSENTS]


class Assent(Record):
    """An agency's word on a resolution. It is never changed: a later word has the next number, and the last counts."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="assents", verbose_name=_("resolution"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    number = models.PositiveSmallIntegerField(_("number"))
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices)
    reason = models.TextField(_("reason"), blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("given by"))
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    named_on = ("given_at",)

    objects: ConferenceRecordQuerySet["Assent"] = ConferenceRecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("assent")
        verbose_name_plural = _("assents")
        ordering = ["resolution", "agency__protocol_order", "number"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "agency", "number"], name="assent_number_once"),
            one_of("assent_answer_known", "answer", Answer.values),
            models.CheckConstraint(
                name="assent_objection_says_why", condition=Q(answer=Answer.ASSENTS) | ~Q(reason="")
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="assent_while_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("state", "VARCHAR"), ("asked", "BOOLEAN")],
                func="""
                    SELECT c.status, r.needs_assent INTO state, asked FROM conferences_resolution r
                    JOIN conferences_conference c ON c.id = r.conference_id WHERE r.id = NEW.resolution_id;
                    IF state = 'approved' THEN RAISE EXCEPTION 'pgtrigger: the minutes are approved and final'; END IF;
                    IF NOT asked THEN RAISE EXCEPTION 'pgtrigger: the resolution needs no assent'; END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="assent_is_final", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.agency.code}: {self.get_answer_display()}"

    def audit_reference(self) -> str:
        """The resolution's reference, and whose word."""
        return f"{self.resolution.audit_reference()} {self.agency.code} {self.number}"

    def audit_owner(self) -> UUID | None:
        """See Record."""
        return self.unit_id


class ProposalAnswer(Record):
    """What became of a proposal after the conference: when it was sent, and what the addressee answered.

    A table of its own, because the proposal is as final as the minutes and its answer comes later.
    """

    resolution = models.OneToOneField(
        Resolution, models.PROTECT, related_name="proposal_answer", verbose_name=_("proposal")
    )
    sent_on = models.DateField(_("sent on"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    text = models.TextField(_("answer"), blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    named_on = ("sent_on",)

    objects: ConferenceRecordQuerySet["ProposalAnswer"] = ConferenceRecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("answer to a proposal")
        verbose_name_plural = _("answers to proposals")
        ordering = ["resolution"]
        constraints = [
            models.CheckConstraint(
                name="proposal_answered_with_words",
                condition=Q(answered_on__isnull=True, text="") | (Q(answered_on__gte=F("sent_on")) & ~Q(text="")),
                violation_error_message=_("An answer has words, and a day that is not before the proposal was sent."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="answer_to_a_proposal",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM conferences_resolution WHERE id = NEW.resolution_id AND kind = 'proposal'
                    ) THEN RAISE EXCEPTION 'pgtrigger: only a proposal is sent and answered'; END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="proposal_answer_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__answered_on__isnull=False),
            ),
            pgtrigger.ReadOnly(name="proposal_sent_is_final", fields=["resolution", "sent_on"]),
            pgtrigger.Protect(name="proposal_answer_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.resolution.audit_reference()}: {self.status.label}"

    @property
    def status(self) -> ProposalStatus:
        """Whether the addressee has answered."""
        return ProposalStatus.WAITING if self.answered_on is None else ProposalStatus.ANSWERED

    def audit_reference(self) -> str:
        """The proposal's reference."""
        return self.resolution.audit_reference()
