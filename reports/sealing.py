"""The seal: a second person approves the prepared document, which then gets its number, day and signature."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import User
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted, Stale
from agencies.refusals import Text as Message
from agencies.roles import Permission
from registry.workflow import step
from reports.announcing import announce_sealed
from reports.document import OfficialForm, QuarterlyReport, Text
from reports.drafting import locked, rendered, store
from reports.freezing import load
from reports.issuing import HEAD
from reports.manifest import Manifest
from reports.missing import BARS, NAMED, Missing
from reports.models import NarrativeVersion, RegisteredPaper, SealedReport
from reports.numbering import register_paper
from reports.terms import PaperKind
from reports.workflow import SEAL_MOVES


def signed(document: QuarterlyReport, paper: RegisteredPaper) -> QuarterlyReport:
    """The document with its number, day, office and signer."""
    if document.form is None:
        raise ValueError("A report without an issuer cannot be signed.")
    form = replace(
        document.form,
        number=paper.number,
        symbol=paper.symbol,
        signed_on=paper.signed_on,
        office=Text(paper.office_vi, paper.office_en or paper.office_vi),
        signer=paper.signer,
    )
    return replace(document, form=form)


def may_seal(by: User, report: SealedReport) -> bool:
    """A head of the issuing unit who did not prepare it."""
    return by.may(Permission.REPORT_SEAL, report.unit_id) and by.pk != report.prepared_by_id


@transaction.atomic
def seal_report(
    *,
    report: SealedReport,
    expected_sha256: str,
    by: User,
    office: Text | None = None,
    without: Sequence[str] = (),
    note: str = "",
) -> SealedReport:
    """Seal the prepared document of that digest. Number, final files, status and audit event come with one commit.

    `without`: codes of agencies whose figures are missing, all of them, with a `note` that says why it is sealed so.
    """
    report = locked(report.pk)
    _require_sealer(report, by)
    status = step(SEAL_MOVES, status=report.status, action="seal").to
    if report.document is None or report.manifest is None or expected_sha256 != report.document_sha256:
        raise Stale(_("This is not the document that is prepared now. Look at it again, then seal it."))
    _require_complete(Manifest(bytes(report.manifest)), without, note)
    document, now = load(bytes(report.document)), timezone.now()
    if document.form is None:
        raise Conflict(_("Nobody is known to issue this report."), code="no_issuer")
    paper = _registered(report, document.form, office or HEAD, by, now)
    store(report, list(rendered(signed(document, paper))), final=True)
    report.status, report.paper, report.sealed_by, report.sealed_at = status, paper, by, now
    report.without, report.note = sorted(without), note.strip()[:500]
    report.save()
    announce_sealed(report, by)
    record(
        action="sealed_report.seal",
        by=by,
        on=report,
        purpose=report.note,
        paper=paper.audit_reference(),
        sha256=report.document_sha256,
        without=report.without,
    )
    return report


def lacks_of(report: SealedReport) -> list[Missing]:
    """What was missing when it was prepared, with names of today and links."""
    if report.manifest is None:
        return []
    manifest = Manifest(bytes(report.manifest))
    then = set(manifest.lacks)
    return [Missing.told(code, agency, series, manifest.period) for code, agency, series in sorted(then)]


def _registered(report: SealedReport, form: OfficialForm, office: Text, by: User, now: datetime) -> RegisteredPaper:
    """The paper with the next number; from here to the commit the register is locked."""
    return register_paper(
        unit=report.unit,
        kind=PaperKind.REPORT,
        subject=form.subject,
        signed_on=timezone.localdate(now),
        office=office,
        signer=by.display_name or by.username,
        by=by,
        at=now,
        to_all=True,
        synthetic=report.synthetic,
    )


def _require_sealer(report: SealedReport, by: User) -> None:
    if not by.may(Permission.REPORT_SEAL, report.unit_id):
        raise NotPermitted(_("A head of the issuing unit seals the report."))
    if by.pk == report.prepared_by_id:
        raise NotPermitted(_("Whoever prepared a report does not seal it. Ask another head."), code="four_eyes")
    if NarrativeVersion.objects.filter(narrative__period_label=report.period_label, by=by).exists():
        raise NotPermitted(_("Whoever wrote texts of a report does not seal it. Ask another head."), code="four_eyes")


def _require_complete(manifest: Manifest, without: Sequence[str], note: str) -> None:
    """Reconciliation explained; every agency confirmed, or named as missing with a reason."""
    barred = [f"{agency} {series}" for code, agency, series in manifest.lacks if code in BARS]
    if barred:
        text = _("Differences are not explained: %s. Withdraw the report, have them explained and prepare it anew.")
        raise Incomplete(text % "; ".join(barred), code="differences_open")
    lacking = {agency for code, agency, _series in manifest.lacks if code in NAMED}
    faults: dict[str, Message] = {}
    if unknown := sorted(set(without) - lacking):
        faults["without"] = _("Their figures are confirmed, or they are no agencies: %s.") % ", ".join(unknown)
    if without and not note.strip():
        faults["note"] = _("Say why the report is sealed without these figures.")
    if faults:
        raise Invalid(faults)
    if unnamed := sorted(lacking - set(without)):
        text = _("Figures are not confirmed: %s. Name these agencies as missing, with a note, or wait for them.")
        raise Incomplete(text % ", ".join(unnamed), code="statements_missing")
