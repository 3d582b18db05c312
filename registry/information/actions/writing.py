"""What every write to an item shares: the lock, the content, the recipients, the move."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Unit, User
from agencies.refusals import Invalid, NotPermitted, Stale
from registry.ceiling import storable
from registry.information.marks import refuse_marks
from registry.information.models import InformationItem, ItemVersion
from registry.information.workflow import MOVES
from registry.workflow import Move, permission_for, step

RELATIONS = ("places", "substances", "sources")
EDITABLE = frozenset(
    {
        "title",
        "body",
        "topic",
        "area",
        "places",
        "substances",
        "sources",
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
        "show_recipients",
        "source_grade",
        "information_grade",
        "urgency",
    }
)
"""What an author writes; everything else of an item is decided by moves."""


def locked(item: InformationItem, expected_revision: int | None) -> InformationItem:
    """The item, locked; Stale when somebody was faster."""
    fresh = InformationItem.objects.select_for_update().get(pk=item.pk)
    if expected_revision is not None and fresh.revision != expected_revision:
        raise Stale
    return fresh


def begin(
    item: InformationItem, action: str, by: User, reason: str, expected_revision: int | None
) -> tuple[InformationItem, Move]:
    """Lock, check the person, find the move."""
    item = locked(item, expected_revision)
    if not by.may(permission_for(MOVES, action), item.unit_id):
        raise NotPermitted
    return item, step(MOVES, status=item.status, action=action, reason=reason)


def latest(item: InformationItem) -> ItemVersion:
    """The newest version, locked: the draft, or a correction that waits, or what was released last."""
    return ItemVersion.objects.select_for_update().filter(item=item).latest("number")


def touched(item: InformationItem, at: datetime | None) -> None:
    """Save the item as a new revision."""
    item.revision += 1
    item.updated_at = at or timezone.now()
    item.save()


def write(version: ItemVersion, content: Mapping[str, Any], by: User) -> list[str]:
    """Set and check the fields; returns the names of those set. Whoever writes is an editor from now on."""
    unknown = set(content) - EDITABLE
    if unknown:
        raise Invalid(dict.fromkeys(sorted(unknown), _("This cannot be edited.")))
    refuse_marks(content)
    _refuse_unseen(content.get("sources", ()), by)
    version.edited_by = by
    for name, value in content.items():
        if name not in RELATIONS:
            setattr(version, name, value)
    if version.secrecy not in storable():
        raise Invalid(
            {"secrecy": _("This is above the secrecy ceiling. Register a docket card.")}, code="above_ceiling"
        )
    try:
        version.full_clean(exclude=["item", "edited_by"], validate_unique=False)
    except ValidationError as fault:
        raise Invalid({k: " ".join(v) for k, v in fault.message_dict.items()}) from fault
    version.save()
    for name in RELATIONS:
        if name in content:
            getattr(version, name).set(content[name])
    version.editors.add(by)
    return list(content)


def _refuse_unseen(sources: Sequence[InformationItem], by: User) -> None:
    """An item is based on what its writer sees: anything else does not exist for them."""
    asked = {source.pk for source in sources}
    if InformationItem.objects.visible_to(by).filter(pk__in=asked).count() != len(asked):
        raise Invalid({"sources": _("One of these items does not exist, or you may not see it.")})


def set_recipients(item: InformationItem, recipients: Sequence[Unit]) -> None:
    """Note who shall get it. A unit does not deliver to itself."""
    refuse_self(item, recipients)
    item.recipients.set(recipients)


def refuse_self(item: InformationItem, recipients: Sequence[Unit]) -> None:
    """Invalid when the originator stands among the recipients."""
    if any(unit.pk == item.unit_id for unit in recipients):
        raise Invalid({"recipients": _("The originating unit has the item already. Name other units.")})


def require_other_eyes(item: InformationItem, version: ItemVersion, by: User) -> None:
    """Whoever wrote any of it, the author or an editor, does not release it."""
    if by.pk == item.author_id or version.editors.filter(pk=by.pk).exists():
        raise NotPermitted(_("Whoever wrote or edited an item does not release it."), code="four_eyes")
