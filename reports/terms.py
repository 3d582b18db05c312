"""The words of statements and reports: where they stand, what a figure counts, why one is missing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.periods import Basis


class StatementStatus(models.TextChoices):
    """Where a statement stands."""

    DRAFT = "draft", _("draft")
    CONFIRMED = "confirmed", _("confirmed")


class FigureRole(models.TextChoices):
    """What the agency did in what it counts. A coordinator's cases are in the lead's count already."""

    LEAD = "lead", _("led")
    CO_LEAD = "co_lead", _("co-led")
    COORDINATOR = "coordinator", _("coordinated")
    OWN = "own", _("own work")


class MissingReason(models.TextChoices):
    """Why a figure is not there. Not the same as nil: nil says that there was nothing to count."""

    NOT_YET = "not_yet", _("not yet counted")
    NOT_RECORDED = "not_recorded", _("not recorded by the agency")
    NOT_APPLICABLE = "not_applicable", _("does not apply to the agency")


class ReportStatus(models.TextChoices):
    """Where a report that was asked for stands."""

    QUEUED = "queued", _("queued")
    RUNNING = "running", _("being built")
    COMPLETE = "complete", _("complete")
    FAILED = "failed", _("failed")


class SealStatus(models.TextChoices):
    """Where a report on its way to its seal stands."""

    QUEUED = "queued", _("queued")
    BUILDING = "building", _("being built")
    PREPARED = "prepared", _("prepared")
    SEALED = "sealed", _("sealed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    FAILED = "failed", _("failed")


class ReportFormat(models.TextChoices):
    """What a report can be written as."""

    HTML = "html", "HTML"
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word (docx)"
    XLSX = "xlsx", "Excel (xlsx)"
    JSON = "json", "JSON"


class PaperKind(models.TextChoices):
    """What kind of official paper it is."""

    REPORT = "report", _("report")
    MINUTES = "minutes", _("minutes")
    NOTICE = "notice", _("notice of conclusions")
    INVITATION = "invitation", _("invitation")
    PLAN = "plan", _("plan")
    PROPOSAL = "proposal", _("proposal to a ministry")


CODES: dict[PaperKind, str] = {
    PaperKind.REPORT: "BC",
    PaperKind.MINUTES: "BB",
    PaperKind.NOTICE: "TB",
    PaperKind.INVITATION: "GM",
    PaperKind.PLAN: "KH",
    PaperKind.PROPOSAL: "TTr",
}
"""How the kind of a paper is written in its symbol."""


class ConferencePaperKind(models.TextChoices):
    """The papers of a conference that the registry writes."""

    MINUTES = PaperKind.MINUTES.value, PaperKind.MINUTES.label
    NOTICE = PaperKind.NOTICE.value, PaperKind.NOTICE.label


class PaperFormat(models.TextChoices):
    """What a paper of words can be written as."""

    HTML = "html", "HTML"
    DOCX = "docx", "Word (docx)"
    PDF = "pdf", "PDF"


BASIS_CHOICES = [
    (Basis.CALENDAR.value, _("calendar")),
    (Basis.STATUTORY.value, _("statutory, 15th to 14th")),
    (Basis.CUSTOM.value, _("as agreed")),
    (Basis.AS_PRINTED.value, _("as printed, cut-off unknown")),
]
"""How the period of a statement was cut."""
