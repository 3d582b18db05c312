"""Conferences of the agencies."""

from registry.conferences.models.base import ConferenceRecordQuerySet
from registry.conferences.models.conference import Attendance, Conference
from registry.conferences.models.outcomes import ActionItem, Resolution

__all__ = ["ActionItem", "Attendance", "Conference", "ConferenceRecordQuerySet", "Resolution"]
