"""Agencies, units, places, people, keys and the audit log in the admin."""

from agencies.admin import directory, people

__all__ = ["directory", "people"]
