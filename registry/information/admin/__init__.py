"""Items, deliveries and docket cards in the admin."""

from registry.information.admin import deliveries, dockets, items

__all__ = ["deliveries", "dockets", "items"]
