"""Minutes and notices of a conference that have their number: the very bytes that were signed and sent."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Language, Record
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from registry.conferences.models import Conference
from reports.models.papers import RegisteredPaper
from reports.models.report import digest_of
from reports.terms import ConferencePaperKind, PaperFormat


class IssuedPaperQuerySet(VisibleQuerySet["IssuedPaper"]):
    """Papers of conferences."""

    def visible_to(self, user: Reader) -> Self:
        """All, for whoever may read conferences."""
        return self.all() if user.holds(Permission.CONFERENCE_READ) else self.none()


class IssuedPaper(Record):
    """A paper of a conference under its number: one of a kind, with a file in each language and format, so six."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="+", verbose_name=_("conference"))
    kind = models.CharField(_("kind of paper"), max_length=10, choices=ConferencePaperKind.choices)
    entry = models.OneToOneField(
        RegisteredPaper, models.PROTECT, related_name="issued", verbose_name=_("entry of the register")
    )
    secretary = models.CharField(_("secretary who signed"), max_length=150, blank=True)

    objects = IssuedPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("issued paper")
        verbose_name_plural = _("issued papers")
        ordering = ["conference", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "kind"], name="issued_paper_once"),
            models.CheckConstraint(name="issued_paper_kind_known", condition=Q(kind__in=ConferencePaperKind.values)),
        ]
        triggers = [
            pgtrigger.Protect(name="issued_paper_final", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="issued_paper_of_approved_minutes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM conferences_conference c
                                    WHERE c.id = NEW.conference_id AND c.status = 'approved')
                    THEN RAISE EXCEPTION 'pgtrigger: the minutes are not approved yet'; END IF;
                    IF NOT EXISTS (SELECT 1 FROM reports_registeredpaper p
                                    WHERE p.id = NEW.entry_id AND p.kind = NEW.kind)
                    THEN RAISE EXCEPTION 'pgtrigger: the number is that of another kind of paper'; END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="issued_paper_has_its_files",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert,
                func="""
                    IF (SELECT count(*) FROM reports_paperfile f WHERE f.paper_id = NEW.id) <> 6
                    THEN RAISE EXCEPTION 'pgtrigger: a paper has a file in each language and format'; END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry)

    def audit_reference(self) -> str:
        """The conference's code, and the number."""
        return f"{self.conference.code} {self.entry.audit_reference()}"

    def audit_owner(self) -> UUID | None:
        """The issuing unit."""
        return self.entry.unit_id


class ConferencePapers(Conference):
    """A conference, looked at for its papers."""

    class Meta:
        proxy = True
        verbose_name = _("papers of a conference")
        verbose_name_plural = _("papers of conferences")


class PaperFile(models.Model):
    """The paper in one language and format. Never changed; its digest is checked by the database."""

    paper = models.ForeignKey(IssuedPaper, models.PROTECT, related_name="files", verbose_name=_("paper"))
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    file_format = models.CharField(_("format"), max_length=8, choices=PaperFormat.choices)
    content = models.BinaryField(_("bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("file of a paper")
        verbose_name_plural = _("files of papers")
        ordering = ["paper", "language", "file_format"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "language", "file_format"], name="paper_file_once"),
            models.CheckConstraint(name="paper_file_language_known", condition=Q(language__in=Language.values)),
            models.CheckConstraint(name="paper_file_format_known", condition=Q(file_format__in=PaperFormat.values)),
            models.CheckConstraint(name="paper_file_digest", condition=Q(sha256=digest_of("content"))),
        ]
        triggers = [pgtrigger.Protect(name="paper_file_final", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.paper} · {self.language} · {self.file_format}"
