"""What each agency owes after every conference: report the result upward, inform the units below."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from agencies.models import Agency, central_unit
from registry.conferences.actions.writing import next_number
from registry.conferences.agenda import both
from registry.conferences.models import ActionItem, Conference
from registry.conferences.terms import FOLLOW_UP, ActionKind, Missing

TEXTS: dict[ActionKind, StrPromise] = {
    ActionKind.REPORT_UP: _("Report the result of the conference to the level above."),
    ActionKind.INFORM_DOWN: _("Inform the units below of what the conference concluded."),
}


def owe_follow_up(conference: Conference, at: datetime) -> int:
    """Both action items for each agency, once; how many were made. The conference is locked."""
    standing = set(conference.action_items.filter(kind__in=FOLLOW_UP).values_list("assignee_agency_id", "kind"))
    number, made = next_number(conference.action_items), 0
    for agency in Agency.objects.order_by("protocol_order"):
        unit = central_unit(agency)
        for kind, text in TEXTS.items():
            if (agency.pk, kind) in standing:
                continue
            text_vi, text_en = both(text)
            ActionItem(
                conference=conference,
                number=number + made,
                kind=kind,
                text_vi=text_vi,
                text_en=text_en,
                assignee_agency=agency,
                assignee_unit=unit,
                due_on_missing=Missing.UNDECIDED,
                created_at=at,
                synthetic=conference.synthetic,
            ).save(force_insert=True)
            made += 1
    return made
