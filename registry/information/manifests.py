"""The files of a version: what a release delivers of them, and how a correction takes them over."""

from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects

from registry.information.models import Attachment, ItemVersion


@transaction.atomic
def carry_over(*, from_version: ItemVersion, to_version: ItemVersion) -> list[Attachment]:
    """The files of a version on a correction of it, still a draft: same bytes, names, numbers and handling.

    Called by the action that makes the correction, whose audit event speaks for it.
    """
    made: list[Attachment] = []
    for old in Attachment.objects.filter(version=from_version).standing().order_by("number"):
        copied = ("item_id", "stored_id", "name", "no_onward", "no_judicial_use", "originator_only")
        copy = Attachment(version=to_version, number=len(made) + 1, added_by_id=old.added_by_id, added_at=old.added_at)
        for field in copied:
            setattr(copy, field, getattr(old, field))
        copy.save()
        made.append(copy)
    return made


def manifest(version: ItemVersion) -> list[dict[str, Any]]:
    """What a release would deliver of files, and what it would keep back: plain values in a fixed order."""
    # What a list has prefetched for all of its versions is not asked for again.
    rows = sorted((row for row in version.attachments.all() if row.removed_at is None), key=lambda row: row.number)
    prefetch_related_objects(rows, "stored")
    return [
        {
            "number": row.number,
            "name": row.name,
            "sha256": row.stored.sha256,
            "size": row.stored.size,
            "type": row.stored.media_type,
            "scan": row.stored.scan,
            "handling": {
                "no_onward": row.no_onward,
                "no_judicial_use": row.no_judicial_use,
                "originator_only": row.originator_only,
            },
        }
        for row in rows
    ]
