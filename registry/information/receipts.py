"""What recipients do with a delivery: open, acknowledge, assign, evaluate, use. One audited function each."""

import contextlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Membership, User, today
from agencies.refusals import Invalid, NotPermitted, Stale
from agencies.roles import Permission
from registry.information import announcements
from registry.information.models import Delivery, Evaluation, InformationItem
from registry.information.terms import DeliveryStatus, InformationGrade, SourceGrade, Usefulness
from registry.information.workflow import DELIVERY_MOVES
from registry.workflow import Move, TransitionError, permission_for, step


def _begin(delivery: Delivery, action: str, by: User, expected_revision: int | None) -> tuple[Delivery, Move]:
    """Lock the item, then the delivery (the order of a recall), find the move, check the person."""
    InformationItem.objects.select_for_update().get(pk=delivery.item_id)
    fresh = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if expected_revision is not None and fresh.revision != expected_revision:
        raise Stale
    if not by.may(permission_for(DELIVERY_MOVES, action), fresh.unit_id):
        raise NotPermitted
    return fresh, step(DELIVERY_MOVES, status=fresh.status, action=action)


def _save(delivery: Delivery, move: Move) -> None:
    delivery.status = move.to
    delivery.revision += 1
    delivery.save()


@transaction.atomic
def open_delivery(*, delivery: Delivery, by: User, at: datetime | None = None) -> Delivery:
    """Somebody of the recipient unit has opened the item for the first time."""
    delivery, move = _begin(delivery, "open", by, None)
    delivery.opened_at, delivery.opened_by = at or timezone.now(), by
    _save(delivery, move)
    record(action="delivery.open", by=by, on=delivery)
    return delivery


def note_opening(*, item: InformationItem, by: User) -> None:
    """Mark the deliveries of the item to the reader's very units as opened, where they were not.

    Reading is no claim: when another reader or a recall was faster, nothing is left to note.
    """
    units = {m.unit_id for m in by.current_memberships} & by.units_with(Permission.ITEM_READ_DELIVERED)
    for delivery in item.deliveries.filter(unit_id__in=units, status=DeliveryStatus.DELIVERED):
        with contextlib.suppress(TransitionError):
            open_delivery(delivery=delivery, by=by)


@transaction.atomic
def acknowledge_delivery(
    *, delivery: Delivery, by: User, expected_revision: int | None = None, at: datetime | None = None
) -> Delivery:
    """The unit confirms that it has the item. Stops the receipt clock."""
    delivery, move = _begin(delivery, "acknowledge", by, expected_revision)
    moment = at or timezone.now()
    if delivery.opened_at is None:
        delivery.opened_at, delivery.opened_by = moment, by
    delivery.acknowledged_at, delivery.acknowledged_by = moment, by
    _save(delivery, move)
    record(action="delivery.acknowledge", by=by, on=delivery)
    return delivery


@transaction.atomic
def assign_delivery(*, delivery: Delivery, username: str, by: User, expected_revision: int | None = None) -> Delivery:
    """Give the work on a delivery to somebody of the recipient unit."""
    InformationItem.objects.select_for_update().get(pk=delivery.item_id)
    fresh = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if expected_revision is not None and fresh.revision != expected_revision:
        raise Stale
    if not by.may(Permission.DELIVERY_HANDLE, fresh.unit_id):
        raise NotPermitted
    if fresh.status == DeliveryStatus.RECALLED:
        raise TransitionError(_("A recalled delivery is no longer worked on."))
    held = Membership.objects.as_of(today()).filter(user__username=username, unit_id=fresh.unit_id)
    membership = held.select_related("user").first()
    if membership is None:
        raise Invalid({"to": _("Nobody of this username holds a role in the recipient unit.")})
    fresh.assigned_to = membership.user
    fresh.revision += 1
    fresh.save()
    record(action="delivery.assign", by=by, on=fresh, to=username)
    return fresh


@transaction.atomic
def evaluate_delivery(
    *,
    delivery: Delivery,
    by: User,
    usefulness: str,
    source_grade: str = "",
    information_grade: str = "",
    note: str = "",
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Delivery:
    """Say what the item was worth to the unit."""
    delivery, move = _begin(delivery, "evaluate", by, expected_revision)
    _check_codes(usefulness, source_grade, information_grade)
    evaluation = Evaluation(
        delivery=delivery,
        usefulness=usefulness,
        source_grade=source_grade,
        information_grade=information_grade,
        note=note,
        evaluated_by=by,
        evaluated_at=at or timezone.now(),
        synthetic=delivery.synthetic,
    )
    evaluation.save()
    _save(delivery, move)
    record(action="delivery.evaluate", by=by, on=delivery, usefulness=usefulness)
    announcements.evaluated(evaluation)
    return delivery


def _check_codes(usefulness: str, source_grade: str, information_grade: str) -> None:
    faults = {}
    if usefulness not in Usefulness.values:
        faults["usefulness"] = _("Choose one of: %s.") % ", ".join(Usefulness.values)
    if source_grade and source_grade not in SourceGrade.values:
        faults["source_grade"] = _("Choose one of: %s.") % ", ".join(SourceGrade.values)
    if information_grade and information_grade not in InformationGrade.values:
        faults["information_grade"] = _("Choose one of: %s.") % ", ".join(InformationGrade.values)
    if faults:
        raise Invalid(faults)


@transaction.atomic
def use_delivery(*, delivery: Delivery, by: User, at: datetime | None = None) -> Delivery:
    """The unit used the item in a case. Which case, only those who see the case learn."""
    delivery, move = _begin(delivery, "use", by, None)
    _save(delivery, move)
    record(action="delivery.use", by=by, on=delivery)
    return delivery
