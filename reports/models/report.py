"""Reports that people ask for in the admin and that the job worker builds."""

from typing import Any, Self
from uuid import UUID

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Language, Record, User
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from registry.workflow import pairs
from reports.terms import ReportFormat, ReportStatus
from reports.workflow import REPORT_MOVES


def digest_of(field: str) -> Any:
    """SHA-256 of a column's bytes in hexadecimal, as the database computes it."""
    return Func(
        Func(F(field), function="sha256", output_field=models.BinaryField()),
        Value("hex"),
        function="encode",
        output_field=models.CharField(),
    )


class ReportQuerySet(VisibleQuerySet["Report"]):
    """Reports that were asked for."""

    def visible_to(self, user: Reader) -> Self:
        """One's own: a report holds what its reader may see, nobody else's."""
        if not user.holds(Permission.REPORT_READ):
            return self.none()
        return self.filter(requested_by_id=getattr(user, "pk", None))


class Report(Record):
    """A report somebody asked for. It is complete with its bytes or not at all; what is finished never changes."""

    period_label = models.CharField(_("period"), max_length=32)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.VI)
    file_format = models.CharField(_("format"), max_length=8, choices=ReportFormat.choices, default=ReportFormat.HTML)
    base_url = models.CharField(_("address of the registry"), max_length=200, blank=True, editable=False)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked for by"))
    status = models.CharField(
        _("status"), max_length=12, choices=ReportStatus.choices, default=ReportStatus.QUEUED, editable=False
    )
    content = models.BinaryField(_("bytes"), null=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), null=True, editable=False)
    created_at = models.DateTimeField(_("asked for at"), default=timezone.now, editable=False)
    finished_at = models.DateTimeField(_("finished at"), null=True, editable=False)
    fault = models.CharField(_("what went wrong"), max_length=255, blank=True, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)
    quoted = ArrayField(models.UUIDField(), verbose_name=_("items quoted"), default=list, editable=False)
    """Items whose title stands in the bytes. The report is given out while each may still be quoted."""

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["requested_by", "-created_at", "-id"], name="report_requester_newest")]
        constraints = [
            models.CheckConstraint(name="report_status_known", condition=Q(status__in=ReportStatus.values)),
            models.CheckConstraint(name="report_language_known", condition=Q(language__in=Language.values)),
            models.CheckConstraint(name="report_format_known", condition=Q(file_format__in=ReportFormat.values)),
            models.CheckConstraint(
                name="report_complete_with_its_bytes",
                condition=(
                    Q(
                        status=ReportStatus.COMPLETE,
                        content__isnull=False,
                        size__isnull=False,
                        finished_at__isnull=False,
                        fault="",
                    )
                    & Q(
                        sha256=digest_of("content"),
                        size=Func(F("content"), function="length", output_field=models.IntegerField()),
                    )
                )
                | Q(
                    status__in=[ReportStatus.QUEUED, ReportStatus.RUNNING],
                    content__isnull=True,
                    sha256="",
                    size__isnull=True,
                    finished_at__isnull=True,
                    fault="",
                )
                | (
                    Q(status=ReportStatus.FAILED, content__isnull=True, sha256="", size__isnull=True)
                    & Q(finished_at__isnull=False)
                    & ~Q(fault="")
                ),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="report_moves", field="status", transitions=pairs(REPORT_MOVES)),
            pgtrigger.Protect(
                name="report_finished_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status__in=[ReportStatus.COMPLETE, ReportStatus.FAILED]),
            ),
            pgtrigger.Protect(
                name="report_born_queued",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__status=ReportStatus.QUEUED),
            ),
            pgtrigger.Protect(name="report_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.period_label} · {self.language} · {self.file_format}"

    def audit_owner(self) -> UUID | None:
        """The unit of whoever asked."""
        return self.requested_by.audit_owner()
