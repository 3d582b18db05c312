"""Shapes of reconciliations in the API. Amounts are exact and in `unit`, as text."""

from typing import Any

from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.models import Agency
from registry.cases.models import JointCase
from registry.documents.terms import Comparator
from registry.quantities import plain
from reports.reckoned import BarName, Shown
from reports.terms import StatementStatus


class AmountField(serializers.CharField):
    """An exact number as text: `1.950001`, `-0.05`."""

    def to_representation(self, value: Any) -> str:
        """Without trailing zeros."""
        return plain(value)


class ReconciliationSerializer(serializers.Serializer[Any]):
    """A series: stated - unexplained = claimed; claimed - overlap - out_of_period + not_claimed = registered."""

    key = serializers.CharField()
    period = serializers.CharField()
    metric = serializers.CharField()
    substance = serializers.CharField(allow_null=True)
    unit = serializers.CharField(help_text="Code of the unit of every amount.")
    stated = AmountField()
    unexplained = AmountField()
    claimed = AmountField()
    overlap = AmountField()
    out_of_period = AmountField()
    not_claimed = AmountField()
    registered = AmountField()
    open_differences = serializers.IntegerField(help_text="Differences that nobody has explained yet.")


class ReconciliationListSerializer(serializers.Serializer[Any]):
    """All series of the period."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ReconciliationSerializer(many=True)


class CountedRecordSerializer(serializers.Serializer[Any]):
    """A case or a lot behind a bar."""

    kind = serializers.ChoiceField(["case", "lot"])
    id = serializers.UUIDField(source="record.pk")
    case = serializers.UUIDField(source="case.pk")
    case_reference = serializers.CharField(source="case.reference")
    on = serializers.DateField(help_text="The day by which it belongs to a period.")
    amount = AmountField(allow_null=True, help_text="Null: not weighed yet, which is not zero.")
    comparator = serializers.SerializerMethodField()
    claimed_by = serializers.ListField(child=serializers.CharField(), help_text="Agencies whose statements you see.")

    def get_comparator(self, shown: Shown) -> str:
        """What the word before the quantity says; a case is one case."""
        record = shown.record
        return Comparator.EXACT.value if isinstance(record, JointCase) else record.comparator


class BarSerializer(serializers.Serializer[Any]):
    """A step of the waterfall and the records behind it."""

    name = serializers.ChoiceField(BarName.choices)
    amount = AmountField()
    comparator = serializers.ChoiceField(Comparator.choices)
    records = CountedRecordSerializer(many=True, help_text="Those that you may open.")
    others = serializers.IntegerField(help_text="How many more there are.")
    not_weighed = serializers.IntegerField(help_text="How many of all of them have no amount yet.")


class DifferenceExplanationSerializer(serializers.Serializer[Any]):
    """What was said of a difference. The last one holds, as long as it speaks of the present difference."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    difference = serializers.SerializerMethodField(help_text="The one that was explained, in the base unit.")
    text = serializers.CharField()
    unit = serializers.CharField(source="unit.code")
    at = UtcDateTimeField()

    def get_difference(self, explanation: Any) -> str:
        """Exact."""
        return plain(explanation.difference)


class AgencyLineSerializer(serializers.Serializer[Any]):
    """One agency. Full credits do not add up to the total; shared credits sum exactly to it."""

    agency = serializers.CharField()
    statement = serializers.UUIDField(allow_null=True)
    status = serializers.ChoiceField(StatementStatus.choices, allow_null=True)
    stated = AmountField(allow_null=True, help_text="Null: nothing stated, or missing; nil is 0.")
    difference = AmountField(help_text="What is stated minus what the records claimed come to.")
    open = serializers.BooleanField(help_text="The difference waits for an explanation.")
    explanations = DifferenceExplanationSerializer(many=True)
    full_credit = AmountField(help_text="Everything registered that the agency took part in.")
    shared_credit = AmountField(help_text="Its part of the registered total.")


class PublishedBesideSerializer(serializers.Serializer[Any]):
    """What a document prints for a period that touches this one. Never part of a sum."""

    id = serializers.UUIDField()
    document = serializers.CharField(source="document.code")
    subject_scope = serializers.CharField()
    value_printed = serializers.CharField()
    unit_printed = serializers.CharField()
    period_start = serializers.DateField()
    period_end = serializers.DateField()


class ReconciliationDetailSerializer(ReconciliationSerializer):
    """The same with the records behind every bar, the agencies, and what was published beside."""

    bars = BarSerializer(many=True)
    agencies = AgencyLineSerializer(many=True)
    published = PublishedBesideSerializer(many=True)


class ExplainSerializer(StrictSerializer):
    """Body of an explanation."""

    agency = CodeField(Agency.objects, help_text="Whose difference is explained.")
    text = serializers.CharField(max_length=1000)
