"""Rows of conferences with what is shown of them, in a fixed number of queries."""

from django.db.models import Prefetch, QuerySet

from agencies.models import User
from registry.conferences.models import (
    ActionItem,
    Assent,
    ConferencePaper,
    Evidence,
    PaperCopy,
    Resolution,
)
from registry.information.models import InformationItem


def resolutions(reader: User) -> QuerySet[Resolution]:
    """With agencies' words and the answer to a proposal."""
    said = Assent.objects.select_related("agency", "unit").order_by("agency__protocol_order", "number")
    found = Resolution.objects.visible_to(reader).select_related("conference", "proposal_answer")
    return found.prefetch_related("traps", Prefetch("assents", said))


def action_items(reader: User) -> QuerySet[ActionItem]:
    """With their evidence; an information item that the reader does not see is not among it."""
    seen = InformationItem.objects.visible_to(reader)
    shown = Evidence.objects.select_related("document", "paper").prefetch_related(Prefetch("item", seen))
    found = ActionItem.objects.visible_to(reader)
    found = found.select_related("conference", "resolution", "assignee_agency", "assignee_unit")
    return found.prefetch_related("traps", Prefetch("evidence_records", shown.order_by("number")))


def papers(reader: User) -> QuerySet[ConferencePaper]:
    """With the copies handed out."""
    copies = PaperCopy.objects.select_related("unit").order_by("number")
    return ConferencePaper.objects.visible_to(reader).prefetch_related(Prefetch("issued", copies))
