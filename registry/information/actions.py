"""Writes to items: draft, edit, submit, return, release, recall. One audited function each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Unit, User
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted, Stale
from agencies.roles import Permission
from registry.information import announcements
from registry.information.clock import receipt_due
from registry.information.models import Delivery, InformationItem, ItemVersion, ReferenceRegister
from registry.information.terms import DeliveryStatus, Secrecy, Status
from registry.information.workflow import MOVES
from registry.workflow import Move, permission_for, step

RELATIONS = ("places", "substances")
EDITABLE = frozenset(
    {
        "title",
        "body",
        "topic",
        "area",
        "places",
        "substances",
        "facts_from",
        "facts_to",
        "secrecy",
        "tlp",
        "no_judicial_use",
        "no_onward",
        "contact_before_action",
        "return_after_reading",
        "expires_on",
        "conditions",
        "source_grade",
        "information_grade",
        "urgency",
    }
)
"""What an author writes; everything else of an item is decided by moves."""


def _locked(item: InformationItem, expected_revision: int | None) -> InformationItem:
    """The item, locked; Stale when somebody was faster."""
    fresh = InformationItem.objects.select_for_update().get(pk=item.pk)
    if expected_revision is not None and fresh.revision != expected_revision:
        raise Stale
    return fresh


def _current(item: InformationItem) -> ItemVersion:
    """The current version, locked."""
    return ItemVersion.objects.select_for_update().filter(item=item).latest("number")


def _touched(item: InformationItem, at: datetime | None) -> None:
    item.revision += 1
    item.updated_at = at or timezone.now()
    item.save()


@transaction.atomic
def create_item(
    *,
    unit: Unit,
    by: User,
    content: Mapping[str, Any],
    recipients: Sequence[Unit] = (),
    at: datetime | None = None,
    synthetic: bool = False,
) -> InformationItem:
    """A draft of the unit. `content` holds EDITABLE fields; `at` is for imports and the demo only."""
    if not by.may(Permission.ITEM_DRAFT, unit.pk):
        raise NotPermitted
    moment = at or timezone.now()
    item = InformationItem(unit=unit, author=by, created_at=moment, updated_at=moment, synthetic=synthetic)
    item.save()
    version = ItemVersion(item=item, edited_by=by)
    _write(version, content)
    item.current = version
    item.save()
    _set_recipients(item, recipients)
    record(action="item.create", by=by, on=item, version=1)
    return item


@transaction.atomic
def edit_item(
    *,
    item: InformationItem,
    by: User,
    content: Mapping[str, Any],
    recipients: Sequence[Unit] | None = None,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> InformationItem:
    """Change a draft or a returned item. What is not named in `content` stays."""
    item = _locked(item, expected_revision)
    if not by.may(Permission.ITEM_DRAFT, item.unit_id):
        raise NotPermitted
    if item.status not in {Status.DRAFT, Status.RETURNED}:
        raise Conflict(
            _("Only a draft or a returned item can be edited; this one is “%s”.") % item.get_status_display(),
            code="wrong_status",
        )
    version = _current(item)
    version.edited_by = by
    changed = _write(version, content)
    if recipients is not None:
        _set_recipients(item, recipients)
        changed.append("recipients")
    _touched(item, at)
    record(action="item.edit", by=by, on=item, fields=sorted(changed))
    return item


def _write(version: ItemVersion, content: Mapping[str, Any]) -> list[str]:
    """Set and check the fields; returns the names of those set."""
    unknown = set(content) - EDITABLE
    if unknown:
        raise Invalid(dict.fromkeys(sorted(unknown), _("This cannot be edited.")))
    if content.get("secrecy", Secrecy.NONE) not in Secrecy.values:
        ceiling = _("State secrets may not be entered here. Register the paper where it lawfully lies.")
        raise Invalid({"secrecy": ceiling}, code="above_ceiling")
    for name, value in content.items():
        if name not in RELATIONS:
            setattr(version, name, value)
    try:
        version.full_clean(exclude=["item", "edited_by"], validate_unique=False)
    except ValidationError as fault:
        raise Invalid({k: " ".join(v) for k, v in fault.message_dict.items()}) from fault
    version.save()
    for name in RELATIONS:
        if name in content:
            getattr(version, name).set(content[name])
    return list(content)


def _set_recipients(item: InformationItem, recipients: Sequence[Unit]) -> None:
    """Note who shall get it. A unit does not deliver to itself."""
    if any(unit.pk == item.unit_id for unit in recipients):
        raise Invalid({"recipients": _("The originating unit has the item already. Name other units.")})
    item.recipients.set(recipients)


def _begin(
    item: InformationItem, action: str, by: User, reason: str, expected_revision: int | None
) -> tuple[InformationItem, Move]:
    """Lock, check the person, find the move."""
    item = _locked(item, expected_revision)
    if not by.may(permission_for(MOVES, action), item.unit_id):
        raise NotPermitted
    return item, step(MOVES, status=item.status, action=action, reason=reason)


@transaction.atomic
def submit_item(
    *, item: InformationItem, by: User, expected_revision: int | None = None, at: datetime | None = None
) -> InformationItem:
    """Hand a draft to the head for release."""
    item, move = _begin(item, "submit", by, "", expected_revision)
    item.status = move.to
    _touched(item, at)
    record(action="item.submit", by=by, on=item)
    announcements.submitted(item)
    return item


@transaction.atomic
def return_item(
    *,
    item: InformationItem,
    by: User,
    reason: str,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> InformationItem:
    """Send it back to the author with a reason."""
    item, move = _begin(item, "return", by, reason, expected_revision)
    item.status = move.to
    item.return_reason = reason
    _touched(item, at)
    record(action="item.return", by=by, on=item, purpose=reason)
    announcements.returned(item)
    return item


@transaction.atomic
def release_item(
    *,
    item: InformationItem,
    by: User,
    recipients: Sequence[Unit] | None = None,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> InformationItem:
    """Give the item its number and deliver it. Four eyes: neither author nor last editor releases.

    `recipients` replaces those noted on the draft. Nobody to send to is refused: sharing fails closed.
    """
    item, move = _begin(item, "release", by, "", expected_revision)
    version = _current(item)
    if by.pk in {item.author_id, version.edited_by_id}:
        raise NotPermitted(_("Whoever wrote or edited an item does not release it."), code="four_eyes")
    if recipients is not None:
        _set_recipients(item, recipients)
    units = list(item.recipients.order_by("code"))
    _require_releasable(version, units)
    moment = at or timezone.now()
    version.released_at = moment
    version.save()
    item.reference = _next_reference(item, moment)
    item.status = move.to
    item.released_at, item.released_by = moment, by
    _touched(item, at)
    for unit in units:
        _deliver(item, version, unit, moment)
    record(action="item.release", by=by, on=item, version=version.number, recipients=[u.code for u in units])
    announcements.released(item)
    return item


def _require_releasable(version: ItemVersion, units: Sequence[Unit]) -> None:
    if not units:
        raise Incomplete(_("Nobody would receive this item. Name at least one recipient unit."), code="no_recipients")
    if not version.source_grade or not version.information_grade:
        raise Incomplete(_("Grade both the source (A-F) and the information (1-6) first."), code="not_graded")


def _next_reference(item: InformationItem, moment: datetime) -> str:
    """`POLICE-2024-000152`: the register of the agency and year, locked until the release commits."""
    agency, year = item.unit.agency, timezone.localtime(moment).year
    ReferenceRegister.objects.get_or_create(agency=agency, year=year)
    register = ReferenceRegister.objects.select_for_update().get(agency=agency, year=year)
    register.last += 1
    register.save()
    return f"{agency.code}-{year}-{register.last:06d}"


def _deliver(item: InformationItem, version: ItemVersion, unit: Unit, moment: datetime) -> None:
    delivery = Delivery(
        item=item,
        version=version,
        unit=unit,
        delivered_at=moment,
        due_at=receipt_due(urgency=version.urgency, start=moment),
        synthetic=item.synthetic,
    )
    delivery.save()


@transaction.atomic
def recall_item(
    *,
    item: InformationItem,
    by: User,
    reason: str,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> InformationItem:
    """Take the item back: recipients lose the content with this commit and keep number, date and reason."""
    item, move = _begin(item, "recall", by, reason, expected_revision)
    moment = at or timezone.now()
    item.status = move.to
    item.recalled_at, item.recall_reason = moment, reason
    _touched(item, at)
    held = []
    for delivery in item.deliveries.select_for_update().order_by("pk"):
        delivery.status = DeliveryStatus.RECALLED
        delivery.recalled_at = moment
        delivery.revision += 1
        delivery.save()
        held.append(delivery.unit.code)
    record(action="item.recall", by=by, on=item, purpose=reason, recipients=held)
    announcements.recalled(item)
    return item
