"""Writes to what is not released yet: draft, edit, submit, return. One audited function each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Unit, User
from agencies.refusals import Conflict, NotPermitted
from agencies.roles import Permission
from registry.information import announcements
from registry.information.actions.writing import begin, latest, locked, set_recipients, touched, write
from registry.information.models import InformationItem, ItemVersion
from registry.information.terms import Status


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
    version = ItemVersion(item=item)
    write(version, content, by)
    item.current = version
    item.save()
    set_recipients(item, recipients)
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
    item = locked(item, expected_revision)
    if not by.may(Permission.ITEM_DRAFT, item.unit_id):
        raise NotPermitted
    if item.status not in {Status.DRAFT, Status.RETURNED}:
        raise Conflict(
            _("Only a draft or a returned item can be edited; this one is “%s”.") % item.get_status_display(),
            code="wrong_status",
        )
    changed = write(latest(item), content, by)
    if recipients is not None:
        set_recipients(item, recipients)
        changed.append("recipients")
    touched(item, at)
    record(action="item.edit", by=by, on=item, fields=sorted(changed))
    return item


@transaction.atomic
def submit_item(
    *, item: InformationItem, by: User, expected_revision: int | None = None, at: datetime | None = None
) -> InformationItem:
    """Hand a draft to the head for release."""
    item, move = begin(item, "submit", by, "", expected_revision)
    item.status = move.to
    touched(item, at)
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
    item, move = begin(item, "return", by, reason, expected_revision)
    item.status = move.to
    item.return_reason = reason
    touched(item, at)
    record(action="item.return", by=by, on=item, purpose=reason, **by.standing_in(move.permission, item.unit_id))
    announcements.returned(item)
    return item
