"""Who is told of what happens to items and deliveries. Each function is called by the action it is named after."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from agencies.addressees import people_with
from agencies.models import Unit, User
from agencies.roles import Permission
from registry.information.models import Attachment, Consent, Delivery, Evaluation, InformationItem
from registry.information.terms import ConsentStatus, DeliveryStatus, Urgency
from registry.notices.announcing import notify
from registry.notices.terms import NoticeKind

HISTORY = timedelta(days=30)
"""What is entered later than this after it happened (imports, the demo) is history: nobody is told."""


def _page(record: InformationItem | Delivery | Consent) -> str:
    """Where the record stands in the admin."""
    return reverse(f"admin:information_{record._meta.model_name}_change", args=[record.pk])


def _number(item: InformationItem) -> str:
    """The reference; for a draft, which has none, the beginning of its id."""
    return item.reference or str(item.pk)[:8]


def _tell_unit(item: InformationItem, kind: NoticeKind, to: Iterable[User], event: str, **more: Any) -> None:
    """Tell people of the originating unit about the item."""
    if timezone.now() - item.updated_at > HISTORY:
        return
    key = f"item:{item.pk}:{event}:{item.revision}"
    notify(kind=kind, to=to, reference=_number(item), path=_page(item), key=key, unit=item.unit, **more)


def tell_recipient(
    delivery: Delivery, kind: NoticeKind, to: Iterable[User], event: str, at: datetime | None = None
) -> int:
    """Tell people of the recipient unit about the delivery; returns how many were told anew."""
    if timezone.now() - (at or timezone.now()) > HISTORY:
        return 0
    told = notify(
        kind=kind,
        to=to,
        reference=_number(delivery.item),
        path=_page(delivery),
        key=f"delivery:{delivery.pk}:{event}",
        unit=delivery.unit,
        flash=delivery.version.urgency == Urgency.FLASH,
        at=at,
    )
    return len(told)


def submitted(item: InformationItem) -> None:
    """The heads of the unit, who release it. An author who is also head does not."""
    heads = people_with(Permission.ITEM_RELEASE, item.unit).exclude(pk=item.author_id)
    _tell_unit(item, NoticeKind.ITEM_SUBMITTED, heads, "submitted", at=item.updated_at)


def returned(item: InformationItem) -> None:
    """The author."""
    _tell_unit(item, NoticeKind.ITEM_RETURNED, [item.author], "returned", at=item.updated_at)


def released(item: InformationItem) -> None:
    """The focal points of each recipient."""
    _tell_recipients(item, NoticeKind.ITEM_DELIVERED, "delivered", opened_too=False)


def passed_on(deliveries: Iterable[Delivery], at: datetime) -> None:
    """The focal points of those it was passed on to: their receipt clock runs."""
    for delivery in deliveries:
        people = people_with(Permission.DELIVERY_HANDLE, delivery.unit)
        tell_recipient(delivery, NoticeKind.ITEM_DELIVERED, people, "delivered", at=at)


def corrected(item: InformationItem, *, version: int) -> None:
    """The focal points of each recipient, and whoever opened it; of deliveries that stand."""
    _tell_recipients(item, NoticeKind.ITEM_CORRECTED, f"corrected:{version}", opened_too=True)


def recalled(item: InformationItem) -> None:
    """The focal points of each recipient, and whoever opened it."""
    _tell_recipients(item, NoticeKind.ITEM_RECALLED, "recalled", opened_too=True)


def _tell_recipients(item: InformationItem, kind: NoticeKind, event: str, *, opened_too: bool) -> None:
    if timezone.now() - item.updated_at > HISTORY:
        return
    deliveries = item.deliveries.select_related("item", "version", "unit", "opened_by").order_by("pk")
    if kind == NoticeKind.ITEM_CORRECTED:
        deliveries = deliveries.exclude(status=DeliveryStatus.RECALLED)
    for delivery in deliveries:
        people = list(people_with(Permission.DELIVERY_HANDLE, delivery.unit))
        if opened_too and delivery.opened_by is not None:
            people.append(delivery.opened_by)
        tell_recipient(delivery, kind, people, event, at=item.updated_at)


def evaluated(evaluation: Evaluation) -> None:
    """The author, who sees what it was worth to whom."""
    delivery, at = evaluation.delivery, evaluation.evaluated_at
    if timezone.now() - at > HISTORY:
        return
    notify(
        kind=NoticeKind.DELIVERY_EVALUATED,
        to=[delivery.item.author],
        reference=_number(delivery.item),
        path=_page(delivery),
        key=f"delivery:{delivery.pk}:evaluated",
        unit=delivery.item.unit,
        at=at,
    )


DECIDED = {
    ConsentStatus.GRANTED: NoticeKind.CONSENT_GRANTED,
    ConsentStatus.REFUSED: NoticeKind.CONSENT_REFUSED,
    ConsentStatus.REVOKED: NoticeKind.CONSENT_REVOKED,
}


def consent_asked(consent: Consent) -> None:
    """The originator's heads, who decide, and its focal points."""
    _tell_of_consent(
        consent, NoticeKind.CONSENT_ASKED, _deciding(consent), consent.delivery.item.unit, consent.asked_at
    )


def consent_decided(consent: Consent) -> None:
    """Whoever asked: granted, refused, or revoked since."""
    kind = DECIDED[ConsentStatus(consent.status)]
    moment = consent.ended_at or consent.decided_at
    _tell_of_consent(consent, kind, [consent.asked_by], consent.delivery.unit, moment)


def consent_withdrawn(consent: Consent) -> None:
    """Those who were told that it was asked for: there is nothing left to decide."""
    unit, kind = consent.delivery.item.unit, NoticeKind.CONSENT_WITHDRAWN
    _tell_of_consent(consent, kind, _deciding(consent), unit, consent.ended_at)


def _deciding(consent: Consent) -> list[User]:
    unit = consent.delivery.item.unit
    return [*people_with(Permission.ITEM_RELEASE, unit), *people_with(Permission.DELIVERY_HANDLE, unit)]


def _tell_of_consent(consent: Consent, kind: NoticeKind, to: Iterable[User], unit: Unit, at: datetime | None) -> None:
    moment = at or timezone.now()
    if timezone.now() - moment > HISTORY:
        return
    reference, key = _number(consent.delivery.item), f"consent:{consent.pk}:{consent.status}"
    notify(kind=kind, to=to, reference=reference, path=_page(consent), key=key, unit=unit, at=moment)


def infected(attachment: Attachment) -> None:
    """Malware was found in a file that was taken unscanned: its author and heads, and the focal points who have it."""
    item, event = attachment.item, f"infected:{attachment.number}"
    people = [item.author, *people_with(Permission.ITEM_RELEASE, item.unit)]
    key = f"file:{attachment.pk}:infected"
    notify(kind=NoticeKind.FILE_INFECTED, to=people, reference=_number(item), path=_page(item), key=key, unit=item.unit)
    if attachment.originator_only or attachment.version_id != item.current_id:
        return
    for delivery in item.deliveries.standing().select_related("item", "version", "unit").order_by("pk"):
        tell_recipient(
            delivery, NoticeKind.FILE_INFECTED, people_with(Permission.DELIVERY_HANDLE, delivery.unit), event
        )
