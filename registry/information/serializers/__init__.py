"""Shapes of items and deliveries in the API: the originator's and the recipient's view of the same record."""

from registry.information.serializers.deliveries import (
    AssignSerializer,
    DeliverySerializer,
    DisposalSerializer,
    EvaluationSerializer,
)
from registry.information.serializers.items import (
    ItemChangeSerializer,
    ItemSerializer,
    ItemWriteSerializer,
    ReadingSerializer,
)
from registry.information.serializers.releases import (
    ApprovalSerializer,
    CorrectSerializer,
    DifferenceSerializer,
    ExplanationSerializer,
    PreviewSerializer,
    RecipientsSerializer,
    ReleaseSerializer,
    ShareSerializer,
    VersionSerializer,
)

__all__ = [
    "ApprovalSerializer",
    "AssignSerializer",
    "CorrectSerializer",
    "DeliverySerializer",
    "DifferenceSerializer",
    "DisposalSerializer",
    "EvaluationSerializer",
    "ExplanationSerializer",
    "ItemChangeSerializer",
    "ItemSerializer",
    "ItemWriteSerializer",
    "PreviewSerializer",
    "ReadingSerializer",
    "RecipientsSerializer",
    "ReleaseSerializer",
    "ShareSerializer",
    "VersionSerializer",
]
