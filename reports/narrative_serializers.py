"""Shapes of the texts of reports in the API."""

from typing import Any

from django.utils.translation import get_language
from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import UtcDateTimeField
from agencies.models import Language
from registry.cases.persons import LOOKS_LIKE_PERSON
from reports.models import NarrativeText
from reports.narrating import TYPED
from reports.parts import WRITTEN
from reports.saying import figure_words

CONFIRMABLE = (TYPED, LOOKS_LIKE_PERSON)


class NarrativeEditSerializer(StrictSerializer):
    """Body of a change."""

    text = serializers.CharField(
        allow_blank=True, help_text="Figures stand as references, e.g. {shared.total}: see references."
    )
    confirm = serializers.ListField(
        child=serializers.ChoiceField(CONFIRMABLE),
        required=False,
        default=list,
        help_text="Questions answered: typed numbers are no figures of the report; no person is named.",
    )


class NarrativeWriteSerializer(NarrativeEditSerializer):
    """Body of the first text of a part."""

    period = serializers.CharField(max_length=32, help_text="2024-Q2, 2024-H1, 2024-06, any @statutory; or two days.")
    part = serializers.ChoiceField(WRITTEN)
    language = serializers.ChoiceField(Language.choices)


class NarrativeSerializer(StrictSerializer):
    """The text of a part in a language."""

    id = serializers.UUIDField(read_only=True)
    period = serializers.CharField(source="period_label", read_only=True)
    part = serializers.CharField(read_only=True)
    title = serializers.SerializerMethodField()
    language = serializers.CharField(read_only=True)
    text = serializers.CharField(read_only=True)
    confirmed_numbers = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="Typed by hand, and confirmed to be no figures."
    )
    revision = serializers.IntegerField(read_only=True)
    updated_at = UtcDateTimeField(read_only=True)
    synthetic = serializers.BooleanField(read_only=True)

    def get_title(self, text: NarrativeText) -> str:
        """The part's title in the caller's language."""
        return text.title


class NarrativeVersionSerializer(serializers.Serializer[Any]):
    """The text as it was written once."""

    number = serializers.IntegerField()
    text = serializers.CharField()
    by = serializers.CharField(source="by.username")
    at = UtcDateTimeField()


class NarrativeHistorySerializer(serializers.Serializer[Any]):
    """Everything that was written, latest first."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = NarrativeVersionSerializer(many=True)


class ReferenceSerializer(serializers.Serializer[Any]):
    """A figure that texts can refer to."""

    key = serializers.CharField()
    words = serializers.SerializerMethodField(help_text="What it counts.")
    value = serializers.SerializerMethodField(help_text="What stands in the report in its place now.")

    def get_words(self, reference: Any) -> str:
        """In the caller's language."""
        return str(reference.words.in_(_language()))

    def get_value(self, reference: Any) -> str:
        """With its comparator and its unit."""
        return figure_words(reference.figure, _language(), unit=True)


class ReferenceListSerializer(serializers.Serializer[Any]):
    """All of the period, in the order of the report."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ReferenceSerializer(many=True)


def _language() -> str:
    return (get_language() or "vi")[:2]
