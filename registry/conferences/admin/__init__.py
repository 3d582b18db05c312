"""Conferences and action items in the admin."""

from registry.conferences.admin import action_items, conferences

__all__ = ["action_items", "conferences"]
