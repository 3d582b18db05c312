"""What every write to a request checks: whose move it is, whether somebody was faster, which items may be named."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import User, units_below
from agencies.refusals import Invalid, NotPermitted, Stale
from registry.information.models import Delivery, InformationItem
from registry.information.terms import Secrecy, Status
from registry.requests.models import InformationRequest
from registry.requests.workflow import ASKING, MOVES
from registry.workflow import Move, permission_for, step

EDITABLE = (
    "addressee",
    "subject",
    "question",
    "purpose",
    "commitment",
    "topic",
    "item",
    "urgency",
    "due_at",
    "secrecy",
    "tlp",
)
"""What the author writes; everything else of a request is decided by moves."""


def locked(request: InformationRequest, expected_revision: int | None) -> InformationRequest:
    """The request, locked; Stale when somebody was faster."""
    fresh = InformationRequest.objects.select_for_update().get(pk=request.pk)
    if expected_revision is not None and fresh.revision != expected_revision:
        raise Stale
    return fresh


def begin(
    request: InformationRequest, action: str, by: User, reason: str, expected_revision: int | None
) -> tuple[InformationRequest, Move]:
    """Lock, check that the move is of the person's unit and theirs, find it in the table."""
    request = locked(request, expected_revision)
    side = request.unit_id if action in ASKING else request.addressee_id
    if not by.may(permission_for(MOVES, action), side):
        raise NotPermitted
    return request, step(MOVES, status=request.status, action=action, reason=reason)


def touched(request: InformationRequest, at: datetime | None) -> None:
    """Save with a new revision."""
    request.revision += 1
    request.updated_at = at or timezone.now()
    request.save()


def unknown_item(field: str) -> Invalid:
    """One answer for every item that may not be named, whatever the cause."""
    text = _("No such item that one of the two units gave the other.")
    return Invalid({field: text}, code="unknown_item")


def between(item: InformationItem, request: InformationRequest) -> bool:
    """Whether one of the two units (or one below it) gave the released item to the other.

    An item of a third unit is never named between them: whether it reached the other is not theirs to learn.
    """
    if item.status != Status.RELEASED:
        return False
    sides = units_below({request.unit_id}), units_below({request.addressee_id})
    givers = [n for n in (0, 1) if item.unit_id in sides[n]]
    held = Delivery.objects.standing().filter(item=item)
    return any(held.filter(unit_id__in=sides[1 - n]).exists() for n in givers)


def write(request: InformationRequest, content: Mapping[str, Any], by: User, at: datetime) -> list[str]:
    """Set and check the fields, naming every fault at once; returns the names of those set."""
    faults: dict[str, Any] = dict.fromkeys(sorted(set(content) - set(EDITABLE)), _("This cannot be edited."))
    if content.get("secrecy", Secrecy.NONE) not in Secrecy.values:
        faults["secrecy"] = _("State secrets may not be entered here. Register the paper where it lawfully lies.")
    for name in EDITABLE:
        if name in content:
            setattr(request, name, content[name])
    try:
        request.full_clean(exclude=["unit", "author", "edited_by", "secrecy"], validate_constraints=False)
    except ValidationError as fault:
        faults |= {name: " ".join(texts) for name, texts in fault.message_dict.items()}
    faults |= _faults(request, at)
    if faults:
        code = "above_ceiling" if set(faults) == {"secrecy"} else None
        raise Invalid(faults, code=code)
    item = request.item
    if item is not None and {"item", "addressee"} & set(content):
        seen = InformationItem.objects.visible_to(by).filter(pk=item.pk).exists()
        if not seen or not between(item, request):
            raise unknown_item("item")
    return sorted(content)


def _faults(request: InformationRequest, at: datetime) -> dict[str, Any]:
    """Rules over several fields."""
    faults: dict[str, Any] = {}
    if request.addressee_id is not None and request.addressee.agency_id == request.unit.agency_id:
        faults["addressee"] = _("Name a unit of another agency; inside one agency no request is needed.")
    if request.due_at is not None and request.due_at <= at:
        faults["due_at"] = _("The deadline has passed. Name a later one, or leave it to the urgency.")
    return faults
