"""What published documents say: figures, events, names, statements. Facts only, no sentence of a document."""

from registry.documents.models.document import Document, Published, PublishedQuerySet, PublishedRow
from registry.documents.models.events import EventAttendance, PublishedEvent
from registry.documents.models.figures import PublishedFigure
from registry.documents.models.statements import PublishedName, PublishedStatement

__all__ = [
    "Document",
    "EventAttendance",
    "Published",
    "PublishedEvent",
    "PublishedFigure",
    "PublishedName",
    "PublishedQuerySet",
    "PublishedRow",
    "PublishedStatement",
]
