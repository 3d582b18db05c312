"""Take an item back: the content is gone from every reading with the commit, and every holder answers for its copy."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from agencies.audit.log import record
from agencies.models import User
from registry.information import announcements
from registry.information.actions.writing import begin, touched
from registry.information.models import InformationItem
from registry.information.terms import DeliveryStatus


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
    item, move = begin(item, "recall", by, reason, expected_revision)
    moment = at or timezone.now()
    item.status = move.to
    item.recalled_at, item.recall_reason = moment, reason
    touched(item, at)
    held = []
    for delivery in item.deliveries.select_for_update().select_related("unit").order_by("pk"):
        delivery.status = DeliveryStatus.RECALLED
        delivery.recalled_at = moment
        delivery.revision += 1
        delivery.save()
        held.append(delivery.unit.code)
    acting = by.standing_in(move.permission, item.unit_id)
    record(action="item.recall", by=by, on=item, purpose=reason, recipients=held, **acting)
    announcements.recalled(item)
    return item
