"""Agencies, units, places, people, keys, delegations and the audit log in the admin."""

from agencies.admin import delegations, directory, people

__all__ = ["delegations", "directory", "people"]
