"""Items, deliveries and consents in the admin."""

from registry.information.admin import consents, deliveries, items

__all__ = ["consents", "deliveries", "items"]
