"""Conferences of the agencies."""

from registry.conferences.models.action_items import ActionItem, ActionItemQuerySet, Evidence
from registry.conferences.models.agenda import AgendaPoint
from registry.conferences.models.attendance import Attendance
from registry.conferences.models.base import ConferenceRecordQuerySet
from registry.conferences.models.conference import Conference
from registry.conferences.models.papers import ConferencePaper, PaperCopy
from registry.conferences.models.resolutions import Assent, ProposalAnswer, Resolution

__all__ = [
    "ActionItem",
    "ActionItemQuerySet",
    "AgendaPoint",
    "Assent",
    "Attendance",
    "Conference",
    "ConferencePaper",
    "ConferenceRecordQuerySet",
    "Evidence",
    "PaperCopy",
    "ProposalAnswer",
    "Resolution",
]
