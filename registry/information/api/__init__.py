"""Items, their versions, deliveries and consents over HTTP."""

from registry.information.api.consents import ConsentViewSet
from registry.information.api.deliveries import DeliveryViewSet
from registry.information.api.items import InformationItemViewSet
from registry.information.api.versions import AccessExplanationViewSet, ImpactViewSet, ItemVersionViewSet

__all__ = [
    "AccessExplanationViewSet",
    "ConsentViewSet",
    "DeliveryViewSet",
    "ImpactViewSet",
    "InformationItemViewSet",
    "ItemVersionViewSet",
]
