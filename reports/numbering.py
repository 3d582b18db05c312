"""Gives an official paper the next number of its agency's register."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Unit, User
from agencies.refusals import Invalid
from agencies.refusals import Text as Message
from registry.registers import next_number
from reports.document import Text
from reports.models import PaperRegister, RegisteredPaper
from reports.terms import CODES, PaperKind


@transaction.atomic
def register_paper(
    *,
    unit: Unit,
    kind: str,
    subject: Text,
    signed_on: date,
    office: Text,
    signer: str,
    by: User,
    at: datetime | None = None,
    to_all: bool = False,
    synthetic: bool = False,
) -> RegisteredPaper:
    """The entry with the next number of the unit's agency in the year of `signed_on`.

    Part of a larger act, which says who may do it and stores the paper in the same transaction. Until the commit the
    register is locked. `to_all`: the paper went to all agencies, so all of their readers see the entry.
    """
    moment = at or timezone.now()
    if faults := paper_faults(kind, subject, signed_on, office, signer, timezone.localdate(moment)):
        raise Invalid(faults)
    paper = RegisteredPaper(
        **_numbered(unit, kind, signed_on),
        **_worded(subject=subject, office=office),
        signer=signer.strip(),
        to_all=to_all,
        registered_by=by,
        created_at=moment,
        synthetic=synthetic,
    )
    paper.save(force_insert=True)
    record(action="paper.register", by=by, on=paper, kind=kind)
    return paper


def _numbered(unit: Unit, kind: str, signed_on: date) -> dict[str, Any]:
    """The next number of the register, its symbol, and what both follow from. Locks the register."""
    return {
        "agency": unit.agency,
        "unit": unit,
        "kind": kind,
        "signed_on": signed_on,
        "year": signed_on.year,
        "number": next_number(PaperRegister, agency=unit.agency, year=signed_on.year),
        "symbol": f"{CODES[PaperKind(kind)]}-{unit.code}",
    }


def _worded(**texts: Text) -> dict[str, str]:
    """Both wordings of each field."""
    vi = {f"{name}_vi": text.vi.strip() for name, text in texts.items()}
    return vi | {f"{name}_en": text.en.strip() for name, text in texts.items()}


def paper_faults(kind: str, subject: Text, signed_on: date, office: Text, signer: str, day: date) -> dict[str, Message]:
    """Every fault of an entry, by field."""
    faults: dict[str, Message] = {}
    if kind not in PaperKind.values:
        faults["kind"] = _("Choose one of: %s.") % ", ".join(PaperKind.values)
    if not subject.vi.strip():
        faults["subject"] = _("Say in Vietnamese what the paper is about.")
    if signed_on > day:
        faults["signed_on"] = _("That day is still to come.")
    if not office.vi.strip():
        faults["office"] = _("Give the office of whoever signs, in Vietnamese.")
    if not signer.strip():
        faults["signer"] = _("Give the name of whoever signs.")
    return faults
