"""Gives minutes or the notice of a conference their number, keeps the files, and hands them out."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Language, Unit, User
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted
from agencies.refusals import Text as Message
from registry.conferences.actions import require_writer
from registry.conferences.models import Conference
from registry.conferences.terms import ConferenceStatus
from reports.document import NOTHING, Text
from reports.issuing import HEAD
from reports.models import IssuedPaper, PaperFile, RegisteredPaper
from reports.numbering import paper_faults, register_paper
from reports.papers import telling
from reports.papers.document import OfficialPaper
from reports.papers.minutes import CHAIR, minutes
from reports.papers.notice import notice, subject_of
from reports.renderers.papers import render_paper
from reports.terms import ConferencePaperKind, PaperFormat


@transaction.atomic
def register_conference_paper(
    *,
    conference: Conference,
    kind: str,
    signed_on: date,
    signer: str,
    by: User,
    office: Text = NOTHING,
    secretary: str = "",
    at: datetime | None = None,
) -> IssuedPaper:
    """Take the next number and keep the paper as it stands, in every language and format.

    By the host's secretariat, once the minutes are approved; once for each kind. Minutes are signed by the chair and
    the secretary of the conference, a notice by whoever holds `office`.
    """
    conference, unit = _ready(conference, kind, signed_on, by)
    office = office if office.vi.strip() else _office(conference, kind)
    subject = subject_of(conference) if kind == ConferencePaperKind.NOTICE else telling.title_of(conference)
    day = timezone.localdate(at or timezone.now())
    faults = paper_faults(kind, subject, signed_on, office, signer, day)
    if faults := faults | _faults(conference, kind, signed_on, secretary):
        raise Invalid(faults)
    entry = register_paper(
        unit=unit,
        kind=kind,
        subject=subject,
        signed_on=signed_on,
        office=office,
        signer=signer,
        by=by,
        at=at,
        to_all=True,
        synthetic=conference.synthetic,
    )
    issued = IssuedPaper(conference=conference, kind=kind, entry=entry, secretary=secretary.strip())
    issued.save(force_insert=True)
    _keep(issued, entry, office)
    record(action="conference_paper.issue", by=by, on=issued, kind=kind, sha256=_digests(issued))
    return issued


def _ready(conference: Conference, kind: str, signed_on: date, by: User) -> tuple[Conference, Unit]:
    """The conference, locked, and the unit that issues its papers; a refusal where there is nothing to register."""
    conference = Conference.objects.select_for_update(of=("self",)).select_related("host_agency").get(pk=conference.pk)
    require_writer(by, conference.host_agency_id)
    if conference.status != ConferenceStatus.APPROVED:
        text = _("A paper gets its number when the minutes are approved. Approve them first.")
        raise Conflict(text, code="wrong_status")
    if IssuedPaper.objects.filter(conference=conference, kind=kind).exists():
        raise Conflict(_("This paper has its number already."), code="registered_already")
    unit = telling.host_unit(conference, signed_on)
    if unit is None:
        raise Incomplete(_("No host is recorded, so there is no register to take a number from."), code="no_host")
    return conference, unit


def _faults(conference: Conference, kind: str, signed_on: date, secretary: str) -> dict[str, Message]:
    """What is wrong of a paper of this conference."""
    faults: dict[str, Message] = {}
    if kind not in ConferencePaperKind.values:
        faults["kind"] = _("Choose one of: %s.") % ", ".join(ConferencePaperKind.values)
    if conference.held_on is not None and signed_on < conference.held_on:
        faults["signed_on"] = _("Nobody signs before the conference was held.")
    if kind == ConferencePaperKind.MINUTES and not secretary.strip():
        faults["secretary"] = _("Give the name of the secretary who signs the minutes.")
    return faults


def _office(conference: Conference, kind: str) -> Text:
    """The chair signs the minutes; whose office signs a notice is said, or the head of the unit."""
    if kind == ConferencePaperKind.NOTICE:
        return HEAD
    chair = telling.both(conference.chair_office_vi, conference.chair_office_en)
    return chair if chair.vi else CHAIR


def _keep(issued: IssuedPaper, entry: RegisteredPaper, office: Text) -> None:
    """The bytes of each language and format."""
    stamp: Any = {"number": entry.number, "signed_on": entry.signed_on, "signer": entry.signer}
    document = (
        minutes(issued.conference, secretary=issued.secretary, **stamp)
        if issued.kind == ConferencePaperKind.MINUTES
        else notice(issued.conference, office=office, **stamp)
    )
    for language in Language.values:
        for file_format in PaperFormat.values:
            content = _rendered(document, file_format, language)
            digest = hashlib.sha256(content).hexdigest()
            PaperFile(paper=issued, language=language, file_format=file_format, content=content, sha256=digest).save(
                force_insert=True
            )


def _digests(issued: IssuedPaper) -> dict[str, str]:
    """By language and format."""
    return {f"{file.language}.{file.file_format}": file.sha256 for file in issued.files.all()}


def _rendered(document: OfficialPaper, file_format: str, language: str) -> bytes:
    with translation.override(language):
        return render_paper(document, file_format=file_format, language=language)


@transaction.atomic
def take_paper(*, conference: Conference, kind: str, language: str, file_format: str, by: User) -> bytes:
    """The issued file; before it is issued the draft as the record stands now. That it was taken is written first."""
    if not Conference.objects.visible_to(by).filter(pk=conference.pk).exists():
        raise NotPermitted
    _check_choice(kind, language, file_format)
    issued = IssuedPaper.objects.select_related("entry", "conference").filter(conference=conference, kind=kind).first()
    if issued is None:
        record(action="conference_paper.download", by=by, on=conference, kind=kind, draft=True, language=language)
        document = minutes(conference) if kind == ConferencePaperKind.MINUTES else notice(conference)
        return _rendered(document, file_format, language)
    file = issued.files.get(language=language, file_format=file_format)
    record(action="conference_paper.download", by=by, on=issued, kind=kind, language=language, sha256=file.sha256)
    return bytes(file.content)


def _check_choice(kind: str, language: str, file_format: str) -> None:
    known: Mapping[str, tuple[str, list[str]]] = {
        "kind": (kind, ConferencePaperKind.values),
        "language": (language, Language.values),
        "file_format": (file_format, PaperFormat.values),
    }
    faults = {
        name: _("Choose one of: %s.") % ", ".join(values)
        for name, (given, values) in known.items()
        if given not in values
    }
    if faults:
        raise Invalid(faults)
