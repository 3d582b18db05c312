"""Agencies, units, places, people, keys, delegations and the audit log in the admin."""

from agencies.admin import audit, delegations, directory, people

__all__ = ["audit", "delegations", "directory", "people"]
