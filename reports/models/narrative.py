"""What the secretariat writes for the parts of a report, and everything that was written before."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.models import Language, Record, User
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from reports.parts import TITLES, WRITTEN

LONGEST = 20_000
"""Characters of one text."""


class NarrativeTextQuerySet(VisibleQuerySet["NarrativeText"]):
    """Texts of reports."""

    def visible_to(self, user: Reader) -> Self:
        """For whoever counts for all: they speak of all four agencies."""
        return self.all() if user.holds(Permission.REPORT_COUNT_ALL) else self.none()


class NarrativeText(Record):
    """The text of one part of the report of a period in one language, as it stands now."""

    period_label = models.CharField(_("period"), max_length=32)
    part = models.CharField(_("part"), max_length=16)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    text = models.TextField(_("text"), blank=True, max_length=LONGEST)
    confirmed_numbers = ArrayField(
        models.CharField(max_length=64), verbose_name=_("numbers that are no figures"), default=list, blank=True
    )
    """Numbers typed by hand that somebody confirmed to be no figures of the report."""
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("edited by"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects = NarrativeTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a report")
        verbose_name_plural = _("texts of reports")
        ordering = ["period_label", "part", "language"]
        constraints = [
            models.UniqueConstraint(fields=["period_label", "part", "language"], name="narrative_text_once"),
            models.CheckConstraint(name="narrative_part_known", condition=Q(part__in=WRITTEN)),
            models.CheckConstraint(name="narrative_language_known", condition=Q(language__in=Language.values)),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="narrative_place_final", fields=["period_label", "part", "language", "created_at"]),
            pgtrigger.Protect(name="narrative_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.period_label} · {self.title} · {self.language}"

    @property
    def title(self) -> str:
        """The part's title in the reader's language."""
        return TITLES[self.part].in_(get_language() or "vi")

    def audit_reference(self) -> str:
        """Period, part and language."""
        return f"{self.period_label}.{self.part}.{self.language}"


class NarrativeVersionQuerySet(VisibleQuerySet["NarrativeVersion"]):
    """What was written."""

    def visible_to(self, user: Reader) -> Self:
        """With the text."""
        return self.filter(narrative__in=NarrativeText.objects.visible_to(user))


class NarrativeVersion(Record):
    """A text as it stood from one write to the next. Append-only."""

    narrative = models.ForeignKey(
        NarrativeText, models.PROTECT, related_name="versions", verbose_name=_("text of a report")
    )
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"))
    at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)

    objects = NarrativeVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a text")
        verbose_name_plural = _("versions of texts")
        ordering = ["narrative", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["narrative", "number"], name="narrative_version_once"),
            models.CheckConstraint(name="narrative_version_counts_from_one", condition=Q(number__gte=1)),
        ]
        triggers = [pgtrigger.Protect(name="narrative_version_final", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.narrative} · {self.number}"

    def audit_owner(self) -> UUID | None:
        """It belongs to all."""
        return None
