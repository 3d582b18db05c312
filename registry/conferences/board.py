"""The status board: how each agency stands with what conferences asked of it."""

from typing import Any

from django.db.models import Count, Min, Q

from agencies.models import Agency, today
from agencies.visibility import Reader
from registry.conferences.models import ActionItem
from registry.conferences.terms import ActionStatus


def board(reader: Reader) -> list[dict[str, Any]]:
    """A row for each agency in protocol order, and one without a code for what nobody was named for. One query each."""
    is_open = Q(status=ActionStatus.OPEN)
    counts: Any = (
        ActionItem.objects.visible_to(reader)
        .order_by()
        .values("assignee_agency")
        .annotate(
            open=Count("pk", filter=is_open),
            overdue=Count("pk", filter=is_open & Q(due_on__lt=today())),
            done=Count("pk", filter=Q(status=ActionStatus.DONE)),
            dropped=Count("pk", filter=Q(status=ActionStatus.DROPPED)),
            next_due_on=Min("due_on", filter=is_open & Q(due_on__gte=today())),
        )
    )
    found = {row.pop("assignee_agency"): row for row in counts}
    none = {"open": 0, "overdue": 0, "done": 0, "dropped": 0, "next_due_on": None}
    agencies = Agency.objects.visible_to(reader).order_by("protocol_order")
    rows = [{"agency": agency.code, **found.get(agency.pk, none)} for agency in agencies]
    return [*rows, {"agency": None, **found[None]}] if None in found else rows
