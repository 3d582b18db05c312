"""Joint cases in the admin."""

from registry.cases.admin import cases

__all__ = ["cases"]
