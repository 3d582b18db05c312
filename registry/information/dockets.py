"""Writes to docket cards: register one, tell units of it, end it. One audited function each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Unit, User
from agencies.refusals import Invalid, NotPermitted, Stale
from agencies.roles import Permission
from registry.information.models import Docket, DocketRegister
from registry.information.terms import DocketLevel
from registry.information.workflow import DOCKET_MOVES
from registry.registers import next_number
from registry.workflow import Move, permission_for, step

CARD = (
    "level",
    "number",
    "dated_on",
    "issuer",
    "copy_number",
    "kept_at",
    "term_ends_on",
    "subject",
    "courier_receipt",
)
"""What is written on a card."""


def _next_reference(unit: Unit, moment: datetime) -> str:
    """`DOCKET-POLICE-2026-000001`."""
    agency, year = unit.agency, timezone.localtime(moment).year
    return f"DOCKET-{agency.code}-{year}-{next_number(DocketRegister, agency=agency, year=year):06d}"


def _checked(docket: Docket) -> None:
    """Say by field what the database would refuse."""
    faults: dict[str, Any] = {}
    try:
        docket.full_clean(exclude=["reference", "registered_by"])
    except ValidationError as fault:
        faults = {("number" if k == "__all__" else k): " ".join(v) for k, v in fault.message_dict.items()}
    if docket.level == DocketLevel.TUYET_MAT and docket.subject:
        faults.pop("number", None)
        faults["subject"] = _("Of a paper marked Tuyệt mật not even the subject is entered.")
    if faults:
        raise Invalid(faults)


@transaction.atomic
def create_docket(
    *, unit: Unit, by: User, card: Mapping[str, Any], at: datetime | None = None, synthetic: bool = False
) -> Docket:
    """Register a card for a paper the unit holds. `card` holds CARD fields; there is no content to hand over."""
    if not by.may(Permission.DOCKET_WRITE, unit.pk):
        raise NotPermitted
    unknown = set(card) - set(CARD)
    if unknown:
        raise Invalid(dict.fromkeys(sorted(unknown), _("A docket card has no such field: no content, no file.")))
    moment = at or timezone.now()
    docket = Docket(unit=unit, registered_by=by, created_at=moment, updated_at=moment, synthetic=synthetic, **card)
    _checked(docket)
    docket.reference = _next_reference(unit, moment)
    docket.save()
    record(action="docket.create", by=by, on=docket, level=docket.level)
    return docket


def _begin(docket: Docket, action: str, by: User, reason: str, expected_revision: int | None) -> tuple[Docket, Move]:
    """Lock, check the person, find the move."""
    docket = Docket.objects.select_for_update().get(pk=docket.pk)
    if expected_revision is not None and docket.revision != expected_revision:
        raise Stale
    if not by.may(permission_for(DOCKET_MOVES, action), docket.unit_id):
        raise NotPermitted
    return docket, step(DOCKET_MOVES, status=docket.status, action=action, reason=reason)


def _touched(docket: Docket) -> None:
    docket.revision += 1
    docket.updated_at = timezone.now()
    docket.save()


@transaction.atomic
def tell_docket(*, docket: Docket, units: Sequence[Unit], by: User, expected_revision: int | None = None) -> Docket:
    """Let units know that the paper exists and who holds it. What was told is not untold."""
    docket, move = _begin(docket, "tell", by, "", expected_revision)
    known = set(docket.told.values_list("pk", flat=True)) | {docket.unit_id}
    fresh = sorted({unit for unit in units if unit.pk not in known}, key=lambda unit: unit.code)
    if not fresh:
        raise Invalid({"units": _("Name at least one unit that does not know of it yet.")})
    docket.told.add(*fresh)
    _touched(docket)
    acting = by.standing_in(move.permission, docket.unit_id)
    record(action="docket.tell", by=by, on=docket, units=[unit.code for unit in fresh], **acting)
    return docket


@transaction.atomic
def end_docket(*, docket: Docket, action: str, reason: str, by: User, expected_revision: int | None = None) -> Docket:
    """The paper went back (`return`), was destroyed (`destroy`) or is secret no more (`declassify`)."""
    docket, move = _begin(docket, action, by, reason, expected_revision)
    docket.status = move.to
    docket.ended_at, docket.ended_by, docket.end_reason = timezone.now(), by, reason
    _touched(docket)
    acting = by.standing_in(move.permission, docket.unit_id)
    record(action=f"docket.{action}", by=by, on=docket, purpose=reason, **acting)
    return docket
