"""Items, versions, deliveries, evaluations, attachments."""

from registry.information.models.attachments import Attachment, StoredFile
from registry.information.models.items import Delivery, Evaluation, InformationItem
from registry.information.models.registers import ReferenceRegister
from registry.information.models.versions import ItemVersion, VersionPlace, VersionSubstance

__all__ = [
    "Attachment",
    "Delivery",
    "Evaluation",
    "InformationItem",
    "ItemVersion",
    "ReferenceRegister",
    "StoredFile",
    "VersionPlace",
    "VersionSubstance",
]
