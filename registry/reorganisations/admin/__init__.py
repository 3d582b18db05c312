"""Reorganisations in the admin."""

from registry.reorganisations.admin import reorganisations

__all__ = ["reorganisations"]
