"""Reminders of receipts: a quarter of the clock before its end, at its end, one working day after it.

First the focal points of the recipient, then they and whoever works on the delivery, then the unit's heads. Each step
is told once to each person; a step that has long passed (the worker stood still, an import) is not told any more.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from agencies.addressees import people_with
from agencies.roles import Permission
from registry.information.announcements import tell_recipient
from registry.information.models import Delivery
from registry.information.receipt_states import RECEIPTS, Receipt
from registry.notices.models import Notice
from registry.notices.terms import NoticeKind
from registry.reference.calendar import WorkingCalendar, add_working_time, load_calendar

LONG_PASSED = timedelta(days=14)
"""Longer than one working day over any holiday."""

LONGEST_NOTICE = timedelta(days=7)
"""More than a quarter of any clock."""


def remind(*, now: datetime | None = None) -> int:
    """Tell of every step that is due; returns how many were told. Called again it tells nothing twice."""
    moment = now or timezone.now()
    calendar = load_calendar(since=moment - 2 * LONG_PASSED)
    span = (moment - LONG_PASSED, moment + LONGEST_NOTICE)
    pending = Delivery.objects.filter(RECEIPTS[Receipt.PENDING], due_at__range=span)
    due = {f"delivery:{d.pk}:{step}": (d, step) for d in pending.order_by("pk") for step in steps(d, calendar, moment)}
    told = set(Notice.objects.filter(key__in=due).values_list("key", flat=True))
    return sum(_remind(delivery.pk, step) for key, (delivery, step) in due.items() if key not in told)


def steps(delivery: Delivery, calendar: WorkingCalendar, now: datetime) -> tuple[str, ...]:
    """The steps whose time has come. What is overdue is no longer due soon."""
    due = delivery.due_at
    if now >= add_working_time(due, calendar=calendar, working_days=1):
        return ("overdue", "to_head")
    if now >= due:
        return ("overdue",)
    return ("due_soon",) if now >= due - (due - delivery.delivered_at) / 4 else ()


@transaction.atomic
def _remind(pk: UUID, step: str) -> int:
    """One step of one delivery, locked so that a receipt given just now is seen."""
    lock = Delivery.objects.select_for_update(of=("self",)).filter(RECEIPTS[Receipt.PENDING], pk=pk)
    delivery = lock.select_related("item", "version", "unit", "assigned_to").first()
    if delivery is None:
        return 0
    if step == "to_head":
        heads = people_with(Permission.ITEM_RELEASE, delivery.unit)
        return tell_recipient(delivery, NoticeKind.RECEIPT_OVERDUE, heads, step)
    people = list(people_with(Permission.DELIVERY_HANDLE, delivery.unit))
    if step == "overdue" and delivery.assigned_to is not None:
        people.append(delivery.assigned_to)
    kind = NoticeKind.RECEIPT_OVERDUE if step == "overdue" else NoticeKind.RECEIPT_DUE_SOON
    return tell_recipient(delivery, kind, people, step)
