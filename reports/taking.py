"""Taking sealed and prepared reports away, and having them verified: one audited function each."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import User
from agencies.refusals import Conflict, NotPermitted
from agencies.roles import Permission
from reports.models import SealedFile, SealedReport
from reports.packages import package
from reports.terms import SealStatus
from reports.verifying import Finding, verify_report


def _require_seen(report: SealedReport, by: User) -> None:
    if not SealedReport.objects.visible_to(by).filter(pk=report.pk).exists():
        raise NotPermitted


def may_inspect(by: User, report: SealedReport) -> bool:
    """Who may know which records stand behind it: whoever counts for all, and the heads of the issuing unit."""
    return by.holds(Permission.REPORT_COUNT_ALL) or by.may(Permission.REPORT_SEAL, report.unit_id)


@transaction.atomic
def take_file(*, report: SealedReport, language: str, file_format: str, by: User) -> SealedFile:
    """One file, final once it is sealed. That it was taken is written down first."""
    _require_seen(report, by)
    final = report.status == SealStatus.SEALED
    file = report.files.filter(final=final, language=language, file_format=file_format).first()
    if file is None:
        raise Conflict(_("This report is not complete: there is nothing to download."), code="wrong_status")
    record(action="report.download", by=by, on=report, language=language, format=file_format, sha256=file.sha256)
    return file


@transaction.atomic
def take_package(*, report: SealedReport, by: User) -> bytes:
    """The archive for another machine. It names every record counted, so not everybody takes it."""
    _require_seen(report, by)
    if not may_inspect(by, report):
        raise NotPermitted(_("The package names every record counted: the secretariats and the issuing unit take it."))
    _require_sealed(report)
    content = package(report)
    record(action="report.download", by=by, on=report, format="package", sha256=report.document_sha256)
    return content


@transaction.atomic
def verify_sealed(*, report: SealedReport, by: User | None) -> Finding:
    """Verify it and write down what was found; `by=None` is the operator. Only whoever may inspect it has it done."""
    if by is not None:
        _require_seen(report, by)
        if not may_inspect(by, report):
            raise NotPermitted(_("A verification names records: the secretariats and the issuing unit have it done."))
    _require_sealed(report)
    found = verify_report(report)
    record(
        action="sealed_report.verify",
        by=by,
        on=report,
        also=[one.id for one in found.tampered],
        sound=found.sound,
        changed=found.changed,
        tampered=len(found.tampered),
    )
    return found


def _require_sealed(report: SealedReport) -> None:
    if report.status != SealStatus.SEALED:
        raise Conflict(_("This report is not sealed."), code="wrong_status")
