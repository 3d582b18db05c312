"""What every fact of a document carries in the API."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from agencies.api.base import StrictSerializer
from registry.documents import wording
from registry.documents.models import PublishedRow
from registry.reference.models import Trap


class TextOrNull(serializers.CharField):
    """Text, or null where there is none: an empty string never stands for a missing value."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value: Any) -> Any:
        """Null rather than an empty string."""
        return value or None


class Reason(TextOrNull):
    """Why the value beside it is empty; null when there is a value."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = "not_stated, not_applicable or unclear; null when there is a value."
        super().__init__(help_text=help_text, **kwargs)


class CodeOf(serializers.CharField):
    """The code of a related record, or null."""

    def __init__(self, relation: str, **kwargs: Any) -> None:
        super().__init__(source=f"{relation}.code", default=None, allow_null=True, read_only=True, **kwargs)


class TrapSerializer(StrictSerializer):
    """A known way to misread what is printed, and what the registry does about it."""

    code = serializers.CharField(read_only=True)
    title = serializers.SerializerMethodField()
    handling = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    figures_url = serializers.SerializerMethodField()

    def get_title(self, trap: Trap) -> str:
        """In the reader's language."""
        return trap.name()

    def get_handling(self, trap: Trap) -> str:
        """In the reader's language."""
        return wording.handling(trap)

    def get_url(self, trap: Trap) -> str:
        """The trap in the vocabulary."""
        return address(self.context, f"traps/{trap.code}")

    def get_figures_url(self, trap: Trap) -> str:
        """Every figure with this trap."""
        return address(self.context, f"published-figures?trap={trap.code}")


class PeriodSerializer(serializers.Serializer[Any]):
    """Days the fact speaks of: `start` is in, `end` is out; both null with a reason where none is printed."""

    start = serializers.DateField(source="period_start", allow_null=True)
    end = serializers.DateField(source="period_end", allow_null=True)
    missing = Reason(source="period_missing")
    basis = serializers.CharField(source="period_basis")
    basis_text = serializers.CharField(source="get_period_basis_display")
    printed = TextOrNull(source="period_label_printed")


class RowSerializer(StrictSerializer):
    """Where a fact stands and what a reader must know."""

    id = serializers.UUIDField(read_only=True)
    document = serializers.CharField(source="document.code", read_only=True)
    document_url = serializers.SerializerMethodField()
    number = serializers.IntegerField(read_only=True)
    paragraph = serializers.IntegerField(read_only=True)
    traps = TrapSerializer(many=True, read_only=True)
    note = serializers.CharField(read_only=True)

    def get_document_url(self, row: PublishedRow) -> str:
        """Where the document is."""
        return address(self.context, f"documents/{row.document.pk}")


def address(context: Mapping[str, Any], path: str) -> str:
    """An absolute address of the API."""
    return str(context["request"].build_absolute_uri(f"/api/v1/{path}"))
