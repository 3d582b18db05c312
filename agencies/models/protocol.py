"""In which order the agencies are named: dated, as it changes with what they are called and whom they serve."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models.base import Dated, DirectoryQuerySet, days_in_order, one_at_a_time
from agencies.models.organisation import Agency


class ProtocolOrder(Dated):
    """The place of an agency among the others for a time. No two stand in one place on a day."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="protocol", verbose_name=_("agency"))
    place = models.PositiveSmallIntegerField(_("place in the protocol order"))
    source = models.CharField(_("source"), max_length=255, blank=True)

    objects: DirectoryQuerySet["ProtocolOrder"] = DirectoryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("place in the protocol order")
        verbose_name_plural = _("protocol order")
        ordering = ["place", "valid_from", "pk"]
        constraints = [
            one_at_a_time("protocol_one_place_of_an_agency", "agency"),
            one_at_a_time("protocol_one_agency_in_a_place", "place"),
            days_in_order("protocol_days_in_order"),
            models.CheckConstraint(name="protocol_place_positive", condition=Q(place__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.agency.code}: {self.place}"


def in_protocol_order(agencies: Iterable[Agency], on: date) -> list[Agency]:
    """The agencies, each once, in the order of the day; those without a place on that day behind, in today's order.

    Works on prefetched `protocol` without a query.
    """
    found = {agency.pk: agency for agency in agencies}.values()
    places = {a.pk: next((row.place for row in a.protocol.all() if row.holds_on(on)), None) for a in found}

    def place(agency: Agency) -> tuple[bool, int, str]:
        held = places[agency.pk]
        return held is None, agency.protocol_order if held is None else held, agency.code

    return sorted(found, key=place)
