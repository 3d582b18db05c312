"""Shapes of statements and reports in the API."""

from datetime import date
from typing import Any
from uuid import UUID

from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.models import Unit
from registry.documents.terms import Comparator
from registry.quantities import plain
from registry.reference.models import Metric, Substance, UnitOfMeasure
from reports.deadlines import due_on
from reports.models import Claim, Statement, StatementFigure
from reports.terms import FigureRole, MissingReason


class StatementFigureSerializer(StrictSerializer):
    """One figure: `value` with `unit`, or `nil`, or the code of why it is `missing`."""

    metric = CodeField(Metric.objects)
    substance = CodeField(Substance.objects, allow_null=True, required=False)
    role = serializers.ChoiceField(FigureRole.choices, required=False)
    value = serializers.DecimalField(
        max_digits=20, decimal_places=6, allow_null=True, required=False, normalize_output=True
    )
    unit = CodeField(UnitOfMeasure.objects, allow_null=True, required=False)
    nil = serializers.BooleanField(required=False)
    missing = serializers.ChoiceField(MissingReason.choices, allow_blank=True, required=False)
    note = serializers.CharField(allow_blank=True, required=False, max_length=500)
    comparator = serializers.ChoiceField(Comparator.choices, required=False)
    claims = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        write_only=True,
        max_length=2000,
        help_text="Ids of the cases or lots it counts; left out, those of the figure before stay.",
    )
    records = serializers.SerializerMethodField(help_text="How many cases or lots it counts: see claims.")

    def get_records(self, figure: StatementFigure) -> int:
        """Counted with the figures."""
        return int(figure.record_count)  # type: ignore[attr-defined]


class FiguresSerializer(StrictSerializer):
    """Body of a change: all figures of the draft, as they shall stand."""

    figures = StatementFigureSerializer(many=True)


class StatementWriteSerializer(StrictSerializer):
    """Body of a new statement."""

    unit = CodeField(Unit.objects, help_text="A central unit of the agency.")
    period = serializers.CharField(max_length=32, help_text="2024-Q2, 2024-H1, 2024-06, any @statutory; or two days.")
    reason = serializers.CharField(
        max_length=500, required=False, allow_blank=True, help_text="Needed when it corrects a confirmed statement."
    )
    figures = StatementFigureSerializer(many=True, required=False)


class StatementSerializer(StrictSerializer):
    """An agency's figures for a period."""

    id = serializers.UUIDField(read_only=True)
    agency = serializers.CharField(source="agency.code", read_only=True)
    unit = serializers.CharField(source="unit.code", read_only=True)
    period = serializers.CharField(source="period_label", read_only=True)
    period_start = serializers.DateField(read_only=True)
    period_end = serializers.DateField(read_only=True, help_text="The first day after the period.")
    period_basis = serializers.CharField(read_only=True)
    number = serializers.IntegerField(read_only=True, help_text="2 corrects 1 of the same period.")
    reason = serializers.CharField(read_only=True, help_text="Why it corrects the number before.")
    status = serializers.CharField(read_only=True)
    due_on = serializers.SerializerMethodField(help_text="The last day to confirm.")
    confirmed_at = UtcDateTimeField(read_only=True, allow_null=True)
    created_at = UtcDateTimeField(read_only=True)
    synthetic = serializers.BooleanField(read_only=True)
    figures = StatementFigureSerializer(many=True, read_only=True)

    def get_due_on(self, statement: Statement) -> date:
        """Counted from the end of the period."""
        return due_on(statement.period_end)


class ClaimSerializer(serializers.Serializer[Any]):
    """A case or a lot that a figure counts."""

    id = serializers.UUIDField()
    metric = serializers.CharField(source="figure.metric.code")
    substance = serializers.CharField(source="figure.substance.code", allow_null=True, default=None)
    role = serializers.CharField(source="figure.role")
    case = serializers.SerializerMethodField()
    case_reference = serializers.SerializerMethodField()
    lot = serializers.UUIDField(source="lot_id", allow_null=True)
    amount = serializers.SerializerMethodField(
        help_text="What it came to when it was claimed, in the base unit; null: not weighed."
    )

    def get_case(self, claim: Claim) -> UUID:
        """The case that it is, or that the lot belongs to."""
        return claim.counted_case.pk

    def get_case_reference(self, claim: Claim) -> str:
        """What people call the case."""
        return claim.counted_case.reference

    def get_amount(self, claim: Claim) -> str | None:
        """Exact."""
        return None if claim.amount is None else plain(claim.amount)


class ClaimListSerializer(serializers.Serializer[Any]):
    """The records behind the figures of a statement."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ClaimSerializer(many=True, help_text="Those that you may open.")
    others = serializers.IntegerField(help_text="How many more there are.")


class ReportedPeriodSerializer(serializers.Serializer[Any]):
    """A quarter of which there is something to report."""

    period = serializers.CharField()
    start = serializers.DateField()
    end = serializers.DateField(help_text="The first day after the period.")
    url = serializers.URLField()
    html_url = serializers.URLField()


class PeriodListSerializer(serializers.Serializer[Any]):
    """All of them, latest first."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ReportedPeriodSerializer(many=True)


class SpanSerializer(serializers.Serializer[Any]):
    """The period told about."""

    label = serializers.CharField()  # type: ignore[assignment]
    start = serializers.DateField()
    end = serializers.DateField()
    basis = serializers.CharField()
    basis_text = serializers.CharField()


class EditionSerializer(serializers.Serializer[Any]):
    """For whom the report is, and what its numbers cover."""

    key = serializers.CharField()
    name = serializers.CharField()
    scope = serializers.ListField(child=serializers.CharField())


class ReportIntervalSerializer(serializers.Serializer[Any]):
    """The bounds of a sum, in the unit of the cell; null is no bound."""

    lower = serializers.CharField(allow_null=True)
    lower_open = serializers.BooleanField()
    upper = serializers.CharField(allow_null=True)
    upper_open = serializers.BooleanField()


class ReportCellSerializer(serializers.Serializer[Any]):
    """A cell: a `figure` or a `label`. All have `text`, `link` and `footnotes`; the other keys depend on the kind."""

    kind = serializers.CharField(help_text="figure or label")
    text = serializers.CharField()
    detail = serializers.CharField(required=False)
    number = serializers.CharField(required=False, allow_null=True, help_text="Exact, as text.")
    unit = serializers.CharField(required=False)
    comparator = serializers.CharField(required=False)
    interval = ReportIntervalSerializer(
        required=False, allow_null=True, help_text="Of a sum that no single comparator describes; `text` says it."
    )
    key = serializers.CharField(required=False, help_text="By what texts of the report refer to it; may be empty.")
    printed = serializers.CharField(required=False, help_text="As a document prints it.")
    absent = serializers.CharField(required=False, help_text="Why there is no number.")
    addable = serializers.BooleanField(required=False)
    needs_confirmation = serializers.BooleanField(required=False)
    link = serializers.URLField(allow_null=True, help_text="The list behind it.")
    footnotes = serializers.ListField(child=serializers.IntegerField())


class HighlightSerializer(serializers.Serializer[Any]):
    """One of the numbers that open the report."""

    label = serializers.CharField()  # type: ignore[assignment]
    figure = ReportCellSerializer()
    detail = serializers.CharField()


class ReportColumnSerializer(serializers.Serializer[Any]):
    """A column."""

    label = serializers.CharField()  # type: ignore[assignment]
    note = serializers.CharField()
    numeric = serializers.BooleanField()
    footnotes = serializers.ListField(child=serializers.IntegerField())


class ReportRowSerializer(serializers.Serializer[Any]):
    """A line."""

    total = serializers.BooleanField()
    note = serializers.CharField()
    cells = ReportCellSerializer(many=True)


class ReportTableSerializer(serializers.Serializer[Any]):
    """A table."""

    key = serializers.CharField()
    title = serializers.CharField()
    synthetic = serializers.BooleanField()
    columns = ReportColumnSerializer(many=True)
    rows = ReportRowSerializer(many=True)
    empty = serializers.CharField(help_text="What it means that there is no line.")
    note = serializers.CharField()
    footnotes = serializers.ListField(child=serializers.IntegerField())


class ReportPartSerializer(serializers.Serializer[Any]):
    """A part."""

    key = serializers.CharField()
    title = serializers.CharField()
    paragraphs = serializers.ListField(child=serializers.CharField())
    annex = serializers.BooleanField()
    prose = serializers.ListField(
        child=serializers.CharField(), help_text="What the secretariat wrote, with the figures filled in."
    )
    empty = serializers.CharField(help_text="Said where nothing was recorded for the part.")
    tables = ReportTableSerializer(many=True)


class ReportSectionSerializer(ReportPartSerializer):
    """A part with those below it, or an annex."""

    sections = ReportPartSerializer(many=True)


class FootnoteSerializer(serializers.Serializer[Any]):
    """A numbered note."""

    number = serializers.IntegerField()
    key = serializers.CharField()
    text = serializers.CharField()


class QuarterlyReportSerializer(serializers.Serializer[Any]):
    """The report of a period in the caller's edition."""

    title = serializers.CharField()
    language = serializers.CharField()
    period = SpanSerializer()
    edition = EditionSerializer()
    generated_at = serializers.DateTimeField()
    synthetic = serializers.BooleanField(help_text="Made-up records were counted.")
    banner = serializers.CharField()
    highlights = HighlightSerializer(many=True)
    sections = ReportSectionSerializer(many=True)
    footnotes = FootnoteSerializer(many=True)


class ScorecardLineSerializer(serializers.Serializer[Any]):
    """Counts of deliveries. null: suppressed, and then named so; a median that is null alone has nothing to measure."""

    shared = serializers.IntegerField(allow_null=True)
    in_time = serializers.IntegerField(allow_null=True)
    useful = serializers.IntegerField(allow_null=True)
    used = serializers.IntegerField(allow_null=True)
    median_hours = serializers.FloatField(allow_null=True)
    suppressed = serializers.ListField(
        child=serializers.CharField(), help_text="Names of the fields that are hidden, because a small number is."
    )


class ScorecardPairSerializer(ScorecardLineSerializer):
    """One agency's deliveries to another."""

    giver = serializers.CharField(source="giver.code")
    receiver = serializers.CharField(source="receiver.code")


class ScorecardSerializer(serializers.Serializer[Any]):
    """Every pair of two agencies, giver first, in protocol order; then all of them together."""

    period = serializers.CharField(source="period.label")
    threshold = serializers.IntegerField(help_text="Counts below it, zero apart, are hidden.")
    definitions = serializers.DictField(child=serializers.CharField(), help_text="What each field counts, in words.")
    synthetic = serializers.BooleanField(help_text="Made-up records were counted.")
    results = ScorecardPairSerializer(many=True, source="lines")
    total = ScorecardLineSerializer()
