"""Items, versions, deliveries, evaluations."""

from registry.information.models.items import Delivery, Evaluation, InformationItem
from registry.information.models.registers import ReferenceRegister
from registry.information.models.versions import ItemVersion, VersionPlace, VersionSubstance

__all__ = [
    "Delivery",
    "Evaluation",
    "InformationItem",
    "ItemVersion",
    "ReferenceRegister",
    "VersionPlace",
    "VersionSubstance",
]
