"""Conferences, what they came to and what is still to be done, in the admin."""

from registry.conferences.admin import action_items, conferences, lists, resolutions

__all__ = ["action_items", "conferences", "lists", "resolutions"]
