"""Items, their versions and deliveries over HTTP."""

from registry.information.api.deliveries import DeliveryViewSet
from registry.information.api.items import InformationItemViewSet
from registry.information.api.versions import AccessExplanationViewSet, ItemVersionViewSet

__all__ = ["AccessExplanationViewSet", "DeliveryViewSet", "InformationItemViewSet", "ItemVersionViewSet"]
