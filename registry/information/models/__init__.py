"""Items, versions, files, deliveries, evaluations, consents; docket cards; and who sees which item."""

from registry.information.models.access import ItemAccess
from registry.information.models.attachments import Attachment, StoredFile
from registry.information.models.consents import Consent
from registry.information.models.deliveries import CorrectionReceipt, Delivery, RecallReceipt
from registry.information.models.dockets import Docket, DocketRegister, DocketTold
from registry.information.models.evaluations import Evaluation
from registry.information.models.items import InformationItem
from registry.information.models.registers import ReferenceRegister
from registry.information.models.versions import (
    ItemVersion,
    VersionEditor,
    VersionPlace,
    VersionSource,
    VersionSubstance,
)

__all__ = [
    "Attachment",
    "Consent",
    "CorrectionReceipt",
    "Delivery",
    "Docket",
    "DocketRegister",
    "DocketTold",
    "Evaluation",
    "InformationItem",
    "ItemAccess",
    "ItemVersion",
    "RecallReceipt",
    "ReferenceRegister",
    "StoredFile",
    "VersionEditor",
    "VersionPlace",
    "VersionSource",
    "VersionSubstance",
]
