"""A conference of the agencies: when and where, under whom, and its minutes."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from registry.conferences.models.base import (
    ConferenceRecordQuerySet,
    Noted,
    missing_field,
    one_of,
    said_or_reason,
)
from registry.conferences.terms import ConferenceStatus, Kind, Missing, Secrecy
from registry.conferences.workflow import MOVES
from registry.documents.models import Document
from registry.documents.terms import BASES
from registry.periods import Basis
from registry.workflow import pairs

ASSENTED = """
    IF EXISTS (
        SELECT 1 FROM conferences_resolution r CROSS JOIN agencies_agency a
        WHERE r.conference_id = NEW.id AND r.needs_assent AND r.not_adopted_reason = ''
        AND COALESCE((
            SELECT s.answer FROM conferences_assent s WHERE s.resolution_id = r.id AND s.agency_id = a.id
            ORDER BY s.number DESC LIMIT 1
        ), '') <> 'assents'
    ) THEN RAISE EXCEPTION 'pgtrigger: a resolution waits for the assent of an agency'; END IF;
    RETURN NEW;
"""
"""The minutes are not approved over a resolution that an agency has not assented to."""


class Conference(Noted):
    """A meeting of the agencies. What is not known stays empty, with the reason.

    The host is recorded, never computed; `host_inferred` means that it is read from other words than its name.
    Hosting gives no right over anybody's drafts. Once the minutes are approved, the database keeps them as they are.
    """

    code = models.SlugField(_("code"), max_length=64, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=255)
    title_en = models.CharField(_("title (English)"), max_length=255, blank=True)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=ConferenceStatus.choices,
        default=ConferenceStatus.PLANNED,
        editable=False,
    )
    secrecy = models.CharField(_("secrecy"), max_length=8, choices=Secrecy.choices, default=Secrecy.INTERNAL)
    authorisation_reference = models.CharField(
        _("authorisation of the circulation mark"),
        max_length=128,
        blank=True,
        help_text=_("Number and date of the paper by which it was allowed."),
    )
    period_label = models.CharField(_("period"), max_length=32, blank=True, help_text=_("For example 2024-Q2."))
    period_start = models.DateField(_("period from"), null=True, blank=True)
    period_end = models.DateField(_("period until (exclusive)"), null=True, blank=True)
    period_basis = models.CharField(_("basis"), max_length=24, choices=BASES, default=Basis.CALENDAR.value)
    period_missing = missing_field()
    held_on = models.DateField(_("held on"), null=True, blank=True)
    held_on_missing = missing_field()
    started_at = models.DateTimeField(_("began at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    host_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("host")
    )
    host_agency_missing = missing_field()
    host_inferred = models.BooleanField(_("host inferred"), default=False)
    venue_vi = models.CharField(_("venue (Vietnamese)"), max_length=255, blank=True)
    venue_en = models.CharField(_("venue (English)"), max_length=255, blank=True)
    venue_missing = missing_field()
    chair_office_vi = models.CharField(_("chair's office (Vietnamese)"), max_length=255, blank=True)
    chair_office_en = models.CharField(_("chair's office (English)"), max_length=255, blank=True)
    chair_office_missing = missing_field()
    minutes_vi = models.TextField(_("minutes"), blank=True)
    minutes_en = models.TextField(_("minutes (English)"), blank=True)
    source_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source document")
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    named_on = ("held_on",)

    objects: ConferenceRecordQuerySet["Conference"] = ConferenceRecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        ordering = ["-period_start", "-id"]
        constraints = [
            one_of("conference_kind_known", "kind", Kind.values),
            one_of("conference_status_known", "status", ConferenceStatus.values),
            one_of("conference_below_state_secret", "secrecy", Secrecy.values),
            one_of("conference_basis_known", "period_basis", [code for code, _label in BASES]),
            said_or_reason("conference_held_on_or_reason", "held_on"),
            said_or_reason("conference_host_or_reason", "host_agency"),
            said_or_reason("conference_venue_or_reason", "venue_vi", text=True, reason="venue_missing"),
            said_or_reason("conference_chair_or_reason", "chair_office_vi", text=True, reason="chair_office_missing"),
            models.CheckConstraint(
                name="conference_period_or_reason",
                condition=Q(
                    period_missing="",
                    period_start__isnull=False,
                    period_end__isnull=False,
                    period_end__gt=F("period_start"),
                )
                & ~Q(period_label="")
                | Q(
                    period_missing__in=Missing.values,
                    period_start__isnull=True,
                    period_end__isnull=True,
                    period_label="",
                ),
                violation_error_message=_("Give label, first and last day of the period, or the reason for none."),
            ),
            models.CheckConstraint(
                name="conference_held_day_decided",
                condition=Q(status=ConferenceStatus.PLANNED) | ~Q(held_on_missing=Missing.UNDECIDED),
                violation_error_message=_("A conference that was held has a day, or a source that does not state it."),
            ),
            models.CheckConstraint(
                name="conference_ends_after_it_began",
                condition=Q(ended_at__isnull=True) | Q(started_at__isnull=True) | Q(ended_at__gt=F("started_at")),
                violation_error_message=_("It ends after it began."),
            ),
            models.CheckConstraint(
                name="conference_minuted_has_minutes",
                condition=Q(status__in=[ConferenceStatus.PLANNED, ConferenceStatus.CONVENED]) | ~Q(minutes_vi=""),
            ),
            models.CheckConstraint(
                name="conference_inferred_only_if_named",
                condition=Q(host_inferred=False) | Q(host_agency__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="conference_moves", field="status", transitions=pairs(MOVES)),
            pgtrigger.Protect(
                name="conference_approved_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status=ConferenceStatus.APPROVED),
            ),
            pgtrigger.Trigger(
                name="conference_approved_with_assents",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status=ConferenceStatus.MINUTED, new__status=ConferenceStatus.APPROVED),
                func=ASSENTED,
            ),
            pgtrigger.Protect(name="conference_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.in_language("title")

    def clean(self) -> None:
        """It began on the day on which it was held."""
        if self.started_at and self.held_on and timezone.localdate(self.started_at) != self.held_on:
            raise ValidationError({"started_at": _("That is not the day on which it was held.")})

    def audit_reference(self) -> str:
        """The code."""
        return self.code
