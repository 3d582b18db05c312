"""Agencies, units, places, people, keys and the audit log in the admin."""

from agencies.admin import audit, directory, people

__all__ = ["audit", "directory", "people"]
