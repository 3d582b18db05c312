"""Shapes of documents and their facts in the API: printed, read, and what a reader must know."""

from registry.documents.serializers.documents import DocumentDetailSerializer, DocumentSerializer
from registry.documents.serializers.facts import PublishedEventSerializer, PublishedStatementSerializer
from registry.documents.serializers.figures import PublishedFigureSerializer

__all__ = [
    "DocumentDetailSerializer",
    "DocumentSerializer",
    "PublishedEventSerializer",
    "PublishedFigureSerializer",
    "PublishedStatementSerializer",
]
