"""Shapes of notices and choices in the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from agencies.api.base import StrictSerializer
from agencies.api.fields import LocalTimeField, UtcDateTimeField
from registry.notices.terms import PREFERENCE_KINDS, MailChoice, NoticeKind


class NoticeSerializer(StrictSerializer):
    """A notice: what happened to which record, never what the record says."""

    id = serializers.UUIDField(read_only=True)
    kind = serializers.ChoiceField(NoticeKind.choices, read_only=True)
    reference = serializers.CharField(read_only=True)
    path = serializers.CharField(read_only=True, help_text=_("The record's page in the admin."))
    unit = serializers.SerializerMethodField(allow_null=True, help_text=_("The unit for which you are told."))
    flash = serializers.BooleanField(read_only=True)
    created_at = UtcDateTimeField(read_only=True)
    read_at = UtcDateTimeField(read_only=True, allow_null=True)
    emailed_at = UtcDateTimeField(read_only=True, allow_null=True)

    def get_unit(self, notice: Any) -> str | None:
        """Code of the unit."""
        return notice.unit.code if notice.unit else None


class MarkedSerializer(StrictSerializer):
    """How many notices were marked as read."""

    marked = serializers.IntegerField(read_only=True)


class PreferenceSerializer(StrictSerializer):
    """What somebody chose for a kind of notice; `*` stands for every kind without a choice of its own."""

    kind = serializers.ChoiceField(PREFERENCE_KINDS)
    email = serializers.ChoiceField(MailChoice.choices)
    quiet_from = LocalTimeField(required=False, allow_null=True, help_text=_("In Asia/Ho_Chi_Minh."))
    quiet_to = LocalTimeField(required=False, allow_null=True)


class PreferencesSerializer(StrictSerializer):
    """Where mails go, and what is mailed. What a change does not name stays."""

    email_address = serializers.EmailField(required=False, allow_blank=True)
    preferences = PreferenceSerializer(many=True, required=False)
