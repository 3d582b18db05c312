"""Correct what was released: a new version with a reason, released by other eyes, sent to all who have the item."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import User
from agencies.refusals import Conflict, Invalid, NotPermitted
from agencies.roles import Permission
from registry.information import announcements
from registry.information.actions.release import (
    approve,
    recipients_of,
    require_approved,
    require_releasable,
)
from registry.information.actions.writing import EDITABLE, RELATIONS, locked, require_other_eyes, touched, write
from registry.information.clock import receipt_due
from registry.information.differences import differences
from registry.information.inheritance import require_inherited
from registry.information.manifests import carry_over
from registry.information.models import CorrectionReceipt, Delivery, InformationItem, ItemVersion
from registry.information.terms import Status


def open_correction(item: InformationItem) -> ItemVersion | None:
    """The correction that waits for its release."""
    return (
        item.versions.filter(released_at__isnull=True, withdrawn_at__isnull=True, number__gt=1).first()
        if item.released_at is not None
        else None
    )


def _begin(item: InformationItem, by: User, permission: Permission, expected_revision: int | None) -> InformationItem:
    item = locked(item, expected_revision)
    if not by.may(permission, item.unit_id):
        raise NotPermitted
    if item.status != Status.RELEASED:
        raise Conflict(
            _("Only a released item is corrected; this one is “%s”.") % item.get_status_display(), code="wrong_status"
        )
    return item


def _waiting(item: InformationItem) -> ItemVersion:
    version = open_correction(item)
    if version is None:
        raise Conflict(_("No correction of this item waits for its release."), code="no_correction")
    return ItemVersion.objects.select_for_update().get(pk=version.pk)


@transaction.atomic
def correct_item(
    *,
    item: InformationItem,
    by: User,
    content: Mapping[str, Any],
    reason: str,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> InformationItem:
    """Write a correction, or write on at the one that waits. Recipients go on reading what was released.

    It may begin without a difference: files are changed on it. Released it must differ.
    """
    item = _begin(item, by, Permission.ITEM_DRAFT, expected_revision)
    if not reason.strip():
        raise Invalid({"reason": _("Say why it is corrected: recipients read it.")}, code="required")
    standing: ItemVersion = item.current  # type: ignore[assignment]
    waiting = open_correction(item)
    version = waiting or ItemVersion(item=item, number=_next_number(item))
    start = {} if waiting else {name: _value(standing, name) for name in EDITABLE}
    version.reason = reason.strip()
    write(version, {**start, **content}, by)
    if waiting is None:
        carry_over(from_version=standing, to_version=version)
    changed = [difference.field for difference in differences(standing, version)]
    touched(item, at)
    record(action="item.correct", by=by, on=item, purpose=version.reason, version=version.number, fields=changed)
    return item


def _next_number(item: InformationItem) -> int:
    last: int = item.versions.aggregate(last=Max("number"))["last"]
    return last + 1


def _value(version: ItemVersion, name: str) -> Any:
    return list(getattr(version, name).all()) if name in RELATIONS else getattr(version, name)


@transaction.atomic
def withdraw_correction(
    *, item: InformationItem, by: User, expected_revision: int | None = None, at: datetime | None = None
) -> InformationItem:
    """Give up the correction that waits. What was released stands."""
    item = locked(item, expected_revision)
    if not (by.may(Permission.ITEM_DRAFT, item.unit_id) or by.may(Permission.ITEM_RELEASE, item.unit_id)):
        raise NotPermitted
    version = _waiting(item)
    version.withdrawn_at = at or timezone.now()
    version.save()
    touched(item, at)
    record(action="item.withdraw_correction", by=by, on=item, version=version.number)
    return item


@transaction.atomic
def release_correction(
    *,
    item: InformationItem,
    by: User,
    preview: str,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> InformationItem:
    """Put the correction in the place of what was released, for everybody who has the item. Four eyes, as at first."""
    item = _begin(item, by, Permission.ITEM_RELEASE, expected_revision)
    version = _waiting(item)
    require_other_eyes(item, version, by)
    if not differences(item.current, version):  # type: ignore[arg-type]
        text = _("Nothing differs from what was released. Change a field or a file, or give the correction up.")
        raise Conflict(text, code="unchanged")
    units = recipients_of(item)
    require_releasable(version, units)
    require_approved(item, version, units, preview)
    moment = at or timezone.now()
    require_inherited(item, version, units, moment)
    approve(version, by, preview, moment)
    item.current = version
    due = receipt_due(urgency=version.urgency, start=moment)
    touched(item, at)
    for delivery in Delivery.objects.filter(item=item).standing().order_by("pk"):
        CorrectionReceipt(delivery=delivery, version=version, sent_at=moment, due_at=due).save()
    record(
        action="item.release_correction",
        by=by,
        on=item,
        purpose=version.reason,
        version=version.number,
        recipients=[unit.code for unit in units],
        preview=preview,
        **by.standing_in(Permission.ITEM_RELEASE, item.unit_id),
    )
    announcements.corrected(item, version=version.number)
    return item
