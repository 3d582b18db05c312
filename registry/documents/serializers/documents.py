"""Documents in the API."""

from rest_framework import serializers

from agencies.api.base import StrictSerializer
from registry.documents.models import Document
from registry.documents.serializers.base import Reason, TextOrNull, TrapSerializer, address
from registry.documents.serializers.facts import PublishedEventSerializer, PublishedNameSerializer


class DocumentSerializer(StrictSerializer):
    """A published document: what it is, and how much was read out of it."""

    id = serializers.UUIDField(read_only=True)
    code = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    title = TextOrNull()
    title_missing = Reason()
    publisher = TextOrNull()
    publisher_missing = Reason()
    language = serializers.CharField(read_only=True)
    published_on = serializers.DateField(read_only=True, allow_null=True)
    published_on_missing = Reason()
    sha256 = serializers.CharField(read_only=True)
    byte_size = serializers.IntegerField(read_only=True)
    paragraph_count = serializers.IntegerField(read_only=True)
    body_ends_at = serializers.IntegerField(
        read_only=True, help_text="Last paragraph of the document's own text; what follows is page furniture."
    )
    traps = TrapSerializer(many=True, read_only=True)
    note = serializers.CharField(read_only=True)
    figure_count = serializers.IntegerField(read_only=True)
    noise_count = serializers.IntegerField(read_only=True)
    statement_count = serializers.IntegerField(read_only=True)
    url = serializers.SerializerMethodField()
    figures_url = serializers.SerializerMethodField()
    statements_url = serializers.SerializerMethodField()

    def get_url(self, document: Document) -> str:
        """This document."""
        return address(self.context, f"documents/{document.pk}")

    def get_figures_url(self, document: Document) -> str:
        """Its figures."""
        return address(self.context, f"published-figures?document={document.code}")

    def get_statements_url(self, document: Document) -> str:
        """Its statements."""
        return address(self.context, f"published-statements?document={document.code}")


class DocumentDetailSerializer(DocumentSerializer):
    """A document with its meetings and the names it uses."""

    events = PublishedEventSerializer(many=True, read_only=True)
    names = PublishedNameSerializer(many=True, read_only=True)
