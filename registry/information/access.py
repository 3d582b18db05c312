"""Keeps the access rows in step with the tree of units. See docs/adr/0012-access-rows.md."""

from django.db import connection

from agencies.models import today, tree_holds


def rebuild_access() -> int:
    """Work out the tree of units as of today, and the access rows of every item it concerns; how many items.

    Only what differs is written. Readers are never wrong meanwhile: they ask the items themselves until this commits.
    Nothing is added to the audit log: the rows say nothing that items, deliveries and placements do not say.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT information_rebuild_access(%s)", [today()])
        return int(cursor.fetchone()[0])


def keep_access() -> bool:
    """Rebuild if units were placed or a placement began; say whether it was needed."""
    if tree_holds():
        return False
    rebuild_access()
    return True
