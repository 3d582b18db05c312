"""Builds a report that somebody is preparing. May be called again after a crash: it then counts anew.

Document, manifest and independent counts come from one snapshot; they and all ten files are stored with one commit.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from agencies.audit.log import record
from agencies.models import Language, Unit
from agencies.refusals import Incomplete
from agencies.roles import Permission
from registry.periods import Period
from registry.quantities import plain
from registry.workflow import step
from reports.announcing import announce_prepared
from reports.build import quarterly_report
from reports.document import QuarterlyReport
from reports.freezing import dump, load
from reports.independent import counted_again, disagreements
from reports.making import MOST_STARTS
from reports.manifest import Manifest, build_manifest
from reports.missing import missing
from reports.models import SealedFile, SealedReport
from reports.renderers import render
from reports.revisions import movements, revision
from reports.snapshot import snapshot
from reports.terms import ReportFormat, SealStatus
from reports.workflow import SEAL_MOVES


@dataclass(frozen=True, slots=True)
class Frozen:
    """A document and its manifest, of one snapshot."""

    document: QuarterlyReport
    manifest: bytes


def freeze(*, period: Period, issuer: Unit, before: SealedReport | None = None, reason: str = "") -> Frozen:
    """Everything from one snapshot; Incomplete, naming the figures, when two ways of counting do not agree.

    `before`: the sealed version that this one follows.
    """
    with snapshot():
        document = quarterly_report(period=period, reader=None, issuer=issuer)
        again = counted_again(period)
        wrong = disagreements(document, again)
        if wrong:
            raise Incomplete(_apart(wrong), code="counts_disagree")
        manifest = build_manifest(period=period, document=document, counts=again, missing=missing(period))
        if before is None or before.document is None or before.manifest is None:
            return Frozen(document, manifest)
        moved = movements(Manifest(bytes(before.manifest)), Manifest(manifest))
        last = revision(load(bytes(before.document)), document, moved, number=before.number + 1, reason=reason)
        return Frozen(replace(document, sections=(*document.sections, last)), manifest)


def _apart(wrong: dict[str, tuple[Decimal, Decimal]]) -> str:
    return " ".join(
        _("%(name)s: the report prints %(printed)s, an independent count finds %(counted)s.")
        % {"name": name, "printed": plain(first), "counted": plain(second)}
        for name, (first, second) in sorted(wrong.items())
    )


def rendered(document: QuarterlyReport) -> Iterator[tuple[str, str, bytes]]:
    """The ten files one after the other: language, format, bytes. Their links are relative."""
    for language in Language.values:
        for file_format in ReportFormat.values:
            with translation.override(language):
                yield language, file_format, render(document, file_format=file_format, language=language)


def store(report: SealedReport, files: list[tuple[str, str, bytes]], *, final: bool) -> None:
    """The files' rows."""
    for language, file_format, content in files:
        SealedFile(
            report=report,
            final=final,
            language=language,
            file_format=file_format,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
        ).save(force_insert=True)


def draft_report(*, report_id: UUID, starts: int = 1) -> SealedReport:
    """Build what was asked for; `starts` counts the tries, this one included. A fault is kept on the row and raised."""
    report = _start(report_id)
    if report.status != SealStatus.BUILDING:
        return report
    by = report.prepared_by
    if starts > MOST_STARTS:
        return _give_up(report, _("The job worker stopped each time it built this report."))
    if not by.is_active or not by.may(Permission.REPORT_PREPARE, report.unit_id):
        return _give_up(report, _("Whoever asked for this report may not prepare reports any more."))
    try:
        period = Period.parse(report.period_label)
        before = last_sealed(report.period_label, report.unit) if report.number > 1 else None
        frozen = freeze(period=period, issuer=report.unit, before=before, reason=report.reason)
        files = []
        for one in rendered(frozen.document):
            files.append(one)
            _tell_progress(report, len(files))
    except OperationalError:
        if starts >= MOST_STARTS:
            _give_up(report, _("The database did not answer."))
        raise
    except Incomplete as refusal:
        return _give_up(report, str(refusal.message))
    except Exception as fault:
        _give_up(report, f"{type(fault).__name__}: {fault}")
        raise
    return _finish(report, frozen, files)


def last_sealed(period: str, unit: Unit) -> SealedReport | None:
    """The latest sealed version of the unit's report of the period."""
    return SealedReport.objects.sealed().filter(period_label=period, unit=unit).order_by("-number").first()


def locked(pk: UUID) -> SealedReport:
    """The report, locked until the commit."""
    found = SealedReport.objects.select_for_update(of=("self",)).select_related("prepared_by", "unit__agency")
    return found.get(pk=pk)


@transaction.atomic
def _start(report_id: UUID) -> SealedReport:
    """The report, being built from now on; any other as it is."""
    report = locked(report_id)
    if report.status == SealStatus.QUEUED:
        report.status = step(SEAL_MOVES, status=report.status, action="start").to
        report.save()
    return report


@transaction.atomic
def _tell_progress(report: SealedReport, number: int) -> None:
    """Say how many files are written. Their bytes are kept when all are."""
    held = locked(report.pk)
    if held.status == SealStatus.BUILDING:
        held.rendered = number
        held.save(update_fields=["rendered"])


@transaction.atomic
def _finish(report: SealedReport, frozen: Frozen, files: list[tuple[str, str, bytes]]) -> SealedReport:
    """Document, manifest, files, status and audit event with one commit. Of two workers the first one wins."""
    report = locked(report.pk)
    if report.status != SealStatus.BUILDING:
        return report
    store(report, files, final=False)
    report.status = step(SEAL_MOVES, status=report.status, action="finish").to
    report.document, report.manifest = dump(frozen.document), frozen.manifest
    report.document_sha256 = hashlib.sha256(report.document).hexdigest()
    report.manifest_sha256 = hashlib.sha256(report.manifest).hexdigest()
    report.snapshot_at, report.prepared_at = frozen.document.generated_at, timezone.now()
    report.synthetic, report.rendered = frozen.document.synthetic, len(files)
    report.save()
    announce_prepared(report)
    record(action="sealed_report.build", by=report.prepared_by, on=report, sha256=report.document_sha256)
    return report


@transaction.atomic
def _give_up(report: SealedReport, fault: str) -> SealedReport:
    """Say on the row why there is no report."""
    report = locked(report.pk)
    if report.status in {SealStatus.QUEUED, SealStatus.BUILDING}:
        report.status = step(SEAL_MOVES, status=report.status, action="fail").to
        report.fault = fault[:255]
        report.save()
        record(action="sealed_report.fail", by=report.prepared_by, on=report, fault=report.fault)
    return report
