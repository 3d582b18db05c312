"""Shapes of official papers in the API."""

from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import CodeField, UtcDateTimeField
from agencies.models import Language
from reports.models import RegisteredPaper


class RegisteredPaperSerializer(StrictSerializer):
    """An entry of a register of papers."""

    id = serializers.UUIDField(read_only=True)
    agency = CodeField(read_only=True)
    unit = CodeField(read_only=True)
    year = serializers.IntegerField(read_only=True)
    number = serializers.IntegerField(read_only=True)
    symbol = serializers.CharField(read_only=True)
    notation = serializers.SerializerMethodField(help_text="Number and symbol as they stand on the paper.")
    kind = serializers.CharField(read_only=True)
    subject_vi = serializers.CharField(read_only=True)
    subject_en = serializers.CharField(read_only=True)
    signed_on = serializers.DateField(read_only=True)
    office_vi = serializers.CharField(read_only=True)
    office_en = serializers.CharField(read_only=True)
    signer = serializers.CharField(read_only=True)
    to_all = serializers.BooleanField(read_only=True, help_text="The paper went to all agencies.")
    created_at = UtcDateTimeField(read_only=True)
    synthetic = serializers.BooleanField(read_only=True)

    def get_notation(self, paper: RegisteredPaper) -> str:
        """`Số: 05/BC-C04`."""
        return paper.notation(Language.VI)


class RegisterPaperSerializer(StrictSerializer):
    """Body of a registration: who signs on which day. Without an office the chair's, or the head of the unit."""

    signed_on = serializers.DateField()
    signer = serializers.CharField(max_length=150)
    office_vi = serializers.CharField(max_length=255, required=False, allow_blank=True, default="")
    office_en = serializers.CharField(max_length=255, required=False, allow_blank=True, default="")
    secretary = serializers.CharField(
        max_length=150,
        required=False,
        allow_blank=True,
        default="",
        help_text="Who signs the minutes beside the chair.",
    )
