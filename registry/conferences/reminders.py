"""Reminders of action items: some days before the day they are due, and when it has passed.

The secretariat and the heads of the assigned unit, or of the agency's central unit where none is named. Each step is
told once to each person, by reference and page alone; an item that gets another day is told of anew.
"""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from agencies.addressees import people_with
from agencies.models import User, central_unit, today
from agencies.roles import Permission
from registry.conferences.models import ActionItem
from registry.conferences.terms import ActionStatus
from registry.notices.announcing import notify
from registry.notices.terms import NoticeKind

BEFORE = timedelta(days=7)
"""So long before its day an item is due soon."""

LONG_PASSED = timedelta(days=30)
"""After that nobody is told any more: the status board still tells."""


def remind_action_items(*, on: date | None = None) -> int:
    """Tell of open items around their day; returns how many notices were made."""
    day = on or today()
    due = ActionItem.objects.filter(
        status=ActionStatus.OPEN, due_on__gte=day - LONG_PASSED, due_on__lte=day + BEFORE, assignee_agency__isnull=False
    )
    return sum(_remind(pk, day) for pk in due.order_by("due_on", "pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: UUID, day: date) -> int:
    """One item, if it is open still."""
    related = ("conference", "assignee_agency", "assignee_unit")
    item = ActionItem.objects.select_related(*related).get(pk=pk)
    unit = item.assignee_unit
    if unit is None and item.assignee_agency is not None:
        unit = central_unit(item.assignee_agency)
    if unit is None or item.due_on is None or item.status != ActionStatus.OPEN:
        return 0
    step = NoticeKind.ACTION_OVERDUE if item.due_on < day else NoticeKind.ACTION_DUE_SOON
    people: dict[UUID, User] = {}
    for permission in (Permission.CONFERENCE_WRITE, Permission.CONFERENCE_ASSENT):
        people |= {person.pk: person for person in people_with(permission, unit)}
    told = notify(
        kind=step,
        to=people.values(),
        reference=f"{item.conference.code}-{item.number}",
        path=f"/admin/conferences/actionitem/{item.pk}/change/",
        key=f"action_item:{item.pk}:{item.due_on}:{step}",
        unit=unit,
    )
    return len(told)
