"""Items and deliveries in the admin."""

from registry.information.admin import deliveries, items

__all__ = ["deliveries", "items"]
