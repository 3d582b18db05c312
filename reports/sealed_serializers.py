"""Shapes of sealed reports, and of reports that are built on request, in the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.models import Language
from reports.models import FILES, Report, SealedReport
from reports.terms import ReportFormat, ReportStatus, SealStatus


class SealedFileSerializer(StrictSerializer):
    """A file of a sealed report."""

    language = serializers.ChoiceField(Language.choices, read_only=True)
    file_format = serializers.ChoiceField(ReportFormat.choices, read_only=True)
    final = serializers.BooleanField(read_only=True, help_text="False: the draft, without number and signature.")
    size = serializers.IntegerField(read_only=True, help_text="Bytes.")
    sha256 = serializers.CharField(read_only=True)
    url = serializers.SerializerMethodField()

    def get_url(self, file: Any) -> str:
        """Where its bytes are."""
        path = f"/api/v1/sealed-reports/{file.report_id}/files/{file.language}/{file.file_format}"
        return str(self.context["request"].build_absolute_uri(path))


class LackSerializer(StrictSerializer):
    """What was missing when the report was prepared."""

    code = serializers.CharField(read_only=True)
    agency = serializers.CharField(read_only=True)
    text = serializers.CharField(read_only=True)
    link = serializers.CharField(source="link.api", read_only=True)


class ErratumSerializer(StrictSerializer):
    """An item that was recalled after it was counted: its number, never its title."""

    reference = serializers.CharField(read_only=True)
    recalled_on = serializers.DateField(read_only=True)
    text = serializers.CharField(read_only=True)


class SealedReportSerializer(StrictSerializer):
    """A report on its way to its seal, or sealed: built so far are `files_written` of `files_wanted`."""

    id = serializers.UUIDField(read_only=True)
    period = serializers.CharField(source="period_label", read_only=True)
    unit = CodeField(read_only=True)
    version = serializers.IntegerField(source="number", read_only=True)
    status = serializers.ChoiceField(SealStatus.choices, read_only=True)
    reason = serializers.CharField(read_only=True)
    files_written = serializers.IntegerField(source="rendered", read_only=True)
    files_wanted = serializers.SerializerMethodField()
    fault = serializers.CharField(read_only=True)
    created_at = UtcDateTimeField(read_only=True)
    snapshot_at = UtcDateTimeField(read_only=True, allow_null=True)
    prepared_at = UtcDateTimeField(read_only=True, allow_null=True)
    prepared_by = serializers.CharField(source="prepared_by.username", read_only=True)
    document_sha256 = serializers.CharField(read_only=True, help_text="What the seal approves.")
    manifest_sha256 = serializers.CharField(read_only=True)
    sealed_at = UtcDateTimeField(read_only=True, allow_null=True)
    sealed_by = serializers.CharField(source="sealed_by.username", read_only=True, allow_null=True, default=None)
    paper = serializers.SerializerMethodField(help_text="Number, symbol and year.")
    without = serializers.ListField(child=serializers.CharField(), read_only=True)
    note = serializers.CharField(read_only=True)
    withdrawn_at = UtcDateTimeField(read_only=True, allow_null=True)
    withdrawal_reason = serializers.CharField(read_only=True)
    synthetic = serializers.BooleanField(read_only=True)

    @extend_schema_field(serializers.IntegerField())
    def get_files_wanted(self, report: SealedReport) -> int:
        """How many files it has when it is prepared."""
        return FILES

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_paper(self, report: SealedReport) -> str | None:
        """`1/BC-C04/2024`."""
        return report.paper.audit_reference() if report.paper is not None else None


class SealedReportDetailSerializer(SealedReportSerializer):
    """With its files, what was missing, and what must be read beside it."""

    files = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()
    errata = serializers.SerializerMethodField()

    @extend_schema_field(SealedFileSerializer(many=True))
    def get_files(self, report: SealedReport) -> Any:
        """The final ones once it is sealed, else the drafts."""
        return SealedFileSerializer(self.context["files"](report), many=True, context=self.context).data

    @extend_schema_field(LackSerializer(many=True))
    def get_missing(self, report: SealedReport) -> Any:
        """As it was counted."""
        return LackSerializer(self.context["missing"](report), many=True).data

    @extend_schema_field(ErratumSerializer(many=True))
    def get_errata(self, report: SealedReport) -> Any:
        """As of now."""
        return ErratumSerializer(self.context["errata"](report), many=True).data


class PrepareSerializer(StrictSerializer):
    """Which period; for a later version, why."""

    period = serializers.CharField(max_length=32)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=500, default="")


class SealSerializer(StrictSerializer):
    """What is approved, who signs in which office, and without whose figures."""

    expected_sha256 = serializers.RegexField("^[0-9a-f]{64}$", help_text=_("The document's digest as it was read."))
    office_vi = serializers.CharField(required=False, allow_blank=True, max_length=255, default="")
    office_en = serializers.CharField(required=False, allow_blank=True, max_length=255, default="")
    without = serializers.ListField(child=serializers.CharField(max_length=32), required=False, default=list)
    note = serializers.CharField(required=False, allow_blank=True, max_length=500, default="")


class TamperedSerializer(StrictSerializer):
    """A counted record that is not what it was, and no action says why.

    `fields_changed` is `-` where it is gone, and `+` where it came in after the seal.
    """

    kind = serializers.CharField(read_only=True)
    reference = serializers.CharField(read_only=True)
    id = serializers.CharField(read_only=True)
    fields_changed = serializers.ListField(source="fields", child=serializers.CharField(), read_only=True)


class FindingSerializer(StrictSerializer):
    """What a verification found."""

    sound = serializers.BooleanField(read_only=True)
    files = serializers.IntegerField(read_only=True, help_text="Files written anew and compared.")
    wrong_files = serializers.ListField(child=serializers.CharField(), read_only=True)
    wrong_digests = serializers.ListField(child=serializers.CharField(), read_only=True)
    other_tools = serializers.ListField(child=serializers.CharField(), read_only=True)
    equal = serializers.IntegerField(read_only=True)
    changed = serializers.IntegerField(read_only=True, help_text="Changed through actions since.")
    tampered = TamperedSerializer(many=True, read_only=True)


class ReportBuildSerializer(StrictSerializer):
    """A report in the caller's edition that is built on request."""

    id = serializers.UUIDField(read_only=True)
    period = serializers.CharField(source="period_label", max_length=32)
    language = serializers.ChoiceField(Language.choices, default=Language.VI.value)
    file_format = serializers.ChoiceField(ReportFormat.choices, default=ReportFormat.JSON.value)
    status = serializers.ChoiceField(ReportStatus.choices, read_only=True)
    created_at = UtcDateTimeField(read_only=True)
    finished_at = UtcDateTimeField(read_only=True, allow_null=True)
    size = serializers.IntegerField(read_only=True, allow_null=True, help_text="Bytes.")
    sha256 = serializers.CharField(read_only=True)
    fault = serializers.CharField(read_only=True)
    synthetic = serializers.BooleanField(read_only=True)
    content_url = serializers.SerializerMethodField(help_text="Null until it is complete.")

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_content_url(self, report: Report) -> str | None:
        """Where the bytes are."""
        if report.status != ReportStatus.COMPLETE:
            return None
        path = f"/api/v1/report-builds/{report.pk}/content"
        return str(self.context["request"].build_absolute_uri(path))
