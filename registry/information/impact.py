"""Where an item has been: what every holder did with it, told to the originator. Used when it is recalled.

Cases and reports of others are counted, never named: the originator learns that it was used, not in what.
"""

from dataclasses import dataclass
from datetime import datetime

from agencies.audit.models import AuditEvent
from registry.information.models import Delivery, InformationItem, ItemVersion
from registry.information.readers import TAKEN_OUT
from registry.information.terms import ConsentStatus


@dataclass(frozen=True, slots=True)
class Impact:
    """One holder. Times are those of the first time; counts are of what there is now."""

    unit: str
    agency: str
    delivered_at: datetime
    opened_at: datetime | None
    acknowledged_at: datetime | None
    used_at: datetime | None
    passed_on: int
    consents: tuple[str, ...]
    based_on_it: int
    taken_out: int
    recall: str


def impact(item: InformationItem) -> list[Impact]:
    """Every holder of the item, by code."""
    deliveries = Delivery.objects.filter(item=item).select_related("unit__agency", "recall_receipt")
    deliveries = deliveries.prefetch_related("passed_on", "consents").order_by("unit__code")
    derived = list(
        ItemVersion.objects.filter(sources=item, released_at__isnull=False).values_list("item__unit_id", flat=True)
    )
    taken = list(
        AuditEvent.objects.disclosing(str(item.pk)).filter(action__in=TAKEN_OUT).values_list("actor_unit_id", flat=True)
    )
    return [
        Impact(
            unit=d.unit.code,
            agency=d.unit.agency.code,
            delivered_at=d.delivered_at,
            opened_at=d.opened_at,
            acknowledged_at=d.acknowledged_at,
            used_at=d.used_at,
            passed_on=len(d.passed_on.all()),
            consents=tuple(sorted({c.kind for c in d.consents.all() if c.status == ConsentStatus.GRANTED})),
            based_on_it=derived.count(d.unit_id),
            taken_out=taken.count(d.unit_id),
            recall=_recall(d),
        )
        for d in deliveries
    ]


def _recall(delivery: Delivery) -> str:
    """`""` while it stands, then `waiting`, `acknowledged`, `destroyed` or `retained`."""
    if delivery.recalled_at is None:
        return ""
    receipt = getattr(delivery, "recall_receipt", None)
    return "waiting" if receipt is None else receipt.disposal or "acknowledged"
