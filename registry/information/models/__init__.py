"""Items, versions, deliveries, evaluations; docket cards."""

from registry.information.models.dockets import Docket, DocketRegister, DocketTold
from registry.information.models.items import Delivery, Evaluation, InformationItem
from registry.information.models.registers import ReferenceRegister
from registry.information.models.versions import ItemVersion, VersionPlace, VersionSubstance

__all__ = [
    "Delivery",
    "Docket",
    "DocketRegister",
    "DocketTold",
    "Evaluation",
    "InformationItem",
    "ItemVersion",
    "ReferenceRegister",
    "VersionPlace",
    "VersionSubstance",
]
