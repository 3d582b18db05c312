"""Numbered papers of a conference: which copy went to whom, and whether it came back."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.models import Record, Unit
from registry.conferences.models.base import ConferenceRecordQuerySet, final_with_minutes, one_of
from registry.conferences.models.conference import Conference
from registry.conferences.terms import Secrecy


class ConferencePaper(Record):
    """A paper handed out at a conference in numbered copies. The registry holds its number and title, not the paper."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="papers", verbose_name=_("conference"))
    number = models.PositiveSmallIntegerField(_("number"))
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=255)
    title_en = models.CharField(_("title (English)"), max_length=255, blank=True)
    mark = models.CharField(_("circulation mark"), max_length=8, choices=Secrecy.choices, default=Secrecy.INTERNAL)
    copies = models.PositiveSmallIntegerField(_("copies"))
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects: ConferenceRecordQuerySet["ConferencePaper"] = ConferenceRecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("conference paper")
        verbose_name_plural = _("conference papers")
        ordering = ["conference", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="paper_number_once"),
            one_of("paper_below_state_secret", "mark", Secrecy.values),
            models.CheckConstraint(
                name="paper_has_copies",
                condition=Q(copies__gte=1),
                violation_error_message=_("There is at least one copy."),
            ),
        ]
        triggers = [
            final_with_minutes("paper_final_with_minutes"),
            pgtrigger.Protect(name="paper_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def title(self) -> str:
        """The title in the reader's language; Vietnamese where there is no English."""
        english = (get_language() or "vi").startswith("en")
        return (english and self.title_en) or self.title_vi

    def audit_reference(self) -> str:
        """The conference's code and the number."""
        return f"{self.conference.code}#t{self.number}"


class PaperCopyQuerySet(ConferenceRecordQuerySet["PaperCopy"]):
    """Copies handed out."""

    def outstanding(self) -> Self:
        """Those that have not come back."""
        return self.filter(returned_at__isnull=True)


class PaperCopy(Record):
    """One numbered copy in somebody's hands, until it comes back. It may come back after the minutes are approved."""

    paper = models.ForeignKey(ConferencePaper, models.PROTECT, related_name="issued", verbose_name=_("paper"))
    number = models.PositiveSmallIntegerField(_("copy number"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    office_vi = models.CharField(_("office (Vietnamese)"), max_length=255, blank=True)
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now)
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    named_on = ("issued_at",)

    objects = PaperCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy")
        verbose_name_plural = _("copies issued")
        ordering = ["paper", "number"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="copy_number_once"),
            models.CheckConstraint(
                name="copy_returned_after_issue",
                condition=Q(returned_at__isnull=True) | Q(returned_at__gte=F("issued_at")),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="copy_is_one_of_them",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.number < 1 OR NEW.number > (
                        SELECT copies FROM conferences_conferencepaper WHERE id = NEW.paper_id
                    ) THEN RAISE EXCEPTION 'pgtrigger: the paper has no copy of this number'; END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.ReadOnly(name="copy_issued_is_final", exclude=["returned_at"]),
            pgtrigger.Protect(
                name="copy_returns_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__returned_at__isnull=False),
            ),
            pgtrigger.Protect(name="copy_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.paper.number}/{self.number}"

    def audit_reference(self) -> str:
        """The paper's reference and the copy number."""
        return f"{self.paper.audit_reference()} c{self.number}"
