"""Items, deliveries, consents and docket cards in the admin."""

from registry.information.admin import consents, deliveries, dockets, items

__all__ = ["consents", "deliveries", "dockets", "items"]
