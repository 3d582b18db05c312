"""Who has read an item, on its page, for its originator; and what is asked before another's TLP:RED is opened."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, person
from agencies.audit.purpose import Occasion
from agencies.roles import Permission
from registry.information.models import InformationItem
from registry.information.readers import How, Reading, occasion_of, readings_of, shown_readings

MOST_SHOWN = 20
LABELS = {
    How.DETAIL: _("opened"),
    How.LIST: _("in a list"),
    How.RELATED: _("on the page of a delivery or a case"),
    How.FILE: _("as a file"),
}


class ReadingsPage(RecordAdmin):
    """Adds the readings to the page of an item."""

    change_form_template = "information/item_change_form.html"

    def occasion(self, request: HttpRequest, obj: InformationItem) -> Occasion | None:
        """Another agency's TLP:RED."""
        return occasion_of(obj, person(request))

    def page_of(self, request: HttpRequest, obj: InformationItem) -> dict[str, Any]:
        """With the latest readings, for those who read the item as their unit's own."""
        page = super().page_of(request, obj)
        by = person(request)
        if by.may(Permission.ITEM_READ_OWN, obj.unit_id):
            events = list(readings_of(obj)[:MOST_SHOWN])
            page["readings"] = [_row(r) for r in shown_readings(item=obj, events=events, by=by)]
        return page


def _row(reading: Reading) -> dict[str, Any]:
    return {
        "at": reading.at,
        "unit": reading.unit,
        "role": reading.role,
        "person": reading.person,
        "how_label": LABELS[How(reading.how)],
    }
