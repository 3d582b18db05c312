"""What a conference decided, which agencies assent to it, and what became of its proposals."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Agency, Level, Unit, User, today
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted
from agencies.roles import Permission
from registry.conferences.actions.writing import (
    checked,
    for_writing,
    locked,
    next_number,
    require_held,
    require_writer,
    touched,
)
from registry.conferences.models import Assent, Conference, ProposalAnswer, Resolution
from registry.conferences.terms import Adoption, Answer, ConferenceStatus, ResolutionKind

SPEAKS = (Level.PARENT, Level.CENTRAL)
"""Whose secretariat or head speaks for the whole agency."""


@transaction.atomic
def add_resolution(
    *,
    conference: Conference,
    by: User,
    text_vi: str,
    text_en: str = "",
    kind: str = ResolutionKind.RESOLUTION,
    paragraph: int | None = None,
    needs_assent: bool = False,
    addressee_vi: str = "",
    addressee_en: str = "",
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Resolution:
    """Record what the conference decided, proposed or set. Before it was held there is nothing to record.

    With `needs_assent` the minutes are not approved before every agency has assented; a proposal has an addressee.
    """
    conference = for_writing(conference, by, expected_revision)
    require_held(conference)
    row = Resolution(
        conference=conference,
        number=next_number(conference.resolutions),
        kind=kind,
        text_vi=text_vi,
        text_en=text_en,
        paragraph=paragraph,
        needs_assent=needs_assent,
        addressee_vi=addressee_vi,
        addressee_en=addressee_en,
        synthetic=conference.synthetic,
    )
    checked(row)
    row.save()
    touched(conference, at)
    record(action="conference.add_resolution", by=by, on=row, kind=kind)
    return row


@transaction.atomic
def give_assent(
    *,
    resolution: Resolution,
    by: User,
    answer: str = Answer.ASSENTS,
    reason: str = "",
    agency: Agency | None = None,
    at: datetime | None = None,
) -> Assent:
    """An agency assents or objects, by its own central secretariat or head. A later word is a new row, and counts.

    `agency` is needed only from whoever speaks for two of them.
    """
    conference = locked(resolution.conference)
    resolution = Resolution.objects.select_related("conference").get(pk=resolution.pk)
    unit = _speaks_for(by, agency)
    _require_open(conference, resolution)
    if answer not in Answer.values:
        raise Invalid({"answer": _("Write assents or objects.")})
    if answer == Answer.OBJECTS and not reason.strip():
        raise Invalid({"reason": _("An agency that objects says why.")}, code="required")
    said = resolution.assents.filter(agency=unit.agency).order_by("-number").first()
    if said is not None and said.answer == answer:
        raise Conflict(_("Your agency has said so already."), code="said_already")
    row = Assent(
        resolution=resolution,
        agency=unit.agency,
        number=said.number + 1 if said else 1,
        answer=answer,
        reason=reason.strip(),
        unit=unit,
        given_by=by,
        given_at=at or timezone.now(),
        synthetic=resolution.synthetic,
    )
    checked(row)
    row.save(force_insert=True)
    record(action="conference.assent", by=by, on=row, answer=answer)
    return row


def _speaks_for(by: User, agency: Agency | None) -> Unit:
    """The central unit in which the person speaks for the agency."""
    units = Unit.objects.filter(pk__in=by.units_with(Permission.CONFERENCE_ASSENT), level__in=SPEAKS)
    named = units.filter(agency=agency) if agency is not None else units
    found = list(named.select_related("agency").order_by("code"))
    if not found:
        raise NotPermitted
    if len({unit.agency_id for unit in found}) > 1:
        raise Invalid({"agency": _("You speak for more than one agency: say for which.")}, code="required")
    return found[0]


def _require_open(conference: Conference, resolution: Resolution) -> None:
    """Whether the resolution still waits for agencies' words."""
    if conference.status == ConferenceStatus.APPROVED:
        raise Conflict(_("The minutes are approved and final."), code="wrong_status")
    if not resolution.needs_assent:
        raise Conflict(_("This resolution needs no assent."), code="no_assent_needed")
    if resolution.not_adopted_reason:
        raise Conflict(_("This resolution was left as not adopted."), code="wrong_status")


@transaction.atomic
def set_aside_resolution(
    *, resolution: Resolution, by: User, reason: str, expected_revision: int | None = None, at: datetime | None = None
) -> Resolution:
    """The agencies do not agree: the resolution stays in the minutes as not adopted, with the reason."""
    conference = for_writing(resolution.conference, by, expected_revision)
    resolution = Resolution.objects.select_related("conference").get(pk=resolution.pk)
    _require_open(conference, resolution)
    if not reason.strip():
        raise Invalid({"reason": _("Give a reason: it is shown to those concerned and kept.")}, code="required")
    resolution.not_adopted_reason = reason.strip()
    resolution.save(update_fields=["not_adopted_reason"])
    touched(conference, at)
    record(action="conference.set_aside", by=by, on=resolution, purpose=reason)
    return resolution


def require_assents(conference: Conference) -> None:
    """Incomplete while a resolution waits for assent; names the agencies that are missing."""
    agencies = list(Agency.objects.order_by("protocol_order"))
    asked = conference.resolutions.filter(needs_assent=True).prefetch_related("assents").order_by("number")
    waiting = [r for r in asked if r.adoption(agencies) == Adoption.OPEN]
    if waiting:
        missing = "; ".join(f"{r.number}: {', '.join(a.code for a in r.missing(agencies))}" for r in waiting)
        raise Incomplete(
            _("Resolutions wait for the assent of agencies (%(missing)s).") % {"missing": missing}, code="assent_open"
        )


@transaction.atomic
def send_proposal(*, resolution: Resolution, by: User, sent_on: date) -> ProposalAnswer:
    """The proposal went to its addressee, also after the minutes were approved: it follows from them."""
    conference = locked(resolution.conference)
    require_writer(by, conference.host_agency_id)
    resolution = Resolution.objects.select_related("conference").get(pk=resolution.pk)
    if resolution.kind != ResolutionKind.PROPOSAL:
        raise Conflict(_("Only a proposal is sent and answered."), code="no_proposal")
    if not resolution.addressee_vi and conference.source_document_id is None:
        raise Incomplete(_("The proposal names no addressee."), code="no_addressee")
    if ProposalAnswer.objects.filter(resolution=resolution).exists():
        raise Conflict(_("This proposal was sent already."), code="sent_already")
    if sent_on > today():
        raise Invalid({"sent_on": _("That day is still to come.")})
    row = ProposalAnswer(resolution=resolution, sent_on=sent_on, synthetic=resolution.synthetic)
    checked(row)
    row.save(force_insert=True)
    record(action="conference.send_proposal", by=by, on=row, sent_on=str(sent_on))
    return row


@transaction.atomic
def answer_proposal(*, resolution: Resolution, by: User, text: str, answered_on: date) -> ProposalAnswer:
    """What the addressee answered, and on which day."""
    conference = locked(resolution.conference)
    require_writer(by, conference.host_agency_id)
    row = ProposalAnswer.objects.select_for_update(of=("self",)).filter(resolution=resolution).first()
    if row is None:
        raise Conflict(_("The proposal has not been sent yet."), code="not_sent")
    if row.answered_on is not None:
        raise Conflict(_("The answer stands already."), code="answered_already")
    if answered_on > today():
        raise Invalid({"answered_on": _("That day is still to come.")})
    row.text, row.answered_on = text.strip(), answered_on
    checked(row)
    row.save()
    record(action="conference.answer_proposal", by=by, on=row, answered_on=str(answered_on))
    return row
