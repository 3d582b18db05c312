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
from registry.information.models import CorrectionReceipt, Delivery, Evaluation, InformationItem, RecallReceipt
from registry.information.terms import DeliveryStatus, Disposal, InformationGrade, SourceGrade, Usefulness
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


def _handled(delivery: Delivery, by: User, expected_revision: int | None = None) -> Delivery:
    """The delivery, locked as above, for whoever handles what the unit receives."""
    InformationItem.objects.select_for_update().get(pk=delivery.item_id)
    fresh = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if expected_revision is not None and fresh.revision != expected_revision:
        raise Stale
    if not by.may(Permission.DELIVERY_HANDLE, fresh.unit_id):
        raise NotPermitted
    return fresh


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
    fresh = _handled(delivery, by, expected_revision)
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
    """Say what the item was worth to the unit; said again, the last word counts and the log keeps the earlier ones."""
    delivery, move = _begin(delivery, "evaluate", by, expected_revision)
    _check_codes(usefulness, source_grade, information_grade)
    evaluation = Evaluation.objects.filter(delivery=delivery).first()
    before = evaluation.usefulness if evaluation else ""
    evaluation = evaluation or Evaluation(delivery=delivery, synthetic=delivery.synthetic)
    evaluation.usefulness, evaluation.note = usefulness, note
    evaluation.source_grade, evaluation.information_grade = source_grade, information_grade
    evaluation.evaluated_by, evaluation.evaluated_at = by, at or timezone.now()
    evaluation.save()
    _save(delivery, move)
    record(action="delivery.evaluate", by=by, on=delivery, usefulness=usefulness, before=before)
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
    delivery.used_at = at or timezone.now()
    _save(delivery, move)
    record(action="delivery.use", by=by, on=delivery)
    return delivery


@transaction.atomic
def acknowledge_correction(*, delivery: Delivery, by: User, at: datetime | None = None) -> Delivery:
    """The unit confirms that it reads the item as corrected: every correction sent until now."""
    fresh = _handled(delivery, by)
    waiting = CorrectionReceipt.objects.select_for_update().filter(delivery=fresh, acknowledged_at__isnull=True)
    receipts = list(waiting)
    if fresh.status == DeliveryStatus.RECALLED or not receipts:
        raise TransitionError(_("No correction of this item waits for your acknowledgement."))
    for receipt in receipts:
        receipt.acknowledged_at, receipt.acknowledged_by = at or timezone.now(), by
        receipt.save()
    fresh.revision += 1
    fresh.save()
    record(action="delivery.acknowledge_correction", by=by, on=fresh, version=receipts[-1].version.number)
    return fresh


@transaction.atomic
def acknowledge_recall(*, delivery: Delivery, by: User, at: datetime | None = None) -> Delivery:
    """The unit has read that the item was recalled."""
    delivery, move = _begin(delivery, "acknowledge_recall", by, None)
    if RecallReceipt.objects.filter(delivery=delivery).exists():
        raise TransitionError(_("Your unit has acknowledged this recall already."))
    RecallReceipt(delivery=delivery, acknowledged_by=by, acknowledged_at=at or timezone.now()).save()
    _save(delivery, move)
    record(action="delivery.acknowledge_recall", by=by, on=delivery)
    return delivery


@transaction.atomic
def confirm_disposal(
    *, delivery: Delivery, by: User, disposal: str, ground: str = "", at: datetime | None = None
) -> Delivery:
    """Say what became of all that the unit held of a recalled item: destroyed, or retained on a legal ground."""
    delivery, move = _begin(delivery, "confirm_disposal", by, None)
    _check_disposal(disposal, ground)
    moment = at or timezone.now()
    receipt = RecallReceipt.objects.select_for_update().filter(delivery=delivery).first()
    receipt = receipt or RecallReceipt(delivery=delivery, acknowledged_by=by, acknowledged_at=moment)
    if receipt.disposal == Disposal.DESTROYED:
        raise TransitionError(_("It was destroyed: nothing is left to confirm."))
    receipt.disposal, receipt.ground = disposal, ground.strip()
    receipt.disposed_at, receipt.disposed_by = moment, by
    receipt.save()
    _save(delivery, move)
    record(action="delivery.confirm_disposal", by=by, on=delivery, purpose=receipt.ground, disposal=disposal)
    return delivery


def _check_disposal(disposal: str, ground: str) -> None:
    if disposal not in Disposal.values:
        raise Invalid({"disposal": _("Choose one of: %s.") % ", ".join(Disposal.values)})
    if disposal == Disposal.RETAINED and not ground.strip():
        raise Invalid({"ground": _("Name the legal ground on which it is retained.")}, code="required")
    if disposal == Disposal.DESTROYED and ground.strip():
        raise Invalid({"ground": _("What was destroyed needs no ground. Leave it empty.")})
