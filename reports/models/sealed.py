"""Reports on their way to a seal, and sealed ones: frozen bytes, a manifest of what was counted, ten files."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Language, Record, Unit, User
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from registry.workflow import pairs
from reports.models.papers import RegisteredPaper
from reports.models.report import digest_of
from reports.terms import ReportFormat, SealStatus
from reports.workflow import SEAL_MOVES

FILES = len(Language.values) * len(ReportFormat.values)
"""How many files a report has: each language in each format."""

_S = SealStatus
_OPEN = [_S.QUEUED, _S.BUILDING, _S.PREPARED]
_FROZEN = [_S.PREPARED, _S.SEALED, _S.WITHDRAWN]
_NOTHING_FROZEN = Q(document__isnull=True, manifest__isnull=True, document_sha256="", manifest_sha256="")


class SealedReportQuerySet(VisibleQuerySet["SealedReport"]):
    """Sealed reports, and those on their way."""

    def visible_to(self, user: Reader) -> Self:
        """Prepared and sealed ones to whoever reads reports; the rest to those who prepare and seal for the unit."""
        if not user.holds(Permission.REPORT_READ):
            return self.none()
        working = user.units_with(Permission.REPORT_PREPARE) | user.units_with(Permission.REPORT_SEAL)
        return self.filter(Q(status__in=[_S.PREPARED, _S.SEALED]) | Q(unit_id__in=working))

    def sealed(self) -> Self:
        """Those that are sealed."""
        return self.filter(status=_S.SEALED)


class SealedReport(Record):
    """The conference's edition of one period, issued by one unit. `number` 2 tells what came after number 1 was sealed.

    Whoever seals says with `document_sha256` which document was approved: number, day and signer come to it as it is
    sealed, everything else stays as prepared.
    """

    period_label = models.CharField(_("period"), max_length=32)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("issuing unit"))
    number = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    status = models.CharField(
        _("status"), max_length=12, choices=SealStatus.choices, default=SealStatus.QUEUED, editable=False
    )
    reason = models.CharField(
        _("reason for the version"),
        max_length=500,
        blank=True,
        help_text=_("Needed when a report of the period is sealed already."),
    )
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("prepared by"))
    created_at = models.DateTimeField(_("asked for at"), default=timezone.now, editable=False)
    rendered = models.PositiveSmallIntegerField(_("files written"), default=0, editable=False)
    fault = models.CharField(_("what went wrong"), max_length=255, blank=True, editable=False)
    snapshot_at = models.DateTimeField(_("counted at"), null=True, editable=False)
    prepared_at = models.DateTimeField(_("prepared at"), null=True, editable=False)
    document = models.BinaryField(_("document"), null=True, editable=False)
    document_sha256 = models.CharField(_("SHA-256 of the document"), max_length=64, blank=True, editable=False)
    manifest = models.BinaryField(_("manifest"), null=True, editable=False)
    manifest_sha256 = models.CharField(_("SHA-256 of the manifest"), max_length=64, blank=True, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)
    sealed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("sealed by"), editable=False
    )
    sealed_at = models.DateTimeField(_("sealed at"), null=True, editable=False)
    paper = models.OneToOneField(
        RegisteredPaper, models.PROTECT, null=True, related_name="+", verbose_name=_("paper"), editable=False
    )
    without = ArrayField(
        models.CharField(max_length=32), verbose_name=_("sealed without the figures of"), default=list, editable=False
    )
    note = models.CharField(_("note of the seal"), max_length=500, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("withdrawn by"), editable=False
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawal_reason = models.CharField(_("why it was withdrawn"), max_length=500, blank=True, editable=False)

    named_on = ("sealed_at", "prepared_at", "created_at")

    objects = SealedReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("sealed report")
        verbose_name_plural = _("sealed reports")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["-created_at", "-id"], name="sealed_report_newest")]
        constraints = [
            models.CheckConstraint(name="sealed_report_status_known", condition=Q(status__in=SealStatus.values)),
            models.UniqueConstraint(
                fields=["period_label", "unit"],
                condition=Q(status__in=_OPEN),
                name="sealed_report_one_prepared_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["period_label", "unit", "number"],
                condition=Q(status=_S.SEALED),
                name="sealed_report_version_once",
            ),
            models.CheckConstraint(name="sealed_report_version_says_why", condition=Q(number=1) | ~Q(reason="")),
            models.CheckConstraint(
                name="sealed_report_four_eyes",
                condition=Q(sealed_by__isnull=True) | ~Q(sealed_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="sealed_report_frozen_with_its_bytes",
                condition=Q(
                    status__in=_FROZEN,
                    document__isnull=False,
                    manifest__isnull=False,
                    document_sha256=digest_of("document"),
                    manifest_sha256=digest_of("manifest"),
                    snapshot_at__isnull=False,
                    prepared_at__isnull=False,
                    fault="",
                    rendered=FILES,
                )
                | (Q(status__in=[_S.QUEUED, _S.BUILDING], fault="") & _NOTHING_FROZEN)
                | (Q(status=_S.FAILED) & ~Q(fault="") & _NOTHING_FROZEN),
            ),
            models.CheckConstraint(
                name="sealed_report_sealed_by_somebody",
                condition=Q(status=_S.SEALED, sealed_by__isnull=False, sealed_at__isnull=False, paper__isnull=False)
                | (~Q(status=_S.SEALED) & Q(sealed_by__isnull=True, sealed_at__isnull=True, paper__isnull=True)),
            ),
            models.CheckConstraint(
                name="sealed_report_withdrawn_with_reason",
                condition=(
                    Q(status=_S.WITHDRAWN, withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                    & ~Q(withdrawal_reason="")
                )
                | (~Q(status=_S.WITHDRAWN) & Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="sealed_report_moves", field="status", transitions=pairs(SEAL_MOVES)),
            pgtrigger.ReadOnly(
                name="sealed_report_asked_for_once", fields=["period_label", "unit", "number", "reason", "prepared_by"]
            ),
            pgtrigger.Protect(
                name="sealed_report_prepared_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    """OLD."status" = 'prepared' AND
                    ROW(OLD."document", OLD."manifest", OLD."snapshot_at", OLD."prepared_at", OLD."synthetic")
                    IS DISTINCT FROM
                    ROW(NEW."document", NEW."manifest", NEW."snapshot_at", NEW."prepared_at", NEW."synthetic")"""
                ),
            ),
            pgtrigger.Protect(
                name="sealed_report_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status__in=[_S.SEALED, _S.WITHDRAWN, _S.FAILED]),
            ),
            pgtrigger.Protect(
                name="sealed_report_born_queued",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__status=_S.QUEUED),
            ),
            pgtrigger.Protect(name="sealed_report_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="sealed_report_has_all_its_files",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.status <> NEW.status AND NEW.status IN ('prepared', 'sealed')"),
                func=f"""
                    IF (SELECT count(*) FROM reports_sealedfile f
                         WHERE f.report_id = NEW.id AND f.final = (NEW.status = 'sealed')) <> {FILES} THEN
                        RAISE EXCEPTION 'pgtrigger: the report has not all its files';
                    END IF;
                    IF NEW.status = 'sealed' AND NOT EXISTS (
                        SELECT 1 FROM reports_registeredpaper p
                         WHERE p.id = NEW.paper_id AND p.unit_id = NEW.unit_id AND p.kind = 'report') THEN
                        RAISE EXCEPTION 'pgtrigger: the paper is another unit''s';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - a constant number
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_label} · {self.number}"

    def audit_reference(self) -> str:
        """Period, version and issuing unit."""
        return f"{self.period_label}/{self.number} {self.unit.code}"

    def audit_owner(self) -> UUID | None:
        """The issuing unit."""
        return self.unit_id


class SealedFileQuerySet(VisibleQuerySet["SealedFile"]):
    """Files of sealed reports."""

    def visible_to(self, user: Reader) -> Self:
        """With their report."""
        return self.filter(report__in=SealedReport.objects.visible_to(user))


class SealedFile(Record):
    """One file of a report: a draft as prepared, or the final one with number, day and signer. Never changed."""

    report = models.ForeignKey(SealedReport, models.PROTECT, related_name="files", verbose_name=_("report"))
    final = models.BooleanField(_("sealed"), default=False)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    file_format = models.CharField(_("format"), max_length=8, choices=ReportFormat.choices)
    content = models.BinaryField(_("bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))

    objects = SealedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a sealed report")
        verbose_name_plural = _("files of sealed reports")
        ordering = ["report", "final", "language", "file_format"]
        constraints = [
            models.UniqueConstraint(fields=["report", "final", "language", "file_format"], name="sealed_file_once"),
            models.CheckConstraint(name="sealed_file_language_known", condition=Q(language__in=Language.values)),
            models.CheckConstraint(name="sealed_file_format_known", condition=Q(file_format__in=ReportFormat.values)),
            models.CheckConstraint(name="sealed_file_is_its_digest", condition=Q(sha256=digest_of("content"))),
        ]
        triggers = [
            pgtrigger.Protect(name="sealed_file_final", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="sealed_file_in_its_time",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM reports_sealedreport r
                                    WHERE r.id = NEW.report_id
                                      AND r.status = CASE WHEN NEW.final THEN 'prepared' ELSE 'building' END) THEN
                        RAISE EXCEPTION 'pgtrigger: files come with their report';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """`report-2024-Q2-v1-vi.pdf`; a draft says so."""
        draft = "" if self.final else "-draft"
        return f"report-{self.report.period_label}-v{self.report.number}{draft}-{self.language}.{self.file_format}"

    def audit_reference(self) -> str:
        """As the file is called."""
        return self.name

    def audit_owner(self) -> UUID | None:
        """The issuing unit."""
        return self.report.audit_owner()
