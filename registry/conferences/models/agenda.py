"""What a conference is to deal with: typed by the secretariat, or carried there by what is still open."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Deferrable, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.models import Record
from registry.conferences.models.base import ConferenceRecordQuerySet, frozen_when_convened, one_of
from registry.conferences.models.conference import Conference
from registry.conferences.terms import AgendaKind


class AgendaPointQuerySet(ConferenceRecordQuerySet["AgendaPoint"]):
    """Points of agendas."""

    def standing(self) -> Self:
        """Those not withdrawn."""
        return self.filter(withdrawn_reason="")


class AgendaPoint(Record):
    """A point of the agenda. One that was carried has a `key`, so that it is carried once; none is deleted.

    Everybody who reads conferences reads agendas: what some may not see is counted, without names or references.
    """

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="agenda", verbose_name=_("conference"))
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=AgendaKind.choices, default=AgendaKind.TYPED)
    text_vi = models.TextField(_("text (Vietnamese)"))
    text_en = models.TextField(_("text (English)"), blank=True)
    key = models.CharField(_("what it was carried from"), max_length=160, blank=True, editable=False)
    subject_id = models.UUIDField(_("record"), null=True, blank=True, editable=False)
    link = models.CharField(_("page"), max_length=200, blank=True, editable=False)
    withdrawn_reason = models.TextField(_("why it was withdrawn"), blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects = AgendaPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda point")
        verbose_name_plural = _("agenda")
        ordering = ["conference", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "number"], name="agenda_number_once", deferrable=Deferrable.IMMEDIATE
            ),
            models.UniqueConstraint(fields=["conference", "key"], name="agenda_carried_once", condition=~Q(key="")),
            one_of("agenda_kind_known", "kind", AgendaKind.values),
            models.CheckConstraint(
                name="agenda_carried_has_key",
                condition=Q(kind=AgendaKind.TYPED, key="") | ~Q(kind=AgendaKind.TYPED) & ~Q(key=""),
            ),
            models.CheckConstraint(name="agenda_has_words", condition=~Q(text_vi="")),
        ]
        triggers = [
            frozen_when_convened("agenda_frozen_when_convened"),
            pgtrigger.Protect(name="agenda_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:80]}"

    @property
    def text(self) -> str:
        """The text in the reader's language; Vietnamese where there is no English."""
        english = (get_language() or "vi").startswith("en")
        return (english and self.text_en) or self.text_vi

    def audit_reference(self) -> str:
        """The conference's code and the number."""
        return f"{self.conference.code}#p{self.number}"
