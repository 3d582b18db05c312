"""Items, versions, deliveries, evaluations, and who sees which item."""

from registry.information.models.access import ItemAccess
from registry.information.models.evaluations import Evaluation
from registry.information.models.items import Delivery, InformationItem
from registry.information.models.registers import ReferenceRegister
from registry.information.models.versions import ItemVersion, VersionPlace, VersionSubstance

__all__ = [
    "Delivery",
    "Evaluation",
    "InformationItem",
    "ItemAccess",
    "ItemVersion",
    "ReferenceRegister",
    "VersionPlace",
    "VersionSubstance",
]
