"""Joint cases in the admin."""

from registry.cases.admin import cases, lots

__all__ = ["cases", "lots"]
