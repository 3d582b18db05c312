"""The duty to share: information that concerns an area in which another force leads is to reach that force promptly.

Decree 105/2021, article 8(2); who leads where is dated reference data (AreaLead).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from agencies.models import Area, AreaLead, Unit, central_unit, today
from registry.information.models import Delivery, InformationItem
from registry.information.terms import Status

RULE: StrPromise = _("This concerns an area in which another force leads: it is to be shared with that force promptly.")
PROMPTLY = timedelta(days=3)
"""How long an item may wait before it counts as not shared promptly."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit that should get the item, and by which rule."""

    unit: Unit
    area: Area
    rule: StrPromise
    legal_basis: str
    article: str


def lead_on(area: Area, on: date) -> AreaLead | None:
    """Who leads in the area on the day."""
    leads = AreaLead.objects.filter(area=area).select_related("agency", "legal_basis")
    return next((lead for lead in leads if lead.holds_on(on)), None)


def suggested(*, area: Area | None, unit: Unit, on: date | None = None) -> Suggestion | None:
    """The central unit of the force that leads in the area, unless that is the originator's own force."""
    lead = lead_on(area, on or today()) if area is not None else None
    if area is None or lead is None or lead.agency_id == unit.agency_id:
        return None
    central = central_unit(lead.agency, on)
    return Suggestion(central, area, RULE, lead.legal_basis.code, lead.article) if central is not None else None


def owing(items: QuerySet[InformationItem], *, now: datetime | None = None) -> QuerySet[InformationItem]:
    """Those of the items that concern another force's area, are old enough, and have not reached that force."""
    moment = now or timezone.now()
    day = timezone.localdate(moment)
    held = Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    leads = AreaLead.objects.filter(*held, area_id=OuterRef("current__area_id"))
    elsewhere = leads.exclude(agency_id=OuterRef("unit__agency_id"))
    reached = Delivery.objects.filter(
        item_id=OuterRef("pk"),
        unit__agency_id__in=AreaLead.objects.filter(*held, area_id=OuterRef("item__current__area_id")).values(
            "agency_id"
        ),
    )
    waiting = {"created_at__lt": moment - PROMPTLY}
    return items.filter(Exists(elsewhere), ~Exists(reached), ~Q(status=Status.RECALLED), **waiting)
